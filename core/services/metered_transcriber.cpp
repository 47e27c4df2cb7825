#include "core/services/metered_transcriber.hpp"

#include <algorithm>

namespace podbrief::services {
namespace {

TokenUsage seconds_of(Millis audio) {
    return {(audio.count() + 999) / 1000, 0};
}

}  // namespace

// One exchange, booked and settled. A cancelled one stays booked in full.
asio::awaitable<TranscriptionResult> MeteredTranscriber::exchange(TranscriptionRequest request) {
    // A price for a million seconds, as the meter has it.
    const TokenPrices prices{settings_.price_per_minute / 60.0 * 1e6, 0};
    const TokenUsage whole = seconds_of(request.length);
    auto booking = co_await ports_.meter.book(ports_.service.name(), whole, prices);
    if (!booking) co_return over_ceiling();
    TranscriptionResult result = co_await ports_.service.transcribe(std::move(request));
    TokenUsage used;
    if (result) {
        used = seconds_of(result->billed);
    } else if (result.error().may_cost) {
        used = whole;
    }
    co_await ports_.meter.settle(std::move(*booking), used, prices);
    const std::string_view outcome = result ? std::string_view("heard") : to_string(result.error().kind);
    ports_.metrics.count("transcriptions_total", outcome);
    co_return result;
}

asio::awaitable<TranscriptionResult> MeteredTranscriber::transcribe(TranscriptionRequest request) {
    constexpr int most_forms = 3;
    int forms = 1;
    for (int retries = 0;;) {
        TranscriptionRequest next = request;
        TranscriptionResult result = co_await exchange(std::move(next));
        if (result) co_return result;
        const ChatFailure failure = result.error();
        if (failure.kind == ChatFailure::Kind::ask_again && forms < most_forms) {
            ++forms;
            continue;
        }
        if (failure.kind != ChatFailure::Kind::retry_later || failure.in_vain || retries >= settings_.retries) {
            co_return result;
        }
        // Twice as long each time, less up to a quarter, unless the server asks for more.
        const std::int64_t doubled = std::min<std::int64_t>(1'000LL << retries, 16'000);
        const auto less = static_cast<std::int64_t>(ports_.random.below(static_cast<std::uint64_t>(doubled) / 4));
        const Millis wait = std::max(Millis{doubled - less}, failure.wait);
        if (wait > settings_.longest_wait) co_return result;
        ++retries;
        co_await ports_.clock.sleep_for(wait);
    }
}

}  // namespace podbrief::services
