#include "core/transcripts/markdown_text.hpp"

#include <algorithm>

#include "core/text/html.hpp"
#include "core/text/unicode.hpp"
#include "core/transcripts/scanning.hpp"

namespace podbrief::transcripts {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t longest_url = 4096;

bool is_word(char c) {
    return text::is_ascii_alnum(c) || c == '_' || !text::is_ascii(c);
}

// Past the closing round bracket of a link whose "(" is at `at`; one level of brackets inside is allowed. npos: none.
std::size_t end_of_url(std::string_view s, std::size_t at) {
    int depth = 0;
    const std::size_t limit = std::min(s.size(), at + longest_url);
    for (; at < limit; ++at) {
        if (s[at] == '(' && ++depth > 2) return npos;
        if (s[at] == ')' && --depth == 0) return at + 1;
    }
    return npos;
}

// [words](url) becomes words, ![words](url) nothing.
std::string without_links(std::string_view s) {
    std::string out;
    std::size_t done = 0;
    for (std::size_t open = s.find('['); open != npos; open = s.find('[', open + 1)) {
        const std::size_t close = s.find_first_of("[]", open + 1);
        if (close == npos) break;
        if (s[close] == '[' || close + 1 >= s.size() || s[close + 1] != '(') continue;
        const std::size_t end = end_of_url(s, close + 1);
        if (end == npos || (open > 0 && s[open - 1] == '\\')) continue;
        const bool image = open > done && s[open - 1] == '!';
        out.append(s.substr(done, open - done - (image ? 1 : 0)));
        if (!image) out.append(s.substr(open + 1, close - open - 1));
        done = end;
        open = end - 1;
    }
    out.append(s.substr(done));
    return out;
}

bool is_rule(std::string_view line) {
    if (line.size() < 3) return false;
    return std::all_of(line.begin(), line.end(), [](char c) { return c == '-'; }) ||
           std::all_of(line.begin(), line.end(), [](char c) { return c == '*'; }) ||
           std::all_of(line.begin(), line.end(), [](char c) { return c == '_'; });
}

// Marks at the start of lines: quotes, headings; whole lines that are rules.
std::string without_line_marks(std::string_view s) {
    std::string out;
    std::string_view line;
    for (Lines lines(s); lines.next(line);) {
        line = trimmed(line);
        if (is_rule(line)) continue;
        if (take(line, ">")) line = trimmed(line);
        const std::size_t hashes = std::min(line.find_first_not_of('#'), line.size());
        if (hashes >= 1 && hashes <= 6 && hashes < line.size() && line[hashes] == ' ') line.remove_prefix(hashes + 1);
        if (!out.empty()) out += '\n';
        out += line;
    }
    return out;
}

// Pairs of `mark` around words that begin and end without white space lose it. Where `of_words`, the pair must not
// touch letters outside.
std::string without_pairs(std::string_view s, std::string_view mark, bool of_words) {
    std::string out;
    std::size_t done = 0;
    const auto touches = [&](std::size_t at) {
        return of_words && at < s.size() && (is_word(s[at]) || s[at] == mark[0]);
    };
    const auto escaped = [&](std::size_t at) { return at > 0 && s[at - 1] == '\\'; };
    for (std::size_t open = s.find(mark); open != npos;) {
        const std::size_t begin = open + mark.size();
        const std::size_t next = s.find(mark, begin);
        if (next == npos) break;
        const bool opens = begin < s.size() && !text::is_ascii_space(s[begin]) && !escaped(open) && next > begin &&
                           !(open > 0 && touches(open - 1));
        const bool closes = !text::is_ascii_space(s[next - 1]) && !escaped(next) && !touches(next + mark.size());
        if (!opens || !closes) {
            open = next;
            continue;
        }
        out.append(s.substr(done, open - done));
        out.append(s.substr(begin, next - begin));
        done = next + mark.size();
        open = s.find(mark, done);
    }
    out.append(s.substr(done));
    return out;
}

// What a backslash may stand before.
bool is_punctuation(char c) {
    return c > ' ' && c < 0x7F && !text::is_ascii_alnum(c);
}

std::string without_escapes(std::string_view s) {
    std::string out;
    for (std::size_t i = 0; i < s.size(); ++i) {
        const bool escape = s[i] == '\\' && i + 1 < s.size() && is_punctuation(s[i + 1]);
        if (escape) ++i;
        out += s[i];
    }
    return out;
}

// "[unintelligible 00:12:34.56]" -> "[unintelligible]".
std::string without_mark_times(std::string_view s) {
    std::string out;
    std::size_t done = 0;
    for (std::size_t open = s.find('['); open != npos; open = s.find('[', open + 1)) {
        std::string_view inside = s.substr(open + 1, 64);
        const std::size_t close = inside.find(']');
        if (close == npos) continue;
        inside = inside.substr(0, close);
        const std::size_t space = inside.find(' ');
        const std::string_view word = inside.substr(0, space);
        if (space == npos || (!equals_any_case(word, "unintelligible") && !equals_any_case(word, "inaudible")))
            continue;
        out.append(s.substr(done, open + 1 + space - done));
        done = open + 1 + close;
    }
    out.append(s.substr(done));
    return out;
}

}  // namespace

std::string plain_markdown(std::string_view markdown) {
    std::string s = without_line_marks(markdown);
    const auto has = [&](std::string_view mark) { return s.find(mark) != std::string::npos; };
    if (has("](")) s = without_links(s);
    if (has("`")) s = without_pairs(s, "`", false);
    if (has("**")) s = without_pairs(s, "**", false);
    if (has("__")) s = without_pairs(s, "__", false);
    if (has("*")) s = without_pairs(s, "*", true);
    if (has("_")) s = without_pairs(s, "_", true);
    if (has("\\")) s = without_escapes(s);
    if (has("[")) s = without_mark_times(s);
    if (has("&")) s = text::decode_references(s);
    return text::collapse_white_space(s);
}

}  // namespace podbrief::transcripts
