// What people at Discord see.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/doubles/discord_server.hpp"
#include "adapters/doubles/discord_shown.hpp"

namespace podbrief::doubles {

using Json = nlohmann::json;

namespace {

constexpr Millis to_acknowledge{3'000};
constexpr const char* no_answer = "The application did not respond";

}  // namespace

std::string DiscordServer::latest(const std::string& channel) const {
    const auto* chat = model_.chat(guild_of(channel), channel);
    if (chat == nullptr) return {};
    for (auto one = chat->messages.rbegin(); one != chat->messages.rend(); ++one) {
        if (one->author == bot_name && one->visible()) return one->id;
    }
    return {};
}

namespace {

struct Line {
    std::string id;
    std::string text;
};

std::string indented(const std::string& who, const std::string& text) {
    std::string out = who + ": ";
    for (const char c : text) {
        out += c;
        if (c == '\n') out += "  ";
    }
    return out + "\n";
}

}  // namespace

std::string DiscordServer::transcript(const std::string& channel) const {
    std::vector<Line> lines;
    if (const auto* chat = model_.chat(guild_of(channel), channel)) {
        for (const auto& one : chat->messages) {
            if (!one.visible()) continue;
            const std::string text =
                one.metadata.empty() ? one.text : discord::transcript_of(Json::parse(one.metadata));
            lines.push_back({one.id, indented(one.author, text)});
        }
    }
    for (const Private& one : private_) {
        if (one.channel != channel || one.gone) continue;
        const Json payload = Json::parse(one.payload);
        if (payload.contains("typed")) {
            lines.push_back({one.id, indented(one.author, payload.at("typed").get<std::string>())});
            continue;
        }
        const auto person = people_.find(one.person);
        const std::string who = person == people_.end() ? one.person : person->second.name;
        const std::string author = std::string(bot_name) + " (only " + who + " sees this)";
        lines.push_back({one.id, indented(author, discord::transcript_of(payload))});
    }
    for (const auto& [token, turn] : turns_) {
        const bool failed = turn.callback == 0 && turn.type != 4 && clock_.wall_now() - turn.at > to_acknowledge;
        if (turn.channel == channel && failed) lines.push_back({turn.id + "0", indented("Discord", no_answer)});
        if (turn.channel == channel && turn.thinking) {
            lines.push_back({turn.id, indented(bot_name, "is thinking...")});
        }
    }
    std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) {
        return a.id.size() != b.id.size() ? a.id.size() < b.id.size() : a.id < b.id;
    });
    std::string out;
    for (const Line& line : lines) out += line.text;
    return out;
}

}  // namespace podbrief::doubles
