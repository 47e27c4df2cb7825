#include "core/services/vector_indexer.hpp"

#include <fmt/format.h>

#include "core/ports/store_failure.hpp"
#include "core/search/packed_vector.hpp"
#include "core/search/text_vectors.hpp"

namespace podbrief::services {
namespace {

constexpr std::size_t loaded_at_once = 1'000;
constexpr std::size_t forgotten_at_once = 2'000;
constexpr double same_text = 0.9;  // cosine of two vectors of one text; servers reckon with a few bits more or less
constexpr const char* test_text = "A sentence to see whether the model answers.";

}  // namespace

VectorIndexer::VectorIndexer(Ports ports, Settings settings)
    : ports_(std::move(ports)), settings_(settings), wakeup_(ports_.main) {}

void VectorIndexer::heard(const InsightChange& change) {
    if (change.insight.superseded) ports_.vectors.erase(change.insight.id);
    wakeup_.notify();
}

// One line of the log for as long as it lasts.
bool VectorIndexer::trouble(std::string why) {
    if (!failing_) {
        ports_.log.warning("the embeddings endpoint fails: search goes on with what there is",
                           {{"model", state_.model}, {"why", std::move(why)}});
    }
    failing_ = true;
    return false;
}

void VectorIndexer::works() {
    if (failing_) ports_.log.info("the embeddings endpoint works again", {{"model", state_.model}});
    failing_ = false;
}

asio::awaitable<void> VectorIndexer::save_state() {
    std::string name = note;
    co_await ports_.notes.set_note(std::move(name), to_text(state_));
    ports_.metrics.set("embedding_vectors", static_cast<double>(ports_.vectors.size()));
    ports_.metrics.set("embedding_in_use", in_use_ ? 1 : 0);
}

asio::awaitable<void> VectorIndexer::begin() {
    std::string name = note;
    const std::string noted = co_await ports_.notes.note(std::move(name));
    state_ = embedding_note_from(noted);
    const std::string model = ports_.embedder.model();
    if (state_.model != model) {
        state_ = {};
        state_.model = model;
    }
    InsightId after;
    for (;;) {
        const std::vector<InsightVector> page = co_await ports_.store.vectors(model, after, loaded_at_once);
        for (const InsightVector& one : page) {
            const std::vector<float> vector = search::unpack(one.vector);
            const bool fits =
                !vector.empty() && (ports_.vectors.size() == 0 || vector.size() == ports_.vectors.dimension());
            if (fits) ports_.vectors.put(one.insight, vector);
        }
        if (page.size() < loaded_at_once) break;
        after = page.back().insight;
    }
    if (ports_.vectors.size() == 0) state_.come_to = 0;
    begun_ = true;
    ports_.log.info("insights get vectors of a model",
                    {{"model", model}, {"kept", std::to_string(ports_.vectors.size())}});
}

asio::awaitable<void> VectorIndexer::start_over() {
    in_use_ = false;
    ports_.vectors.clear();
    const std::string model = state_.model;
    state_ = {};
    state_.model = model;
    co_await save_state();
    for (std::size_t gone = 1; gone > 0;) gone = co_await ports_.store.forget_vectors(model, forgotten_at_once);
}

// A name may stand for another model than it did: then what is kept is worth nothing.
asio::awaitable<bool> VectorIndexer::is_same_model() {
    if (same_model_) co_return true;
    std::vector<InsightId> one = ports_.vectors.sample(1);
    const std::vector<InsightDetail> details = co_await ports_.library.details(std::move(one));
    if (!details.empty() && !details.front().insight.text.empty()) {
        std::vector<std::string> texts(1, details.front().insight.text);
        const Result<Embedder::Embedded> made =
            co_await ports_.embedder.embed(std::move(texts), Embedder::Role::passage);
        if (!made) co_return trouble(ports_.embedder.problem());
        const std::vector<float> kept = ports_.vectors.vector_of(details.front().insight.id);
        if (!kept.empty() && search::cosine(made->vectors.front(), kept) < same_text) {
            ports_.log.warning("the model has other vectors than it had: all are made anew", {{"model", state_.model}});
            co_await start_over();
        }
    }
    same_model_ = true;
    co_return true;
}

// Whether the endpoint is sound, when it takes offence at a text.
asio::awaitable<bool> VectorIndexer::answers() {
    std::vector<std::string> texts(1, test_text);
    const Result<Embedder::Embedded> made = co_await ports_.embedder.embed(std::move(texts), Embedder::Role::passage);
    co_return made.has_value();
}

asio::awaitable<bool> VectorIndexer::keep(std::vector<Wanted> some, std::vector<std::vector<float>> vectors) {
    std::vector<InsightVector> kept;
    const std::size_t dimension = ports_.vectors.size() > 0 ? ports_.vectors.dimension() : vectors.front().size();
    for (std::size_t i = 0; i < some.size(); ++i) {
        if (vectors[i].size() != dimension) co_return trouble("vectors of another dimension than before");
        kept.push_back({some[i].id, search::pack(vectors[i])});
    }
    co_await ports_.store.save_vectors(state_.model, std::move(kept));
    for (std::size_t i = 0; i < some.size(); ++i) ports_.vectors.put(some[i].id, vectors[i]);
    ports_.metrics.count("embedded_insights_total", "made", static_cast<double>(some.size()));
    works();
    co_return true;
}

// What the model cannot read is found by halves, and left to the words for good; the others get theirs.
asio::awaitable<bool> VectorIndexer::embed(std::vector<Wanted> some) {
    std::vector<std::string> texts;
    for (const Wanted& one : some) texts.push_back(one.text);
    Result<Embedder::Embedded> made = co_await ports_.embedder.embed(std::move(texts), Embedder::Role::passage);
    if (made) co_return co_await keep(std::move(some), std::move(made->vectors));
    std::string why = ports_.embedder.problem();
    if (made.error() != Errc::invalid) co_return trouble(std::move(why));
    const bool sound = co_await answers();
    if (!sound) co_return trouble(std::move(why));
    if (some.size() == 1) {
        ports_.metrics.count("embedded_insights_total", "failed");
        co_return true;
    }
    const auto middle = some.begin() + static_cast<std::ptrdiff_t>(some.size() / 2);
    std::vector<Wanted> second(std::make_move_iterator(middle), std::make_move_iterator(some.end()));
    some.erase(middle, some.end());
    const bool first_done = co_await embed(std::move(some));
    if (!first_done) co_return false;
    co_return co_await embed(std::move(second));
}

asio::awaitable<bool> VectorIndexer::follow() {
    for (;;) {
        const std::vector<InsightChange> changes =
            co_await ports_.library.changes_since(state_.come_to, settings_.batch);
        if (changes.empty()) co_return true;
        std::vector<Wanted> missing;
        for (const InsightChange& change : changes) {
            const Insight& insight = change.insight;
            if (insight.superseded) {
                ports_.vectors.erase(insight.id);
            } else if (!ports_.vectors.has(insight.id) && !insight.text.empty()) {
                missing.push_back({insight.id, insight.text});
            }
        }
        const bool is_news = !missing.empty();
        if (is_news) {
            const bool done = co_await embed(std::move(missing));
            if (!done) co_return false;
        }
        state_.come_to = changes.back().sequence;
        if (is_news || changes.size() < settings_.batch) co_await save_state();
    }
}

asio::awaitable<void> VectorIndexer::forget_others() {
    for (std::size_t gone = 1; gone > 0;) {
        gone = co_await ports_.store.forget_other_vectors(state_.model, forgotten_at_once);
    }
}

asio::awaitable<bool> VectorIndexer::catch_up() {
    if (!begun_) co_await begin();
    const bool same = co_await is_same_model();
    if (!same) co_return false;
    // As it was before the restart: what came in meanwhile is found by its words until its vector is there.
    if (!in_use_ && state_.weighed > 0 && state_.fit.useful) in_use_ = true;
    const bool all = co_await follow();
    if (!all) co_return false;
    if (!in_use_) co_return co_await weigh();
    co_return true;
}

asio::awaitable<void> VectorIndexer::run() {
    Millis pause = settings_.first_pause;
    for (;;) {
        bool done = false;
        try {
            done = co_await catch_up();
        } catch (const StoreFailure& failure) {
            if (!failure.may_pass()) throw;
            ports_.log.error("store failed", {{"error", failure.what()}});
        }
        if (done) {
            pause = settings_.first_pause;
            co_await wakeup_.wait();
        } else {
            co_await ports_.clock.sleep_for(pause);
            pause = std::min(2 * pause, settings_.longest_pause);
        }
    }
}

}  // namespace podbrief::services
