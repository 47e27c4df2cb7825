#include "adapters/doubles/discord_server.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/doubles/discord_checks.hpp"
#include "adapters/doubles/discord_route.hpp"
#include "adapters/doubles/discord_shown.hpp"
#include "core/crypto/signatures.hpp"

// The REST API but for what interactions open (discord_responses.cpp).
namespace podbrief::doubles {

using discord::MessageUse;
using Json = nlohmann::json;

DiscordServer::DiscordServer(DiscordModel& model, Clock& clock, Settings settings)
    : model_(model),
      clock_(clock),
      settings_(std::move(settings)),
      gateway_(clock, {settings_.token, settings_.application, settings_.gateway_url}),
      commands_(std::make_unique<Json>(Json::array())) {
    gateway_.guilds = [this] {
        std::vector<Json> all;
        for (const auto& [id, guild] : guilds_) {
            if (guild.joined) all.push_back(guild_json(id));
        }
        return all;
    };
}

DiscordServer::~DiscordServer() = default;

std::string DiscordServer::public_key() const {
    return crypto::to_hex(crypto::ed25519_public_key(settings_.seed));
}

SocketHandler DiscordServer::gateway_handler() {
    return [this](ServerRequest request, std::unique_ptr<WebSocket> socket) {
        return gateway_.serve(std::move(request), std::move(socket));
    };
}

const nlohmann::json& DiscordServer::registered() const {
    return *commands_;
}

std::string DiscordServer::op_of(const ServerRequest& request) const {
    Json unread;
    const Route route(request, settings_.base_path, unread);
    const bool messages = route.at(0) == "channels" && route.at(2) == "messages";
    if (messages && request.method == "POST") return "post";
    if (messages && request.method == "PATCH") return "edit";
    if (messages && request.method == "GET") return "find";
    if (route.at(0) == "interactions") return "acknowledge";
    if (route.at(0) == "webhooks") return "answer";
    return "other";
}

ApiDouble::Answer DiscordServer::error(int status, int code, const std::string& message) {
    Answer out;
    Json body = Json::object();
    body["code"] = code;
    body["message"] = message;
    out.response = json_response(status, body.dump());
    return out;
}

ApiDouble::Answer DiscordServer::wrong_form(const std::string& what) {
    refused_.push_back(what);
    return error(400, what == "content: empty" ? 50006 : 50035, "Invalid Form Body: " + what);
}

ApiDouble::Answer DiscordServer::answer(const ServerRequest& request, const Call& call) {
    Json body;
    Route route(request, settings_.base_path, body);
    const std::string* agent = find_header(request.headers, "User-Agent");
    if (agent == nullptr || !agent->starts_with("DiscordBot (http")) {
        refused_.emplace_back("User-Agent");
        return error(403, 40333, "internal network error");  // the edge
    }
    if (!route.known) {
        refused_.push_back("no such route: " + request.target);
        return error(404, 0, "404: Not Found");
    }
    // What interactions open needs no token: the path has one.
    const bool open = route.at(0) == "webhooks" || route.at(0) == "interactions";
    const std::string* token = find_header(request.headers, "Authorization");
    if (!open && (token == nullptr || *token != "Bot " + settings_.token)) {
        refused_.emplace_back("Authorization");
        return error(401, 0, "401: Unauthorized");
    }
    if (!request.body.empty()) {
        const std::string* type = find_header(request.headers, "Content-Type");
        if (type == nullptr || !type->starts_with("application/json")) return wrong_form("Content-Type");
        route.body = Json::parse(request.body, nullptr, false);
        if (route.body.is_discarded()) return wrong_form("not JSON");
    }
    return routed(route, call);
}

ApiDouble::Answer DiscordServer::routed(const Route& route, const Call& call) {
    if (route.at(0) == "channels") {
        if (route.size() == 2 && route.method == "GET") return channel_told(route);
        if (route.at(2) != "messages") return error(404, 0, "404: Not Found");
        if (route.method == "POST") return created(route, call);
        if (route.method == "PATCH") return edited(route, call);
        return listed(route, call);
    }
    if (route.at(0) == "users" && route.at(2) == "channels") return opened(route, call);
    if (route.at(0) == "interactions") return called_back(route, call);
    if (route.at(0) == "webhooks") return by_webhook(route, call);
    if (route.at(0) == "applications" && route.at(2) == "commands") return about_commands(route);
    return about_us(route);
}

ApiDouble::Answer DiscordServer::about_us(const Route& route) {
    Json body = Json::object();
    if (model_.revoked({})) return error(401, 0, "401: Unauthorized");
    if (route.at(0) == "gateway") {
        body["url"] = gateway_.url();
        body["shards"] = settings_.shards;
        body["session_start_limit"] = {
            {"total", 1000}, {"remaining", gateway_.remaining()}, {"reset_after", 3'600'000}, {"max_concurrency", 1}};
    } else if (route.at(0) == "applications") {
        if (route.method == "PATCH") {
            const bool known = route.body.is_object() && route.body.contains("interactions_endpoint_url");
            if (!known) return wrong_form("interactions_endpoint_url");
            const Json& url = route.body.at("interactions_endpoint_url");
            // The probes of a new endpoint are for set_endpoint(); here it is believed.
            endpoint_ = url.is_string() ? url.get<std::string>() : std::string{};
        }
        body["id"] = settings_.application;
        body["name"] = "podbrief";
        body["verify_key"] = public_key();
        body["interactions_endpoint_url"] = nullptr;
        if (!endpoint_.empty()) body["interactions_endpoint_url"] = endpoint_;
    } else if (route.at(2) == "guilds") {
        body = Json::array();
        for (const auto& [id, guild] : guilds_) {
            if (guild.joined) body.push_back({{"id", id}, {"name", guild.name}});
        }
    } else {
        body["id"] = settings_.application;
        body["username"] = bot_name;
        body["bot"] = true;
    }
    Answer out;
    out.response = json_response(200, body.dump());
    out.response.headers.push_back({"Date", http_date(clock_.wall_now())});
    return out;
}

ApiDouble::Answer DiscordServer::about_commands(const Route& route) {
    if (route.at(1) != settings_.application) return error(403, 50001, "Missing Access");
    if (route.method == "PUT") {
        const std::string wrong = discord::wrong_in_commands(route.body);
        if (!wrong.empty()) return wrong_form(wrong);
        *commands_ = route.body;
    }
    Answer out;
    out.response = json_response(200, commands_->dump());
    return out;
}

ApiDouble::Answer DiscordServer::opened(const Route& route, const Call&) {
    ++openings_;
    const std::string person = route.body.is_object() ? route.body.value("recipient_id", std::string()) : std::string{};
    if (people_.count(person) == 0) return error(400, 50033, "Invalid Recipient(s)");
    if (opening_stopped_) return error(403, 40003, "You are opening direct messages too fast.");
    Json body = Json::object();
    body["id"] = direct_messages(person);
    body["type"] = 1;
    body["recipients"] = Json::array({person_json(person)});
    Answer out;
    out.response = json_response(200, body.dump());
    return out;
}

// The answer of the model over HTTP, with what Discord says of its buckets.
ApiDouble::Answer DiscordServer::of_model(const discord::Answer& answer, const Json& body,
                                          const std::string& route) const {
    Answer out;
    out.ticket = answer.ticket;
    if (!answer.readable) {
        out.response = text_response(answer.status, "<html>edge</html>", "text/html");
    } else if (answer.status == 200) {
        out.response = json_response(200, body.dump());
    } else {
        Json failed = Json::object();
        failed["message"] = answer.message;
        if (answer.code != 0) failed["code"] = answer.code;
        if (answer.status == 429) failed["global"] = answer.global;
        if (answer.retry_after_s > 0) failed["retry_after"] = answer.retry_after_s;
        out.response = json_response(answer.status, failed.dump());
    }
    auto& headers = out.response.headers;
    headers.push_back({"Date", http_date(answer.date)});
    if (!answer.retry_after.empty()) headers.push_back({"Retry-After", answer.retry_after});
    if (!answer.scope.empty()) headers.push_back({"X-RateLimit-Scope", answer.scope});
    if (answer.global) headers.push_back({"X-RateLimit-Global", "true"});
    if (answer.readable && !answer.global) headers.push_back({"X-RateLimit-Bucket", "bucket-of-" + route});
    return out;
}

Json DiscordServer::message_json(const std::string& channel, const std::string& id) const {
    Json out = Json::object();
    out["id"] = id;
    out["channel_id"] = channel;
    const auto* chat = const_cast<DiscordModel&>(model_).chat(guild_of(channel), channel);
    const auto* message = chat == nullptr ? nullptr : const_cast<Chat*>(chat)->find(id);
    if (message == nullptr) return out;
    const bool ours = message->author == bot_name;
    out["type"] = 0;
    out["author"] = {
        {"id", ours ? settings_.application : message->author}, {"username", message->author}, {"bot", ours}};
    Json payload = message->metadata.empty() ? Json::object() : Json::parse(message->metadata);
    out["content"] = payload.value("content", Json(ours ? "" : message->text));
    if (out["content"].is_null()) out["content"] = "";
    out["components"] = payload.value("components", Json::array());
    out["flags"] = payload.value("flags", 0);
    return out;
}

ApiDouble::Answer DiscordServer::created(const Route& route, const Call& call) {
    const std::string wrong = discord::wrong_in_message(route.body, MessageUse::create);
    if (!wrong.empty()) return wrong_form(wrong);
    const auto shown = discord::shown_message(route.body);
    discord::CreateMessage create;
    create.channel = route.at(1);
    create.guild = guild_of(create.channel);
    create.content = shown.text;
    create.markdown = route.body.contains("components");
    create.nonce = route.body.value("nonce", std::string());
    create.enforce_nonce = route.body.value("enforce_nonce", false);
    create.tag = create.nonce;
    create.looks = discord::Looks{shown.buttons, shown.links, route.body.dump()};
    const discord::Answer answer = model_.create_message(call, create);
    const Json body =
        answer.id.empty() ? Json::object({{"something", "else"}}) : message_json(create.channel, answer.id);
    return of_model(answer, body, "create");
}

ApiDouble::Answer DiscordServer::edited(const Route& route, const Call& call) {
    const std::string wrong = discord::wrong_in_message(route.body, MessageUse::edit);
    if (!wrong.empty()) return wrong_form(wrong);
    const std::string channel = route.at(1);
    const Json before = message_json(channel, route.at(3));
    if (private_message(route.at(3)) != nullptr) return error(404, 10008, "Unknown Message");
    constexpr int components_v2 = 1 << 15;
    const bool was_v2 = (before.value("flags", 0) & components_v2) != 0;
    if (was_v2 && (route.body.value("flags", 0) & components_v2) == 0) {
        return wrong_form("flags: components v2 cannot be unset");
    }
    const auto shown = discord::shown_message(route.body);
    discord::EditMessage edit;
    edit.channel = channel;
    edit.guild = guild_of(channel);
    edit.message = route.at(3);
    edit.content = shown.text;
    edit.markdown = !shown.buttons.empty() || shown.text.find("**") != std::string::npos;
    edit.looks = discord::Looks{shown.buttons, shown.links, route.body.dump()};
    const discord::Answer answer = model_.edit_message(call, edit);
    const Json body = answer.id.empty() ? Json::object({{"something", "else"}}) : message_json(channel, answer.id);
    return of_model(answer, body, "edit");
}

ApiDouble::Answer DiscordServer::listed(const Route& route, const Call& call) {
    discord::ListMessages ask;
    ask.channel = route.at(1);
    ask.guild = guild_of(ask.channel);
    ask.after = route.query("after");
    ask.before = route.query("before");
    if (!ask.after.empty() && !ask.before.empty()) return wrong_form("before");
    ask.limit = std::atoi(route.query("limit").c_str());
    if (ask.limit < 1 || ask.limit > 100) return wrong_form("limit");
    const discord::Answer answer = model_.list_messages(call, ask);
    Json body = Json::array();
    for (const auto& item : answer.messages) body.push_back(message_json(ask.channel, item.id));
    return of_model(answer, body, "list");
}

ApiDouble::Answer DiscordServer::channel_told(const Route& route) {
    const std::string channel = route.at(1);
    const auto* chat = model_.chat(guild_of(channel), channel);
    if (chat == nullptr || chat->access == Access::gone) return error(404, 10003, "Unknown Channel");
    if (chat->access == Access::not_member) return error(403, 50001, "Missing Access");
    Json body = Json::object();
    body["id"] = channel;
    body["type"] = guild_of(channel).empty() ? 1 : 0;
    body["last_message_id"] = nullptr;
    if (!chat->messages.empty()) body["last_message_id"] = chat->messages.back().id;
    Answer out;
    out.response = json_response(200, body.dump());
    return out;
}

std::string DiscordServer::guild_of(const std::string& channel) const {
    const auto place = places_.find(channel);
    if (place != places_.end()) return place->second.guild;
    for (const auto& [key, chat] : model_.chats()) {
        if (key.second == channel) return key.first;
    }
    return {};
}

void DiscordServer::count_pings(const Json& body) {
    // allowed_mentions is looked at; what slips through it would be here.
    const bool none = body.contains("allowed_mentions") && body.at("allowed_mentions").value("parse", Json(1)).empty();
    if (!none) pings_ += discord::shown_message(body).mentions.size();
}

}  // namespace podbrief::doubles
