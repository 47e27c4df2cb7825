// Answers that are a brief.
#include "core/briefs/brief_key.hpp"
#include "core/briefs/local_time.hpp"
#include "core/services/brief_listed.hpp"
#include "core/services/responder_parts.hpp"

namespace podbrief::services {
namespace {

asio::awaitable<Reply> show(Desk& desk, Turn& turn, Brief brief) {
    begin_list(turn, list_of(brief));
    std::vector<InsightId> ids = turn.state.listed;
    const std::vector<InsightDetail> details = co_await desk.library.details(std::move(ids));
    co_return commands::brief_reply(brief, details, turn.reader);
}

asio::awaitable<Reply> no_such_brief(Desk& desk, const Turn& turn, briefs::BriefDay day) {
    const auto today = briefs::read_key(briefs::local_date(turn.now, turn.reader.time_zone));
    if (today && std::chrono::sys_days{day.day} > std::chrono::sys_days{today->day}) {
        co_return commands::day_to_come(briefs::name_of(day));
    }
    const std::vector<Brief> recent =
        co_await desk.readers.briefs_since(turn.reader.id, turn.now - briefs::idea_memory);
    const std::string latest = recent.empty() ? std::string{} : recent.front().local_date;
    co_return commands::no_brief_of(briefs::name_of(day), latest);
}

}  // namespace

asio::awaitable<Reply> show_brief(Desk& desk, Turn& turn) {
    Brief brief = co_await desk.composer.brief_for(turn.reader);
    co_return co_await show(desk, turn, std::move(brief));
}

asio::awaitable<Reply> show_brief_of(Desk& desk, Turn& turn, commands::Command command) {
    const auto day = briefs::past_day(command.text, turn.now, turn.reader.time_zone);
    if (!day) co_return commands::bad_brief_day(command.text);
    std::string key = briefs::write_key(*day);
    if (key == briefs::brief_key(turn.reader, turn.now)) co_return co_await show_brief(desk, turn);
    std::optional<Brief> stored = co_await desk.readers.brief(turn.reader.id, std::move(key));
    if (!stored) co_return co_await no_such_brief(desk, turn, *day);
    co_return co_await show(desk, turn, std::move(*stored));
}

}  // namespace podbrief::services
