#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <optional>
#include <vector>

#include "core/async/turnstile.hpp"
#include "core/insights/model_prompts.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/language_model.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/log.hpp"
#include "core/ports/metrics.hpp"
#include "core/ports/outbox_store.hpp"
#include "core/ports/relation_store.hpp"
#include "core/ports/search_index.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

// Judges how new insights stand towards those they are related to, and keeps it, so that no answer waits for it: by the
// rules (core/search/relations.hpp), and by a model where one is set. Follows the store's change feed behind the index.
// A model's judgement replaces that of the rules; where both are sure and take opposite sides, no label is shown.
class RelationJudge {
public:
    struct Ports {
        LibraryStore& library;
        RelationStore& relations;
        OutboxStore& notes;
        const SearchIndex& index;  // holds what is judged
        LanguageModel* model;      // null: the rules alone; one that repeats and is metered
        Clock& clock;
        Log& log;
        Metrics& metrics;
        asio::any_io_executor main;
    };
    struct Settings {
        std::size_t related = 6;  // of each insight
        insights::ModelPrompts prompts = insights::default_prompts();
        std::size_t pairs_asked = 12;  // at once
        // Of what was published longer ago nothing is kept: the rules tell it as well when it is asked for.
        Millis interest = std::chrono::hours{24 * 14};
        Millis news = std::chrono::hours{24 * 3};       // the model judges what was published since
        Millis model_pause = std::chrono::minutes{30};  // after the model failed
        double sure = 0.6;                              // of a model, to show its label
    };
    RelationJudge(Ports ports, Settings settings);

    // All that is new; how many pairs. Throws StoreFailure.
    asio::awaitable<std::size_t> catch_up();
    // For ever, until cancelled.
    asio::awaitable<void> run();
    void wake() { wakeup_.notify(); }

    static constexpr const char* note = "relations_judged";  // the change up to which it has come

private:
    struct Pair {
        Insight insight;
        Insight head;
        InsightRelation judged;
    };
    asio::awaitable<std::vector<Pair>> pairs_of(const Insight& insight);
    asio::awaitable<void> ask_model(std::vector<Pair>& pairs);
    void take(Pair& pair, std::optional<Relation> relation, double confidence) const;

    Ports ports_;
    Settings settings_;
    Turnstile judging_;
    Wakeup wakeup_;
    SteadyTime model_rests_until_{};
};

}  // namespace podbrief::services
