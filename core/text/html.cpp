#include "core/text/html.hpp"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include <algorithm>
#include <array>
#include <memory>

#include "core/text/html_entities.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::text {
namespace {

constexpr std::size_t size_limit = 8 * 1024 * 1024;
constexpr int depth_limit = 256;  // elements open at once; what lies beyond is left out
constexpr char32_t replacement = 0xFFFD;

bool is_alpha(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

void append_code_point(std::string& out, char32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | (c >> 6));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | (c >> 12));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | (c >> 18));
        out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

// As browsers read numbers: 128..159 are windows-1252, and what is no character is replaced.
char32_t meant_by_number(std::uint32_t number) {
    static constexpr std::array<char16_t, 32> windows_1252 = {
        0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    if (number >= 128 && number < 160) return windows_1252[number - 128];
    const bool control = number < 32 && number != '\t' && number != '\n' && number != '\r';
    if (control || number > 0x10FFFF || (number >= 0xD800 && number <= 0xDFFF)) return replacement;
    return number;
}

struct Reference {
    char32_t code_point = 0;  // 0: not a reference
    std::size_t size = 0;     // bytes of it, the ampersand included
};

// "&#39;" and "&#x27;"; the semicolon may be missing, as browsers allow.
Reference numeric_reference(std::string_view text) {
    std::size_t at = 2;
    const bool hex = at < text.size() && (text[at] == 'x' || text[at] == 'X');
    if (hex) ++at;
    const std::size_t first = at;
    std::uint32_t number = 0;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        std::uint32_t digit = 0;
        if (is_digit(c)) {
            digit = static_cast<std::uint32_t>(c - '0');
        } else if (hex && is_alpha(c) && (c | 32) <= 'f') {
            digit = static_cast<std::uint32_t>((c | 32) - 'a') + 10;
        } else {
            break;
        }
        number = std::min<std::uint32_t>(number * (hex ? 16 : 10) + digit, 0x110000);
    }
    if (at == first) return {};
    if (at < text.size() && text[at] == ';') ++at;
    return {meant_by_number(number), at};
}

// "&eacute;". Without a semicolon only the five that are often written so, and only where a word ends.
Reference named_reference(std::string_view text) {
    std::size_t end = 1;
    while (end < text.size() && end <= longest_entity_name + 1 && (is_alpha(text[end]) || is_digit(text[end]))) ++end;
    const std::string_view name = text.substr(1, end - 1);
    if (end < text.size() && text[end] == ';') return {code_point_of_entity(name), end + 1};
    for (const std::string_view lenient : {"amp", "lt", "gt", "quot", "nbsp"}) {
        if (name == lenient) return {code_point_of_entity(name), end};
    }
    return {};
}

Reference reference_at(std::string_view text) {
    if (text.size() < 3) return {};
    return text[1] == '#' ? numeric_reference(text) : named_reference(text);
}

// True where an HTML parser would see markup.
bool has_markup(std::string_view text) {
    for (auto at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
        if (at + 1 < text.size() && (is_alpha(text[at + 1]) || text[at + 1] == '/' || text[at + 1] == '!')) return true;
    }
    return false;
}

// Each line folded, empty ones dropped.
std::string folded_lines(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of("\r\n"), text.size());
        const std::string line = collapse_white_space(text.substr(0, end));
        if (!line.empty()) {
            if (!out.empty()) out += '\n';
            out += line;
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& sorted, std::string_view name) {
    return std::binary_search(sorted.begin(), sorted.end(), name);
}

bool is_hidden(std::string_view element) {
    static constexpr std::array<std::string_view, 9> hidden = {"head",   "iframe", "math", "noscript", "object",
                                                               "script", "style",  "svg",  "template"};
    return is_one_of(hidden, element);
}

bool breaks_line(std::string_view element) {
    static constexpr std::array<std::string_view, 44> blocks = {
        "address", "article", "aside",   "blockquote", "body",  "br",       "caption",    "center", "dd",
        "details", "dir",     "div",     "dl",         "dt",    "fieldset", "figcaption", "figure", "footer",
        "form",    "h1",      "h2",      "h3",         "h4",    "h5",       "h6",         "header", "hr",
        "html",    "legend",  "li",      "main",       "menu",  "nav",      "ol",         "option", "p",
        "pre",     "section", "summary", "table",      "tbody", "td",       "tr",         "ul"};
    return is_one_of(blocks, element);
}

// Gathers the text while libxml2 reads: no tree is built, so depth and memory stay in our hands.
struct Reader {
    std::string out;
    htmlParserCtxtPtr parser = nullptr;
    int depth = 0;
    int hidden_depth = 0;  // open elements that are not shown, and all inside them
    int pre_depth = 0;

    void open(std::string_view element) {
        if (++depth > depth_limit) return xmlStopParser(parser);
        if (hidden_depth > 0 || is_hidden(element)) ++hidden_depth;
        if (element == "pre") ++pre_depth;
        if (breaks_line(element)) out += '\n';
    }
    void close(std::string_view element) {
        --depth;
        if (hidden_depth > 0) --hidden_depth;
        if (element == "pre" && pre_depth > 0) --pre_depth;
        if (breaks_line(element)) out += '\n';
    }
    void add(std::string_view text) {
        if (hidden_depth > 0) return;
        const auto from = out.size();
        out += text;
        if (pre_depth > 0) return;
        std::replace(out.begin() + static_cast<std::ptrdiff_t>(from), out.end(), '\n', ' ');
        std::replace(out.begin() + static_cast<std::ptrdiff_t>(from), out.end(), '\r', ' ');
    }
};

std::string_view view(const xmlChar* name) {
    return reinterpret_cast<const char*>(name);
}

htmlSAXHandler handler() {
    htmlSAXHandler sax{};
    sax.startElement = [](void* reader, const xmlChar* name, const xmlChar**) {
        static_cast<Reader*>(reader)->open(view(name));
    };
    sax.endElement = [](void* reader, const xmlChar* name) { static_cast<Reader*>(reader)->close(view(name)); };
    const auto characters = [](void* reader, const xmlChar* text, int size) {
        static_cast<Reader*>(reader)->add({reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)});
    };
    sax.characters = characters;
    sax.ignorableWhitespace = characters;
    sax.cdataBlock = [](void*, const xmlChar*, int) {};  // the contents of scripts and styles
    return sax;
}

std::string text_of_markup(const std::string& utf8) {
    static const bool ready = (xmlInitParser(), true);
    static_cast<void>(ready);
    Reader reader;
    htmlSAXHandler sax = handler();
    const auto free_parser = [](htmlParserCtxtPtr p) { htmlFreeParserCtxt(p); };
    const std::unique_ptr<htmlParserCtxt, decltype(free_parser)> parser(
        htmlCreateMemoryParserCtxt(utf8.data(), static_cast<int>(utf8.size())), free_parser);
    if (!parser) return {};
    reader.parser = parser.get();
    htmlCtxtUseOptions(parser.get(), HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                         HTML_PARSE_IGNORE_ENC);
    xmlSwitchEncoding(parser.get(), XML_CHAR_ENCODING_UTF8);
    *parser->sax = sax;
    parser->userData = &reader;
    htmlParseDocument(parser.get());
    return std::move(reader.out);
}

}  // namespace

std::string decode_references(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto plain = std::min(text.find('&'), text.size());
        out.append(text.substr(0, plain));
        text.remove_prefix(plain);
        if (text.empty()) break;
        const Reference reference = reference_at(text);
        if (reference.code_point == 0) {
            out += '&';
            text.remove_prefix(1);
        } else {
            append_code_point(out, reference.code_point);
            text.remove_prefix(reference.size);
        }
    }
    return out;
}

std::string html_to_text(std::string_view html) {
    const std::string utf8 = to_valid_utf8(html.substr(0, size_limit));
    if (!has_markup(utf8)) return folded_lines(decode_references(utf8));
    return folded_lines(text_of_markup(utf8));
}

}  // namespace podbrief::text
