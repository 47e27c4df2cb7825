#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/ports/clock.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/relation_store.hpp"
#include "core/ports/search_index.hpp"
#include "core/search/acronyms.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

class KnownPeople;
class Meanings;

struct FoundInsight {
    InsightDetail detail;
    std::optional<Relation> relation;  // nullopt: not sure enough for a label
};

// Finds for whoever has no conversation (the web pages): on a topic the same insights in the same order with the same
// labels as the chat. Nothing is looked up in transcripts, so nothing is written. What it is given must outlive it.
// Throws StoreFailure.
class InsightFinder {
public:
    struct Ports {
        LibraryStore& library;
        const SearchIndex& index;
        Clock& clock;
        RelationStore* relations = nullptr;          // null: pairs are judged by the rules alone
        const KnownPeople* people = nullptr;         // null: nobody is known by name
        asio::any_io_executor heavy = {};            // empty: computes in place
        Meanings* meanings = nullptr;                // null: found by the vectors that are built in
        const search::Acronyms* acronyms = nullptr;  // null: only those that everybody knows
    };
    explicit InsightFinder(Ports ports) : ports_(std::move(ports)) {}

    // What is on the topic of an insight, stricter than `more on 3` (search::are_on_one_topic): twelve at most, often
    // fewer, the sides in turn. It costs a third of that, too.
    asio::awaitable<std::vector<FoundInsight>> related_to(Insight head);

    // As `more on <topic>` shows it, all pages of it (40 at most).
    struct OnTopic {
        std::vector<FoundInsight> insights;
        std::string topic;         // what was looked for, in the asker's words without filler; spelling repaired
        std::string note;          // "Showing results for semiconductors."; empty: nothing was repaired
        std::string narrowed;      // "by Ben Okri, since 16 Nov 2026"; empty: not narrowed
        std::string not_narrowed;  // what was asked besides and of which there is nothing: these are without it
        std::vector<std::string> unknown;  // words that the library does not have
    };
    // Days are those of UTC.
    asio::awaitable<OnTopic> on_topic(std::string text);

private:
    Ports ports_;
};

}  // namespace podbrief::services
