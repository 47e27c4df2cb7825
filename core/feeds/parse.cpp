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
#include "core/feeds/times.hpp"
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

// Items that stand next to each other and are small are read from one tree: that saves a good part of the time.
class ItemsReader {
public:
    ItemsReader(std::string_view xml, const std::vector<Outline::Slice>& items, const ItemContext& context,
                const ParseOptions& options)
        : xml_(xml), items_(items), context_(context), tree_(options), newest_(options.max_items, items.size()) {}

    std::vector<Episode> read() {
        for (std::size_t first = 0; first < items_.size();) {
            const std::size_t end = end_of_batch(first);
            const std::size_t begin_byte = items_[first].begin;
            if (const pugi::xml_node batch = tree_.build(xml_.substr(begin_byte, items_[end - 1].end - begin_byte))) {
                take(batch);
            } else {
                for (std::size_t i = first; i < end; ++i) take(tree_.build_mended(items_[i].in(xml_)));
            }
            first = end;
        }
        return newest_.take();
    }

    bool mended_any() const { return tree_.mended_any(); }

private:
    std::size_t end_of_batch(std::size_t first) const {
        constexpr std::size_t batch_bytes = 32 * 1024;
        std::size_t end = first + 1;
        while (end < items_.size() && items_[end].end - items_[first].begin <= batch_bytes &&
               trimmed(xml_.substr(items_[end - 1].end, items_[end].begin - items_[end - 1].end)).empty()) {
            ++end;
        }
        return end;
    }

    void take(const pugi::xml_node& parent) {
        for (pugi::xml_node item = parent.first_child(); item; item = item.next_sibling()) {
            if (item.type() != pugi::node_element || is_surely_too_old(item)) continue;
            if (read_item(item, context_, newest_.blank())) newest_.keep();
        }
    }

    // Saves reading the many old items of an endless feed.
    bool is_surely_too_old(const pugi::xml_node& item) const {
        if (!newest_.is_full()) return false;
        Episode dated;
        dated.published_at = parse_date(item.child_value("pubDate"));
        dated.first_seen_at = context_.now;
        return dated.published_at && !newest_.wants(ordering_time(dated));
    }

    std::string_view xml_;
    const std::vector<Outline::Slice>& items_;
    const ItemContext& context_;
    TreeBuilder tree_;
    Newest newest_;
};

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
    const pugi::xml_node root = frame_tree.build_mended(frame).first_child();
    if (!root) return refusal(Outline::Shape::malformed, options);
    const pugi::xml_node channel_element = channel_in(root, kind);
    const bool own_declarations = xml.find("xmlns", xml.find('>')) != std::string_view::npos;
    const Namespaces names(root, channel_element, kind.kind == Root::Kind::atom, own_declarations);
    Channel channel = read_channel(root, channel_element, names, options);

    const ItemContext context{names, std::move(channel.base), options.now, channel.names_persons};
    ItemsReader items(xml, outline.items, context, options);
    ParsedFeed feed;
    feed.episodes = items.read();
    feed.recovered = broken || kind.rubbish || frame_tree.mended_any() || items.mended_any();
    if (broken && feed.episodes.empty() && !channel.has_title) return refusal(Outline::Shape::malformed, options);
    feed.podcast = std::move(channel.podcast);
    feed.new_feed_url = std::move(channel.new_feed_url);
    feed.ttl = channel.ttl;
    feed.next_page = std::move(channel.next_page);
    return feed;
}

}  // namespace podbrief::feeds
