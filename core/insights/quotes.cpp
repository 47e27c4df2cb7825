#include "core/insights/quotes.hpp"

#include <algorithm>
#include <string>

#include "core/insights/tokens.hpp"
#include "core/text/unicode.hpp"
#include "core/text/words.hpp"

namespace podbrief::insights {
namespace {

std::vector<std::string> folded_words(std::string_view text, const std::vector<text::ByteRange>& words) {
    std::vector<std::string> folded;
    folded.reserve(words.size());
    for (const text::ByteRange& word : words) folded.push_back(text::fold(plain_punctuation(word.in(text))));
    return folded;
}

bool ends_sentence(char c) {
    return c == '.' || c == '!' || c == '?';
}

}  // namespace

std::optional<text::ByteRange> find_words(std::string_view text, std::string_view said) {
    const std::vector<text::ByteRange> wanted = text::words(said);
    if (wanted.empty()) return std::nullopt;
    if (const std::size_t at = text.find(said); at != std::string_view::npos) {
        // Byte for byte, and not inside of words.
        const std::vector<text::ByteRange> there = text::words(text);
        const auto begins = [&](const text::ByteRange& w) { return w.begin == at + wanted.front().begin; };
        const auto ends = [&](const text::ByteRange& w) { return w.end == at + wanted.back().end; };
        if (std::any_of(there.begin(), there.end(), begins) && std::any_of(there.begin(), there.end(), ends)) {
            return text::ByteRange{at, at + said.size()};
        }
    }
    const std::vector<text::ByteRange> there = text::words(text);
    const std::vector<std::string> needle = folded_words(said, wanted);
    const std::vector<std::string> hay = folded_words(text, there);
    const auto found = std::search(hay.begin(), hay.end(), needle.begin(), needle.end());
    if (found == hay.end()) return std::nullopt;
    const auto first = static_cast<std::size_t>(found - hay.begin());
    text::ByteRange range{there[first].begin, there[first + needle.size() - 1].end};
    while (range.end < text.size() && ends_sentence(text[range.end])) ++range.end;
    return range;
}

std::vector<std::string_view> quotations_in(std::string_view text) {
    constexpr std::string_view open = "\u201C";
    constexpr std::string_view close = "\u201D";
    std::vector<std::string_view> found;
    std::size_t begin = std::string_view::npos;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool straight = text[at] == '"';
        const bool opens = text.substr(at).starts_with(open);
        const bool closes = text.substr(at).starts_with(close);
        if (!straight && !opens && !closes) continue;
        const std::size_t size = straight ? 1 : open.size();
        if (begin == std::string_view::npos) {
            begin = at + size;
        } else {
            found.push_back(text.substr(begin, at - begin));
            begin = std::string_view::npos;
        }
        at += size - 1;
    }
    if (begin != std::string_view::npos) found.push_back(text.substr(begin));  // never closed
    return found;
}

}  // namespace podbrief::insights
