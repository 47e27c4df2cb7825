#include "adapters/doubles/telegram_server.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/doubles/telegram_requests.hpp"

namespace podbrief::doubles {
namespace {

using Json = nlohmann::json;
using Answer = ApiDouble::Answer;

constexpr Millis presses_can_be_answered_for{60'000};

Answer with_json(int status, const Json& json) {
    Answer out;
    out.response = json_response(status, json.dump());
    return out;
}

Answer good(Json result) {
    return with_json(200, Json{{"ok", true}, {"result", std::move(result)}});
}

Answer failed(int status, const std::string& description) {
    return with_json(status, Json{{"ok", false}, {"error_code", status}, {"description", description}});
}

Answer bad(const std::string& description) {
    return failed(description.starts_with("Not Found") ? 404 : 400, description);
}

// What is not JSON as documented.
Answer unreadable(int status, const Call& call) {
    Answer out;
    const FaultKind kind = call.fault.kind;
    if (kind == FaultKind::garbage_json) {
        out.response = json_response(status, R"({"messages":["?"]})");
    } else {
        out.response =
            text_response(status, kind == FaultKind::garbage_empty ? "" : "<html><h1>nginx</h1></html>", "text/html");
    }
    return out;
}

// How the model's answer looks on the wire, without what went well.
Answer refused(const telegram::Answer& answer, const Call& call) {
    if (!answer.readable) return unreadable(answer.status, call);
    Json json{{"ok", false}, {"error_code", answer.error_code}, {"description", answer.description}};
    Json parameters = Json::object();
    if (answer.retry_after_parameter != 0) parameters["retry_after"] = answer.retry_after_parameter;
    if (!answer.migrate_to_chat_id.empty()) parameters["migrate_to_chat_id"] = std::stoll(answer.migrate_to_chat_id);
    if (!parameters.empty()) json["parameters"] = std::move(parameters);
    Answer out = with_json(answer.status, json);
    if (!answer.retry_after.empty()) out.response.headers.push_back({"Retry-After", answer.retry_after});
    out.ticket = answer.ticket;
    return out;
}

std::int64_t integer(const Json& in, const char* name, std::int64_t otherwise = 0) {
    return in.value(name, otherwise);
}

std::vector<std::string> strings(const Json& in, const char* name) {
    return in.contains(name) ? in[name].get<std::vector<std::string>>() : std::vector<std::string>{};
}

}  // namespace

TelegramServer::TelegramServer(TelegramModel& model, Clock& clock, Settings settings)
    : model_(model), clock_(clock), settings_(std::move(settings)), updates_(clock) {
    bot_id_ = std::stoll(settings_.token.substr(0, settings_.token.find(':')));
    passed_on_ = model_.on_event;
    model_.on_event = [this](InboundEvent event) {
        heard(event);
        if (passed_on_) passed_on_(std::move(event));
    };
}

TelegramServer::~TelegramServer() {
    model_.on_event = passed_on_;
}

std::string TelegramServer::op_of(const ServerRequest& request) const {
    const auto address = telegram::address_of(request);
    if (!address) return "malformed";
    if (address->method == "sendmessage") return "post";
    return address->method == "editmessagetext" ? "edit" : address->method;
}

asio::awaitable<void> TelegramServer::ready(const ServerRequest& request) {
    const auto address = telegram::address_of(request);
    if (!address || address->method != "getupdates" || address->token != settings_.token) co_return;
    const auto parameters = telegram::parameters_of(request);
    if (!parameters || !telegram::problem_with(address->method, *parameters).empty()) co_return;
    if (parameters->contains("allowed_updates")) updates_.allow(strings(*parameters, "allowed_updates"));
    const Millis timeout{integer(*parameters, "timeout") * 1000};
    co_await updates_.ready(integer(*parameters, "offset"), timeout);
}

ApiDouble::Answer TelegramServer::answer(const ServerRequest& request, const Call& call) {
    model_.settle(call.at);
    const auto address = telegram::address_of(request);
    Answer out;
    if (!address) {
        out = failed(404, "Not Found");
    } else if (address->token != settings_.token) {
        out = failed(401, "Unauthorized");
    } else if (request.method != "POST" && request.method != "GET") {
        out = failed(405, "Method Not Allowed");
    } else if (const auto parameters = telegram::parameters_of(request); !parameters) {
        out = failed(400, "Bad Request: can't parse the request");
    } else if (const auto problem = telegram::problem_with(address->method, *parameters); !problem.empty()) {
        out = bad(problem);
    } else {
        out = respond(address->method, *parameters, call);
    }
    out.response.headers.push_back({"Date", http_date(call.at + date_ahead_)});
    return out;
}

ApiDouble::Answer TelegramServer::respond(const std::string& method, const Json& parameters, const Call& call) {
    if (method == "sendmessage" || method == "editmessagetext") return sent(method, parameters, call);
    if (model_.revoked({})) return failed(401, "Unauthorized");
    switch (call.fault.kind) {  // of calls that the model does not know
        case FaultKind::http_500:
        case FaultKind::internal_error:
        case FaultKind::fatal_error:
            return failed(500, "Internal Server Error");
        case FaultKind::http_502:
            return failed(502, "Bad Gateway");
        case FaultKind::http_503:
            return unreadable(503, call);
        case FaultKind::http_504:
            return unreadable(504, call);
        case FaultKind::garbage_html:
        case FaultKind::garbage_empty:
        case FaultKind::garbage_json:
            return unreadable(200, call);
        case FaultKind::limited: {
            const auto seconds = std::max<std::int64_t>(1, (call.fault.delay.count() + 999) / 1000);
            telegram::Answer limited;
            limited.status = limited.error_code = 429;
            limited.description = "Too Many Requests: retry after " + std::to_string(seconds);
            limited.retry_after_parameter = seconds;
            limited.retry_after = std::to_string(seconds);
            return refused(limited, call);
        }
        default:
            break;
    }
    if (method == "getme") return good(bot_json());
    if (method == "getupdates") return polled(parameters);
    if (method == "getwebhookinfo") return good(webhook_info());
    if (method == "setwebhook" || method == "deletewebhook") return webhook_changed(method, parameters);
    if (method == "answercallbackquery") return button_answered(parameters, call);
    if (method == "getchatmember") return told_about_member(parameters);
    if (method == "deletemessage") return deleted(parameters, call);
    if (method == "sendchataction") return good(true);
    return described(method, parameters);
}

ApiDouble::Answer TelegramServer::sent(const std::string& method, const Json& parameters, const Call& call) {
    const bool edits = method == "editmessagetext";
    telegram::Answer answer;
    std::string chat;
    if (edits) {
        const auto fields = telegram::edit_message_from(parameters);
        chat = fields.chat_id;
        answer = model_.edit_message_text(call, fields);
    } else {
        const auto fields = telegram::send_message_from(parameters);
        chat = fields.chat_id;
        answer = model_.send_message(call, fields);
    }
    if (!answer.ok || !answer.readable) return refused(answer, call);
    const ChatMessage* message = model_.chat({}, chat)->find(std::to_string(answer.message_id));
    return good(message_json(std::stoll(chat), *message));
}

ApiDouble::Answer TelegramServer::polled(const Json& parameters) {
    if (!updates_.target().url.empty()) {
        return failed(409,
                      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete "
                      "the webhook first");
    }
    if (updates_.was_ended_by_another()) {
        return failed(409,
                      "Conflict: terminated by other getUpdates request; make sure that only one bot instance is "
                      "running");
    }
    Json result = Json::array();
    const auto limit = static_cast<std::size_t>(integer(parameters, "limit", 100));
    for (Json& update : updates_.take(integer(parameters, "offset"), limit)) result.push_back(std::move(update));
    return good(std::move(result));
}

ApiDouble::Answer TelegramServer::webhook_changed(const std::string& method, const Json& parameters) {
    telegram::Updates::Target target;
    if (method == "setwebhook") {
        target.url = parameters["url"].get<std::string>();
        target.secret = parameters.value("secret_token", std::string{});
        target.max_connections = static_cast<int>(integer(parameters, "max_connections", 40));
        if (parameters.contains("allowed_updates")) updates_.allow(strings(parameters, "allowed_updates"));
    }
    if (parameters.value("drop_pending_updates", false)) updates_.drop_pending();
    updates_.set_target(std::move(target));
    return good(true);
}

Json TelegramServer::webhook_info() const {
    const auto& target = updates_.target();
    Json info{{"url", target.url}, {"has_custom_certificate", false}, {"pending_update_count", updates_.pending()}};
    if (!target.url.empty()) info["max_connections"] = target.max_connections;
    if (!updates_.allowed().empty()) info["allowed_updates"] = updates_.allowed();
    if (!updates_.last_trouble().message.empty()) {
        info["last_error_date"] = to_ms(updates_.last_trouble().at) / 1000;
        info["last_error_message"] = updates_.last_trouble().message;
    }
    return info;
}

ApiDouble::Answer TelegramServer::button_answered(const Json& parameters, const Call& call) {
    const auto found = presses_.find(parameters["callback_query_id"].get<std::string>());
    const bool known = found != presses_.end();
    if (known) ++found->second.answers;
    if (!known || found->second.answers > 1 || call.at - found->second.at > presses_can_be_answered_for) {
        return failed(400, "Bad Request: query is too old and response timeout expired or query ID is invalid");
    }
    found->second.words = parameters.value("text", std::string{});
    return good(true);
}

ApiDouble::Answer TelegramServer::told_about_member(const Json& parameters) {
    const auto chat = chats_.find(integer(parameters, "chat_id"));
    if (chat == chats_.end()) return failed(400, "Bad Request: chat not found");
    const std::int64_t person = integer(parameters, "user_id");
    const auto member = chat->second.members.find(person);
    if (people_.count(person) == 0) return failed(400, "Bad Request: user not found");
    Json out{{"user", person_json(person)}};
    out["status"] = member == chat->second.members.end() ? "left" : member->second;
    return good(std::move(out));
}

ApiDouble::Answer TelegramServer::deleted(const Json& parameters, const Call& call) {
    const bool done = model_.delete_message({}, std::to_string(integer(parameters, "chat_id")),
                                            std::to_string(integer(parameters, "message_id")), call.at);
    return done ? good(true) : failed(400, "Bad Request: message to delete not found");
}

ApiDouble::Answer TelegramServer::described(const std::string& method, const Json& parameters) {
    const std::string language = parameters.value("language_code", std::string{});
    const Json scope = parameters.value("scope", Json{{"type", "default"}});
    const std::string key = scope.value("type", std::string("default")) + " " + language;
    if (method == "setmycommands") {
        auto& words = commands_[key];
        words.clear();
        for (const Json& one : parameters["commands"]) words.push_back(one["command"].get<std::string>());
    } else if (method == "deletemycommands") {
        commands_.erase(key);
    } else if (method == "getmycommands") {
        Json out = Json::array();
        for (const auto& word : commands_[key]) out.push_back(Json{{"command", word}, {"description", "?"}});
        return good(std::move(out));
    } else if (method == "setmydescription") {
        descriptions_[language] = parameters.value("description", std::string{});
    }
    return good(true);
}

}  // namespace podbrief::doubles
