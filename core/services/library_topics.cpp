#include "core/services/library_topics.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/text/topic_words.hpp"
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
    struct Told {
        std::size_t insights = 0;
        text::TopicForms forms;
    };
    std::map<std::string, Told> told;  // by identity
    for (const Insight& insight : insights) {
        std::set<std::string> own;
        for (const std::string& topic : insight.topics) {
            std::string identity = text::topic_identity(topic);
            if (identity.empty() || !own.insert(identity).second) continue;
            Told& one = told[std::move(identity)];
            ++one.insights;
            one.forms.add(topic, insight.text, insight.entities);
        }
    }
    std::vector<std::pair<std::string, std::size_t>> sorted;
    for (const auto& [identity, one] : told) sorted.emplace_back(one.forms.most_frequent(), one.insights);
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
