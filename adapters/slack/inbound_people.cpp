// Slash commands and what people press and fill in.
#include <nlohmann/json.hpp>

#include "adapters/slack/inbound_parts.hpp"
#include "core/model/action.hpp"

namespace podbrief::slack {
namespace {

constexpr std::size_t longest_url = 1'000;
constexpr std::size_t most_fields = 20;

bool is_true(std::string_view text) {
    return text == "true" || text == "1";
}

std::string workspace_of(const Json& payload) {
    if (flag_at(payload, {"is_enterprise_install"})) {
        if (std::string enterprise = id_at(payload, {"enterprise", "id"}); !enterprise.empty()) return enterprise;
    }
    std::string team = id_at(payload, {"team", "id"});
    return team.empty() ? id_at(payload, {"user", "team_id"}) : team;
}

std::optional<Route> route_to(std::string url) {
    if (url.empty() || url.size() > longest_url) return std::nullopt;
    Route route;
    route.url = std::move(url);
    return route;
}

// What was chosen or pressed; empty: a link was opened.
std::string data_of(const Json& action) {
    std::string data = text_at(action, {"value"});
    if (data.empty()) data = text_at(action, {"selected_option", "value"});
    return data.size() <= longest_action_data ? data : std::string();
}

Inbound pressed(const Json& payload, WallTime now) {
    const Json* actions = at(payload, {"actions"});
    const std::string workspace = workspace_of(payload);
    const std::string user = id_at(payload, {"user", "id"});
    if (actions == nullptr || !actions->is_array() || actions->empty() || !actions->front().is_object() ||
        workspace.empty() || user.empty()) {
        return malformed();
    }
    Inbound out;
    const Json& action = actions->front();
    const std::string data = data_of(action);
    if (data.empty()) return out;
    std::string channel = id_at(payload, {"channel", "id"});
    if (channel.empty()) channel = id_at(payload, {"container", "channel_id"});
    std::string thread = id_at(payload, {"message", "thread_ts"});
    if (thread.empty()) thread = id_at(payload, {"container", "thread_ts"});
    const std::string message = id_at(payload, {"container", "message_ts"});
    const bool ephemeral = flag_at(payload, {"container", "is_ephemeral"});
    const bool at_home = channel.empty();  // App Home: their conversation with us
    out.kind = Inbound::Kind::incoming;
    out.incoming = incoming_from(workspace, user, at_home ? user : channel, thread, now);
    out.incoming.kind = Incoming::Kind::button;
    out.incoming.direct = out.incoming.direct || at_home;
    out.incoming.action_data = data;
    if (!message.empty())
        out.incoming.message_ref = ephemeral ? std::string(ResponseRoutes::ephemeral) + message : message;
    out.trigger = id_at(payload, {"trigger_id"});
    const std::string unique = out.trigger.empty() ? id_at(action, {"action_ts"}) + ":" + message : out.trigger;
    out.incoming.event_id = event_id("act", user + ":" + id_at(action, {"action_id"}) + ":" + unique);
    out.route = route_to(text_at(payload, {"response_url"}));
    if (out.route) {
        out.route->thread = thread;
        out.route->answers = !out.incoming.direct;
    }
    out.elsewhere = at_home || (out.incoming.direct && ephemeral);
    return out;
}

std::string entered(const Json& input) {
    if (std::string value = text_at(input, {"value"}); !value.empty()) return bounded_text(value);
    if (std::string value = text_at(input, {"selected_option", "value"}); !value.empty()) return bounded_text(value);
    std::string lines;
    const Json* several = at(input, {"selected_options"});
    if (several == nullptr || !several->is_array()) return lines;
    for (const Json& one : *several) {
        if (!lines.empty()) lines += '\n';
        lines += text_at(one, {"value"});
    }
    return bounded_text(lines);
}

Inbound submitted(const Json& payload, WallTime now) {
    const std::string workspace = workspace_of(payload);
    const std::string user = id_at(payload, {"user", "id"});
    const std::string name = text_at(payload, {"view", "callback_id"});
    const std::string view = id_at(payload, {"view", "id"});
    const Json* values = at(payload, {"view", "state", "values"});
    if (workspace.empty() || user.empty() || view.empty() || values == nullptr || !values->is_object())
        return malformed();
    Inbound out;
    if (!name.starts_with("form:") || name.size() > longest_action_data) return out;
    const Json place = parse_json(text_at(payload, {"view", "private_metadata"})).value_or(Json());
    const std::string channel = id_at(place, {"channel"});
    out.kind = Inbound::Kind::incoming;
    out.incoming = incoming_from(workspace, user, channel.empty() ? user : channel, id_at(place, {"thread"}), now);
    out.incoming.direct = channel.empty() || flag_at(place, {"direct"});
    out.incoming.kind = Incoming::Kind::form;
    out.incoming.action_data = name;
    out.incoming.event_id = event_id("form", view + ":" + id_at(payload, {"view", "hash"}));
    for (const auto& [block, inputs] : values->items()) {
        if (out.incoming.fields.size() == most_fields) break;
        if (!inputs.is_object() || inputs.empty() || id_of(block).empty()) continue;
        out.incoming.fields.push_back({block, entered(inputs.begin().value())});
    }
    return out;
}

Inbound typing(const Json& payload, WallTime now) {
    Inbound out;
    const std::string workspace = workspace_of(payload);
    const std::string user = id_at(payload, {"user", "id"});
    const std::string id = text_at(payload, {"action_id"});
    if (workspace.empty() || user.empty()) return malformed();
    if (id != "suggest:topic" && id != "suggest:show") return out;
    out.kind = Inbound::Kind::suggestions;
    out.text = id.substr(id.find(':') + 1);
    out.typed = bounded_text(text_at(payload, {"value"})).substr(0, 300);
    out.incoming = incoming_from(workspace, user, user, {}, now);
    return out;
}

}  // namespace

Inbound read_command(const std::vector<FormField>& fields, WallTime now) {
    Inbound out;
    if (form_value(fields, "ssl_check") == "1") {
        out.kind = Inbound::Kind::probe;
        return out;
    }
    const auto id = [&](std::string_view name) { return id_of(std::string(form_value(fields, name))); };
    const bool organisation = is_true(form_value(fields, "is_enterprise_install")) && !id("enterprise_id").empty();
    const std::string workspace = organisation ? id("enterprise_id") : id("team_id");
    const std::string user = id("user_id");
    const std::string channel = id("channel_id");
    const std::string trigger = id("trigger_id");
    if (workspace.empty() || user.empty() || channel.empty() || trigger.empty()) return malformed();
    out.kind = Inbound::Kind::incoming;
    out.incoming = incoming_from(workspace, user, channel, {}, now);
    out.incoming.direct = channel.starts_with('D') || form_value(fields, "channel_name") == "directmessage";
    out.incoming.kind = Incoming::Kind::text;
    out.incoming.event_id = event_id("cmd", trigger);
    out.incoming.text = bounded_text(form_value(fields, "text"));
    out.trigger = trigger;
    out.route = route_to(std::string(form_value(fields, "response_url")));
    if (out.route) out.route->answers = !out.incoming.direct;
    out.elsewhere = out.incoming.direct;
    return out;
}

Inbound read_interaction(const Json& payload, WallTime now) {
    const std::string type = text_at(payload, {"type"});
    if (type == "block_actions") return pressed(payload, now);
    if (type == "view_submission") return submitted(payload, now);
    if (type == "block_suggestion") return typing(payload, now);
    return type.empty() ? malformed() : Inbound();
}

std::string place_json(const Incoming& asked) {
    Json place = {{"channel", asked.where.chat}, {"thread", asked.where.thread}, {"direct", asked.direct}};
    return place.dump();
}

}  // namespace podbrief::slack
