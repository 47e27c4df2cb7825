// Servers, channels and people at Discord.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/doubles/discord_server.hpp"

namespace podbrief::doubles {

using Json = nlohmann::json;

void DiscordServer::add_person(Person person) {
    const std::string id = person.id;
    people_[id] = std::move(person);
}

void DiscordServer::install_for(const std::string& person) {
    installed_[person] = true;
}

std::string DiscordServer::direct_messages(const std::string& person) {
    const std::string channel = "7" + person;
    if (places_.count(channel) == 0) {
        places_[channel].direct = person;
        model_.add_chat({}, channel);
    }
    return channel;
}

void DiscordServer::add_guild(const std::string& guild, const std::string& name) {
    guilds_[guild].name = name;
}

void DiscordServer::add_channel(const std::string& guild, const std::string& channel) {
    guilds_[guild].channels.push_back(channel);
    places_[channel].guild = guild;
    model_.add_chat(guild, channel);
}

void DiscordServer::add_thread(const std::string& guild, const std::string& channel, const std::string& thread) {
    places_[thread].guild = guild;
    places_[thread].parent = channel;
    model_.add_chat(guild, thread);
    Json data = Json::object();
    data["id"] = thread;
    data["guild_id"] = guild;
    data["parent_id"] = channel;
    data["type"] = 11;
    if (guilds_[guild].joined) gateway_.send("THREAD_CREATE", data);
}

Json DiscordServer::guild_json(const std::string& guild) const {
    const Guild& there = guilds_.at(guild);
    Json out = Json::object();
    out["id"] = guild;
    out["name"] = there.name;
    out["joined_at"] = there.joined_at;
    out["preferred_locale"] = "en-GB";
    out["system_channel_id"] = nullptr;
    out["channels"] = Json::array();
    for (const std::string& channel : there.channels) out["channels"].push_back({{"id", channel}, {"type", 0}});
    out["threads"] = Json::array();
    for (const auto& [id, place] : places_) {
        if (place.guild == guild && !place.parent.empty()) {
            out["threads"].push_back({{"id", id}, {"parent_id", place.parent}, {"type", 11}});
        }
    }
    return out;
}

void DiscordServer::add_bot(const std::string& guild) {
    const WallTime now = clock_.wall_now();
    guilds_[guild].joined = true;
    guilds_[guild].joined_at = std::to_string(to_ms(now));
    model_.restore(guild, now);
    gateway_.send("GUILD_CREATE", guild_json(guild));
}

void DiscordServer::remove_bot(const std::string& guild) {
    guilds_[guild].joined = false;
    model_.revoke(guild, clock_.wall_now());
    gateway_.send("GUILD_DELETE", Json::object({{"id", guild}}));
}

void DiscordServer::outage(const std::string& guild) {
    gateway_.send("GUILD_DELETE", Json::object({{"id", guild}, {"unavailable", true}}));
}

void DiscordServer::delete_channel(const std::string& channel) {
    const std::string guild = guild_of(channel);
    model_.set_access(guild, channel, Access::gone, clock_.wall_now());
    auto& channels = guilds_[guild].channels;
    channels.erase(std::remove(channels.begin(), channels.end(), channel), channels.end());
    gateway_.send("CHANNEL_DELETE", Json::object({{"id", channel}, {"guild_id", guild}, {"type", 0}}));
}

}  // namespace podbrief::doubles
