#include "core/services/model_engine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "core/async/run_on.hpp"
#include "core/insights/claim_checker.hpp"
#include "core/insights/gates.hpp"
#include "core/insights/model_gates.hpp"

namespace podbrief::services {
namespace {

using insights::ClaimChecker;
using insights::FailedClaim;
using insights::ModelAnswer;
using insights::ModelWindow;

constexpr std::size_t most_from_a_window = 12;
constexpr std::size_t most_repaired = 8;
constexpr std::size_t most_to_choose_from = 60;
constexpr std::int64_t least_window_tokens = 500;
constexpr int most_shrinks = 3;
constexpr int most_failures = 2;  // windows without an answer, before the model is left alone

}  // namespace

// One episode on its way through the model.
struct ModelEngine::Reading {
    explicit Reading(ExtractionRequest r) : request(std::move(r)) {}

    ExtractionRequest request;
    std::unique_ptr<ClaimChecker> checker;
    std::size_t wanted = 0;
    SteadyTime end;
    std::vector<Insight> insights;
    ExtractionReport report;
    TokenUsage usage;
    int calls = 0;
    int failures = 0;
    int shrinks = 0;
    bool stopped = false;  // the model is not to be asked again for this episode
    std::optional<ChatFailure> last_failure;

    void drop(std::string_view gate, std::size_t count = 1) {
        if (count > 0) report.dropped[std::string(gate)] += count;
    }
};

ModelEngine::ModelEngine(Ports ports, Settings settings)
    : ports_(std::move(ports)),
      settings_(std::move(settings)),
      breaker_(3, std::chrono::minutes{5}, std::chrono::hours{1}),
      window_tokens_(settings_.windows.tokens) {}

bool ModelEngine::has_time(const Reading& reading) const {
    return !reading.stopped && ports_.clock.steady_now() + settings_.least_time <= reading.end;
}

asio::awaitable<std::optional<std::string>> ModelEngine::ask(Reading& reading, ChatRequest request) {
    using Kind = ChatFailure::Kind;
    request.max_output_tokens = settings_.max_output_tokens;
    request.deadline = std::chrono::duration_cast<Millis>(reading.end - ports_.clock.steady_now());
    ++reading.calls;
    ChatResult result = co_await ports_.model.chat(std::move(request));
    if (result) {
        reading.usage = reading.usage + result->usage;
        co_return std::move(result->text);
    }
    ChatFailure failure = result.error();
    reading.usage = reading.usage + failure.usage;
    const bool for_good = failure.kind == Kind::unauthorised || failure.kind == Kind::out_of_quota ||
                          failure.kind == Kind::bad_request || failure.kind == Kind::ask_again;
    const bool counts = failure.kind != Kind::context_too_long;
    if (counts) ++reading.failures;
    reading.stopped = reading.stopped || for_good || reading.failures >= most_failures;
    reading.last_failure = std::move(failure);
    co_return std::nullopt;
}

// Away from the I/O thread: a claim is held against thousands of words.
asio::awaitable<void> ModelEngine::check(Reading& reading, const ModelWindow& window, ModelAnswer answer,
                                         std::vector<FailedClaim>* failed) {
    reading.drop(insights::gate::unreadable, answer.unreadable);
    auto claims = std::make_shared<std::vector<insights::ModelClaim>>(std::move(answer.claims));
    // Reading and window outlive the job: a job that has begun is awaited, cancelled or not.
    auto job = [&checker = *reading.checker, &window, claims] {
        std::vector<ClaimChecker::Checked> checked;
        for (const insights::ModelClaim& claim : *claims) checked.push_back(checker.check(claim, window));
        return checked;
    };
    auto checked = co_await run_on(ports_.heavy, std::move(job));
    for (std::size_t i = 0; i < checked.size(); ++i) {
        if (checked[i].insight) {
            reading.insights.push_back(std::move(*checked[i].insight));
            continue;
        }
        const bool hopeless = checked[i].fault == insights::gate::to_the_machine;
        const bool mend = failed != nullptr && !hopeless && failed->size() < most_repaired;
        if (mend) {
            failed->push_back({std::move((*claims)[i]), checked[i].fault});
        } else {
            reading.drop(checked[i].fault);
        }
    }
}

asio::awaitable<void> ModelEngine::repair(Reading& reading, const ModelWindow& window,
                                          std::vector<FailedClaim> failed) {
    std::optional<std::string> text;
    if (has_time(reading)) {
        ChatRequest request = insights::ask_for_repair(settings_.prompts, window, failed);
        text = co_await ask(reading, std::move(request));
    }
    std::optional<ModelAnswer> answer;
    if (text) answer = insights::read_model_answer(*text);
    if (!answer) {
        for (const FailedClaim& one : failed) reading.drop(one.fault);
        co_return;
    }
    // Those that the model gave up keep the reason for which they failed.
    const std::size_t mended = std::min(answer->claims.size() + answer->unreadable, failed.size());
    for (std::size_t i = mended; i < failed.size(); ++i) reading.drop(failed[i].fault);
    if (answer->claims.size() > failed.size()) answer->claims.resize(failed.size());
    co_await check(reading, window, std::move(*answer), nullptr);
}

asio::awaitable<ModelEngine::Next> ModelEngine::read_window(Reading& reading, const ModelWindow& window,
                                                            std::size_t most) {
    ChatRequest request =
        insights::ask_for_claims(settings_.prompts, window, reading.request.podcast, reading.request.episode, most);
    const std::optional<std::string> text = co_await ask(reading, std::move(request));
    if (!text) {
        const bool too_long = reading.last_failure->kind == ChatFailure::Kind::context_too_long;
        co_return too_long ? Next::shrink : reading.stopped ? Next::stop : Next::go_on;
    }
    std::optional<ModelAnswer> answer = insights::read_model_answer(*text);
    if (!answer) {
        // Prose, or nothing: one more try with the same window.
        reading.drop(insights::gate::unreadable);
        if (!has_time(reading)) co_return Next::stop;
        ChatRequest again =
            insights::ask_for_claims(settings_.prompts, window, reading.request.podcast, reading.request.episode, most);
        again.user += "\nYour last answer was no JSON of the schema. Answer with the JSON object alone.\n";
        const std::optional<std::string> second = co_await ask(reading, std::move(again));
        if (second) answer = insights::read_model_answer(*second);
        if (!answer) {
            if (second) {
                ++reading.failures;
                reading.last_failure.emplace();
                reading.last_failure->detail = "it does not write what was asked for";
            }
            reading.stopped = reading.stopped || reading.failures >= most_failures;
            co_return reading.stopped ? Next::stop : Next::go_on;
        }
    }
    reading.failures = 0;
    reading.last_failure.reset();
    reading.report.candidates += answer->claims.size() + answer->unreadable;
    std::vector<FailedClaim> failed;
    co_await check(reading, window, std::move(*answer), &failed);
    if (!failed.empty()) co_await repair(reading, window, std::move(failed));
    co_return reading.stopped ? Next::stop : Next::go_on;
}

asio::awaitable<void> ModelEngine::read_windows(Reading& reading) {
    for (bool again = true; again;) {
        again = false;
        insights::WindowLimits limits = settings_.windows;
        limits.tokens = window_tokens_;
        // Away from the I/O thread: a transcript may have megabytes.
        auto cut = [&segments = reading.request.transcript.segments, limits] {
            return insights::windows_of(segments, limits);
        };
        const std::vector<ModelWindow> windows = co_await run_on(ports_.heavy, std::move(cut));
        if (windows.empty()) co_return;
        const std::size_t most =
            std::clamp<std::size_t>((2 * reading.wanted + windows.size() - 1) / windows.size(), 3, most_from_a_window);
        for (const ModelWindow& window : windows) {
            if (!has_time(reading)) co_return;
            const Next next = co_await read_window(reading, window, most);
            if (next == Next::stop) co_return;
            if (next == Next::go_on) continue;
            // By the ratio that the server told, or by half; then from the start, in smaller windows.
            const ChatFailure& failure = *reading.last_failure;
            double ratio = 0.5;
            if (failure.request_tokens > 0 && failure.context_tokens > settings_.max_output_tokens) {
                ratio = static_cast<double>(failure.context_tokens - settings_.max_output_tokens) /
                        static_cast<double>(failure.request_tokens);
            }
            ratio = std::clamp(0.9 * ratio, 0.1, 0.9);
            const std::int64_t smaller =
                std::max(least_window_tokens, static_cast<std::int64_t>(static_cast<double>(limits.tokens) * ratio));
            if (++reading.shrinks > most_shrinks || smaller >= limits.tokens) co_return;
            window_tokens_ = std::min(window_tokens_, smaller);  // another episode may have found a smaller one
            reading.insights.clear();
            again = true;
            break;
        }
    }
}

asio::awaitable<std::vector<std::size_t>> ModelEngine::choose(Reading& reading, std::size_t limit) {
    std::vector<std::size_t> none;
    const bool needed = reading.insights.size() > limit && reading.insights.size() <= most_to_choose_from;
    if (!needed || !has_time(reading)) co_return none;
    std::vector<std::string> texts;
    for (const Insight& insight : reading.insights) texts.push_back(insight.text);
    ChatRequest request = insights::ask_for_choice(settings_.prompts, texts, limit);
    const std::optional<std::string> answer = co_await ask(reading, std::move(request));
    if (!answer) co_return none;
    co_return insights::read_model_choice(*answer, texts.size());
}

void ModelEngine::tell(const Reading& reading, std::size_t kept, std::string_view fallback) {
    std::size_t dropped = 0;
    for (const auto& [gate, count] : reading.report.dropped) dropped += count;
    ports_.metrics.count("model_episodes_total", fallback.empty() ? std::string_view("model") : fallback);
    ports_.metrics.count("model_claims_dropped_total", {}, static_cast<double>(dropped));
    const double cost = static_cast<double>(cost_of(reading.usage, settings_.prices)) / 1e6;
    std::string why;
    if (reading.last_failure) {
        why = std::string(to_string(reading.last_failure->kind)) + ": " + reading.last_failure->detail;
    }
    ports_.log.info("model read an episode", {{"episode", reading.request.episode.title},
                                              {"calls", std::to_string(reading.calls)},
                                              {"input_tokens", std::to_string(reading.usage.input)},
                                              {"output_tokens", std::to_string(reading.usage.output)},
                                              {"cost", fmt::format("{:.4f}", cost)},
                                              {"kept", std::to_string(kept)},
                                              {"dropped", std::to_string(dropped)},
                                              {"instead", std::string(fallback)},
                                              {"problem", why}});
}

asio::awaitable<Result<ExtractedInsights>> ModelEngine::extract(ExtractionRequest request) {
    ExtractionRequest same = request;
    Result<ExtractedInsights> own = co_await ports_.built_in.extract(std::move(same));
    const bool from_notes = request.transcript.format == TranscriptFormat::show_notes;
    if (!own || own->wanted == 0 || from_notes) co_return own;
    if (!breaker_.begin(ports_.clock.steady_now())) {
        ports_.metrics.count("model_episodes_total", "paused");
        co_return own;
    }
    auto reading = std::make_unique<Reading>(std::move(request));
    reading->wanted = own->wanted;
    reading->end = ports_.clock.steady_now() + settings_.patience;
    std::exception_ptr thrown;
    std::vector<std::size_t> preferred;
    try {
        auto make = [&request = reading->request, settings = settings_.engine] {
            return std::make_unique<ClaimChecker>(request, settings);
        };
        reading->checker = co_await run_on(ports_.heavy, std::move(make));
        co_await read_windows(*reading);
        preferred = co_await choose(*reading, 2 * own->wanted);
    } catch (...) {
        thrown = std::current_exception();
    }
    if (thrown) {
        breaker_.undecided();
        std::rethrow_exception(thrown);
    }
    const std::optional<ChatFailure>& last = reading->last_failure;
    if (last && last->our_ceiling) {
        breaker_.undecided();  // it says nothing of the other side
    } else if (last && (reading->stopped || reading->insights.empty())) {
        breaker_.failed(ports_.clock.steady_now());
    } else {
        breaker_.succeeded();
    }
    ExtractedInsights out;
    out.report = reading->report;
    auto choose_best = [&reading = *reading, &preferred, &report = out.report, limit = 2 * own->wanted] {
        return reading.checker->best_of(std::move(reading.insights), preferred, limit, report);
    };
    out.insights = co_await run_on(ports_.heavy, std::move(choose_best));
    out.wanted = own->wanted;
    // A third of what is wanted is enough: few good ones are better than filler.
    const bool enough = out.insights.size() * 3 >= own->wanted;
    tell(*reading, enough ? out.insights.size() : 0, enough ? "" : reading->last_failure ? "failed" : "too_few");
    if (!enough) {
        own->report.candidates += reading->report.candidates;
        for (const auto& [gate, count] : out.report.dropped) own->report.dropped["model: " + gate] += count;
        co_return own;
    }
    const auto adverts = own->report.dropped.find("advert, intro or outro");
    if (adverts != own->report.dropped.end()) out.report.dropped.insert(*adverts);
    co_return out;
}

}  // namespace podbrief::services
