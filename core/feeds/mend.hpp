#pragma once
#include <string>
#include <string_view>

#include "core/feeds/outline.hpp"

namespace podbrief::feeds {

struct Mended {
    Outline::Shape shape = Outline::Shape::well_formed;  // too_deep, too_large: refused, `xml` is not to be used
    std::string xml;
};

// Broken XML made well-formed, in two steps. First the tags are balanced as browsers do it: an end tag closes what was
// left open inside, one without a start is dropped, <br> and its like are empty, an item ends where the next begins,
// '<' and '&' that begin nothing become text, missing quotes are put back, an item that the end of the text cuts off is
// left out. Then libxml2 reads the result in recovery mode (no network, no DTD, no entities) and what it read is
// written out again. Unknown references such as &nbsp; stay as text. Comments, instructions and DOCTYPE are dropped.
Mended mend(std::string_view xml, std::string_view item_name, const ParseOptions& limits);

// The second step alone.
std::string recovered_by_libxml(std::string_view xml);

}  // namespace podbrief::feeds
