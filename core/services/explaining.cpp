#include "core/services/explaining.hpp"

#include <algorithm>

#include "core/briefs/brief_key.hpp"

namespace podbrief::services {
namespace {

long days_between(const briefs::BriefDay& a, const briefs::BriefDay& b) {
    return std::abs((std::chrono::sys_days{a.day} - std::chrono::sys_days{b.day}).count());
}

}  // namespace

asio::awaitable<std::optional<commands::Explained>> look_into(OutboxStore& outbox, LibraryStore& library, Reader reader,
                                                              std::string key, std::vector<Slot> slots, WallTime now) {
    std::optional<SlotStory> story = co_await outbox.story(reader.id, std::move(key));
    if (!story) co_return std::nullopt;
    commands::Explained what;
    what.reader = reader.name;
    what.story = std::move(*story);
    for (const Slot& slot : slots) what.briefs.emplace(slot.sequence, slot.key);
    std::vector<InsightId> ids;
    if (what.story.brief) {
        for (const BriefItem& item : what.story.brief->items) ids.push_back(item.insight);
    }
    what.details = co_await library.details(std::move(ids));
    what.destinations = co_await outbox.destinations(reader.id);
    what.now = now;
    co_return what;
}

std::vector<std::string> nearest_briefs(const std::vector<Slot>& slots, const std::string& key, std::size_t most) {
    const auto wanted = briefs::read_key(key);
    if (!wanted) return {};
    std::vector<std::pair<long, std::string>> found;
    for (const Slot& slot : slots) {
        const auto day = briefs::read_key(slot.key);
        if (day) found.emplace_back(days_between(*day, *wanted), slot.key);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    std::vector<std::string> keys;
    for (const auto& [distance, near] : found) {
        if (keys.size() < most) keys.push_back(near);
    }
    return keys;
}

}  // namespace podbrief::services
