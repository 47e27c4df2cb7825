#include "adapters/telegram/poller.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/telegram/limits.hpp"
#include "adapters/telegram/setup.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::telegram {
namespace {

using Json = nlohmann::json;

constexpr Millis read_margin{10'000};  // longer than Telegram holds the answer back
constexpr Millis first_pause{1'000};
constexpr Millis longest_pause{60'000};
constexpr Millis first_step_back{30'000};  // when there is another poller
constexpr Millis longest_step_back{300'000};
constexpr const char* polls = "podbrief_telegram_polls_total";

}  // namespace

Millis Poller::pause(Next next) {
    const Millis first = next == Next::much_later ? first_step_back : first_pause;
    const Millis longest = next == Next::much_later ? longest_step_back : longest_pause;
    Millis wait = first;
    for (int i = 1; i < failures_ && wait < longest; ++i) wait *= 2;
    wait = std::min(wait, longest);
    wait -= Millis{static_cast<std::int64_t>(parts_.random.below(static_cast<std::uint64_t>(wait.count() / 2)))};
    return std::max(wait, std::exchange(asked_to_wait_, Millis{0}));
}

asio::awaitable<void> Poller::run() {
    for (;;) {
        const Next next = co_await poll();
        if (next == Next::never) co_return;
        if (next == Next::at_once) {
            failures_ = 0;
            continue;
        }
        ++failures_;
        const Millis wait = pause(next);
        co_await parts_.clock.sleep_for(wait);
    }
}

asio::awaitable<Poller::Next> Poller::poll() {
    if (!parts_.identity.bot()) {
        const Called asked = co_await parts_.identity.ask(Millis{10'000});
        if (!parts_.identity.bot()) co_return failed(asked);
    }
    Json fields{{"timeout", hold_.count() / 1000}, {"limit", 100}};
    fields["allowed_updates"] = allowed_updates();
    if (offset_ != 0) fields["offset"] = offset_;
    CallOptions options;
    options.deadline = hold_ + read_margin;
    options.longest_answer = longest_batch;
    const Called called = co_await parts_.api.call("getUpdates", std::move(fields), std::move(options));
    const ApiAnswer* answer = worked(called);
    if (answer == nullptr || !answer->result->is_array()) co_return failed(called);
    parts_.metrics.count(polls, "ok");
    co_return co_await take(*answer->result);
}

asio::awaitable<Poller::Next> Poller::take(const Json& batch) {
    for (const Json& one : batch) {
        Update update = update_from(one);
        const std::int64_t id = update.update_id;
        if (id <= 0) continue;  // nothing that could be confirmed
        const bool taken = co_await parts_.receiver.take(std::move(update));
        if (!taken) {
            parts_.log.warning("telegram updates not taken", {{"problem", "the store is not available"}});
            co_return Next::later;
        }
        offset_ = std::max(offset_, id + 1);
    }
    co_return Next::at_once;
}

Poller::Next Poller::failed(const Called& called) {
    const std::string problem = problem_of(called);
    const auto* answer = std::get_if<ApiAnswer>(&called);
    const int status = answer == nullptr ? 0 : answer->status;
    if (status == 401 || status == 404) {
        parts_.metrics.count(polls, "token refused");
        parts_.log.error("telegram token refused",
                         {{"problem", problem}, {"remedy", "take the bot's token from @BotFather and start again"}});
        return Next::never;
    }
    if (status == 409) {
        const bool webhook = text::to_lower(problem).find("webhook") != std::string::npos;
        parts_.metrics.count(polls, webhook ? "webhook is set" : "another poller");
        parts_.log.error("telegram gives its updates to somebody else",
                         {{"problem", problem},
                          {"remedy", webhook ? "podbrief platforms setup telegram (removes the webhook)"
                                             : "stop the other program that uses this bot's token"}});
        return Next::much_later;
    }
    if (answer != nullptr) asked_to_wait_ = answer->retry_after;
    parts_.metrics.count(polls, status == 429 ? "limited" : "failed");
    parts_.log.warning("telegram cannot be asked for updates", {{"problem", problem}});
    return Next::later;
}

}  // namespace podbrief::telegram
