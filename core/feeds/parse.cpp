// The way of a feed: bytes -> clean UTF-8 -> outline (sizes checked, items found) -> one small tree for the show's own
// fields, then one for each item in turn -> episodes. Broken XML is mended into text that then takes the same way.
#include "core/feeds/parse.hpp"

#include <fmt/format.h>

#include "core/feeds/channel.hpp"
#include "core/feeds/encoding.hpp"
#include "core/feeds/item.hpp"
#include "core/feeds/markup.hpp"
#include "core/feeds/mend.hpp"
#include "core/feeds/newest.hpp"
#include "core/feeds/outline.hpp"
#include "core/feeds/root.hpp"
#include "core/feeds/tree.hpp"
#include "core/feeds/trim.hpp"

namespace podbrief::feeds {
namespace {

FeedError refusal(Outline::Shape shape, const ParseOptions& options) {
    switch (shape) {
        case Outline::Shape::too_deep:
            return {
                FeedErrc::too_deep,
                fmt::format("the feed was refused: elements nested more than {} deep, which no feed needs; tell its "
                            "publisher",
                            options.max_depth),
                {}};
        case Outline::Shape::too_large:
            return {
                FeedErrc::too_large,
                "the feed was refused: an element with more attributes or more inside than any feed needs; tell its "
                "publisher",
                {}};
        default:
            return {FeedErrc::unreadable,
                    "the feed is broken or cut off before its first episode: try again later, or tell its publisher",
                    {}};
    }
}

pugi::xml_node channel_in(const pugi::xml_node& root, const Root& kind) {
    if (kind.kind == Root::Kind::atom) return root;
    for (const pugi::xml_node child : root.children()) {
        if (equal_ignoring_case(local_name(child.name()), "channel")) return child;
    }
    return root;
}

std::string without_items(std::string_view xml, const Outline& outline) {
    std::string frame;
    for (const Outline::Slice& piece : outline.frame) frame += piece.in(xml);
    return frame;
}

}  // namespace

FeedResult<ParsedFeed> parse_feed(std::string body, const ParseOptions& options) {
    if (body.size() > options.max_bytes) {
        return FeedError{
            FeedErrc::too_large, fmt::format("the feed was refused: larger than {} MiB", options.max_bytes >> 20), {}};
    }
    body = to_clean_utf8(std::move(body), options.content_type);
    const Root kind = find_root(body);
    if (!kind.is_feed()) return not_a_feed(kind, body, options.url);

    std::string_view xml = std::string_view(body).substr(kind.begin);
    Outline outline = outline_of(xml, kind.item_name(), options);
    Mended mended;
    const bool broken = outline.shape == Outline::Shape::malformed || outline.shape == Outline::Shape::too_deep;
    if (broken) {
        mended = mend(xml, kind.item_name(), options);
        if (mended.shape != Outline::Shape::well_formed) return refusal(mended.shape, options);
        xml = mended.xml;
        outline = outline_of(xml, kind.item_name(), options);
    }
    if (outline.shape != Outline::Shape::well_formed) return refusal(outline.shape, options);

    TreeBuilder frame_tree(options);
    const std::string frame = without_items(xml, outline);
    const pugi::xml_node root = frame_tree.build(frame);
    if (!root) return refusal(Outline::Shape::malformed, options);
    const pugi::xml_node channel_element = channel_in(root, kind);
    const Namespaces names(root, channel_element, kind.kind == Root::Kind::atom);
    Channel channel = read_channel(root, channel_element, names, options);

    const ItemContext context{names, std::move(channel.base), options.now, channel.names_persons};
    TreeBuilder item_tree(options);
    Newest newest(options.max_items);
    for (const Outline::Slice& slice : outline.items) {
        const pugi::xml_node item = item_tree.build(slice.in(xml));
        if (!item) continue;
        if (auto episode = read_item(item, context)) newest.add(std::move(*episode));
    }

    ParsedFeed feed;
    feed.episodes = newest.take();
    feed.recovered = broken || kind.rubbish || frame_tree.mended_any() || item_tree.mended_any();
    if (broken && feed.episodes.empty() && !channel.has_title) return refusal(Outline::Shape::malformed, options);
    feed.podcast = std::move(channel.podcast);
    feed.new_feed_url = std::move(channel.new_feed_url);
    feed.ttl = channel.ttl;
    feed.next_page = std::move(channel.next_page);
    return feed;
}

}  // namespace podbrief::feeds
