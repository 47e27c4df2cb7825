#include "core/services/composer_writer.hpp"

#include "core/briefs/brief_key.hpp"
#include "core/briefs/local_time.hpp"
#include "core/commands/marks.hpp"
#include "core/commands/reply_builder.hpp"
#include "core/commands/reply_delivery.hpp"

namespace podbrief::services {
namespace {

constexpr std::chrono::minutes in_time{30};  // after it was due; later is late
constexpr int most_looked_up = 3;

// "08:00", with the day when that was another one.
std::string due_time(const Slot& slot, const Reader& reader, WallTime now) {
    const std::string& zone = slot.zone.empty() ? reader.time_zone : slot.zone;
    std::string due = briefs::clock_time(slot.due_at, zone);
    if (briefs::local_date(slot.due_at, zone) != briefs::local_date(now, zone)) {
        due += " on " + briefs::format_day(slot.due_at, zone);
    }
    return due;
}

}  // namespace

asio::awaitable<Composer::Composed> ComposerWriter::stored_or_new(const BriefOrder& order) {
    std::optional<Brief> stored = co_await readers_.brief(order.reader.id, order.slot.key);
    if (!stored) co_return co_await composer_.compose(order.reader, order.slot.key);
    Composer::Composed composed;
    composed.brief = std::move(*stored);
    std::vector<InsightId> ids;
    for (const BriefItem& item : composed.brief.items) ids.push_back(item.insight);
    composed.details = co_await library_.details(std::move(ids));
    co_return composed;
}

// Of the briefs that did not arrive, the latest that can be shown; empty: none. Slots may pass without a brief.
asio::awaitable<std::string> ComposerWriter::latest_stored(const BriefOrder& order) {
    int looked_up = 0;
    for (auto key = order.undelivered.rbegin(); key != order.undelivered.rend(); ++key) {
        if (++looked_up > most_looked_up) break;
        if (co_await readers_.brief(order.reader.id, *key)) co_return *key;
    }
    co_return std::string{};
}

asio::awaitable<Result<BriefDraft>> ComposerWriter::write(BriefOrder order) {
    Composer::Composed composed = co_await stored_or_new(order);
    commands::Opening opening;
    const WallTime now = clock_.wall_now();
    if (now - order.slot.due_at > in_time) opening.due = due_time(order.slot, order.reader, now);
    opening.shown_by = co_await latest_stored(order);
    opening.undelivered = std::move(order.undelivered);

    BriefDraft draft;
    draft.reply = commands::brief_reply(composed.brief, composed.details, order.reader);
    const std::vector<Feedback> feedback = co_await readers_.feedback(order.reader.id);
    commands::mark_cards(draft.reply, feedback, order.reader.profile);
    commands::open_with(draft.reply, opening);
    draft.brief = std::move(composed.brief);
    co_return draft;
}

}  // namespace podbrief::services
