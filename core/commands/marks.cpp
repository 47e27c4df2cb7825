#include "core/commands/marks.hpp"

#include <algorithm>
#include <map>

#include "core/briefs/profile.hpp"

namespace podbrief::commands {

void mark_cards(Reply& reply, const std::vector<Feedback>& feedback, const Profile& profile) {
    std::map<InsightId, CardMarks> said;
    for (const Feedback& one : feedback) {
        CardMarks& marks = said[one.insight];
        marks.liked = marks.liked || one.kind == FeedbackKind::like;
        marks.disliked = marks.disliked || one.kind == FeedbackKind::less;
        marks.saved = marks.saved || one.kind == FeedbackKind::save;
    }
    for (ReplyBlock& block : reply.blocks) {
        auto* card = std::get_if<InsightCard>(&block);
        if (card == nullptr) continue;
        const auto found = said.find(card->insight);
        card->marks = found == said.end() ? CardMarks() : found->second;
        card->marks.muted = !card->topic.empty() && briefs::mutes_topic(profile, card->topic);
    }
}

bool has_cards(const Reply& reply) {
    return std::any_of(reply.blocks.begin(), reply.blocks.end(),
                       [](const ReplyBlock& block) { return std::holds_alternative<InsightCard>(block); });
}

}  // namespace podbrief::commands
