#include "core/insights/tokens.hpp"

#include <algorithm>

#include "core/text/ascii.hpp"
#include "core/text/words.hpp"

namespace podbrief::insights {
namespace {

bool has_inner_capital(std::string_view word) {
    return word.size() > 1 && std::any_of(word.begin() + 1, word.end(), text::is_ascii_upper);
}

}  // namespace

Tokens::Tokens(std::string_view text) : lowered_(text.size()) {
    std::transform(text.begin(), text.end(), lowered_.begin(), text::ascii_lower);
    const std::string_view lowered(lowered_.data(), lowered_.size());
    const std::vector<text::ByteRange> words = text::words(text);
    before = words.empty() ? text : text.substr(0, words.front().begin);
    list.reserve(words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::size_t next = i + 1 < words.size() ? words[i + 1].begin : text.size();
        const std::string_view lower = words[i].in(lowered);
        list.push_back({words[i].in(text), lower, text.substr(words[i].end, next - words[i].end), classes_of(lower)});
    }
}

bool has_digit(std::string_view word) {
    return std::any_of(word.begin(), word.end(), text::is_ascii_digit);
}

bool is_name(std::span<const Token> words, std::size_t i) {
    const Token& token = words[i];
    if (token.is(first_singular) || token.word == "OK") return false;
    if (has_inner_capital(token.word)) return true;
    const bool at_start = i == 0 || words[i - 1].after.find_first_of("\"(:") != std::string_view::npos;
    return token.capital() && !at_start;
}

bool is_telling(const Token& token) {
    if (has_inner_capital(token.word)) return token.word != "OK" && !token.is(first_singular);
    return !token.is(common | auxiliary | verb | preposition) && token.lower.size() > 2 &&
           !text::is_stop_word(token.lower);
}

bool begins_a_name(std::span<const Token> words, std::size_t i) {
    const bool joined = i + 1 < words.size() && (words[i].after == " " || words[i].after == "-");
    return joined && words[i].lower == "open" &&
           one_of(words[i + 1].lower, {"source", "weight", "weights", "model", "models", "data", "web", "standard",
                                       "standards", "banking", "access", "science"});
}

std::string plain_punctuation(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '[') {
            const std::size_t end = text.find(']', at);
            if (end != std::string_view::npos && end - at <= 60) {
                at = end;
                if (!out.empty() && out.back() == ' ') out.pop_back();
                continue;
            }
        }
        const std::string_view three = text.substr(at, 3);
        if (three == "\xE2\x80\x98" || three == "\xE2\x80\x99") {
            out += '\'';
        } else if (three == "\xE2\x80\x9C" || three == "\xE2\x80\x9D") {
            out += '"';
        } else if (three == "\xE2\x80\xA6") {
            out += "...";
        } else if (three == "\xE2\x80\x94") {
            out += " -- ";
        } else {
            out += text[at];
            continue;
        }
        at += 2;
    }
    return out;
}

}  // namespace podbrief::insights
