#include "bot/embeddings.hpp"

#include <fmt/format.h>

#include <cmath>

#include "adapters/ai/openai_embedder.hpp"
#include "bot/embedding_settings.hpp"

namespace podbrief::bot {
namespace {

using Provider = Settings::Embeddings::Provider;

std::unique_ptr<Embedder> service_of(const Settings::Embeddings& s, HttpClient& http, const Clock& clock) {
    ai::OpenAiEmbedder::Settings out;
    out.dimension = s.dimension;
    out.passage_prefix = s.passage_prefix;
    out.query_prefix = s.query_prefix;
    out.batch = s.batch;
    out.deadline = s.deadline;
    return std::make_unique<ai::OpenAiEmbedder>(http, clock, ai::Endpoint{url_of(s), s.key, s.name}, std::move(out));
}

services::CostMeter::Ceiling ceiling_of(const Settings::Embeddings& s) {
    return {std::llround(s.daily_ceiling * 1e6), s.daily_tokens};
}

services::VectorIndexer::Settings indexer_settings(const Settings::Embeddings& s) {
    services::VectorIndexer::Settings out;
    out.batch = s.batch;
    return out;
}

services::Meanings::Settings meanings_settings(const Settings::Embeddings& s) {
    services::Meanings::Settings out;
    out.deadline = s.query_deadline;
    return out;
}

std::string progress_of(const services::EmbeddingNote& note, const std::string& model) {
    if (note.model != model) return "serve has not begun with it";
    if (note.weighed == 0) return "insights are being given their vectors, search goes by the built-in ones";
    const std::string order =
        fmt::format("it tells topics apart in {:.1f} of 100 cases, the built-in vectors in {:.1f}",
                    100 * note.fit.model_order, 100 * note.fit.built_in_order);
    return (note.fit.useful ? "in use: " : "not in use, the built-in vectors are better: ") + order;
}

}  // namespace

Embeddings::Embeddings(const Settings::Embeddings& settings, Ports ports)
    : service_(service_of(settings, ports.http, ports.clock)),
      for_topics_(service_of(settings, ports.http, ports.clock)),
      meter_({ports.notes, ports.clock, ports.log, ports.metrics}, ceiling_of(settings), embedding_spending_note,
             services::embedding_words()),
      metered_({*service_, meter_, ports.metrics}, {settings.price, 0}),
      metered_topics_({*for_topics_, meter_, ports.metrics}, {settings.price, 0}),
      vectors_(ports.index),
      indexer_({ports.library, ports.store, ports.notes, ports.index, vectors_, metered_, ports.clock, ports.log,
                ports.metrics, ports.main, ports.heavy},
               indexer_settings(settings)),
      meanings_({indexer_, metered_topics_, ports.clock, ports.log, ports.metrics}, meanings_settings(settings)) {}

asio::awaitable<EmbeddingState> look_at_embeddings(Settings::Embeddings settings, HttpClient* http, Clock& clock,
                                                   OutboxStore& notes) {
    EmbeddingState found;
    if (settings.provider == Provider::none || http == nullptr) {
        found.line = "vectors that are built in; no endpoint is set (see [embeddings])";
        co_return found;
    }
    found.set = true;
    const std::unique_ptr<Embedder> service = service_of(settings, *http, clock);
    std::vector<std::string> texts(1, "more on chip export controls");
    const SteadyTime before = clock.steady_now();
    const Result<Embedder::Embedded> made = co_await service->embed(std::move(texts), Embedder::Role::query);
    const auto took = std::chrono::duration_cast<Millis>(clock.steady_now() - before);
    const std::string where = fmt::format("{} at {}", service->model(), url_of(settings));
    found.works = made.has_value();
    if (!made) {
        found.line = fmt::format("{} makes no vectors: {}; search goes by the built-in ones meanwhile", where,
                                 service->problem());
    } else {
        found.dimension = made->vectors.front().size();
        found.line = fmt::format("{} makes vectors of {} numbers in {} ms", where, found.dimension, took.count());
        if (took > settings.query_deadline) {
            found.line += fmt::format(
                ", which is longer than a question waits (embeddings.query_deadline_ms = {}): questions will mostly be "
                "searched with the built-in ones",
                settings.query_deadline.count());
        }
    }
    const std::string noted = co_await notes.note(services::VectorIndexer::note);
    const services::EmbeddingNote note = services::embedding_note_from(noted);
    found.in_use = note.model == service->model() && note.weighed > 0 && note.fit.useful;
    found.line += "; " + progress_of(note, service->model());
    const std::string spending_noted = co_await notes.note(embedding_spending_note);
    services::SpendingNote spending = services::spending_from(spending_noted);
    if (spending.day == services::spending_day(clock.wall_now())) found.spent = std::move(spending.spent);
    co_return found;
}

}  // namespace podbrief::bot
