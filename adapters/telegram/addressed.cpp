#include "adapters/telegram/addressed.hpp"

#include <algorithm>
#include <string_view>

#include "adapters/telegram/menu.hpp"
#include "core/rendering/measure.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::telegram {
namespace {

bool same_name(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

// The byte at which that many UTF-16 units of valid UTF-8 have passed; its size where there are fewer.
std::size_t byte_at(std::string_view utf8, std::int64_t units) {
    std::size_t at = 0;
    while (at < utf8.size() && units > 0) {
        const auto lead = static_cast<unsigned char>(utf8[at]);
        const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        units -= size == 4 ? 2 : 1;
        at += size;
    }
    return std::min(at, utf8.size());
}

struct Stretch {
    std::size_t begin = 0;
    std::size_t end = 0;
};
Stretch bytes_of(std::string_view text, const IncomingEntity& entity) {
    const std::size_t begin = byte_at(text, entity.offset);
    return {begin, begin + byte_at(text.substr(begin), entity.length)};
}

struct CommandWord {
    std::string word;  // "forget me"
    std::string name;  // the bot it was addressed to; empty: to whoever has such a command
    std::string rest;
};

std::optional<CommandWord> command_of(const Message& message) {
    for (const IncomingEntity& entity : message.entities) {
        if (entity.type != "bot_command" || entity.offset != 0) continue;
        const auto [begin, end] = bytes_of(message.text, entity);
        std::string word = message.text.substr(begin, end - begin);
        if (word.size() < 2 || word.front() != '/') continue;
        CommandWord out;
        word.erase(0, 1);
        if (const auto at = word.find('@'); at != std::string::npos) {
            out.name = word.substr(at + 1);
            word.resize(at);
        }
        out.word = std::move(word);
        out.rest = text::collapse_white_space(std::string_view(message.text).substr(end));
        return out;
    }
    return std::nullopt;
}

// The text without mentions of us; nullopt: there are none.
std::optional<std::string> without_mention(const Message& message, const Bot& bot) {
    std::string left;
    std::size_t done = 0;
    bool found = false;
    for (const IncomingEntity& entity : message.entities) {
        const auto [begin, end] = bytes_of(message.text, entity);
        if (begin < done) continue;
        const std::string_view words = std::string_view(message.text).substr(begin, end - begin);
        const bool by_name = entity.type == "mention" && words.size() > 1 && same_name(words.substr(1), bot.username);
        const bool by_id = entity.type == "text_mention" && entity.user == bot.id && bot.id != 0;
        if (!by_name && !by_id) continue;
        found = true;
        left += message.text.substr(done, begin - done) + " ";
        done = end;
    }
    if (!found) return std::nullopt;
    return left + message.text.substr(done);
}

std::optional<Said> command_to_us(const CommandWord& command, const Bot& bot, bool direct) {
    if (!command.name.empty() && !same_name(command.name, bot.username)) return std::nullopt;
    // Where others listen too, a command without a name is ours if our menu has it.
    if (command.name.empty() && !direct && !same_name(command.word, "start") && !is_in_menu(command.word)) {
        return std::nullopt;
    }
    Said said;
    if (same_name(command.word, "start")) {
        said.started = true;
        said.text = command.rest;
        return said;
    }
    std::string word = command.word;
    std::replace(word.begin(), word.end(), '_', ' ');
    said.text = word + (command.rest.empty() ? "" : " ") + command.rest;
    return said;
}

}  // namespace

std::optional<Said> said_to_us(const Message& message, const Bot& bot) {
    const bool direct = message.chat.type == Chat::Type::private_chat;
    if (const auto command = command_of(message)) return command_to_us(*command, bot, direct);
    Said said;
    if (const auto left = without_mention(message, bot)) {
        said.text = *left;
        return said;
    }
    // In a forum every message is, for the API, a reply to the one that began its topic.
    const bool replies_to_us =
        message.reply_to_user == bot.id && bot.id != 0 && message.reply_to != message.message_thread_id;
    if (!direct && !replies_to_us) return std::nullopt;
    if (message.text.empty()) return std::nullopt;  // a picture, a sticker, a service message
    said.text = message.text;
    return said;
}

}  // namespace podbrief::telegram
