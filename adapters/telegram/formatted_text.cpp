#include "adapters/telegram/formatted_text.hpp"

#include <utility>

#include "core/commands/inert.hpp"
#include "core/rendering/measure.hpp"

namespace podbrief::telegram {
namespace {

constexpr std::string_view word_joiner = "\u2060";

bool is_ascii_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_ascii_word(char c) {
    return is_ascii_letter(c) || (c >= '0' && c <= '9') || c == '_';
}

// Letters of any script: whatever is not ASCII may be part of a name or a host.
bool is_word(char c) {
    return is_ascii_word(c) || static_cast<unsigned char>(c) >= 0x80U;
}

// Whether something that clients make a link of would go on behind text[at].
bool begins_something(std::string_view text, std::size_t at) {
    const char before = at == 0 ? ' ' : text[at - 1];
    const char after = at + 1 < text.size() ? text[at + 1] : ' ';
    switch (text[at]) {
        case '@':  // mentions, addresses of mail
            return is_word(after);
        case '#':
        case '$':  // hashtags and cashtags
            return (is_ascii_letter(after) || static_cast<unsigned char>(after) >= 0x80U) && !is_ascii_word(before);
        case '/':  // commands; and the path of an address
            return is_word(after) && !is_ascii_word(before);
        case ':':  // "https://", "tg://"
            return after == '/' && is_ascii_letter(before);
        case '.':  // hosts; no numbers such as 2.5
            return is_word(after) && is_word(before) &&
                   !(after >= '0' && after <= '9' && before >= '0' && before <= '9');
        default:
            return false;
    }
}

}  // namespace

std::string_view to_string(Entity::Type type) {
    switch (type) {
        case Entity::Type::bold:
            return "bold";
        case Entity::Type::italic:
            return "italic";
        case Entity::Type::blockquote:
            return "blockquote";
        case Entity::Type::text_link:
            return "text_link";
    }
    return "";
}

FormattedText& FormattedText::add(std::string_view more) {
    text += more;
    units += rendering::utf16_units(more);
    return *this;
}

FormattedText& FormattedText::add(std::string_view more, Entity::Type type, std::string url) {
    const std::size_t length = rendering::utf16_units(more);
    if (length > 0) entities.push_back({type, units, length, std::move(url)});
    text += more;
    units += length;
    return *this;
}

FormattedText& FormattedText::add(const FormattedText& more) {
    for (Entity entity : more.entities) {
        entity.offset += units;
        entities.push_back(std::move(entity));
    }
    text += more.text;
    units += more.units;
    return *this;
}

std::string untouchable(std::string_view text, bool keep_lines) {
    const std::string plain = commands::inert(text, keep_lines);
    std::string out;
    out.reserve(plain.size() + 16);
    for (std::size_t at = 0; at < plain.size(); ++at) {
        out += plain[at];
        if (begins_something(plain, at)) out += word_joiner;
    }
    return out;
}

}  // namespace podbrief::telegram
