#include "adapters/telegram/identity.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace podbrief::telegram {

asio::awaitable<Called> Identity::ask(Millis limit) {
    CallOptions options;
    options.deadline = limit;
    nlohmann::json fields = nlohmann::json::object();
    Called called = co_await api_.call("getMe", std::move(fields), std::move(options));
    if (const ApiAnswer* answer = worked(called)) {
        const User me = user_from(*answer->result);
        if (me.id != 0 && !me.username.empty()) bot_ = Bot{me.id, me.username};
    }
    co_return called;
}

asio::awaitable<bool> Identity::find_out(Clock& clock, Log& log) {
    Millis pause{1'000};
    while (!bot_) {
        const Called asked = co_await ask(Millis{10'000});
        if (bot_) break;
        const auto* answer = std::get_if<ApiAnswer>(&asked);
        if (answer != nullptr && (answer->status == 401 || answer->status == 404)) {
            log.error("telegram token refused", {{"problem", problem_of(asked)},
                                                 {"remedy", "take the bot's token from @BotFather and start again"}});
            co_return false;
        }
        log.warning("telegram does not say who we are", {{"problem", problem_of(asked)}});
        const Millis wait = answer == nullptr ? pause : std::max(pause, answer->retry_after);
        co_await clock.sleep_for(wait);
        pause = std::min(pause * 2, Millis{60'000});
    }
    co_return true;
}

}  // namespace podbrief::telegram
