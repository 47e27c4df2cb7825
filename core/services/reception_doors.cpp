// What somebody came for who followed a link of ours: the page of an insight, or of a topic.
#include <algorithm>

#include "core/briefs/profile.hpp"
#include "core/commands/doors.hpp"
#include "core/commands/reply_places.hpp"
#include "core/services/reception_parts.hpp"
#include "core/text/digest.hpp"

namespace podbrief::services {
namespace {

constexpr std::size_t most_topics = 3;  // of one insight, the most telling; more would be chosen for them than by them

std::string note_name(const Destination& place) {
    return "came_for:" + text::sha256_hex(to_string(place)).substr(0, 32);
}

asio::awaitable<std::vector<std::string>> topics_of_insight(Counter& counter, InsightId insight) {
    const std::vector<InsightId> wanted(1, insight);
    const std::vector<OutboxStore::Withdrawal> withdrawn = co_await counter.ports.outbox.withdrawals(wanted);
    if (!withdrawn.empty()) co_return std::vector<std::string>();
    const std::vector<InsightDetail> details = co_await counter.ports.library.details(wanted);
    if (details.empty()) co_return std::vector<std::string>();
    std::vector<std::string> topics = details.front().insight.topics;
    if (topics.size() > most_topics) topics.resize(most_topics);
    co_return topics;
}

}  // namespace

asio::awaitable<std::vector<std::string>> topics_of_door(Counter& counter, std::string payload) {
    if (const std::optional<InsightId> insight = commands::insight_of_payload(payload)) {
        co_return co_await topics_of_insight(counter, *insight);
    }
    std::vector<std::string> topics;
    if (payload.size() > 2 && payload.starts_with("t_")) {
        std::string topic = payload.substr(2);
        std::replace(topic.begin(), topic.end(), '-', ' ');
        std::replace(topic.begin(), topic.end(), '_', ' ');
        topics.push_back(std::move(topic));
    }
    co_return topics;
}

asio::awaitable<void> channel_came_for(Counter& counter, Visit& visit, std::vector<std::string> topics) {
    std::string lines;
    for (const std::string& topic : topics) lines += (lines.empty() ? "" : "\n") + topic;
    const Destination place = place_of(visit.incoming());
    co_await counter.ports.outbox.set_note(note_name(place), lines);
    co_await answer(counter, visit, commands::channel_hello_about(topics));
}

asio::awaitable<Reader> with_what_channel_came_for(Counter& counter, const Visit& visit, Reader reader) {
    const std::string name = note_name(place_of(visit.incoming()));
    const std::string lines = co_await counter.ports.outbox.note(name);
    if (lines.empty()) co_return reader;
    for (std::size_t begin = 0; begin <= lines.size();) {
        const std::size_t end = std::min(lines.find('\n', begin), lines.size());
        briefs::follow_topic(reader.profile, lines.substr(begin, end - begin));
        begin = end + 1;
    }
    reader = co_await counter.ports.readers.save(std::move(reader));
    co_await counter.ports.outbox.set_note(name,
                                           std::string());  // followed now; what they change from here on is theirs
    co_return reader;
}

}  // namespace podbrief::services
