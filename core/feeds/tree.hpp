#pragma once
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "core/feeds/parse.hpp"

namespace podbrief::feeds {

// Builds the tree of one part of a feed after the other, in the same memory. A part is one or more balanced elements
// whose size, depth and number of elements were checked (outline_of).
class TreeBuilder {
public:
    explicit TreeBuilder(const ParseOptions& limits) : limits_(limits) {}

    // The node whose children are the elements of the part, each with the text before its first child as its own value;
    // valid until the next call. Empty when it is not well-formed.
    pugi::xml_node build(std::string_view part);

    // The same for a part of one element, mended if need be.
    pugi::xml_node build_mended(std::string_view part);

    bool mended_any() const { return mended_any_; }

private:
    bool load();

    const ParseOptions& limits_;
    std::string text_;  // taken apart in place by pugixml
    pugi::xml_document tree_;
    bool mended_any_ = false;
};

}  // namespace podbrief::feeds
