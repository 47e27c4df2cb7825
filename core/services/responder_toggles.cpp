// What the buttons like, less, save and mute do. Each may be carried out again after a crash: what is so already stays.
#include <algorithm>

#include "core/briefs/local_time.hpp"
#include "core/briefs/profile.hpp"
#include "core/commands/reply_builder.hpp"
#include "core/services/responder_parts.hpp"

namespace podbrief::services {
namespace {

FeedbackKind kind_of(Action::Kind kind) {
    if (kind == Action::Kind::like) return FeedbackKind::like;
    return kind == Action::Kind::less ? FeedbackKind::less : FeedbackKind::save;
}

bool has(const std::vector<Feedback>& feedback, InsightId insight, FeedbackKind kind) {
    return std::any_of(feedback.begin(), feedback.end(),
                       [&](const Feedback& one) { return one.insight == insight && one.kind == kind; });
}

}  // namespace

asio::awaitable<bool> Responder::is_set(ReaderId reader, Action action) {
    if (action.kind != Action::Kind::mute) {
        const std::vector<Feedback> feedback = co_await readers_.feedback(reader);
        co_return has(feedback, action.insight, kind_of(action.kind));
    }
    std::vector<InsightId> wanted(1, action.insight);
    const std::vector<InsightDetail> details = co_await library_.details(std::move(wanted));
    const std::optional<Reader> stored = co_await readers_.reader(reader);
    co_return stored && !details.empty() && briefs::mutes_topic(stored->profile, first_topic(details.front().insight));
}

asio::awaitable<std::string> Responder::set(Reader reader, Action action, bool on) {
    const WallTime now = clock_.wall_now();
    std::vector<InsightId> wanted(1, action.insight);
    const std::vector<InsightDetail> details = co_await library_.details(std::move(wanted));
    if (details.empty()) co_return std::string();
    const Insight& insight = details.front().insight;
    std::optional<Reader> stored = co_await readers_.reader(reader.id);
    if (stored) reader = std::move(*stored);
    const std::string topic = first_topic(insight);

    if (action.kind == Action::Kind::mute) {
        if (topic.empty()) co_return std::string();
        const briefs::Change change = on ? briefs::mute_topic(reader.profile, topic)
                                      : briefs::mutes_topic(reader.profile, topic)
                                          ? briefs::unfollow_topic(reader.profile, topic)
                                          : briefs::Change::was_so;
        if (change == briefs::Change::done) co_await readers_.save(reader);
        co_return commands::toggled_words(action.kind, on, topic, change == briefs::Change::full);
    }

    const FeedbackKind kind = kind_of(action.kind);
    const std::vector<Feedback> before = co_await readers_.feedback(reader.id);
    const bool is_so = has(before, insight.id, kind);
    std::string told = topic;
    if (is_so != on && kind != FeedbackKind::save) {
        Desk desk{{library_, index_, heavy_}, readers_, composer_, adder_};
        Turn turn;
        turn.reader = reader;
        turn.now = now;
        const std::optional<BriefItem> item = co_await brief_item(desk, turn, insight.id);
        const std::string matched = item ? item->reason.matched : std::string();
        const FeedbackKind opposite = kind == FeedbackKind::like ? FeedbackKind::less : FeedbackKind::like;
        const bool changed_mind = on && has(before, insight.id, opposite);
        const std::vector<briefs::Learned> learned =
            briefs::learn(reader.profile, insight, matched, on ? kind : opposite, now, changed_mind ? 2 : 1);
        if (changed_mind) co_await readers_.remove(reader.id, insight.id, opposite);
        if (!learned.empty()) co_await readers_.save(reader);
        if (!learned.empty()) told = learned.front().topic;
    }
    if (!on) {
        co_await readers_.remove(reader.id, insight.id, kind);
    } else if (!is_so) {
        Feedback feedback;
        feedback.reader = reader.id;
        feedback.insight = insight.id;
        feedback.kind = kind;
        feedback.at = now;
        co_await readers_.save(std::move(feedback));
    }
    co_return commands::toggled_words(action.kind, on, told, false);
}

}  // namespace podbrief::services
