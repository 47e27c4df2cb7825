#include "core/services/withdrawn_cards.hpp"

#include <map>

#include "core/commands/wording.hpp"

namespace podbrief::services {
namespace {

std::vector<InsightId> shown_in(const Reply& reply) {
    std::vector<InsightId> ids;
    for (const ReplyBlock& block : reply.blocks) {
        if (const auto* card = std::get_if<InsightCard>(&block)) ids.push_back(card->insight);
    }
    return ids;
}

}  // namespace

asio::awaitable<Reply> without_withdrawn(OutboxStore& outbox, Reply reply) {
    std::map<InsightId, std::string> reasons;
    const std::vector<OutboxStore::Withdrawal> withdrawals = co_await outbox.withdrawals(shown_in(reply));
    for (const OutboxStore::Withdrawal& one : withdrawals) reasons[one.insight] = one.reason;
    for (ReplyBlock& block : reply.blocks) {
        auto* card = std::get_if<InsightCard>(&block);
        if (card == nullptr) continue;
        const auto reason = reasons.find(card->insight);
        if (reason == reasons.end()) continue;
        InsightCard withdrawn;
        withdrawn.number = card->number;
        withdrawn.insight = card->insight;
        withdrawn.show = card->show;
        withdrawn.episode = card->episode;
        withdrawn.text = commands::withdrawn_text(reason->second);
        *card = std::move(withdrawn);
    }
    co_return reply;
}

}  // namespace podbrief::services
