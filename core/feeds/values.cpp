#include "core/feeds/values.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/feeds/encoding.hpp"
#include "core/feeds/trim.hpp"
#include "core/text/html.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::feeds {
namespace {

void collect(const pugi::xml_node& element, std::string& out) {
    out += element.value();  // of an element: the text before its first child
    for (const pugi::xml_node child : element.children()) {
        if (child.type() == pugi::node_element)
            collect(child, out);
        else if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata)
            out += child.value();
    }
}

// Whether there is an HTML tag of the kind that titles are dressed with. (Titles do speak of <canvas> and "a < b".)
bool has_dressing(std::string_view s) {
    for (std::size_t at = 0; (at = s.find('<', at)) != std::string_view::npos;) {
        std::size_t i = ++at;
        if (i < s.size() && s[i] == '/') ++i;
        std::size_t end = i;
        while (end < s.size() && text::is_ascii_alnum(s[end])) ++end;
        const std::string_view name = s.substr(i, end - i);
        for (const std::string_view html :
             {"b",   "i",   "u",   "em", "strong", "a",  "br", "p",  "span", "font", "small",
              "sub", "sup", "div", "li", "ul",     "ol", "h1", "h2", "h3",   "img"}) {
            if (equal_ignoring_case(name, html) && end < s.size()) return true;
        }
    }
    return false;
}

// Printable ASCII in one line, with single spaces and nothing to decode: what most titles are.
bool is_simple(std::string_view s) {
    char last = 0;
    for (const char c : s) {
        if (c < 0x20 || c == 0x7F || c == '<' || c == '&' || (c == ' ' && last == ' ')) return false;
        last = c;
    }
    return true;
}

// HTML that was escaped twice shows no tags, but the references of tags.
bool is_escaped_twice(std::string_view s) {
    if (s.find('<') != std::string_view::npos) return false;
    for (const std::string_view tag : {"&lt;p", "&lt;/", "&lt;a ", "&lt;br", "&lt;ul", "&lt;li", "&lt;div", "&lt;h"}) {
        if (s.find(tag) != std::string_view::npos) return true;
    }
    return false;
}

struct StringWriter final : pugi::xml_writer {
    std::string out;
    void write(const void* data, std::size_t size) override { out.append(static_cast<const char*>(data), size); }
};

}  // namespace

std::string_view text_of(const pugi::xml_node& element, std::string& room) {
    const pugi::xml_node child = element.first_child();
    if (!child) return trimmed(element.value());
    if (*element.value() == '\0' && !child.next_sibling() && child.type() != pugi::node_element) {
        return trimmed(child.value());
    }
    room.clear();
    collect(element, room);
    return trimmed(room);
}

std::string raw(std::string_view value, std::size_t limit) {
    value = cut(trimmed(value), limit);
    return is_clean(value) ? std::string(value) : cleaned(value);
}

std::string line(std::string_view value, std::size_t limit) {
    value = cut(trimmed(value), limit * 4);
    if (is_simple(value)) return std::string(cut(value, limit));
    std::string text = is_clean(value) ? std::string(value) : cleaned(value);
    if (has_dressing(text))
        text = text::html_to_text(text);
    else if (text.find('&') != std::string::npos)
        text = text::decode_references(text);
    if (!is_clean(text)) text = cleaned(text);
    return std::string(cut(text::collapse_white_space(text), limit));
}

std::string line(const pugi::xml_node& element, std::size_t limit) {
    std::string room;
    return line(text_of(element, room), limit);
}

std::string notes(const pugi::xml_node& element) {
    const bool has_elements = std::any_of(
        element.begin(), element.end(), [](const pugi::xml_node& child) { return child.type() == pugi::node_element; });
    std::string room;
    if (has_elements) {
        StringWriter writer;
        pugi::xml_node copy = element;
        copy.set_name("div");
        while (copy.first_attribute()) copy.remove_attribute(copy.first_attribute());
        copy.print(writer, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
        return raw(writer.out, max_notes_bytes);
    }
    const std::string_view text = text_of(element, room);
    if (is_escaped_twice(cut(text, 4096))) return raw(text::decode_references(text), max_notes_bytes);
    return raw(text, max_notes_bytes);
}

std::optional<double> number(std::string_view value) {
    value = trimmed(value).substr(0, 32);
    double n = 0;
    const auto [rest, error] = std::from_chars(value.data(), value.data() + value.size(), n, std::chars_format::fixed);
    if (error != std::errc{} || rest != value.data() + value.size() || !std::isfinite(n)) return std::nullopt;
    return n;
}

std::string token(std::string_view value) {
    value = cut(trimmed(value.substr(0, value.find(';'))), 64);
    std::string out = is_clean(value) ? std::string(value) : cleaned(value);
    for (char& c : out) c = text::ascii_lower(c);
    return out;
}

std::string person_name(std::string_view value) {
    std::string name = line(value, 512);
    const std::size_t at = name.find('@');
    if (at != std::string::npos) {
        const std::size_t open = name.find('(');
        const std::size_t close = name.find(')', open == std::string::npos ? 0 : open);
        if (open != std::string::npos && open > at && close != std::string::npos) {
            name = name.substr(open + 1, close - open - 1);  // address (name)
        } else {
            const std::size_t address = name.find_last_of(" <(", at);  // name (address), name <address>, address
            name = address == std::string::npos ? std::string() : name.substr(0, address);
        }
        while (!name.empty() && std::string_view(" <(,").find(name.back()) != std::string_view::npos) name.pop_back();
    }
    return std::string(text::prefix_of(trimmed(name), 128));
}

}  // namespace podbrief::feeds
