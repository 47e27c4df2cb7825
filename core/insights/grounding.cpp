#include "core/insights/grounding.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "core/insights/style.hpp"
#include "core/insights/tokens.hpp"
#include "core/text/ascii.hpp"
#include "core/text/sentences.hpp"
#include "core/text/unicode.hpp"
#include "core/text/words.hpp"

namespace podbrief::insights {
namespace {

std::string_view digits_of(std::string_view lower) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 13> numbers = {{
        {"two", "2"},
        {"three", "3"},
        {"four", "4"},
        {"five", "5"},
        {"six", "6"},
        {"seven", "7"},
        {"eight", "8"},
        {"nine", "9"},
        {"ten", "10"},
        {"eleven", "11"},
        {"twelve", "12"},
        {"twenty", "20"},
        {"hundred", "100"},
    }};
    for (const auto& [word, digits] : numbers) {
        if (word == lower) return digits;
    }
    return {};
}

// How a word is compared: folded, without a possessive, thousands' commas and full stops of acronyms.
std::string key_of(std::string_view word) {
    std::string key = text::fold(word);
    if (key.ends_with("'s")) key.resize(key.size() - 2);
    if (key.ends_with("'")) key.pop_back();
    if (text::is_ascii_digit(key.empty() ? ' ' : key[0])) std::erase(key, ',');
    if (key.size() >= 3 && key[1] == '.') std::erase(key, '.');
    if (const std::string_view digits = digits_of(key); !digits.empty()) return std::string(digits);
    return key;
}

void add_words(std::string_view text, std::set<std::string>& to) {
    const std::string plain = plain_punctuation(text);
    for (const text::ByteRange& word : text::words(plain)) to.insert(key_of(word.in(plain)));
}

}  // namespace

std::string_view ungrounded(std::string_view text, std::string_view quote, std::span<const std::string> persons) {
    std::set<std::string> there;
    add_words(quote, there);
    for (const std::string& person : persons) add_words(person, there);
    const std::string plain = plain_punctuation(text);
    for (const text::ByteRange& sentence : text::sentences(plain)) {
        const Tokens tokens(sentence.in(plain));
        for (std::size_t i = 0; i < tokens.list.size(); ++i) {
            const Token& token = tokens.list[i];
            const bool number = has_digit(token.word) || token.is(number_word);
            const bool inner =
                token.word.size() > 1 && std::any_of(token.word.begin() + 1, token.word.end(), text::is_ascii_upper);
            const bool name = inner || (token.capital() && i > 0 && !text::is_stop_word(token.lower));
            if (!number && !name) continue;
            if (there.contains(key_of(token.word))) continue;
            return number ? gate::ungrounded_number : gate::ungrounded_name;
        }
    }
    return gate::none;
}

}  // namespace podbrief::insights
