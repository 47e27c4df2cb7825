// What people have seen, for reading.
#include <nlohmann/json.hpp>

#include "adapters/doubles/slack_server.hpp"

namespace podbrief::doubles {
namespace {

using Json = nlohmann::json;

// Further lines stand below the first.
std::string indented(const std::string& text, std::size_t columns) {
    std::string out;
    for (const char c : text) {
        out += c;
        if (c == '\n') out.append(columns, ' ');
    }
    return out;
}

}  // namespace

std::string SlackServer::transcript(const std::string& team, const std::string& channel,
                                    const std::string& user) const {
    const auto chat = model_.chats().find({team, channel});
    if (chat == model_.chats().end()) return {};
    std::string out;
    for (const ChatMessage& message : chat->second.messages) {
        if (!message.visible() || (!user.empty() && !message.only_for.empty() && message.only_for != user)) continue;
        std::string author = message.author;
        if (const auto known = users_.find({team, author}); known != users_.end()) author = known->second.name;
        std::string line = message.thread.empty() ? "" : "  \u21B3 ";
        line += author;
        if (!message.only_for.empty()) line += " (only you see this)";
        if (!message.edits.empty()) line += " (edited)";
        out += line + ": " + indented(message.text, 4) + "\n";
    }
    return out;
}

std::string SlackServer::home(const std::string& team, const std::string& user) const {
    const auto found = homes_.find({team, user});
    return found == homes_.end() ? std::string()
                                 : slack::shown_of_blocks(Json::parse(found->second.json)["blocks"]).text;
}

std::string SlackServer::modal(const std::string& team, const std::string& user) const {
    const auto found = modals_.find({team, user});
    if (found == modals_.end()) return {};
    const Json view = Json::parse(found->second.json);
    return view["title"].value("text", "") + "\n" + slack::shown_of_blocks(view["blocks"]).text;
}

std::string SlackServer::newest(const std::string& team, const std::string& channel) const {
    const auto chat = model_.chats().find({team, channel});
    if (chat == model_.chats().end()) return {};
    const auto& all = chat->second.messages;
    const auto found = std::find_if(all.rbegin(), all.rend(), [](const ChatMessage& message) {
        return message.visible() && message.author == bot_name && message.only_for.empty();
    });
    return found == all.rend() ? std::string() : found->id;
}

}  // namespace podbrief::doubles
