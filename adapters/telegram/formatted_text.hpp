#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace podbrief::telegram {

// MessageEntity: a stretch of the text, counted in UTF-16 units.
struct Entity {
    enum class Type { bold, italic, blockquote, text_link };
    Type type = Type::bold;
    std::size_t offset = 0;
    std::size_t length = 0;
    std::string url;  // text_link
    bool operator==(const Entity&) const = default;
};
std::string_view to_string(Entity::Type);

// Plain text and what is special about parts of it: sent so, nothing in the text can become markup.
struct FormattedText {
    std::string text;              // UTF-8
    std::vector<Entity> entities;  // by offset
    std::size_t units = 0;         // UTF-16 units of the text

    FormattedText& add(std::string_view more);
    FormattedText& add(std::string_view more, Entity::Type type, std::string url = {});
    FormattedText& add(const FormattedText& more);
    bool empty() const { return text.empty(); }
};

// Inert text in which Telegram's clients find nothing to press: an invisible word joiner parts what they would take
// for a mention, a command, a hashtag or an address.
std::string untouchable(std::string_view text, bool keep_lines = false);

}  // namespace podbrief::telegram
