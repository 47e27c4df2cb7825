#include "adapters/discord/inbound.hpp"

#include <charconv>
#include <nlohmann/json.hpp>

#include "adapters/discord/commands.hpp"
#include "adapters/discord/limits.hpp"
#include "adapters/discord/modal.hpp"
#include "adapters/discord/wire.hpp"

namespace podbrief::discord {
namespace {

constexpr const char* platform = "discord";
constexpr std::size_t most_places = 100'000;
constexpr std::size_t longest_name = 100;
constexpr int in_guild = 0;
constexpr int in_own_chat = 1;

constexpr std::uint64_t administrator = 1ULL << 3;
constexpr std::uint64_t manage_channels = 1ULL << 4;
constexpr std::uint64_t manage_guild = 1ULL << 5;
constexpr std::uint64_t send_messages = 1ULL << 11;
constexpr std::uint64_t send_in_threads = 1ULL << 38;

std::uint64_t permissions_of(const std::string& digits) {
    std::uint64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

bool is_thread_type(std::int64_t type) {
    return type >= 10 && type <= 12;
}

// 64 bits and more ids than anybody has: forgets all, which costs a question each.
void remember(std::map<std::string, std::string>& places, const std::string& from, const std::string& to) {
    if (places.size() >= most_places) places.clear();
    places[from] = to;
}

std::string name_of(const Json& user) {
    const std::string shown = text_member(user, "global_name");
    return bounded(shown.empty() ? text_member(user, "username") : shown, longest_name);
}

Incoming incoming_of(const std::string& guild, std::string event_id) {
    Incoming out;
    out.platform = platform;
    out.tenant = guild;
    out.at = time_of(event_id);
    out.event_id = std::move(event_id);
    return out;
}

// The bot itself was added there, not only somebody who brought it along.
bool is_installed_there(const Json& body) {
    return !text_member(member(body, "authorizing_integration_owners"), "0").empty();
}

// False: not as documented.
bool read_data(Interaction& out, const Json& body) {
    const Json& data = member(body, "data");
    Incoming& incoming = out.incoming;
    switch (out.type) {
        case Interaction::Type::command: {
            auto typed = typed_text(data);
            if (!typed) return false;
            incoming.kind = Incoming::Kind::text;
            incoming.text = std::move(*typed);
            return true;
        }
        case Interaction::Type::component: {
            constexpr int string_select = 3;
            incoming.kind = Incoming::Kind::button;
            incoming.action_data = text_member(data, "custom_id");
            if (number_member(data, "component_type") == string_select) {
                const Json& values = member(data, "values");
                const bool one = values.is_array() && !values.empty() && values.front().is_string();
                incoming.action_data = one ? values.front().get<std::string>() : std::string{};
            }
            incoming.action_data = bounded(incoming.action_data, limits::custom_id);
            const Json& message = member(body, "message");
            incoming.message_ref = text_member(message, "id");
            constexpr std::int64_t ephemeral = 1 << 6;
            out.message_is_private = (number_member(message, "flags") & ephemeral) != 0;
            return !incoming.action_data.empty() && is_snowflake(incoming.message_ref);
        }
        case Interaction::Type::modal:
            incoming.kind = Incoming::Kind::form;
            incoming.action_data = "form:" + bounded(text_member(data, "custom_id"), limits::custom_id);
            incoming.fields = fields_of(data);
            incoming.message_ref = text_member(member(body, "message"), "id");
            return true;
        default:
            return true;
    }
}

}  // namespace

void Places::learn_direct(const std::string& user, const std::string& channel) {
    remember(directs_, user, channel);
}

void Places::learn_thread(const std::string& thread, const std::string& parent) {
    if (is_snowflake(thread) && is_snowflake(parent)) remember(parents_, thread, parent);
}

std::optional<std::string> Places::direct_of(const std::string& user) const {
    const auto found = directs_.find(user);
    return found == directs_.end() ? std::nullopt : std::optional(found->second);
}

Destination Places::conversation(const std::string& guild, const std::string& channel) const {
    const auto parent = parents_.find(channel);
    if (parent == parents_.end()) return {platform, guild, channel, ""};
    return {platform, guild, parent->second, channel};
}

std::string direct_chat(const std::string& user) {
    return "@" + user;
}

bool is_direct_chat(const std::string& chat) {
    return chat.starts_with('@');
}

std::optional<Interaction> read_interaction(const Json& body, Places& places) {
    Interaction out;
    const auto type = number_member(body, "type");
    if (type < 1 || type > 5) return std::nullopt;
    out.type = static_cast<Interaction::Type>(type);
    out.id = text_member(body, "id");
    out.token = text_member(body, "token");
    out.application = text_member(body, "application_id");
    if (out.type == Interaction::Type::ping) return out;

    const std::string guild = text_member(body, "guild_id");
    const std::string channel = text_member(body, "channel_id");
    const Json& there = member(body, "member");
    const Json& user = there.is_object() ? member(there, "user") : member(body, "user");
    const std::string who = text_member(user, "id");
    constexpr std::size_t longest_token = 500;
    const bool whole = is_snowflake(out.id) && is_snowflake(who) && is_snowflake(channel) && !out.token.empty() &&
                       out.token.size() <= longest_token && (guild.empty() || is_snowflake(guild));
    if (!whole) return std::nullopt;

    const Json& chat = member(body, "channel");
    const bool thread = is_thread_type(number_member(chat, "type", -1));
    if (thread) places.learn_thread(channel, text_member(chat, "parent_id"));
    const auto context = number_member(body, "context", guild.empty() ? in_own_chat : in_guild);
    const auto permissions = permissions_of(text_member(body, "app_permissions"));

    Incoming& incoming = out.incoming;
    incoming = incoming_of(guild, out.id);
    incoming.from = {platform, "", who};
    incoming.name = name_of(user);
    incoming.locale = bounded(text_member(body, "locale"), 20);
    if (context == in_own_chat) {
        places.learn_direct(who, channel);
        out.own_chat = out.channel_open = true;
        incoming.direct = true;
        incoming.where = places.conversation({}, channel);
    } else if (context == in_guild && !guild.empty() && is_installed_there(body)) {
        out.channel_open = (permissions & (thread ? send_in_threads : send_messages)) != 0;
        incoming.where = places.conversation(guild, channel);
        incoming.may_manage =
            (permissions_of(text_member(there, "permissions")) & (administrator | manage_channels | manage_guild)) != 0;
    } else {
        // Somebody brought us along to where we cannot write: the conversation is theirs alone.
        incoming.tenant.clear();
        incoming.direct = true;
        incoming.where = {platform, "", places.direct_of(who).value_or(direct_chat(who)), ""};
    }
    if (!read_data(out, body)) return std::nullopt;
    return out;
}

std::optional<Incoming> read_message(const Json& data, const std::string& bot, Places& places) {
    const std::string id = text_member(data, "id");
    const std::string guild = text_member(data, "guild_id");
    const std::string channel = text_member(data, "channel_id");
    const Json& author = member(data, "author");
    const std::string who = text_member(author, "id");
    const auto type = number_member(data, "type");
    constexpr int reply = 19;
    if (!is_snowflake(id) || !is_snowflake(channel) || !is_snowflake(who)) return std::nullopt;
    if (flag_member(author, "bot") || who == bot || member(data, "webhook_id").is_string()) return std::nullopt;
    if (type != 0 && type != reply) return std::nullopt;

    std::string text = bounded(text_member(data, "content"), limits::typed);
    bool mentioned = false;
    for (const std::string& mention : {"<@" + bot + ">", "<@!" + bot + ">"}) {
        for (auto at = text.find(mention); at != std::string::npos; at = text.find(mention)) {
            text.replace(at, mention.size(), " ");
            mentioned = true;
        }
    }
    if (!guild.empty() && !mentioned) return std::nullopt;

    Incoming out = incoming_of(guild, id);
    out.kind = Incoming::Kind::text;
    out.from = {platform, "", who};
    out.name = name_of(author);
    out.where = places.conversation(guild, channel);
    out.direct = guild.empty();
    if (out.direct) places.learn_direct(who, channel);
    const auto begin = text.find_first_not_of(" \n");
    if (begin == std::string::npos && out.direct) return std::nullopt;  // only a picture
    if (begin != std::string::npos) out.text = text.substr(begin, text.find_last_not_of(" \n") - begin + 1);
    out.message_ref = text_member(member(data, "message_reference"), "message_id");
    return out;
}

std::optional<Incoming> read_joined(const Json& data) {
    const std::string guild = text_member(data, "id");
    if (!is_snowflake(guild) || flag_member(data, "unavailable")) return std::nullopt;
    std::string channel = text_member(data, "system_channel_id");
    const Json& channels = member(data, "channels");
    if (channel.empty() && channels.is_array()) {
        for (const Json& one : channels) {
            if (number_member(one, "type", -1) == 0 && channel.empty()) channel = text_member(one, "id");
        }
    }
    if (!is_snowflake(channel)) return std::nullopt;
    Incoming out = incoming_of(guild, "joined " + bounded(text_member(data, "joined_at"), 40));
    out.kind = Incoming::Kind::joined;
    out.where = {platform, guild, channel, ""};
    out.name = bounded(text_member(data, "name"), longest_name);
    out.locale = bounded(text_member(data, "preferred_locale"), 20);
    return out;
}

std::optional<Incoming> read_gone(const Json& data, bool guild, const std::string& event_id, WallTime now) {
    const std::string id = text_member(data, "id");
    if (!is_snowflake(id) || flag_member(data, "unavailable")) return std::nullopt;
    Incoming out = incoming_of(guild ? id : text_member(data, "guild_id"), event_id);
    out.kind = Incoming::Kind::gone;
    out.at = now;
    const std::string parent = text_member(data, "parent_id");
    const bool thread = is_thread_type(number_member(data, "type", -1));
    out.where = {platform, out.tenant, guild ? "" : id, ""};
    if (thread && is_snowflake(parent)) {
        out.where.chat = parent;
        out.where.thread = id;
    }
    return out;
}

}  // namespace podbrief::discord
