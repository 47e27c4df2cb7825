// The second step of mend(): libxml2 in recovery mode, through its SAX interface, so that no tree is built here either.
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <memory>
#include <string>
#include <vector>

#include "core/feeds/mend.hpp"

namespace podbrief::feeds {
namespace {

// Writes what libxml2 reads as XML again.
struct Writer {
    std::string out;
    std::vector<std::string> open;

    static Writer& of(void* context) { return *static_cast<Writer*>(context); }
    static std::string_view text(const xmlChar* s) { return reinterpret_cast<const char*>(s); }

    void escaped(std::string_view s) {
        for (const char c : s) {
            switch (c) {
                case '&':
                    out += "&amp;";
                    break;
                case '<':
                    out += "&lt;";
                    break;
                case '>':
                    out += "&gt;";
                    break;
                case '"':
                    out += "&quot;";
                    break;
                default:
                    out += c;
            }
        }
    }

    static void start_element(void* context, const xmlChar* name, const xmlChar** attributes) {
        Writer& w = of(context);
        w.open.emplace_back(text(name));
        w.out += '<';
        w.out += text(name);
        for (; attributes != nullptr && attributes[0] != nullptr; attributes += 2) {
            w.out += ' ';
            w.out += text(attributes[0]);
            w.out += "=\"";
            if (attributes[1] != nullptr) w.escaped(text(attributes[1]));
            w.out += '"';
        }
        w.out += '>';
    }

    static void end_element(void* context, const xmlChar*) { of(context).close(); }

    static void characters(void* context, const xmlChar* s, int length) {
        Writer& w = of(context);
        const std::string_view all(reinterpret_cast<const char*>(s), static_cast<std::size_t>(length));
        if (!w.open.empty()) w.escaped(all);
    }

    void close() {
        if (open.empty()) return;
        out += "</" + open.back() + ">";
        open.pop_back();
    }
};

void ignore(void*, const char*, ...) {}

}  // namespace

std::string recovered_by_libxml(std::string_view xml) {
    static const bool initialised = (xmlInitParser(), true);
    static_cast<void>(initialised);
    Writer writer;
    if (xml.empty() || xml.size() > INT32_MAX) return {};
    const std::unique_ptr<xmlParserCtxt, void (*)(xmlParserCtxt*)> context(
        xmlCreateMemoryParserCtxt(xml.data(), static_cast<int>(xml.size())), xmlFreeParserCtxt);
    if (!context) return {};
    xmlCtxtUseOptions(context.get(), XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                         XML_PARSE_IGNORE_ENC | XML_PARSE_SAX1);
    xmlSAXHandler handler{};  // no handlers for entities and DTDs: nothing is loaded, nothing expanded
    handler.startElement = &Writer::start_element;
    handler.endElement = &Writer::end_element;
    handler.characters = &Writer::characters;
    handler.ignorableWhitespace = &Writer::characters;
    handler.cdataBlock = &Writer::characters;
    handler.error = &ignore;
    handler.fatalError = &ignore;
    handler.warning = &ignore;
    *context->sax = handler;
    context->userData = &writer;
    xmlSwitchEncoding(context.get(), XML_CHAR_ENCODING_UTF8);
    xmlParseDocument(context.get());
    while (!writer.open.empty()) writer.close();
    return std::move(writer.out);
}

}  // namespace podbrief::feeds
