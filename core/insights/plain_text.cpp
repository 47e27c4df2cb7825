#include "core/insights/plain_text.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <string>

#include "core/insights/gates.hpp"
#include "core/insights/model_gates.hpp"
#include "core/text/ascii.hpp"
#include "core/text/code_points.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::insights {
namespace {

bool is_letter(char c) {
    return text::is_ascii_letter(c) || !text::is_ascii(c);
}

// "example.org", "t.me", but not "U.S.", "3.5", "e.g." nor "Node.js".
bool is_host(std::string_view text, std::size_t dot) {
    if (dot == 0 || dot + 2 >= text.size()) return false;
    if (!text::is_ascii_alnum(text[dot - 1]) && text::is_ascii(text[dot - 1])) return false;
    std::size_t end = dot + 1;
    while (end < text.size() && is_letter(text[end])) ++end;
    const std::string_view last = text.substr(dot + 1, end - dot - 1);
    const bool initial = (dot == 1 || !is_letter(text[dot - 2])) && last.size() == 1;
    if (last.size() < 2 || initial) return false;
    // The end of a sentence without a space after it ("did.The") looks like a host, and would be made a link, too.
    return !(last == "js" || last == "JS" || last == "ts");
}

bool has_link(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), text::ascii_lower);
    for (const std::string_view part : {"://", "www.", "http:", "https:", "mailto:", "tel:", "javascript:", "data:"}) {
        if (lower.find(part) != std::string::npos) return true;
    }
    // Full stops that only look different (fullwidth, ideographic) make hosts as well.
    for (const std::string_view dot : {"\u3002", "\uFF0E", "\uFF61", "\u2024"}) {
        if (lower.find(dot) != std::string::npos) return true;
    }
    for (std::size_t at = text.find('.'); at != std::string_view::npos; at = text.find('.', at + 1)) {
        if (is_host(text, at)) return true;
    }
    return false;
}

bool is_plain_mark(char32_t c) {
    constexpr std::u32string_view marks =
        U" .,;:!?'\"()-%$&/+=\u2018\u2019\u201C\u201D\u2013\u2014\u2026\u20AC\u00A3\u00A5"
        U"\u00B0\u00B7\u00A0";
    return marks.find(c) != std::u32string_view::npos;
}

// "C#", "F#" and nothing else.
bool is_sharp(std::string_view text, std::size_t at) {
    const bool one_letter =
        at > 0 && text::is_ascii_upper(text[at - 1]) && (at == 1 || !text::is_ascii_alnum(text[at - 2]));
    return one_letter && (at + 1 == text.size() || !text::is_ascii_alnum(text[at + 1]));
}

}  // namespace

std::string_view plain_text_fault(std::string_view text) {
    if (has_link(text)) return gate::link;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t here = at;
        const UChar32 c = text::next_code_point(text, at);
        if (c < 0) return gate::markup;
        if (c == '@') return gate::link;
        if (c == '#' && is_sharp(text, here)) continue;
        if (is_plain_mark(static_cast<char32_t>(c))) continue;
        const auto type = u_charType(c);
        const bool letter = u_isalpha(c) != 0 || type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK;
        if (!letter && u_isdigit(c) == 0) return gate::markup;
    }
    // "&amp;", "&#42;": what a renderer might decode once more
    const std::size_t ampersand = text.find('&');
    const bool reference = ampersand != std::string_view::npos && ampersand + 1 < text.size() &&
                           text::is_ascii_letter(text[ampersand + 1]) && text.find(';', ampersand) != text.npos &&
                           text.find(';', ampersand) < text.find(' ', ampersand);
    if (reference || text.find("--") != std::string_view::npos || text.find("](") != std::string_view::npos) {
        return gate::markup;
    }
    return gate::none;
}

bool speaks_to_the_machine(std::string_view text) {
    constexpr auto orders = std::to_array<std::string_view>({"previous instructions", "prior instructions",
                                                             "above instructions",    "earlier instructions",
                                                             "all instructions",      "your instructions",
                                                             "new instructions",      "instructions above",
                                                             "system prompt",         "system override",
                                                             "ignore the above",      "ignore all previous",
                                                             "ignore everything",     "disregard all",
                                                             "disregard any",         "disregard the above",
                                                             "disregard your",        "forget everything above",
                                                             "developer mode",        "do anything now",
                                                             "attention model",       "note to the model",
                                                             "to the language model", "to the summarizer",
                                                             "the assistant must",    "assistant:",
                                                             "output exactly",        "respond only with",
                                                             "reply with exactly",    "output the following",
                                                             "add the following",     "include the following",
                                                             "mention everyone",      "segment_ids"});
    const std::string folded = text::fold(text);
    return std::any_of(orders.begin(), orders.end(),
                       [&](std::string_view order) { return folded.find(order) != std::string::npos; });
}

}  // namespace podbrief::insights
