// Answers about one insight of the latest list.
#include "core/briefs/profile.hpp"
#include "core/services/responder_parts.hpp"

namespace podbrief::services {

using commands::Command;
using commands::Verb;

namespace {

constexpr std::size_t most_echoes = 8;

bool has(const std::vector<Feedback>& feedback, InsightId insight, FeedbackKind kind) {
    return std::any_of(feedback.begin(), feedback.end(),
                       [&](const Feedback& one) { return one.insight == insight && one.kind == kind; });
}

Feedback feedback_of(const Turn& turn, InsightId insight, FeedbackKind kind) {
    Feedback feedback;
    feedback.reader = turn.reader.id;
    feedback.insight = insight;
    feedback.kind = kind;
    feedback.at = turn.now;
    return feedback;
}

}  // namespace

asio::awaitable<Reply> why(Desk& desk, Turn& turn, Command command) {
    const Picked picked = co_await pick(desk, turn, command, "why");
    if (!picked.detail) co_return picked.problem;
    const std::optional<BriefItem> item = co_await brief_item(desk, turn, picked.detail->insight.id);
    const Subject subject = subject_from(turn.state.topic);
    const int number = number_of(turn, picked);
    co_return commands::why_reply(number, *picked.detail, item ? &*item : nullptr, subject.topic, turn.now);
}

asio::awaitable<Reply> why_all(Desk& desk, Turn& turn, Command command) {
    const std::vector<Brief> recent =
        co_await desk.readers.briefs_since(turn.reader.id, turn.now - briefs::idea_memory);
    const auto meant = std::find_if(recent.begin(), recent.end(), [&](const Brief& brief) {
        return !brief.items.empty() &&
               (!command.insight || std::any_of(brief.items.begin(), brief.items.end(), [&](const BriefItem& item) {
                   return item.insight == command.insight;
               }));
    });
    std::vector<commands::Chosen> chosen;
    if (meant == recent.end()) co_return commands::why_all_reply(chosen);
    std::vector<InsightId> ids;
    for (const BriefItem& item : meant->items) ids.push_back(item.insight);
    const std::vector<InsightDetail> details = co_await desk.library.details(std::move(ids));
    int number = 0;
    for (const BriefItem& item : meant->items) {
        ++number;
        for (const InsightDetail& detail : details) {
            if (detail.insight.id == item.insight) chosen.push_back({number, detail.insight.text, item.reason});
        }
    }
    co_return commands::why_all_reply(chosen);
}

asio::awaitable<Reply> quote(Desk& desk, Turn& turn, Command command) {
    const Picked picked = co_await pick(desk, turn, command, "quote");
    if (!picked.detail) co_return picked.problem;
    std::vector<InsightId> others;
    for (const InsightId id : picked.detail->cluster_members) {
        if (id != picked.detail->insight.id && others.size() < most_echoes) others.push_back(id);
    }
    const std::vector<InsightDetail> echoes = co_await desk.library.details(std::move(others));
    const int number = number_of(turn, picked);
    co_return commands::quote_reply(number, *picked.detail, echoes);
}

asio::awaitable<Reply> judge(Desk& desk, Turn& turn, Command command) {
    const bool like = command.verb == Verb::like;
    const Picked picked = co_await pick(desk, turn, command, like ? "like" : "less");
    if (!picked.detail) co_return picked.problem;
    const Insight& insight = picked.detail->insight;
    const FeedbackKind kind = like ? FeedbackKind::like : FeedbackKind::less;
    const FeedbackKind opposite = like ? FeedbackKind::less : FeedbackKind::like;
    const std::vector<Feedback> before = co_await desk.readers.feedback(turn.reader.id);
    if (has(before, insight.id, kind)) {
        const std::vector<briefs::Learned> nothing;
        co_return commands::learned_reply(kind, true, nothing);
    }
    const std::optional<BriefItem> item = co_await brief_item(desk, turn, insight.id);
    const Subject subject = subject_from(turn.state.topic);
    const bool changed_mind = has(before, insight.id, opposite);
    // The profile first: should the machine stop between the two, the reader says it again and is heard.
    const std::vector<briefs::Learned> learned =
        briefs::learn(turn.reader.profile, insight, item ? item->reason.matched : subject.topic, kind, turn.now,
                      changed_mind ? 2 : 1);
    if (changed_mind) co_await desk.readers.remove(turn.reader.id, insight.id, opposite);
    if (!learned.empty()) co_await desk.readers.save(turn.reader);
    Feedback feedback = feedback_of(turn, insight.id, kind);
    co_await desk.readers.save(std::move(feedback));
    co_return commands::learned_reply(kind, false, learned);
}

asio::awaitable<Reply> keep(Desk& desk, Turn& turn, Command command) {
    const bool save = command.verb == Verb::save;
    const Picked picked = co_await pick(desk, turn, command, save ? "save" : "report");
    if (!picked.detail) co_return picked.problem;
    const InsightId id = picked.detail->insight.id;
    const FeedbackKind kind = save ? FeedbackKind::save : FeedbackKind::report;
    const std::vector<Feedback> before = co_await desk.readers.feedback(turn.reader.id);
    const bool again = has(before, id, kind);
    if (!again) {
        Feedback feedback = feedback_of(turn, id, kind);
        co_await desk.readers.save(std::move(feedback));
    }
    co_return save ? commands::saved_one_reply(picked.number, again) : commands::reported_reply(picked.number, again);
}

}  // namespace podbrief::services
