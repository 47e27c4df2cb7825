#include "core/services/metered_model.hpp"

#include <algorithm>

namespace podbrief::services {
namespace {

constexpr std::int64_t frame_tokens = 512;  // what a server puts around the texts
constexpr int most_forms = 5;               // that a request can have: three of the schema, two of the token limit

}  // namespace

TokenUsage most_usage(const ChatRequest& request) {
    // The schema may stand in the prompt once more.
    const std::size_t bytes = request.system.size() + request.user.size() + 2 * request.schema.size();
    return {static_cast<std::int64_t>(bytes) + frame_tokens, request.max_output_tokens};
}

// One exchange, booked and settled. A cancelled one stays booked in full.
asio::awaitable<ChatResult> MeteredModel::exchange(ChatRequest request) {
    const TokenUsage most = most_usage(request);
    std::string provider = ports_.model.name();
    auto booking = co_await ports_.meter.book(std::move(provider), most, settings_.prices);
    if (!booking) co_return over_ceiling();
    ChatResult result = co_await ports_.model.chat(std::move(request));
    TokenUsage used;
    if (result) {
        if (!result->usage_told) result->usage = most;
        used = result->usage;
    } else {
        ChatFailure failure = result.error();
        if (failure.usage == TokenUsage{} && failure.may_cost) failure.usage = most;
        used = failure.usage;
        result = std::move(failure);
    }
    co_await ports_.meter.settle(std::move(*booking), used, settings_.prices);
    const std::string_view outcome = result ? std::string_view("answered") : to_string(result.error().kind);
    ports_.metrics.count("model_calls_total", outcome);
    co_return result;
}

// min(0.5 * 2^n, 8) seconds, less up to a quarter, unless the server asked for more.
Millis MeteredModel::wait_before(const ChatFailure& failure, int retries) const {
    const Millis doubled{std::min<std::int64_t>(500LL << retries, 8'000)};
    const Millis own{doubled.count() -
                     static_cast<std::int64_t>(ports_.random.below(static_cast<std::uint64_t>(doubled.count()) / 4))};
    return failure.wait > Millis{0} ? failure.wait : own;
}

asio::awaitable<ChatResult> MeteredModel::chat(ChatRequest request) {
    const SteadyTime end = ports_.clock.steady_now() + request.deadline;
    TokenUsage used;
    int retries = 0;
    int forms = 1;
    for (;;) {
        ChatRequest next = request;
        const auto left = std::chrono::duration_cast<Millis>(end - ports_.clock.steady_now());
        next.deadline = std::min(left, settings_.longest_exchange);
        ChatResult result = co_await exchange(std::move(next));
        if (result) {
            result->usage = result->usage + used;
            co_return result;
        }
        ChatFailure failure = result.error();
        used = used + failure.usage;
        failure.usage = used;
        if (failure.kind == ChatFailure::Kind::ask_again && forms < most_forms) {
            const auto time = std::chrono::duration_cast<Millis>(end - ports_.clock.steady_now());
            if (time < settings_.least_exchange) co_return failure;
            ++forms;
            continue;
        }
        if (failure.kind != ChatFailure::Kind::retry_later || failure.in_vain || retries >= settings_.retries) {
            co_return failure;
        }
        const Millis wait = wait_before(failure, retries);
        const auto time = std::chrono::duration_cast<Millis>(end - ports_.clock.steady_now());
        if (wait > settings_.longest_wait || wait + settings_.least_exchange > time) co_return failure;
        ++retries;
        co_await ports_.clock.sleep_for(wait);
    }
}

}  // namespace podbrief::services
