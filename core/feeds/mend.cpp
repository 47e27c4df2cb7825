#include "core/feeds/mend.hpp"

#include <algorithm>
#include <vector>

#include "core/feeds/markup.hpp"
#include "core/feeds/trim.hpp"

namespace podbrief::feeds {
namespace {

using Shape = Outline::Shape;

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::any_of(names.begin(), names.end(), [&](auto n) { return equal_ignoring_case(name, n); });
}

// HTML elements without content. (Not <link> and <source>, which feeds use otherwise.)
bool is_void_html(std::string_view name) {
    return is_one_of(name, {"br", "hr", "img", "input", "wbr", "embed", "col", "area", "param", "track"});
}

// HTML elements that end where the next of their kind begins.
bool ends_by_itself(std::string_view name) {
    return is_one_of(name, {"p", "li", "dt", "dd", "tr", "td", "th", "option"});
}

// Elements that hold nothing: the next start tag ends one that was left open.
bool holds_nothing(std::string_view name) {
    return is_one_of(name, {"enclosure", "podcast:transcript", "media:content"});
}

// Length of a reference ("&#38;", "&#x26;", "&amp;") at the beginning of `text`; 0: there is none.
std::size_t reference_length(std::string_view text) {
    std::size_t i = 1;
    if (i < text.size() && text[i] == '#') {
        ++i;
        const bool hex = i < text.size() && (text[i] == 'x' || text[i] == 'X');
        const std::string_view digits = hex ? "0123456789abcdefABCDEF" : "0123456789";
        const std::size_t first = hex ? ++i : i;
        while (i < text.size() && i < first + 8 && digits.find(text[i]) != std::string_view::npos) ++i;
        return i > first && i < text.size() && text[i] == ';' ? i + 1 : 0;
    }
    for (const std::string_view known : {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"}) {
        if (text.starts_with(known)) return known.size();
    }
    return 0;
}

// Text with nothing in it but characters and numeric references, which even a parser without entities understands.
void append_escaped(std::string& out, std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t plain = std::min(text.find_first_of("&<>\"", i), text.size());
        out.append(text, i, plain - i);
        i = plain;
        if (i == text.size()) break;
        if (text[i] != '&') {
            out += text[i] == '<' ? "&#60;" : text[i] == '>' ? "&#62;" : "&#34;";
            ++i;
        } else if (const std::size_t length = reference_length(text.substr(i)); length == 0) {
            out += "&#38;";
            ++i;
        } else {
            const std::string_view reference = text.substr(i, length);
            if (reference == "&amp;")
                out += "&#38;";
            else if (reference == "&lt;")
                out += "&#60;";
            else if (reference == "&gt;")
                out += "&#62;";
            else if (reference == "&quot;")
                out += "&#34;";
            else if (reference == "&apos;")
                out += "&#39;";
            else
                out += reference;
            i += length;
        }
    }
}

void append_name(std::string& out, std::string_view name) {
    for (const char c : name) {
        const bool usual = text::is_ascii_alnum(c) || c == ':' || c == '_' || c == '-' || c == '.';
        out += usual ? c : '_';
    }
}

class Mender {
public:
    Mender(std::string_view xml, std::string_view item_name, const ParseOptions& limits)
        : xml_(xml), item_name_(item_name), limits_(limits), reader_(xml, limits.max_tag_bytes) {}

    Shape run() {
        out_.reserve(xml_.size() / 8);
        std::size_t text_begin = 0;
        while (true) {
            const Markup m = reader_.next();
            if (!open_.empty()) append_escaped(out_, xml_.substr(text_begin, m.begin - text_begin));
            text_begin = m.end;
            switch (m.kind) {
                case Markup::Kind::none:
                    return cut_off();
                case Markup::Kind::oversized:
                    return Shape::too_large;
                case Markup::Kind::stray:
                    if (!open_.empty()) out_ += "&#60;";
                    break;
                case Markup::Kind::cdata:
                    if (!open_.empty()) out_ += xml_.substr(m.begin, m.end - m.begin);
                    break;
                case Markup::Kind::start:
                case Markup::Kind::empty: {
                    if (m.attributes > limits_.max_attributes) return Shape::too_large;
                    const std::size_t end = m.odd ? end_of_odd(m) : m.end;
                    if (end == std::string_view::npos) return cut_off();
                    start(m.name, xml_.substr(m.begin, end - m.begin));
                    if (open_.size() > static_cast<std::size_t>(limits_.max_depth)) return Shape::too_deep;
                    reader_.seek(end);
                    text_begin = end;
                    break;
                }
                case Markup::Kind::end:
                    end(m.name);
                    break;
                case Markup::Kind::comment:
                case Markup::Kind::instruction:
                case Markup::Kind::doctype:
                    break;
            }
            if (had_root_ && open_.empty()) return Shape::well_formed;
        }
    }

    std::string take() { return std::move(out_); }

private:
    // A quote is missing: the tag ends at its first '>', or, without one, before the next '<'; npos: at neither.
    std::size_t end_of_odd(const Markup& m) const {
        const std::size_t stop = xml_.find_first_of("<>", m.begin + 1);
        return stop == std::string_view::npos || xml_[stop] == '<' ? stop : stop + 1;
    }

    bool is_item(std::string_view name) const { return local_name(name) == item_name_; }

    void start(std::string_view name, std::string_view tag) {
        if (!open_.empty()) {
            if (in_item() && is_item(name)) close_to(item_depth_);
            if (holds_nothing(open_.back())) close_to(open_.size() - 1);
            if (ends_by_itself(name) && equal_ignoring_case(open_.back(), name)) close_to(open_.size() - 1);
        }
        if (!in_item() && !open_.empty() && open_.size() <= 2 && is_item(name)) {
            item_depth_ = open_.size();
            item_begin_ = out_.size();
        }
        had_root_ = true;
        const bool empty = tag.ends_with("/>") || is_void_html(name);
        out_ += '<';
        append_name(out_, name);
        append_attributes(tag.substr(1 + name.size()));
        out_ += empty ? "/>" : ">";
        if (!empty)
            open_.push_back(name);
        else if (in_item() && open_.size() == item_depth_)
            item_depth_ = 0;
    }

    void end(std::string_view name) {
        for (std::size_t i = open_.size(); i-- > 0;) {
            if (open_[i] == name) return close_to(i);
        }
    }

    void close_to(std::size_t depth) {
        while (open_.size() > depth) {
            out_ += "</";
            append_name(out_, open_.back());
            out_ += '>';
            open_.pop_back();
        }
        if (in_item() && open_.size() <= item_depth_) item_depth_ = 0;
    }

    bool in_item() const { return item_depth_ != 0; }  // an item is never the root

    Shape cut_off() {
        if (in_item()) {
            out_.resize(item_begin_);
            open_.resize(item_depth_);
        }
        close_to(0);
        return Shape::well_formed;
    }

    // `text`: what follows the name in a tag, with or without its '>'.
    void append_attributes(std::string_view text) {
        if (text.ends_with('>')) text.remove_suffix(1);
        constexpr std::string_view spaces = " \t\r\n\f\v";
        while (true) {
            text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n\f\v/\"'"), text.size()));
            if (text.empty()) return;
            const std::string_view name = text.substr(0, text.find_first_of(" \t\r\n\f\v=/\"'"));
            text.remove_prefix(name.size());
            const std::size_t equals = text.find_first_not_of(spaces);
            std::string_view value;
            if (equals != std::string_view::npos && text[equals] == '=') {
                text.remove_prefix(equals + 1);
                text.remove_prefix(std::min(text.find_first_not_of(spaces), text.size()));
                value = take_value(text);
            }
            if (name.empty() || !MarkupReader::begins_name(name.front())) continue;
            out_ += ' ';
            append_name(out_, name);
            out_ += "=\"";
            append_escaped(out_, value);
            out_ += '"';
        }
    }

    static std::string_view take_value(std::string_view& text) {
        constexpr std::string_view spaces = " \t\r\n\f\v";
        const auto take = [&](std::size_t size, std::size_t more) {
            const std::string_view value = text.substr(0, size);
            text.remove_prefix(std::min(value.size() + more, text.size()));
            return value;
        };
        if (text.empty()) return {};
        if (text.front() != '"' && text.front() != '\'') return take(text.find_first_of(spaces), 0);
        const char quote = text.front();
        text.remove_prefix(1);
        const std::size_t close = text.find(quote);
        const std::string_view value = text.substr(0, close);
        // url="http://a/b.mp3 length="1": the quote after the address is missing.
        const bool lost_quote = value.ends_with('=') && value.find_first_of(spaces) != std::string_view::npos;
        return lost_quote ? take(value.find_first_of(spaces), 0) : take(value.size(), 1);
    }

    std::string_view xml_;
    std::string_view item_name_;
    const ParseOptions& limits_;
    MarkupReader reader_;
    std::string out_;
    std::vector<std::string_view> open_;
    bool had_root_ = false;
    std::size_t item_depth_ = 0;  // elements open around the item; 0: in none
    std::size_t item_begin_ = 0;  // in out_
};

}  // namespace

Mended mend(std::string_view xml, std::string_view item_name, const ParseOptions& limits) {
    Mender mender(xml, item_name, limits);
    const Shape shape = mender.run();
    if (shape != Shape::well_formed) return {shape, {}};
    return {shape, recovered_by_libxml(mender.take())};
}

}  // namespace podbrief::feeds
