#include "core/feeds/tree.hpp"

#include "core/feeds/mend.hpp"

namespace podbrief::feeds {

bool TreeBuilder::load() {
    constexpr unsigned options =
        pugi::parse_cdata | pugi::parse_escapes | pugi::parse_embed_pcdata | pugi::parse_fragment;
    return static_cast<bool>(tree_.load_buffer_inplace(text_.data(), text_.size(), options, pugi::encoding_utf8));
}

pugi::xml_node TreeBuilder::build(std::string_view part) {
    text_.assign(part);
    return load() ? tree_ : pugi::xml_node();
}

pugi::xml_node TreeBuilder::build_mended(std::string_view part) {
    if (const pugi::xml_node tree = build(part)) return tree;
    mended_any_ = true;
    Mended mended = mend(part, {}, limits_);
    if (mended.shape != Outline::Shape::well_formed) return {};
    text_ = std::move(mended.xml);
    return load() ? tree_ : pugi::xml_node();
}

}  // namespace podbrief::feeds
