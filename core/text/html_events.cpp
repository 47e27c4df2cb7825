#include "core/text/html_events.hpp"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "core/text/unicode.hpp"

namespace podbrief::text {
namespace {

constexpr std::size_t size_limit = 8 * 1024 * 1024;
constexpr int depth_limit = 256;  // elements open at once; what lies beyond is left out

bool is_alpha(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool starts_with_element(std::string_view markup, std::string_view element) {
    if (markup.size() <= element.size()) return false;
    const auto same = [](char c, char lower) { return (is_alpha(c) ? (c | 32) : c) == lower; };
    return std::equal(element.begin(), element.end(), markup.begin() + 1, [&](char l, char c) { return same(c, l); });
}

// Where the markup that begins at `text[0] == '<'` ends, as the parser sees it.
std::size_t end_of_markup(std::string_view text) {
    const auto after = [&](std::string_view mark, std::size_t from) {
        const auto at = text.find(mark, from);
        return at == std::string_view::npos ? text.size() : at + mark.size();
    };
    if (text.starts_with("<!--")) return after("-->", 4);
    if (starts_with_element(text, "script")) return after("</", after(">", 1));
    if (starts_with_element(text, "style")) return after("</", after(">", 1));
    return after(">", 1);
}

// The parser compares each attribute with those before it: tags with hundreds of them are dropped before it sees them.
std::string without_monstrous_tags(std::string_view text) {
    constexpr auto separators_limit = 512;
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto begin = std::min(text.find('<'), text.size());
        out.append(text.substr(0, begin));
        text.remove_prefix(begin);
        if (text.empty()) break;
        const bool tag = text.size() > 1 && is_alpha(text[1]);
        const std::string_view markup = text.substr(0, tag || text.starts_with("<!--") ? end_of_markup(text) : 1);
        const auto separates = [](char c) {
            return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '/' || c == '"' || c == '\'';
        };
        const std::string_view start_tag = markup.substr(0, markup.find('>'));
        if (!tag || std::count_if(start_tag.begin(), start_tag.end(), separates) <= separators_limit)
            out.append(markup);
        text.remove_prefix(markup.size());
    }
    return out;
}

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& sorted, std::string_view name) {
    return std::binary_search(sorted.begin(), sorted.end(), name);
}

struct Listener {
    HtmlVisitor* visitor = nullptr;
    htmlParserCtxtPtr parser = nullptr;
    int depth = 0;
};

Listener& listener(void* data) {
    return *static_cast<Listener*>(data);
}
std::string_view view(const xmlChar* name) {
    return reinterpret_cast<const char*>(name);
}

void on_open(void* data, const xmlChar* name, const xmlChar**) {
    Listener& to = listener(data);
    if (++to.depth > depth_limit) return xmlStopParser(to.parser);
    to.visitor->open(view(name));
}

void on_close(void* data, const xmlChar* name) {
    --listener(data).depth;
    listener(data).visitor->close(view(name));
}

void on_text(void* data, const xmlChar* text, int size) {
    listener(data).visitor->text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)});
}

void on_raw_text(void*, const xmlChar*, int) {}  // the contents of scripts and styles

}  // namespace

bool has_markup(std::string_view text) {
    for (auto at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
        if (at + 1 < text.size() && (is_alpha(text[at + 1]) || text[at + 1] == '/' || text[at + 1] == '!')) return true;
    }
    return false;
}

void read_html(std::string_view html, HtmlVisitor& visitor) {
    static const bool ready = (xmlInitParser(), true);
    static_cast<void>(ready);
    const std::string utf8 = without_monstrous_tags(to_valid_utf8(html.substr(0, size_limit)));
    if (utf8.empty()) return;
    const auto free_parser = [](htmlParserCtxtPtr p) { htmlFreeParserCtxt(p); };
    const std::unique_ptr<htmlParserCtxt, decltype(free_parser)> parser(
        htmlCreateMemoryParserCtxt(utf8.data(), static_cast<int>(utf8.size())), free_parser);
    if (!parser) return;
    htmlCtxtUseOptions(parser.get(), HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                         HTML_PARSE_IGNORE_ENC);
    xmlSwitchEncoding(parser.get(), XML_CHAR_ENCODING_UTF8);
    // With these handlers libxml2 builds no tree, so depth and memory stay in our hands.
    htmlSAXHandler sax{};
    sax.startElement = on_open;
    sax.endElement = on_close;
    sax.characters = on_text;
    sax.ignorableWhitespace = on_text;
    sax.cdataBlock = on_raw_text;
    *parser->sax = sax;
    Listener to{&visitor, parser.get(), 0};
    parser->userData = &to;
    htmlParseDocument(parser.get());
}

bool is_hidden_element(std::string_view name) {
    static constexpr std::array<std::string_view, 9> hidden = {"head",   "iframe", "math", "noscript", "object",
                                                               "script", "style",  "svg",  "template"};
    return is_one_of(hidden, name);
}

bool breaks_line(std::string_view name) {
    static constexpr std::array<std::string_view, 44> blocks = {
        "address", "article", "aside",   "blockquote", "body",  "br",       "caption",    "center", "dd",
        "details", "dir",     "div",     "dl",         "dt",    "fieldset", "figcaption", "figure", "footer",
        "form",    "h1",      "h2",      "h3",         "h4",    "h5",       "h6",         "header", "hr",
        "html",    "legend",  "li",      "main",       "menu",  "nav",      "ol",         "option", "p",
        "pre",     "section", "summary", "table",      "tbody", "td",       "tr",         "ul"};
    return is_one_of(blocks, name);
}

}  // namespace podbrief::text
