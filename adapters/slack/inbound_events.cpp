// The Events API.
#include <nlohmann/json.hpp>

#include "adapters/slack/inbound_parts.hpp"
#include "adapters/slack/text.hpp"

namespace podbrief::slack {
namespace {

constexpr std::size_t longest_challenge = 300;

Inbound accepted(Incoming incoming) {
    Inbound out;
    out.kind = Inbound::Kind::incoming;
    out.incoming = std::move(incoming);
    return out;
}

// Who we are there.
std::string bot_user_of(const Json& envelope) {
    const Json* all = at(envelope, {"authorizations"});
    if (all == nullptr || !all->is_array() || all->empty()) return {};
    return flag_at(all->front(), {"is_bot"}) ? id_at(all->front(), {"user_id"}) : std::string();
}

// The team, or the enterprise where it installed us as a whole.
std::string workspace_of(const Json& envelope) {
    const Json* all = at(envelope, {"authorizations"});
    if (all != nullptr && all->is_array() && !all->empty() && flag_at(all->front(), {"is_enterprise_install"})) {
        if (std::string enterprise = id_at(all->front(), {"enterprise_id"}); !enterprise.empty()) return enterprise;
    }
    return id_at(envelope, {"team_id"});
}

WallTime time_of(const std::string& ts, WallTime now) {
    const auto ms = ms_of_ts(ts);
    return ms ? from_ms(*ms) : now;
}

WallTime event_time(const Json& envelope, WallTime now) {
    const Json* at_s = at(envelope, {"event_time"});
    if (at_s == nullptr || !at_s->is_number_unsigned()) return now;
    return from_ms(static_cast<std::int64_t>(std::min<std::uint64_t>(at_s->get<std::uint64_t>(), 99'999'999'999)) *
                   1000);
}

// A message that somebody wrote: app_mention, message. The same message may be told as both.
Inbound message(const Json& event, const std::string& workspace, const std::string& bot, WallTime now) {
    const std::string subtype = text_at(event, {"subtype"});
    const std::string user = id_at(event, {"user"});
    const bool by_somebody = (subtype.empty() || subtype == "file_share" || subtype == "thread_broadcast") &&
                             at(event, {"bot_id"}) == nullptr && !user.empty() && user != bot && user != "USLACKBOT";
    if (!by_somebody) return {};
    const std::string channel = id_at(event, {"channel"});
    const std::string ts = id_at(event, {"ts"});
    if (channel.empty() || !ms_of_ts(ts)) return malformed();
    const std::string thread = id_at(event, {"thread_ts"});
    bool mentioned = text_at(event, {"type"}) == "app_mention";
    const std::string typed = typed_text(text_at(event, {"text"}), bot, &mentioned);
    Incoming incoming = incoming_from(workspace, user, channel, thread, time_of(ts, now));
    incoming.direct = incoming.direct || text_at(event, {"channel_type"}) == "im";
    const bool to_us = incoming.direct || mentioned || (!bot.empty() && text_at(event, {"parent_user_id"}) == bot);
    if (!to_us) return {};
    incoming.kind = Incoming::Kind::text;
    incoming.event_id = event_id("msg", channel + ":" + ts);
    incoming.text = bounded_text(typed);
    if (!thread.empty() && thread != ts) incoming.message_ref = thread;
    if (thread.empty() && !incoming.direct) {
        incoming.where.thread = ts;
        incoming.answer_in_thread = true;
    }
    return accepted(std::move(incoming));
}

Inbound home_opened(const Json& event, const std::string& workspace, WallTime now) {
    const std::string user = id_at(event, {"user"});
    const std::string channel = id_at(event, {"channel"});
    if (user.empty() || channel.empty()) return malformed();
    const std::string tab = text_at(event, {"tab"});
    const std::string ts = id_at(event, {"event_ts"});
    Incoming incoming = incoming_from(workspace, user, channel, {}, time_of(ts, now));
    if (tab == "home") {
        incoming.kind = Incoming::Kind::home;
        incoming.event_id = event_id("home", user + ":" + ts);
    } else if (tab == "messages") {
        // It comes each time somebody looks; whoever takes it in sees whether it is the first time.
        incoming.kind = Incoming::Kind::opened;
        incoming.event_id = event_id("opened", channel);
    } else {
        return {};
    }
    return accepted(std::move(incoming));
}

Inbound revoked(const Json& envelope, const Json& event, const std::string& workspace, WallTime now) {
    if (text_at(event, {"type"}) == "tokens_revoked") {
        const Json* bots = at(event, {"tokens", "bot"});  // users' tokens are none of ours
        if (bots == nullptr || !bots->is_array() || bots->empty()) return {};
    }
    Incoming incoming = incoming_from(workspace, {}, {}, {}, event_time(envelope, now));
    incoming.kind = Incoming::Kind::tenant_revoked;
    incoming.direct = false;
    incoming.event_id = event_id("event", text_at(envelope, {"event_id"}));
    Inbound out = accepted(std::move(incoming));
    out.token_gone = true;
    return out;
}

// What became of a channel.
Inbound channel_changed(const Json& envelope, const Json& event, const std::string& workspace, const std::string& bot,
                        WallTime now) {
    const std::string type = text_at(event, {"type"});
    const std::string channel = id_at(event, {"channel"});
    if (channel.empty()) return {};
    Incoming incoming = incoming_from(workspace, {}, channel, {}, event_time(envelope, now));
    incoming.event_id = event_id("event", text_at(envelope, {"event_id"}));
    if (type == "member_joined_channel") {
        if (bot.empty() || id_at(event, {"user"}) != bot) return {};
        incoming.kind = Incoming::Kind::joined;
        incoming.from.user = id_at(event, {"inviter"});
    } else if (type == "channel_unarchive" || type == "group_unarchive") {
        incoming.kind = Incoming::Kind::unblocked;
    } else {
        incoming.kind = Incoming::Kind::gone;
    }
    return accepted(std::move(incoming));
}

bool is_about_a_channel(const std::string& type) {
    for (const char* one : {"member_joined_channel", "channel_left", "group_left", "channel_archive", "group_archive",
                            "channel_deleted", "group_deleted", "channel_unarchive", "group_unarchive"}) {
        if (type == one) return true;
    }
    return false;
}

}  // namespace

Inbound read_event(const Json& envelope, WallTime now) {
    Inbound out;
    const std::string kind = text_at(envelope, {"type"});
    if (kind == "url_verification") {
        out.text = text_at(envelope, {"challenge"});
        out.kind = out.text.empty() || out.text.size() > longest_challenge || id_of(out.text.substr(0, 80)).empty()
                       ? Inbound::Kind::malformed
                       : Inbound::Kind::challenge;
        return out;
    }
    if (kind == "app_rate_limited") {
        out.kind = Inbound::Kind::rate_limited;
        out.text = id_at(envelope, {"team_id"});
        return out;
    }
    if (kind != "event_callback") return kind.empty() ? malformed() : out;
    const Json* event = at(envelope, {"event"});
    const std::string workspace = workspace_of(envelope);
    if (event == nullptr || !event->is_object() || workspace.empty() || text_at(envelope, {"event_id"}).empty())
        return malformed();
    const std::string bot = bot_user_of(envelope);
    const std::string type = text_at(*event, {"type"});
    if (type == "app_mention" || type == "message") return message(*event, workspace, bot, now);
    if (type == "app_home_opened") return home_opened(*event, workspace, now);
    if (type == "app_uninstalled" || type == "tokens_revoked") return revoked(envelope, *event, workspace, now);
    if (is_about_a_channel(type)) return channel_changed(envelope, *event, workspace, bot, now);
    return out;
}

Inbound read_missed(const std::string& workspace, const std::string& channel, const Json& found, WallTime now) {
    if (text_at(found, {"type"}) != "message") return {};
    Json event = found;
    event["channel"] = channel;
    event["channel_type"] = "im";
    return message(event, workspace, {}, now);
}

}  // namespace podbrief::slack
