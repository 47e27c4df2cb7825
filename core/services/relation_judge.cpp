#include "core/services/relation_judge.hpp"

#include <algorithm>
#include <charconv>

#include "core/ports/store_failure.hpp"
#include "core/search/related.hpp"
#include "core/search/relations.hpp"

namespace podbrief::services {
namespace {

constexpr std::size_t page = 100;  // changes at a time
constexpr std::string_view by_rules = "rules";

std::int64_t number_in(const std::string& text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

bool takes_a_side(const std::optional<Relation>& relation) {
    return relation && *relation != Relation::adds_context;
}

}  // namespace

RelationJudge::RelationJudge(Ports ports, Settings settings)
    : ports_(std::move(ports)), settings_(std::move(settings)), judging_(ports_.main), wakeup_(ports_.main) {}

// Both ways, as the rules see them. The newer one is in the index, and so is what it is related to.
asio::awaitable<std::vector<RelationJudge::Pair>> RelationJudge::pairs_of(const Insight& insight) {
    std::vector<Pair> pairs;
    search::RelatedOptions options;
    options.limit = settings_.related;
    const std::vector<SearchHit> hits = search::related(ports_.index, insight, options);
    std::vector<InsightId> ids;
    for (const SearchHit& hit : hits) ids.push_back(hit.insight);
    if (ids.empty()) co_return pairs;
    const std::vector<InsightDetail> details = co_await ports_.library.details(std::move(ids));
    for (const InsightDetail& detail : details) {
        if (detail.insight.superseded) continue;
        for (const bool turned : {false, true}) {
            Pair pair;
            pair.insight = turned ? detail.insight : insight;
            pair.head = turned ? insight : detail.insight;
            const search::RelationGuess guess = search::relation_to(pair.insight, pair.head);
            pair.judged = {pair.insight.id, pair.head.id, guess.relation, guess.confidence, std::string(by_rules)};
            pairs.push_back(std::move(pair));
        }
    }
    co_return pairs;
}

void RelationJudge::take(Pair& pair, std::optional<Relation> relation, double confidence) const {
    const std::optional<Relation> rules = pair.judged.relation;
    pair.judged.judge = ports_.model->name();
    pair.judged.confidence = confidence;
    pair.judged.relation = confidence >= settings_.sure ? relation : std::nullopt;
    const bool opposite = takes_a_side(rules) && takes_a_side(pair.judged.relation) && rules != pair.judged.relation;
    if (opposite) {
        pair.judged.relation = std::nullopt;
        pair.judged.confidence = confidence / 2;
    }
}

// Asks for one direction; supporting and disputing are the same both ways, context may not be.
asio::awaitable<void> RelationJudge::ask_model(std::vector<Pair>& pairs) {
    for (std::size_t begin = 0; begin < pairs.size();) {
        if (ports_.clock.steady_now() < model_rests_until_) co_return;
        const std::size_t end = std::min(pairs.size(), begin + 2 * settings_.pairs_asked);
        std::vector<insights::ClaimPair> asked;
        for (std::size_t i = begin; i < end; i += 2) asked.push_back({pairs[i].insight.text, pairs[i].head.text});
        ChatRequest request = insights::ask_for_relations(settings_.prompts, asked);
        request.max_output_tokens = 1'500;
        const ChatResult result = co_await ports_.model->chat(std::move(request));
        if (!result) {
            model_rests_until_ = ports_.clock.steady_now() + settings_.model_pause;
            ports_.metrics.count("relations_asked_total", to_string(result.error().kind));
            ports_.log.info("relations are judged by the rules", {{"why", result.error().detail}});
            co_return;
        }
        ports_.metrics.count("relations_asked_total", "answered");
        for (const insights::JudgedPair& judged : insights::read_model_relations(result->text, asked.size())) {
            const std::size_t at = begin + 2 * judged.pair;
            take(pairs[at], judged.relation, judged.confidence);
            if (judged.relation != Relation::adds_context) take(pairs[at + 1], judged.relation, judged.confidence);
        }
        begin = end;
    }
}

asio::awaitable<std::size_t> RelationJudge::catch_up() {
    const auto turn = co_await judging_.enter();
    std::size_t count = 0;
    for (;;) {
        const std::string noted = co_await ports_.notes.note(note);
        const std::vector<InsightChange> changes = co_await ports_.library.changes_since(number_in(noted), page);
        if (changes.empty()) co_return count;
        std::vector<Pair> pairs;
        std::vector<Pair> for_model;
        for (const InsightChange& change : changes) {
            if (change.insight.superseded) continue;
            const auto age = ports_.clock.wall_now() - change.insight.published_at;
            if (age > settings_.interest) continue;
            const bool is_news = age < settings_.news;
            std::vector<Pair> found = co_await pairs_of(change.insight);
            auto& to = ports_.model != nullptr && is_news ? for_model : pairs;
            std::move(found.begin(), found.end(), std::back_inserter(to));
        }
        if (!for_model.empty()) co_await ask_model(for_model);
        std::vector<InsightRelation> relations;
        for (const auto* some : {&pairs, &for_model}) {
            for (const Pair& pair : *some) relations.push_back(pair.judged);
        }
        count += relations.size();
        ports_.metrics.count("relations_judged_total", {}, static_cast<double>(relations.size()));
        co_await ports_.relations.save_relations(std::move(relations));
        std::string come_to = std::to_string(changes.back().sequence);
        co_await ports_.notes.set_note(note, std::move(come_to));
    }
}

asio::awaitable<void> RelationJudge::run() {
    constexpr Millis between = std::chrono::seconds{30};
    for (;;) {
        try {
            co_await catch_up();
        } catch (const StoreFailure& failure) {
            if (!failure.may_pass()) throw;
            ports_.log.error("store failed", {{"error", failure.what()}});
        }
        co_await wakeup_.wait_for(ports_.clock, between);
    }
}

}  // namespace podbrief::services
