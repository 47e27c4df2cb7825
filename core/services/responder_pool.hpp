#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/search/balance.hpp"
#include "core/search/filters.hpp"
#include "core/search/understand.hpp"
#include "core/services/responder_parts.hpp"

namespace podbrief::services {

// The inside of Responder's lists and of InsightFinder; of this room only.

inline constexpr std::size_t page_size = 5;
inline constexpr std::size_t longest_list = 40;
inline constexpr std::size_t longest_side = 3;

// Insights by relevance, with what is needed to show them.
struct Pool {
    std::vector<search::Candidate> candidates;
    std::map<InsightId, InsightDetail> details;

    commands::ListItem item(const search::Candidate& candidate) const {
        return {details.at(candidate.insight.id), candidate.relation.relation};
    }
    std::vector<commands::ListItem> items(const std::vector<search::Candidate>& chosen) const;
};
asio::awaitable<Pool> load(Shelf& shelf, std::vector<SearchHit> hits);
asio::awaitable<std::optional<InsightDetail>> detail_of(Shelf& shelf, InsightId id);

// What speaks of the same as `head`, with what was judged of it before.
asio::awaitable<Pool> find_related(Shelf& shelf, const Insight& head);
// The same by fewer and surer ones, for pages: search::are_on_one_topic.
asio::awaitable<Pool> find_close(Shelf& shelf, const Insight& head);
// What was judged before of pairs with this head, by insight.
asio::awaitable<std::map<InsightId, search::RelationGuess>> judged_towards(Shelf& shelf, InsightId head);
// search::balance where computing is done.
asio::awaitable<search::BalancedViews> balance(Shelf& shelf, std::string topic,
                                               std::vector<search::Candidate> candidates);
asio::awaitable<search::BalancedViews> balance(Shelf& shelf, Insight head, std::vector<search::Candidate> candidates);

// What was found on a topic.
struct TopicPool {
    search::UnderstoodQuery query;
    search::Filters filters;  // what was asked besides the topic
    bool unfiltered = false;  // with the filters there was nothing: this is without them
    Pool pool;
    std::vector<InsightDetail> spoken;  // without insights: where it is spoken of (Lookup::Answer)
};
// By the insights there are; where they are few, by those that the transcripts still have (Lookup).
asio::awaitable<TopicPool> find_topic(Shelf& shelf, const Turn& turn, std::string text);
// The page's words about what was found.
void name_topic(commands::ListPage& page, const TopicPool& found, const Turn& turn);
Reply nothing_on(const Desk& desk, const Turn& turn, const TopicPool& found, const commands::Command& command);

// Makes a new list of the conversation: a first page to show, the rest for `more`.
commands::ListPage begin_list(Turn& turn, const Subject& subject, std::vector<commands::ListItem> items,
                              std::size_t size = page_size);
Subject on_topic(std::string topic);

}  // namespace podbrief::services
