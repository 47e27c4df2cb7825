#include "core/services/metered_embedder.hpp"

namespace podbrief::services {
namespace {

constexpr std::int64_t frame_tokens = 8;  // that a model puts around a text, and a prefix of ours

std::string_view outcome_of(const Result<Embedder::Embedded>& result) {
    if (result) return "answered";
    if (result.error() == Errc::refused) return "refused";
    return result.error() == Errc::invalid ? "invalid" : "unavailable";
}

}  // namespace

asio::awaitable<Result<Embedder::Embedded>> MeteredEmbedder::embed(std::vector<std::string> texts, Role role) {
    TokenUsage most;
    for (const std::string& text : texts) most.input += static_cast<std::int64_t>(text.size()) + frame_tokens;
    std::string provider = ports_.service.model();
    auto booking = co_await ports_.meter.book(std::move(provider), most, prices_);
    over_ceiling_ = !booking;
    if (!booking) co_return Errc::refused;
    Result<Embedded> result = co_await ports_.service.embed(std::move(texts), role);
    TokenUsage used;
    if (result) {
        used.input = result->tokens > 0 ? result->tokens : most.input;
    } else if (result.error() == Errc::invalid) {
        used = most;  // something came, and may have cost
    }
    co_await ports_.meter.settle(std::move(*booking), used, prices_);
    ports_.metrics.count("embedding_calls_total", outcome_of(result));
    co_return result;
}

}  // namespace podbrief::services
