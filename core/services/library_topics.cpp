#include "core/services/library_topics.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/text/unicode.hpp"

namespace podbrief::services {
namespace {

constexpr Millis fresh_for{60'000};
constexpr std::chrono::days recent{60};
constexpr std::size_t most_looked_at = 5'000;
constexpr std::size_t most_topics = 2'000;

}  // namespace

asio::awaitable<std::vector<std::string>> LibraryTopics::common() {
    const SteadyTime now = clock_.steady_now();
    const std::uint64_t changes = index_.changes();
    const bool stale = changes != changes_ && now >= looked_at_ + fresh_for;
    if (known_ && !stale) co_return topics_;
    const std::vector<Insight> insights = co_await library_.insights_since(clock_.wall_now() - recent, most_looked_at);
    std::map<std::string, std::size_t> counts;
    for (const Insight& insight : insights) {
        for (const std::string& topic : insight.topics) ++counts[topic];
    }
    std::vector<std::pair<std::string, std::size_t>> sorted(counts.begin(), counts.end());
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    if (sorted.size() > most_topics) sorted.resize(most_topics);
    topics_.clear();
    for (auto& [topic, count] : sorted) topics_.push_back(topic);
    known_ = true;
    changes_ = changes;
    looked_at_ = now;
    co_return topics_;
}

std::vector<std::string> beginning_with(const std::vector<std::string>& names, std::string_view typed,
                                        std::size_t most) {
    const std::string wanted = text::collapse_white_space(text::fold(typed));
    std::vector<std::string> first, later;
    std::set<std::string> seen;
    for (const std::string& name : names) {
        const std::string folded = text::fold(name);
        const bool begins = folded.starts_with(wanted);
        const bool within = folded.find(" " + wanted) != std::string::npos;
        if ((begins || within) && seen.insert(folded).second) (begins ? first : later).push_back(name);
        if (first.size() == most) break;
    }
    for (std::string& name : later) {
        if (first.size() < most) first.push_back(std::move(name));
    }
    return first;
}

}  // namespace podbrief::services
