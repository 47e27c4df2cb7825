#include "adapters/discord/client.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/discord/outcome.hpp"
#include "adapters/discord/render.hpp"
#include "adapters/discord/wire.hpp"

namespace podbrief::discord {
namespace {

constexpr std::size_t longest_nonce = 25;
constexpr Millis before_attempt{5'000};
constexpr int page_size = 100;
constexpr int most_pages = 20;
constexpr int ephemeral = 1 << 6;
constexpr const char* original = "@original";
// Our acknowledgement may still be on its way while the answer is ready.
constexpr Millis acknowledging{5'000};
constexpr Millis look_again{700};

Shape shape_of(const OutgoingMessage& message, bool components_v2_only) {
    Shape shape;
    shape.plainness = message.plainness;
    shape.components_v2_only = components_v2_only;
    shape.key = message.key;
    return shape;
}

const Answer* answer_in(const RestResult& result) {
    return std::get_if<Answer>(&result);
}

bool is_refused_form(const RestResult& result) {
    const Answer* answer = answer_in(result);
    return answer != nullptr && std::holds_alternative<PayloadRefused>(classify(Step::edit, result));
}

}  // namespace

Client::Client(std::string application, Rest& rest, DirectMessages& directs, Ways& ways, Clock& clock)
    : application_(std::move(application)), rest_(rest), directs_(directs), ways_(ways), clock_(clock) {
    traits_.platform = "discord";
    traits_.nonce_window = Millis{60'000};
    traits_.has_history = true;
    traits_.lane_rate = {45, Millis{1'100}};
    traits_.chat_rate = {5, Millis{5'000}};
}

std::vector<Reply> Client::split(const Reply& reply) const {
    return discord::split(reply);
}

Millis Client::left(SteadyTime end) const {
    return std::max(Millis{1}, Millis{end - clock_.steady_now()});
}

bool Client::is_ours(const Json& message) const {
    return text_member(member(message, "author"), "id") == application_ ||
           text_member(message, "application_id") == application_;
}

asio::awaitable<SendOutcome> Client::post(OutgoingMessage message) {
    const SteadyTime end = clock_.steady_now() + message.deadline;
    const auto way = ways_.answers.find(message.key, clock_.steady_now());
    if (way) {
        std::optional<SendOutcome> outcome = co_await answer(message, way->route, way->part, end);
        if (outcome) co_return std::move(*outcome);
        ways_.answers.close(message.key);
    }
    co_return co_await post_to_chat(message, end);
}

asio::awaitable<SendOutcome> Client::post_to_chat(const OutgoingMessage& message, SteadyTime end) {
    const auto channel = co_await directs_.channel_of(message.to, end, message.may_begin);
    if (const auto* failed = std::get_if<SendOutcome>(&channel)) co_return *failed;
    Json body = message_of(message.content, shape_of(message, false));
    body["nonce"] = message.key.substr(0, longest_nonce);
    body["enforce_nonce"] = true;
    RestCall call = create_message(std::get<std::string>(channel));
    call.body = body.dump();
    call.deadline = left(end);
    call.may_begin = message.may_begin;
    const RestResult result = co_await rest_.call(std::move(call));
    co_return classify(Step::post, result);
}

asio::awaitable<RestResult> Client::patch(RestCall call, const OutgoingMessage& message, Form form, SteadyTime end) {
    const int forms = message.plainness > 0 ? 2 : 1;
    RestResult result;
    for (int i = 0; i < forms; ++i) {
        const bool components = message.plainness == 0 || (i == 0) == (form == Form::components_first);
        Json body = message_of(message.content, shape_of(message, components));
        // What was content before must say that it is none any more.
        if (!body.contains("content")) body["content"] = nullptr;
        RestCall one = call;
        one.body = body.dump();
        one.deadline = left(end);
        one.may_begin = message.may_begin;
        result = co_await rest_.call(std::move(one));
        if (!is_refused_form(result)) break;
    }
    co_return result;
}

asio::awaitable<std::optional<SendOutcome>> Client::answer(const OutgoingMessage& message, Way way, int part,
                                                           SteadyTime end) {
    RestResult result;
    if (way.original && part == 1) {
        result = co_await patch(edit_answer(application_, way.token, original), message, Form::content_first, end);
    } else if (way.channel_open && !way.ephemeral) {
        co_return std::nullopt;  // there a nonce keeps it from being doubled
    } else {
        result = co_await follow(message, way, end);
    }
    const Answer* answered = answer_in(result);
    if (answered != nullptr && is_closed_way(*answered)) {
        constexpr int used_up = 40094;
        const bool early = clock_.steady_now() - way.since < acknowledging && answered->code != used_up;
        if (!early) co_return std::nullopt;
        NotSent again;
        again.wait = look_again;
        again.reason = "Discord does not know of our acknowledgement yet";
        co_return SendOutcome(std::move(again));
    }
    SendOutcome outcome = classify(Step::edit, result);
    if (std::holds_alternative<NotFound>(outcome)) co_return SendOutcome(Sent{});  // somebody removed it
    if (std::holds_alternative<DestinationGone>(outcome)) co_return std::nullopt;
    co_return outcome;
}

// Follow-ups have no nonce, so one line is posted and then filled: filling may be repeated.
asio::awaitable<RestResult> Client::follow(const OutgoingMessage& message, Way way, SteadyTime end) {
    std::optional<std::string> line = ways_.reserved_for(message.key);
    if (!line) {
        Json body = Json::object();
        body["content"] = "\u2026";
        body["flags"] = way.ephemeral ? ephemeral : 0;
        body["allowed_mentions"] = Json::object({{"parse", Json::array()}});
        RestCall call = follow_up(application_, way.token);
        call.body = body.dump();
        call.deadline = left(end);
        call.may_begin = message.may_begin;
        RestResult result = co_await rest_.call(std::move(call));
        const Answer* answered = answer_in(result);
        if (answered == nullptr || answered->status != 200 || answered->id.empty()) co_return result;
        line = answered->id;
        ways_.reserved(message.key, *line);
    }
    co_return co_await patch(edit_answer(application_, way.token, *line), message, Form::content_first, end);
}

asio::awaitable<SendOutcome> Client::edit(OutgoingMessage message, std::string message_ref) {
    if (!is_snowflake(message_ref)) co_return NotFound{};  // it was there, and was removed
    const SteadyTime end = clock_.steady_now() + message.deadline;
    const auto press = ways_.press_of(message_ref, clock_.steady_now());
    if (press) {
        std::optional<SendOutcome> outcome = co_await edit_pressed(message, message_ref, *press, end);
        if (outcome) co_return std::move(*outcome);
    }
    const auto channel = co_await directs_.channel_of(message.to, end, message.may_begin);
    if (const auto* failed = std::get_if<SendOutcome>(&channel)) co_return *failed;
    RestCall call = edit_message(std::get<std::string>(channel), message_ref);
    const RestResult result = co_await patch(std::move(call), message, Form::components_first, end);
    co_return classify(Step::edit, result);
}

// nullopt: that way is closed, and the channel is to be tried.
asio::awaitable<std::optional<SendOutcome>> Client::edit_pressed(const OutgoingMessage& message,
                                                                 std::string message_ref, Press press, SteadyTime end) {
    RestCall call = edit_answer(application_, press.token, original);
    const RestResult result = co_await patch(std::move(call), message, Form::components_first, end);
    const Answer* answered = answer_in(result);
    if (answered == nullptr || !is_closed_way(*answered)) co_return classify(Step::edit, result);
    ways_.forget_press(message_ref);
    if (!press.ephemeral) co_return std::nullopt;
    co_return SendOutcome(NotFound{});
}

asio::awaitable<SendOutcome> Client::find(OutgoingMessage message, WallTime since) {
    const SteadyTime end = clock_.steady_now() + message.deadline;
    const auto way = ways_.answers.find(message.key, clock_.steady_now());
    if (way && way->route.original && way->part == 1) {
        RestCall call = get_answer(application_, way->route.token, original);
        call.deadline = left(end);
        call.may_begin = message.may_begin;
        const RestResult result = co_await rest_.call(std::move(call));
        const Answer* answered = answer_in(result);
        Json found;
        const bool there = answered != nullptr && answered->status == 200 && read_json(answered->body, found);
        if (there && has_mark(found, message.key)) co_return Sent{answered->id};
        if (there) co_return NotFound{};
    }
    const auto channel = co_await directs_.channel_of(message.to, end, message.may_begin);
    if (const auto* failed = std::get_if<SendOutcome>(&channel)) co_return *failed;
    co_return co_await find_in_chat(message, std::get<std::string>(channel), since, end);
}

asio::awaitable<SendOutcome> Client::find_in_chat(const OutgoingMessage& message, std::string channel, WallTime since,
                                                  SteadyTime end) {
    const std::string oldest = snowflake_at(since - before_attempt);
    std::string before;  // newest first: what is looked for is seldom old, and `oldest` may be long ago
    for (int page = 0; page < most_pages; ++page) {
        RestCall call = list_messages(channel, before, page_size);
        call.deadline = left(end);
        call.may_begin = message.may_begin;
        const RestResult result = co_await rest_.call(std::move(call));
        SendOutcome outcome = classify(Step::find, result);
        if (!std::holds_alternative<Sent>(outcome)) co_return outcome;
        Json listed;
        NotSent unreadable;
        unreadable.reason = "200, not a list of messages";
        if (!read_json(answer_in(result)->body, listed) || !listed.is_array()) co_return unreadable;
        for (const Json& one : listed) {
            const std::string id = text_member(one, "id");
            if (is_ours(one) && has_mark(one, message.key)) co_return Sent{id};
            if (before.empty() || is_after(before, id)) before = id;
        }
        if (listed.empty() && page == 0) co_return co_await nothing_listed(std::move(channel), oldest, end);
        const bool all_read = listed.size() < static_cast<std::size_t>(page_size) || !is_after(before, oldest);
        if (all_read) co_return NotFound{};
    }
    NotSent again;
    again.reason = "too much was written there since";
    co_return again;
}

// Who may not read the history is given an empty list. The channel itself tells whether something was written.
asio::awaitable<SendOutcome> Client::nothing_listed(std::string channel, std::string oldest, SteadyTime end) {
    RestCall call = get_channel(channel);
    call.deadline = left(end);
    const RestResult result = co_await rest_.call(std::move(call));
    SendOutcome outcome = classify(Step::find, result);
    if (!std::holds_alternative<Sent>(outcome)) co_return outcome;
    Json there;
    read_json(answer_in(result)->body, there);
    if (is_after(text_member(there, "last_message_id"), oldest)) {
        co_return HistoryClosed{"the history is not shown to us: the bot needs Read Message History there"};
    }
    co_return NotFound{};
}

}  // namespace podbrief::discord
