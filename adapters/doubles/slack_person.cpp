// The people of the workspaces: what they write, press and fill in, as Slack tells the app of it.
#include <nlohmann/json.hpp>

#include "adapters/doubles/slack_server.hpp"

namespace podbrief::doubles {
namespace {

using Json = nlohmann::json;

constexpr Millis trigger_lives{3'000};
constexpr Millis response_url_lives{30 * 60'000};

// As it stands in an event.
std::string escaped(const std::string& text, const std::string& bot_mention) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.compare(i, bot_mention.size(), bot_mention) == 0) {
            out += bot_mention;
            i += bot_mention.size() - 1;
        } else if (text[i] == '&') {
            out += "&amp;";
        } else if (text[i] == '<') {
            out += "&lt;";
        } else if (text[i] == '>') {
            out += "&gt;";
        } else {
            out += text[i];
        }
    }
    return out;
}

SlackServer::Told nobody(std::string error) {
    SlackServer::Told told;
    told.error = std::move(error);
    return told;
}

Json user_json(const std::string& team, const std::string& user, const std::string& name) {
    return {{"id", user}, {"username", name}, {"team_id", team}};
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        if (end > at) out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

// What somebody entered in an input, as view.state has it; `value` null: what was there from the start.
Json entered(const Json& element, const std::string* value) {
    Json out = {{"type", element["type"]}};
    const std::string type = element.value("type", "");
    if (type == "plain_text_input") {
        out["value"] = value != nullptr ? Json(*value) : Json(element.value("initial_value", ""));
        if (out["value"] == Json("")) out["value"] = nullptr;
        return out;
    }
    const bool several = type == "checkboxes" || type.starts_with("multi_");
    if (value == nullptr) {
        if (several) {
            out["selected_options"] = element.value("initial_options", Json::array());
        } else {
            out["selected_option"] = element.contains("initial_option") ? element["initial_option"] : Json(nullptr);
        }
        return out;
    }
    Json chosen = Json::array();
    for (const std::string& line : lines_of(*value)) {
        for (const Json& option : element.value("options", Json::array())) {
            if (option["value"] == line || option["text"]["text"] == line) chosen.push_back(option);
        }
    }
    if (several) {
        out["selected_options"] = std::move(chosen);
    } else {
        out["selected_option"] = chosen.empty() ? Json(nullptr) : chosen[0];
    }
    return out;
}

}  // namespace

std::string SlackServer::open_trigger(const std::string& team, const std::string& user) {
    const std::string id = new_id("1.2.");
    triggers_[id] = {{team, user}, clock_.wall_now() + trigger_lives};
    return id;
}

std::string SlackServer::open_response_url(const std::string& kind, const std::string& team, const std::string& channel,
                                           const std::string& user, const std::string& ts) {
    const std::string path = "/" + kind + "/" + team + "/" + new_id("") + "/secret";
    response_urls_[path] = {team, channel, user, ts, clock_.wall_now() + response_url_lives, 0};
    return options_.hooks + path;
}

asio::awaitable<SlackServer::Told> SlackServer::event(std::string team, std::string event_json, std::string event_id) {
    Json authorization = {{"enterprise_id", nullptr},
                          {"team_id", team},
                          {"user_id", options_.bot_user},
                          {"is_bot", true},
                          {"is_enterprise_install", false}};
    Json envelope = {{"type", "event_callback"},
                     {"token", "unused"},
                     {"team_id", team},
                     {"api_app_id", options_.app},
                     {"event", Json::parse(event_json)},
                     {"event_id", event_id.empty() ? new_id("Ev") : event_id},
                     {"event_time", to_ms(clock_.wall_now()) / 1000},
                     {"is_ext_shared_channel", false}};
    envelope["authorizations"] = Json::array({std::move(authorization)});
    co_return co_await tell_event(std::move(envelope));
}

asio::awaitable<SlackServer::Told> SlackServer::say(std::string team, std::string user, std::string channel,
                                                    std::string text, std::string thread) {
    ChatMessage message;
    message.author = user;
    message.text = text;
    message.thread = thread;
    const std::string ts = model_.write(team, channel, std::move(message), clock_.wall_now());
    if (ts.empty()) co_return nobody("channel_not_found");
    const std::string mention = "<@" + options_.bot_user + ">";
    Json event = {{"type", "message"},    {"channel", channel}, {"user", user},  {"text", escaped(text, mention)},
                  {"channel_type", "im"}, {"ts", ts},           {"event_ts", ts}};
    if (!thread.empty()) event["thread_ts"] = thread;
    if (!channel.starts_with('D')) {
        if (text.find(mention) == std::string::npos) co_return nobody("the app does not hear that");
        event["type"] = "app_mention";
        event.erase("channel_type");
    }
    co_return co_await this->event(std::move(team), event.dump());
}

asio::awaitable<SlackServer::Told> SlackServer::slash(std::string team, std::string user, std::string channel,
                                                      std::string command, std::string text) {
    Json payload = {{"token", "unused"},
                    {"team_id", team},
                    {"team_domain", "example"},
                    {"channel_id", channel},
                    {"channel_name", channel.starts_with('D') ? "directmessage" : "general"},
                    {"user_id", user},
                    {"user_name", users_[{team, user}].name},
                    {"command", command},
                    {"text", text},
                    {"api_app_id", options_.app},
                    {"is_enterprise_install", "false"}};
    payload["response_url"] = open_response_url("commands", team, channel, user, {});
    payload["trigger_id"] = open_trigger(team, user);
    Told told = co_await deliver("slash_commands", std::move(payload), 0, {});
    if (!told.arrived) told.error = "operation_timeout";
    co_return told;
}

asio::awaitable<SlackServer::Told> SlackServer::interact(Json payload) {
    payload["api_app_id"] = options_.app;
    payload["token"] = "unused";
    co_return co_await deliver("interactive", std::move(payload), 0, {});
}

asio::awaitable<SlackServer::Told> SlackServer::press_one(std::string team, std::string user, slack::Pressable one,
                                                          Json where) {
    Json action = {{"type", one.type},
                   {"action_id", one.action_id},
                   {"block_id", one.block_id},
                   {"action_ts", slack::ts_of(clock_.wall_now())}};
    const Json words = {{"type", "plain_text"}, {"text", one.label}};
    if (one.type == "button") {
        action["text"] = words;
        if (!one.value.empty()) action["value"] = one.value;
        if (!one.url.empty()) action["url"] = one.url;
    } else {
        action["selected_option"] = {{"text", words}, {"value", one.value}};
    }
    Json payload = std::move(where);
    payload["type"] = "block_actions";
    payload["team"] = {{"id", team}, {"domain", "example"}};
    payload["user"] = user_json(team, user, users_[{team, user}].name);
    payload["trigger_id"] = open_trigger(team, user);
    payload["actions"] = Json::array({std::move(action)});
    co_return co_await interact(std::move(payload));
}

asio::awaitable<SlackServer::Told> SlackServer::press(std::string team, std::string user, std::string channel,
                                                      std::string label) {
    Chat* chat = model_.chat(team, channel);
    if (chat == nullptr) co_return nobody("no such channel");
    for (auto message = chat->messages.rbegin(); message != chat->messages.rend(); ++message) {
        if (!message->visible() || (!message->only_for.empty() && message->only_for != user)) continue;
        const auto blocks = blocks_.find(team + "/" + channel + "/" + message->id);
        if (blocks == blocks_.end()) continue;
        const slack::Shown shown = slack::shown_of_blocks(Json::parse(blocks->second));
        for (const slack::Pressable& one : shown.pressable) {
            if (one.label != label) continue;
            const bool ephemeral = !message->only_for.empty();
            Json where = {{"container",
                           {{"type", "message"},
                            {"message_ts", message->id},
                            {"channel_id", channel},
                            {"is_ephemeral", ephemeral}}}};
            where["channel"] = {{"id", channel}, {"name", channel.starts_with('D') ? "directmessage" : "general"}};
            where["response_url"] = open_response_url("actions", team, channel, user, message->id);
            where["message"] = {{"ts", message->id}, {"text", message->text}};
            if (!message->thread.empty()) {
                where["message"]["thread_ts"] = message->thread;
                where["container"]["thread_ts"] = message->thread;
            }
            co_return co_await press_one(team, user, one, std::move(where));
        }
    }
    co_return nobody("no such button: " + label);
}

asio::awaitable<SlackServer::Told> SlackServer::press_at_home(std::string team, std::string user, std::string label) {
    const auto home = homes_.find({team, user});
    if (home == homes_.end()) co_return nobody("no home");
    const slack::Shown shown = slack::shown_of_blocks(Json::parse(home->second.json)["blocks"]);
    for (const slack::Pressable& one : shown.pressable) {
        if (one.label != label) continue;
        Json where = {{"container", {{"type", "view"}, {"view_id", home->second.id}}}};
        where["view"] = {{"id", home->second.id}, {"type", "home"}};
        co_return co_await press_one(team, user, one, std::move(where));
    }
    co_return nobody("no such button: " + label);
}

asio::awaitable<SlackServer::Told> SlackServer::open_home(std::string team, std::string user, std::string tab) {
    const Json event = {{"type", "app_home_opened"},
                        {"user", user},
                        {"channel", direct_chat(team, user)},
                        {"tab", tab},
                        {"event_ts", slack::ts_of(clock_.wall_now())}};
    co_return co_await this->event(std::move(team), event.dump());
}

asio::awaitable<SlackServer::Told> SlackServer::submit(std::string team, std::string user,
                                                       std::map<std::string, std::string> values) {
    const auto open = modals_.find({team, user});
    if (open == modals_.end()) co_return nobody("no form is open");
    const Json view = Json::parse(open->second.json);
    Json state = Json::object();
    for (const Json& block : view["blocks"]) {
        if (block["type"] != "input") continue;
        const std::string name = block.value("block_id", "");
        const auto given = values.find(name);
        const std::string* value = given == values.end() ? nullptr : &given->second;
        state[name][block["element"].value("action_id", "")] = entered(block["element"], value);
    }
    Json submitted = {{"id", open->second.id},
                      {"type", "modal"},
                      {"callback_id", view.value("callback_id", "")},
                      {"private_metadata", view.value("private_metadata", "")},
                      {"hash", std::to_string(open->second.version)}};
    submitted["state"] = {{"values", std::move(state)}};
    Json payload = {{"type", "view_submission"}, {"view", std::move(submitted)}};
    payload["team"] = {{"id", team}, {"domain", "example"}};
    payload["user"] = user_json(team, user, users_[{team, user}].name);
    payload["trigger_id"] = open_trigger(team, user);
    Told told = co_await interact(std::move(payload));
    if (told.arrived && told.body.find("errors") == std::string::npos) modals_.erase({team, user});
    co_return told;
}

asio::awaitable<std::vector<std::string>> SlackServer::suggestions(std::string team, std::string user,
                                                                   std::string action_id, std::string typed) {
    Json payload = {{"type", "block_suggestion"}, {"action_id", action_id}, {"block_id", "b"}, {"value", typed}};
    payload["team"] = {{"id", team}, {"domain", "example"}};
    payload["user"] = user_json(team, user, users_[{team, user}].name);
    const Told told = co_await interact(std::move(payload));
    std::vector<std::string> out;
    const Json answer = Json::parse(told.body, nullptr, false);
    if (!answer.is_object()) co_return out;
    for (const Json& option : answer.value("options", Json::array())) out.push_back(option["text"].value("text", ""));
    co_return out;
}

asio::awaitable<void> SlackServer::uninstall(std::string team) {
    std::erase_if(tokens_, [&](const auto& token) { return token.second.team == team; });
    model_.revoke(team, clock_.wall_now());
    Json revoked = {{"type", "tokens_revoked"}, {"event_ts", slack::ts_of(clock_.wall_now())}};
    revoked["tokens"] = {{"oauth", Json::array()}, {"bot", Json::array({options_.bot_user})}};
    const Json uninstalled = {{"type", "app_uninstalled"}, {"event_ts", slack::ts_of(clock_.wall_now())}};
    co_await event(team, revoked.dump());
    co_await event(team, uninstalled.dump());
}

}  // namespace podbrief::doubles
