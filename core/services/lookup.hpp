#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/insights/settings.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/search_index.hpp"
#include "core/services/indexer.hpp"
#include "core/services/talk_indexer.hpp"

namespace podbrief::services {

// Answers from the transcripts themselves, where no insight answers: finds the passages on what was asked, makes
// insights of them by the engine's own rules and gates, and adds them to the library (InsightOrigin::asked), so that
// everything that can be done with an insight can be done with them, and who asks again gets the same ones. They are in
// nobody's brief: the engine chose others of these episodes for that. What it is given must outlive it.
class Lookup {
public:
    struct Ports {
        LibraryStore& library;
        Indexer& indexer;
        const SearchIndex& index;
        TalkIndexer& talks;
        asio::any_io_executor heavy;
    };
    Lookup(Ports ports, insights::EngineSettings engine) : ports_(std::move(ports)), engine_(engine) {}

    // What is looked for.
    struct Question {
        std::string text;
        std::optional<PodcastId> podcast;
        std::string speaker;  // folded; empty: any
        std::optional<WallTime> published_from;
        std::optional<WallTime> published_until;
        std::size_t most = 5;  // insights to make; 0: only what is said is told
    };
    struct Answer {
        std::vector<InsightId> insights;          // in the index by now, best first
        std::map<std::string, std::size_t> said;  // stems of the question that are said, and how often
        // Where it is spoken of without anything that would make an insight: the exact words (Insight::quote), who says
        // them and when, of another episode each; only when there are no insights.
        std::vector<InsightDetail> spoken;
    };
    // Throws StoreFailure. Cancellation: what was added stays.
    asio::awaitable<Answer> look_up(Question question);

private:
    struct Found;
    asio::awaitable<Found> find(Question question);
    asio::awaitable<std::vector<Insight>> make(const Found& found, std::size_t at, const Question& question);

    asio::awaitable<std::optional<InsightDetail>> spoken_in(const Found& found, std::size_t at, std::string speaker);

    Ports ports_;
    insights::EngineSettings engine_;
};

}  // namespace podbrief::services
