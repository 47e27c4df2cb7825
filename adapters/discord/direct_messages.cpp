#include "adapters/discord/direct_messages.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/discord/outcome.hpp"
#include "adapters/discord/wire.hpp"

namespace podbrief::discord {
namespace {

constexpr std::size_t most_closed = 100'000;
constexpr Millis longest_hold{24 * 3'600'000};
constexpr int opened_too_fast = 40003;
constexpr int flagged = 20026;  // by Discord's defence against spam

DestinationGone closed_to_us() {
    return {DestinationState::blocked, "Discord does not let us write to them first; they have to write to us"};
}

}  // namespace

asio::awaitable<std::variant<std::string, SendOutcome>> DirectMessages::channel_of(Destination to, SteadyTime end,
                                                                                   std::function<bool()> may_begin) {
    if (!to.thread.empty()) co_return to.thread;
    if (!is_direct_chat(to.chat)) co_return to.chat;
    const std::string user = to.chat.substr(1);
    if (const auto known = places_.direct_of(user)) co_return *known;
    const SteadyTime now = clock_.steady_now();
    if (closed_.count(user) != 0) co_return SendOutcome(closed_to_us());
    if (held_until_ > now) {
        NotSent held;
        held.wait = held_until_ - now;
        held.limited = true;
        held.reason = "Discord asked not to open direct messages";
        co_return SendOutcome(std::move(held));
    }
    RestCall call = open_direct_messages();
    Json body = Json::object();
    body["recipient_id"] = user;
    call.body = body.dump();
    call.deadline = std::max(Millis{1}, Millis{end - now});
    call.may_begin = std::move(may_begin);
    const RestResult result = co_await rest_.call(std::move(call));
    const auto* answer = std::get_if<Answer>(&result);
    if (answer == nullptr || answer->status != 200 || answer->id.empty()) co_return refused(user, result);
    places_.learn_direct(user, answer->id);
    co_return answer->id;
}

SendOutcome DirectMessages::refused(const std::string& user, const RestResult& result) {
    const auto* answer = std::get_if<Answer>(&result);
    if (answer != nullptr && is_closed_to_direct_messages(*answer)) {
        if (closed_.size() >= most_closed) closed_.clear();
        closed_.insert(user);
        if (answer->code == opened_too_fast || answer->code == flagged) {
            held_until_ = clock_.steady_now() + next_hold_;
            next_hold_ = std::min(next_hold_ * 2, longest_hold);
            metrics_.count("discord_direct_messages_stopped_total", {}, 1);
            log_.error("discord does not let us open direct messages",
                       {{"code", std::to_string(answer->code)},
                        {"remedy", "readers write to the bot, or run /brief there, and are reached from then on"}});
        }
        return closed_to_us();
    }
    // Asking for a channel may be repeated at will.
    SendOutcome outcome = classify(Step::find, result);
    const bool odd = std::holds_alternative<Sent>(outcome) || std::holds_alternative<NotFound>(outcome) ||
                     std::holds_alternative<HistoryClosed>(outcome);
    if (odd) return DestinationGone{DestinationState::gone, "Discord knows no such user"};
    if (const auto* bad = std::get_if<PayloadRefused>(&outcome)) {
        return DestinationGone{DestinationState::gone, bad->reason};
    }
    return outcome;
}

}  // namespace podbrief::discord
