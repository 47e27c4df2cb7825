#include "adapters/slack/client.hpp"

#include <nlohmann/json.hpp>

#include "adapters/slack/outcome.hpp"
#include "core/ports/http_server.hpp"
#include "core/text/digest.hpp"

namespace podbrief::slack {
namespace {

constexpr Millis before_attempt{5'000};  // our clock and theirs
constexpr int most_pages = 20;
constexpr int page_size = 100;  // apps that are sold to others get 15, whatever they ask for

// Slack documents no idempotency key; some say that it heeds this one (java-slack-sdk#852). A UUID made of the key.
std::string client_msg_id(const std::string& key) {
    const std::string hex = text::sha256_hex("client_msg_id\n" + key);
    return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-5" + hex.substr(13, 3) + "-a" + hex.substr(17, 3) + "-" +
           hex.substr(20, 12);
}

bool is_refused_argument(const SendOutcome& outcome) {
    const auto* refused = std::get_if<PayloadRefused>(&outcome);
    return refused != nullptr && (refused->reason == "invalid_arguments" || refused->reason == "invalid_arg_name");
}

// The ts of the message that carries the key; empty: it is not on this page.
std::string ts_with_key(const Json& body, const std::string& key) {
    const Json* messages = at(body, {"messages"});
    if (messages == nullptr || !messages->is_array()) return {};
    for (const Json& message : *messages) {
        if (text_at(message, {"metadata", "event_payload", "delivery_id"}) == key) return text_at(message, {"ts"});
    }
    return {};
}

}  // namespace

Client::Client(Api& api, HttpClient& http, Clock& clock, People& people, ResponseRoutes& routes, const Options& options)
    : api_(api), http_(http), clock_(clock), people_(people), routes_(routes), options_(options) {
    traits_.platform = "slack";
    traits_.lane_per_workspace = true;
    traits_.has_history = true;
    traits_.lane_rate = {options.posts_per_second, Millis{1000}};
    traits_.chat_rate = {1, Millis{1000}};
    traits_.find_rate = {5, Millis{6'500}};
}

Fields Client::message_fields(const OutgoingMessage& message, const Rendered& rendered) const {
    Fields fields;
    fields.text("text", rendered.text).text("parse", "none").flag("unfurl_links", false).flag("unfurl_media", false);
    if (!rendered.blocks.empty()) fields.json("blocks", rendered.blocks);
    if (!message.to.thread.empty()) fields.text("thread_ts", message.to.thread);
    return fields;
}

asio::awaitable<std::optional<SendOutcome>> Client::respond(Route route, std::string fields, Millis deadline,
                                                            std::function<bool()> may_begin) {
    if (!route.url.starts_with(options_.responses) || !route.use()) co_return std::nullopt;
    HttpRequest request;
    request.method = "POST";
    request.url = std::move(route.url);
    request.headers = {{"Content-Type", "application/json; charset=utf-8"}, {"User-Agent", options_.user_agent}};
    request.body = std::move(fields);
    request.deadline = deadline;
    request.max_body_bytes = 64 << 10;
    request.max_redirects = 0;
    request.may_begin = std::move(may_begin);
    const HttpResult result = co_await http_.send(std::move(request));
    auto outcome = classify_response(result, clock_.wall_now());
    if (outcome && std::holds_alternative<NotSent>(*outcome)) ++*route.left;  // that was none
    co_return outcome;
}

asio::awaitable<Client::Where> Client::channel_of(Destination to, Step step, Millis deadline) {
    Where out;
    out.channel = to.chat;
    if (!People::is_person(to.chat)) co_return out;
    Answered refused = NotNow{};
    const auto channel = co_await people_.direct_chat(to.workspace, to.chat, deadline, &refused);
    if (channel) {
        out.channel = *channel;
        co_return out;
    }
    // Opening the conversation changes nothing that anybody sees: when in doubt, again.
    SendOutcome outcome = classify(Step::find, refused);
    if (std::holds_alternative<Sent>(outcome))
        outcome = NotSent{Millis{0}, NotSent::Scope::message, false, "no channel"};
    if (std::holds_alternative<HistoryClosed>(outcome) && step != Step::find) outcome = classify(Step::post, refused);
    out.failed = std::move(outcome);
    co_return out;
}

asio::awaitable<SendOutcome> Client::post(OutgoingMessage message) {
    const SteadyTime end = clock_.steady_now() + message.deadline;
    const Rendered rendered = render(message.content, message.plainness);
    const auto route = routes_.of_answer(message.key, clock_.steady_now());
    if (route && route->answers) {
        Fields fields = message_fields(message, rendered);
        fields.text("response_type", "ephemeral").flag("replace_original", false);
        auto outcome = co_await respond(*route, fields.object(), message.deadline, message.may_begin);
        if (outcome) {
            if (auto* sent = std::get_if<Sent>(&*outcome))
                sent->message_ref = std::string(ResponseRoutes::ephemeral) + message.key;
            co_return *outcome;
        }
        routes_.close_answer(message.key);
    }
    for (;;) {
        ApiCall call;
        call.workspace = message.to.workspace;
        call.method = "chat.postMessage";
        call.deadline = std::max(Millis{1}, Millis{end - clock_.steady_now()});
        call.may_begin = message.may_begin;
        Fields fields = message_fields(message, rendered);
        const auto direct = people_.known_direct_chat(message.to.workspace, message.to.chat);
        fields.text("channel", direct.value_or(message.to.chat));
        fields.json("metadata", Fields()
                                    .text("event_type", "brief_delivery")
                                    .json("event_payload", Fields().text("delivery_id", message.key).object())
                                    .object());
        const bool with_id = with_client_msg_id_ && message.plainness == 0;
        if (with_id) fields.text("client_msg_id", client_msg_id(message.key));
        call.body = fields.object();
        const Answered answered = co_await api_.call(std::move(call));
        SendOutcome outcome = classify(Step::post, answered);
        if (with_id && is_refused_argument(outcome)) {  // nothing was posted
            with_client_msg_id_ = false;
            continue;
        }
        if (const Answer* answer = good(answered); answer != nullptr && People::is_person(message.to.chat))
            people_.learn_direct_chat(message.to.workspace, message.to.chat, text_at(*answer->body, {"channel"}));
        co_return outcome;
    }
}

asio::awaitable<SendOutcome> Client::edit(OutgoingMessage message, std::string message_ref) {
    const SteadyTime end = clock_.steady_now() + message.deadline;
    const Rendered rendered = render(message.content, message.plainness);
    if (message_ref.starts_with(ResponseRoutes::ephemeral)) {
        const auto route = routes_.of_message(message_ref, clock_.steady_now());
        if (!route) co_return NotFound{};
        Fields fields = message_fields(message, rendered);
        fields.flag("replace_original", true);
        auto outcome = co_await respond(*route, fields.object(), message.deadline, message.may_begin);
        if (!outcome) co_return NotFound{};
        if (auto* sent = std::get_if<Sent>(&*outcome)) sent->message_ref = message_ref;
        co_return *outcome;
    }
    Where where = co_await channel_of(message.to, Step::edit, message.deadline);
    if (where.failed) co_return *where.failed;
    ApiCall call;
    call.workspace = message.to.workspace;
    call.method = "chat.update";
    call.deadline = std::max(Millis{1}, Millis{end - clock_.steady_now()});
    call.may_begin = message.may_begin;
    Fields fields;
    fields.text("channel", where.channel).text("ts", message_ref).text("text", rendered.text).text("parse", "none");
    if (!rendered.blocks.empty()) fields.json("blocks", rendered.blocks);
    call.body = fields.object();
    const Answered answered = co_await api_.call(std::move(call));
    co_return classify(Step::edit, answered);
}

asio::awaitable<SendOutcome> Client::find(OutgoingMessage message, WallTime since) {
    const SteadyTime end = clock_.steady_now() + message.deadline;
    Where where = co_await channel_of(message.to, Step::find, message.deadline);
    if (where.failed) co_return *where.failed;
    std::string cursor;
    for (int page = 0; page < most_pages; ++page) {
        std::vector<FormField> fields{{"channel", where.channel},
                                      {"oldest", ts_of_ms(to_ms(since - before_attempt))},
                                      {"include_all_metadata", "true"},
                                      {"limit", std::to_string(page_size)}};
        if (!message.to.thread.empty()) fields.push_back({"ts", message.to.thread});
        if (!cursor.empty()) fields.push_back({"cursor", cursor});
        ApiCall call;
        call.workspace = message.to.workspace;
        call.method = message.to.thread.empty() ? "conversations.history" : "conversations.replies";
        call.form = true;
        call.body = to_form(fields);
        call.deadline = std::max(Millis{1}, Millis{end - clock_.steady_now()});
        call.may_begin = message.may_begin;
        const Answered answered = co_await api_.call(std::move(call));
        SendOutcome outcome = classify(Step::find, answered);
        const Answer* answer = good(answered);
        if (answer == nullptr) co_return outcome;
        if (std::string ts = ts_with_key(*answer->body, message.key); !ts.empty()) co_return Sent{std::move(ts)};
        cursor = text_at(*answer->body, {"response_metadata", "next_cursor"});
        if (cursor.empty()) co_return NotFound{};
    }
    co_return NotSent{Millis{0}, NotSent::Scope::message, false, "too much was written there since"};
}

}  // namespace podbrief::slack
