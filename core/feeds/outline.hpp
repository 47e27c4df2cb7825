#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/feeds/parse.hpp"

namespace podbrief::feeds {

// Where things are in a feed, found before any tree is built, so that a tree is only ever built of one item at a time.
struct Outline {
    enum class Shape { well_formed, malformed, too_deep, too_large };
    struct Slice {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
        std::string_view in(std::string_view xml) const { return xml.substr(begin, end - begin); }
    };
    Shape shape = Shape::malformed;  // tags balanced, sizes within their limits; or what is wrong first
    std::vector<Slice> items;        // in order
    std::vector<Slice> frame;        // the rest of the root element; whole again when put together
};

// `xml`: less than 4 GiB, beginning with the root element. `item_name`: local name of the elements that are items
// ("item", "entry"; empty: none). What comes after the root element is not looked at.
Outline outline_of(std::string_view xml, std::string_view item_name, const ParseOptions& limits);

}  // namespace podbrief::feeds
