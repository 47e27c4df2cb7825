// The methods of the Web API (docs.slack.dev/reference/methods).
#include <nlohmann/json.hpp>

#include "adapters/doubles/slack_server.hpp"

namespace podbrief::doubles {
namespace {

using Json = nlohmann::json;

std::string text_of(const Json& args, const char* name) {
    const auto found = args.find(name);
    return found != args.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string unknown_argument(const Json& args, std::initializer_list<std::string_view> known) {
    for (const auto& [name, value] : args.items()) {
        if (std::find(known.begin(), known.end(), name) == known.end()) return name;
    }
    return {};
}

ApiDouble::Answer good(Json json) {
    json["ok"] = true;
    return {json_response(200, json.dump()), 0};
}

// What the model answered, as it goes over the wire.
ApiDouble::Answer on_the_wire(const slack::Answer& answer, Json ok, const Call& call) {
    ApiDouble::Answer out;
    out.ticket = answer.ticket;
    if (!answer.readable) {
        const bool json = call.fault.kind == FaultKind::garbage_json;
        const bool empty = call.fault.kind == FaultKind::garbage_empty;
        const char* body = json ? R"({"fine":[1]})" : empty ? "" : "<!doctype html><title>Slack</title>";
        out.response = text_response(answer.status, body, json ? "application/json" : "text/html");
    } else if (answer.ok) {
        out = good(std::move(ok));
        out.ticket = answer.ticket;
    } else {
        Json json = {{"ok", false}, {"error", answer.error}};
        if (answer.error == "missing_scope") json["needed"] = "im:history";
        out.response = json_response(answer.status, json.dump());
    }
    if (!answer.retry_after.empty()) out.response.headers.push_back({"Retry-After", answer.retry_after});
    return out;
}

std::string joined(const std::string& team, const std::string& channel, const std::string& ts) {
    return team + "/" + channel + "/" + ts;
}

}  // namespace

ApiDouble::Answer SlackServer::method(const std::string& name, const std::string& team, const Json& args,
                                      const Call& call) {
    if (name == "chat.postMessage") return post_message(team, args, call);
    if (name == "chat.update") return update(team, args, call);
    if (name == "conversations.history" || name == "conversations.replies") return history(team, args, call);
    if (name == "chat.postEphemeral") return post_ephemeral(team, args, call);
    if (name == "users.info") return users_info(team, args);
    if (name == "views.open" || name == "views.publish") return views(name, team, args, call);
    if (name == "auth.test") {
        return good({{"url", "https://" + team + ".slack.com/"},
                     {"team", workspaces_[team]},
                     {"user", "podbrief"},
                     {"team_id", team},
                     {"user_id", options_.bot_user},
                     {"bot_id", "B0PODBRIEF"}});
    }
    if (name == "conversations.open") {
        const std::string user = text_of(args, "users");
        if (users_.count({team, user}) == 0) return failed("user_not_found");
        return good({{"channel", {{"id", direct_chat(team, user)}}}});
    }
    return failed("unknown_method", name);
}

// What is wrong with text and blocks; nothing: `message` has what people see.
std::string SlackServer::judge(const Json& args, slack::Message& message) {
    message.text = text_of(args, "text");
    const bool links = text_of(args, "parse") != "none";
    slack::Shown shown = slack::shown_of_mrkdwn(message.text, links);
    if (args.contains("blocks")) {
        if (auto problem = slack::problem_of_blocks(args["blocks"], slack::Surface::message); !problem.empty())
            return problem;
        for (auto& ping : shown.pings) pings_.push_back(std::move(ping));  // notifications are made of it
        shown = slack::shown_of_blocks(args["blocks"]);
        if (!args["blocks"].empty()) message.blocks.push_back({"rich", {}});
    }
    if (args.value("link_names", false)) pings_.emplace_back("link_names");
    for (auto& ping : shown.pings) pings_.push_back(std::move(ping));
    message.shown = std::move(shown.text);
    message.thread = text_of(args, "thread_ts");
    const auto metadata = args.find("metadata");
    if (metadata == args.end()) return {};
    if (!metadata->is_object() || text_of(*metadata, "event_type").empty() || !metadata->contains("event_payload") ||
        !(*metadata)["event_payload"].is_object()) {
        return "metadata needs event_type and event_payload";
    }
    message.delivery_id = text_of((*metadata)["event_payload"], "delivery_id");
    return {};
}

void SlackServer::remember(const std::string& team, const std::string& channel, const std::string& ts,
                           const Json& args) {
    const auto blocks = args.find("blocks");
    blocks_[joined(team, channel, ts)] = blocks == args.end() ? "[]" : blocks->dump();
}

ApiDouble::Answer SlackServer::post_message(const std::string& team, const Json& args, const Call& call) {
    if (auto name =
            unknown_argument(args, {"channel", "text", "blocks", "thread_ts", "reply_broadcast", "unfurl_links",
                                    "unfurl_media", "metadata", "mrkdwn", "parse", "link_names", "client_msg_id"});
        !name.empty()) {
        return failed("invalid_arguments", "chat.postMessage: " + name);
    }
    std::string channel = text_of(args, "channel");
    if (channel.empty()) return failed("invalid_arguments", "chat.postMessage: channel is missing");
    if (channel.starts_with('U') && users_.count({team, channel}) != 0) channel = direct_chat(team, channel);
    slack::PostMessage post;
    post.team = team;
    post.channel = channel;
    if (auto problem = judge(args, post.message); !problem.empty()) return failed("invalid_blocks", problem);
    post.client_msg_id = text_of(args, "client_msg_id");
    post.tag = post.message.delivery_id;
    const slack::Answer answer = model_.post_message(call, post);
    if (!answer.ts.empty()) remember(team, channel, answer.ts, args);
    return on_the_wire(answer, {{"channel", channel}, {"ts", answer.ts}, {"message", {{"ts", answer.ts}}}}, call);
}

ApiDouble::Answer SlackServer::update(const std::string& team, const Json& args, const Call& call) {
    if (auto name = unknown_argument(args, {"channel", "ts", "text", "blocks", "metadata", "parse", "link_names"});
        !name.empty()) {
        return failed("invalid_arguments", "chat.update: " + name);
    }
    slack::Update update;
    update.team = team;
    update.channel = text_of(args, "channel");
    update.ts = text_of(args, "ts");
    if (update.channel.empty() || update.ts.empty())
        return failed("invalid_arguments", "chat.update: channel or ts is missing");
    if (!update.channel.starts_with('C') && !update.channel.starts_with('D') && !update.channel.starts_with('G'))
        return failed("channel_not_found");
    if (auto problem = judge(args, update.message); !problem.empty()) return failed("invalid_blocks", problem);
    const slack::Answer answer = model_.update(call, update);
    if (answer.ok) remember(team, update.channel, update.ts, args);
    return on_the_wire(answer, {{"channel", update.channel}, {"ts", answer.ts}, {"text", update.message.text}}, call);
}

ApiDouble::Answer SlackServer::history(const std::string& team, const Json& args, const Call& call) {
    slack::History ask;
    ask.team = team;
    ask.channel = text_of(args, "channel");
    ask.oldest = text_of(args, "oldest");
    ask.cursor = text_of(args, "cursor");
    ask.thread = text_of(args, "ts");
    ask.include_all_metadata = text_of(args, "include_all_metadata") == "true";
    if (const std::string limit = text_of(args, "limit"); !limit.empty()) ask.limit = std::atoi(limit.c_str());
    const slack::Answer answer = model_.history(call, ask);
    Json messages = Json::array();
    for (const auto& item : answer.messages) {
        Json message = {{"type", "message"}, {"ts", item.ts}, {"text", item.text}};
        if (item.user == bot_name) {
            message["bot_id"] = "B0PODBRIEF";
            message["user"] = options_.bot_user;
        } else {
            message["user"] = item.user;
        }
        if (!item.thread.empty()) message["thread_ts"] = item.thread;
        if (!item.delivery_id.empty()) {
            message["metadata"] = {{"event_type", "brief_delivery"},
                                   {"event_payload", {{"delivery_id", item.delivery_id}}}};
        }
        messages.push_back(std::move(message));
    }
    Json json = {{"messages", std::move(messages)}, {"has_more", !answer.next_cursor.empty()}};
    json["response_metadata"] = {{"next_cursor", answer.next_cursor}};
    return on_the_wire(answer, std::move(json), call);
}

ApiDouble::Answer SlackServer::post_ephemeral(const std::string& team, const Json& args, const Call& call) {
    const std::string channel = text_of(args, "channel");
    const std::string user = text_of(args, "user");
    if (auto error = model_.refusal(team, channel); !error.empty()) return failed(error);
    if (users_.count({team, user}) == 0) return failed("user_not_in_channel");
    slack::Message message;
    if (auto problem = judge(args, message); !problem.empty()) return failed("invalid_blocks", problem);
    if (message.shown.empty()) return failed("no_text");
    ChatMessage seen;
    seen.author = bot_name;
    seen.text = message.shown;
    seen.only_for = user;
    seen.thread = message.thread;
    const std::string ts = model_.write(team, channel, std::move(seen), call.at);
    remember(team, channel, ts, args);
    return good({{"message_ts", ts}});
}

ApiDouble::Answer SlackServer::users_info(const std::string& team, const Json& args) {
    const auto found = users_.find({team, text_of(args, "user")});
    if (found == users_.end()) return failed("user_not_found");
    Json user = {{"id", found->first.second},
                 {"team_id", team},
                 {"name", found->second.name},
                 {"real_name", found->second.name},
                 {"tz", found->second.time_zone},
                 {"tz_offset", 3600},
                 {"deleted", false},
                 {"is_bot", false},
                 {"profile", {{"display_name", found->second.name}}}};
    if (text_of(args, "include_locale") == "true") user["locale"] = found->second.locale;
    return good({{"user", std::move(user)}});
}

ApiDouble::Answer SlackServer::views(const std::string& name, const std::string& team, const Json& args,
                                     const Call& call) {
    const auto view = args.find("view");
    if (view == args.end()) return failed("invalid_arguments", name + ": view is missing");
    const std::string problem = slack::problem_of_view(*view);
    if (!problem.empty()) return failed("invalid_arguments", name + ": " + problem);
    if (name == "views.publish") {
        const std::string user = text_of(args, "user_id");
        if (users_.count({team, user}) == 0) return failed("user_not_found");
        View& home = homes_[{team, user}];
        home = {new_id("V"), view->dump(), home.version + 1};
        return good({{"view", {{"id", home.id}}}});
    }
    const auto trigger = triggers_.find(text_of(args, "trigger_id"));
    if (trigger == triggers_.end()) return failed("invalid_trigger_id");
    const auto [who, until] = trigger->second;
    triggers_.erase(trigger);
    if (who.first != team) return failed("invalid_trigger_id");
    if (call.at > until) return failed("trigger_expired");
    View& modal = modals_[who];
    modal = {new_id("V"), view->dump(), 1};
    return good({{"view", {{"id", modal.id}}}});
}

}  // namespace podbrief::doubles
