#include "core/rendering/parts.hpp"

#include "core/rendering/buttons.hpp"

namespace podbrief::rendering {
namespace {

Size operator+(Size a, Size b) {
    return {a.text + b.text, a.components + b.components};
}
bool fits(Size size, const MessageLimits& limits) {
    return size.text <= limits.text && size.components <= limits.components;
}

// Blocks that must not be parted.
struct Group {
    std::vector<ReplyBlock> blocks;
    Size size;
};

std::vector<ReplyBlock> divided(const Reply& reply, const MessageLimits& limits, const PartSizes& sizes) {
    std::vector<ReplyBlock> blocks;
    for (const ReplyBlock& block : reply.blocks) {
        if (fits(sizes.block(block), limits) || !sizes.divide) {
            blocks.push_back(block);
            continue;
        }
        for (ReplyBlock& piece : sizes.divide(block)) blocks.push_back(std::move(piece));
    }
    return blocks;
}

std::vector<Group> groups_of(std::vector<ReplyBlock> blocks, const MessageLimits& limits, const PartSizes& sizes) {
    std::vector<Group> groups;
    bool after_heading = false;
    for (ReplyBlock& block : blocks) {
        const Size size = sizes.block(block);
        const bool belongs = !groups.empty() && (after_heading || std::holds_alternative<Choices>(block));
        if (!belongs || !fits(groups.back().size + size, limits)) groups.emplace_back();
        Group& group = groups.back();
        after_heading = std::holds_alternative<Heading>(block);
        group.blocks.push_back(std::move(block));
        group.size = group.size + size;
    }
    return groups;
}

}  // namespace

std::vector<Reply> split_into_parts(const Reply& reply, const MessageLimits& limits, const PartSizes& sizes) {
    std::vector<Reply> parts(1);
    Size size;
    for (Group& group : groups_of(divided(reply, limits, sizes), limits, sizes)) {
        if (!parts.back().blocks.empty() && !fits(size + group.size, limits)) {
            parts.emplace_back();
            size = {};
        }
        for (ReplyBlock& block : group.blocks) parts.back().blocks.push_back(std::move(block));
        size = size + group.size;
    }
    Reply ending;
    ending.suggestions = suggestions_worth_showing(reply);
    if (ending.suggestions.empty()) return parts;
    if (!parts.back().blocks.empty() && !fits(size + sizes.closing(ending), limits)) {
        if (has_card_buttons(reply)) return parts;
        parts.emplace_back();
    }
    parts.back().suggestions = std::move(ending.suggestions);
    return parts;
}

}  // namespace podbrief::rendering
