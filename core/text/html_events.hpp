#pragma once
#include <string_view>

namespace podbrief::text {

// Hears what is in an HTML text, in order. Names are lower case; text has its references decoded and may come in
// pieces. Every opened element is closed, unless reading stopped at a limit.
class HtmlVisitor {
public:
    virtual ~HtmlVisitor() = default;
    virtual void open(std::string_view element) = 0;
    virtual void close(std::string_view element) = 0;
    virtual void text(std::string_view piece) = 0;
};

// Reads a fragment or page as leniently as a browser (libxml2, recovering; no network, no document types, no entities
// of its own). At most 8 MiB are read and at most 256 elements may be open at once: what lies beyond is left out.
// Scripts' and styles' contents are not heard.
void read_html(std::string_view html, HtmlVisitor& visitor);

// True where read_html would find elements.
bool has_markup(std::string_view text);

// Elements whose text is not for reading (head, script, svg, ...), and those that begin and end a line (p, div, br,
// ...).
bool is_hidden_element(std::string_view name);
bool breaks_line(std::string_view name);

}  // namespace podbrief::text
