#include "adapters/doubles/slack_server.hpp"

#include <nlohmann/json.hpp>

#include "adapters/doubles/slack_socket.hpp"

namespace podbrief::doubles {
namespace {

using Json = nlohmann::json;

// Methods whose documentation names no JSON among the content types they take.
bool takes_json(const std::string& method) {
    return method != "users.info" && method != "conversations.history" && method != "conversations.replies";
}

std::string header_of(const ServerRequest& request, const char* name) {
    const std::string* found = find_header(request.headers, name);
    return found == nullptr ? std::string() : *found;
}

std::string method_of(const ServerRequest& request) {
    const std::string_view path = request.path();
    const auto api = path.find("/api/");
    return api == std::string_view::npos ? std::string() : std::string(path.substr(api + 5));
}

// The arguments of a call; null: they cannot be read.
Json arguments(const ServerRequest& request) {
    const std::string type = header_of(request, "Content-Type");
    if (type.starts_with("application/json")) {
        Json json = Json::parse(request.body, nullptr, false);
        return json.is_object() ? json : Json();
    }
    if (!type.starts_with("application/x-www-form-urlencoded")) return Json();
    const auto fields = parse_form(request.body);
    if (!fields) return Json();
    Json json = Json::object();
    for (const FormField& field : *fields) {
        const bool nested = field.name == "blocks" || field.name == "metadata" || field.name == "view";
        Json value = nested ? Json::parse(field.value, nullptr, false) : Json(field.value);
        json[field.name] = value.is_discarded() ? Json(field.value) : std::move(value);
    }
    return json;
}

}  // namespace

SlackServer::SlackServer(asio::any_io_executor executor, Clock& clock, SlackModel& model, SlackServerOptions options)
    : executor_(std::move(executor)), clock_(clock), model_(model), options_(std::move(options)) {}
SlackServer::~SlackServer() = default;

void SlackServer::add_workspace(const std::string& team, const std::string& name) {
    workspaces_[team] = name;
}

void SlackServer::add_user(const std::string& team, const std::string& user, User details) {
    users_[{team, user}] = std::move(details);
}

void SlackServer::add_channel(const std::string& team, const std::string& channel) {
    model_.add_chat(team, channel);
}

std::string SlackServer::direct_chat(const std::string& team, const std::string& user) {
    std::string& channel = direct_chats_[{team, user}];
    if (channel.empty()) {
        channel = "D" + user.substr(1);
        model_.add_chat(team, channel);
    }
    return channel;
}

std::string SlackServer::install(const std::string& team) {
    model_.restore(team, clock_.wall_now());
    const std::string token = "xoxb-" + team + "-" + new_id("");
    tokens_[token] = {team, std::nullopt};
    return token;
}

void SlackServer::visitor(std::string team, std::string user, bool allows) {
    visitor_team_ = std::move(team);
    visitor_user_ = std::move(user);
    visitor_allows_ = allows;
}

std::string SlackServer::new_id(const char* prefix) {
    return prefix + fmt::format("{:06}", next_id_++);
}

std::string SlackServer::op_of(const ServerRequest& request) const {
    std::string method = method_of(request);
    if (method == "chat.postMessage") return "post";
    if (method == "chat.update") return "edit";
    if (method == "conversations.history" || method == "conversations.replies") return "find";
    if (!method.empty()) return method;
    return request.path().starts_with("/oauth/") ? "authorize" : "respond";
}

ApiDouble::Answer SlackServer::failed(const std::string& error, const std::string& detail) {
    Json json = {{"ok", false}, {"error", error}};
    if (!detail.empty()) {
        json["response_metadata"]["messages"] = Json::array({detail});
        complaints_.push_back(error + ": " + detail);
    }
    return {json_response(200, json.dump()), 0};
}

const SlackServer::Token* SlackServer::token_of(const ServerRequest& request, const Call& call,
                                                std::string& error) const {
    const std::string authorization = header_of(request, "Authorization");
    if (!authorization.starts_with("Bearer ")) {
        error = "not_authed";
        return nullptr;
    }
    const auto found = tokens_.find(authorization.substr(7));
    if (found == tokens_.end()) {
        error = "invalid_auth";
        return nullptr;
    }
    if (found->second.expires_at && *found->second.expires_at <= call.at) {
        error = "token_expired";
        return nullptr;
    }
    return &found->second;
}

ApiDouble::Answer SlackServer::answer(const ServerRequest& request, const Call& call) {
    const std::string method = method_of(request);
    Answer out;
    if (method == "oauth.v2.access") {
        out = oauth_access(request, call);
    } else if (!method.empty()) {
        out = web_api(method, request, call);
    } else if (request.path() == "/oauth/v2/authorize") {
        out = authorize(request, call);
    } else {
        out = response_url(request, call);
    }
    return out;
}

ApiDouble::Answer SlackServer::web_api(const std::string& name, const ServerRequest& request, const Call& call) {
    if (request.method != "POST") return failed("invalid_arguments", name + " was not asked by POST");
    const Json args = arguments(request);
    const bool json = header_of(request, "Content-Type").starts_with("application/json");
    if (name == "apps.connections.open") {
        if (header_of(request, "Authorization") != "Bearer " + options_.app_token) return failed("invalid_auth");
        const std::string ticket = new_id("ticket-");
        tickets_.insert(ticket);
        const Json opened = {{"ok", true}, {"url", options_.socket + "?ticket=" + ticket + "&app_id=" + options_.app}};
        return {json_response(200, opened.dump()), 0};
    }
    std::string error;
    const Token* token = token_of(request, call, error);
    if (token == nullptr) return failed(error);
    if (args.is_null() || (json && !takes_json(name)))
        return failed("invalid_arguments", name + " does not take such a body");
    const std::string team = token->team;
    const bool in_model = name == "chat.postMessage" || name == "chat.update" || name == "conversations.history" ||
                          name == "conversations.replies";
    if (!in_model && model_.revoked(team)) return failed("token_revoked");
    Answer out = method(name, team, args, call);
    out.response.headers.push_back({"X-OAuth-Scopes", options_.scopes});
    return out;
}

}  // namespace podbrief::doubles
