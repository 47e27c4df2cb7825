#include "core/feeds/outline.hpp"

#include "core/feeds/markup.hpp"
#include "core/feeds/trim.hpp"

namespace podbrief::feeds {
namespace {

class Scanner {
public:
    Scanner(std::string_view xml, std::string_view item_name, const ParseOptions& limits)
        : xml_(xml), item_name_(item_name), limits_(limits), reader_(xml, limits.max_tag_bytes) {
        open_.reserve(static_cast<std::size_t>(limits.max_depth));
    }

    Outline run() {
        while (true) {
            const Markup m = reader_.next();
            switch (m.kind) {
                case Markup::Kind::start:
                case Markup::Kind::empty:
                    if (m.odd) return ended(Outline::Shape::malformed);
                    if (m.attributes > limits_.max_attributes) return ended(Outline::Shape::too_large);
                    if (is_item(m.name)) begin_item(m.begin);
                    if (++elements_in_part() > limits_.max_part_elements) return ended(Outline::Shape::too_large);
                    if (m.kind == Markup::Kind::start) {
                        if (open_.size() >= static_cast<std::size_t>(limits_.max_depth)) {
                            return ended(Outline::Shape::too_deep);
                        }
                        open_.push_back(m.name);
                        continue;
                    }
                    break;
                case Markup::Kind::end:
                    if (open_.empty() || open_.back() != m.name) return ended(Outline::Shape::malformed);
                    open_.pop_back();
                    break;
                case Markup::Kind::cdata:
                case Markup::Kind::comment:
                case Markup::Kind::instruction:
                    continue;
                case Markup::Kind::oversized:
                    return ended(Outline::Shape::too_large);
                case Markup::Kind::none:
                case Markup::Kind::stray:
                case Markup::Kind::doctype:
                    return ended(Outline::Shape::malformed);
            }
            // An element ended here.
            if (in_item_ && open_.size() == item_depth_) end_item(m.end);
            if (open_.empty()) {
                add_frame(m.end);
                return ended(Outline::Shape::well_formed);
            }
        }
    }

private:
    Outline ended(Outline::Shape shape) {
        outline_.shape = shape;
        return std::move(outline_);
    }

    std::size_t& elements_in_part() { return in_item_ ? item_elements_ : frame_elements_; }

    // rdf:RDF/item, feed/entry, rss/item or rss/channel/item
    bool is_item(std::string_view name) const {
        return !in_item_ && !open_.empty() && open_.size() <= 2 && local_name(name) == item_name_;
    }

    void begin_item(std::size_t at) {
        add_frame(at);
        in_item_ = true;
        item_depth_ = open_.size();
        part_begin_ = at;
        item_elements_ = 0;
    }

    void end_item(std::size_t at) {
        outline_.items.push_back(slice(at));
        in_item_ = false;
        part_begin_ = at;
    }

    void add_frame(std::size_t end) {
        const Outline::Slice piece = slice(end);
        if (!trimmed(piece.in(xml_)).empty()) outline_.frame.push_back(piece);
    }

    Outline::Slice slice(std::size_t end) const {
        return {static_cast<std::uint32_t>(part_begin_), static_cast<std::uint32_t>(end)};
    }

    std::string_view xml_;
    std::string_view item_name_;
    const ParseOptions& limits_;
    MarkupReader reader_;
    Outline outline_;
    std::vector<std::string_view> open_;
    bool in_item_ = false;
    std::size_t item_depth_ = 0;
    std::size_t item_elements_ = 0;
    std::size_t frame_elements_ = 0;
    std::size_t part_begin_ = 0;
};

}  // namespace

Outline outline_of(std::string_view xml, std::string_view item_name, const ParseOptions& limits) {
    return Scanner(xml, item_name, limits).run();
}

}  // namespace podbrief::feeds
