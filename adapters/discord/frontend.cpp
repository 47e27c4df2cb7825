#include "adapters/discord/frontend.hpp"

#include <nlohmann/json.hpp>

#include "adapters/discord/limits.hpp"
#include "adapters/discord/markdown.hpp"
#include "adapters/discord/outcome.hpp"
#include "adapters/discord/wire.hpp"
#include "core/rendering/measure.hpp"

namespace podbrief::discord {
namespace {

constexpr int suppress_embeds = 1 << 2;
constexpr int ephemeral = 1 << 6;
constexpr Millis acknowledging{5'000};
constexpr Millis look_again{700};

std::string words_of(const std::string& text, int flags) {
    Json body = Json::object();
    body["content"] = escaped(rendering::cut(text, limits::content / 2, rendering::utf16_units), true);
    body["flags"] = flags;
    body["allowed_mentions"] = Json::object({{"parse", Json::array()}});
    return body.dump();
}

std::string key_of(const Incoming& about) {
    return delivery::reply_key(about.platform, about.tenant, about.event_id, 1);
}

}  // namespace

asio::awaitable<bool> DiscordFrontend::by_way(RestCall call, SteadyTime since) {
    for (;;) {
        RestCall one = call;
        const RestResult result = co_await rest_.call(std::move(one));
        const auto* answer = std::get_if<Answer>(&result);
        if (answer != nullptr && answer->status < 300) co_return true;
        const bool early = clock_.steady_now() - since < acknowledging;
        if (answer == nullptr || !is_closed_way(*answer) || !early) {
            log_.debug("discord notice not shown", {{"status", std::to_string(answer == nullptr ? 0 : answer->status)},
                                                    {"code", std::to_string(answer == nullptr ? 0 : answer->code)}});
            co_return false;
        }
        co_await clock_.sleep_for(look_again);
    }
}

asio::awaitable<void> DiscordFrontend::notice(Incoming about, std::string text) {
    const std::string key = key_of(about);
    const auto way = ways_.answers.find(key, clock_.steady_now());
    if (way) {
        const bool thinking = way->route.original;
        RestCall call = thinking ? edit_answer(application_, way->route.token, "@original")
                                 : follow_up(application_, way->route.token);
        call.body = words_of(text, thinking ? suppress_embeds : suppress_embeds | ephemeral);
        if (thinking) ways_.answers.close(key);
        co_await by_way(std::move(call), way->route.since);
        co_return;
    }
    // Typed, or pressed too long ago: said in the chat.
    const SteadyTime end = clock_.steady_now() + Millis{8'000};
    const auto channel = co_await directs_.channel_of(about.where, end, {});
    if (!std::holds_alternative<std::string>(channel)) co_return;
    RestCall call = create_message(std::get<std::string>(channel));
    call.body = words_of(text, suppress_embeds);
    co_await by_way(std::move(call), SteadyTime{});
}

asio::awaitable<void> DiscordFrontend::settled(Incoming about) {
    const std::string key = key_of(about);
    const auto way = ways_.answers.find(key, clock_.steady_now());
    if (!way || !way->route.original) co_return;
    ways_.answers.close(key);
    RestCall call = delete_answer(application_, way->route.token, "@original");
    co_await by_way(std::move(call), way->route.since);
}

asio::awaitable<void> DiscordFrontend::show_home(Incoming, Reply) {
    co_return;
}

}  // namespace podbrief::discord
