#include "core/transcripts/marks.hpp"

#include "core/transcripts/clock_times.hpp"
#include "core/transcripts/labels.hpp"
#include "core/transcripts/scanning.hpp"

namespace podbrief::transcripts {
namespace {

constexpr std::size_t longest_mark = 16;  // bytes of a time

// The mark whose opening bracket is at `open`, its closing one being `close`.
std::optional<Mark> mark_at(std::string_view s, std::size_t open, char close) {
    const std::size_t end = s.substr(0, open + longest_mark + 3).find(close, open);
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view inside = s.substr(open + 1, end - open - 1);
    if (!inside.empty() && inside.back() == '\\') inside.remove_suffix(1);
    const auto time = mark_time(trimmed(inside));
    if (!time) return std::nullopt;
    Mark mark{*time, open, end + 1};
    if (mark.begin > 0 && s[mark.begin - 1] == '\\') --mark.begin;
    while (mark.end < s.size() && text::is_ascii_space(s[mark.end])) ++mark.end;
    return mark;
}

}  // namespace

std::optional<Mark> next_mark(std::string_view s, std::size_t from) {
    for (std::size_t at = s.find('[', from); at != std::string_view::npos; at = s.find('[', at + 1)) {
        if (const auto mark = mark_at(s, at, ']')) return mark;
    }
    return std::nullopt;
}

std::optional<Mark> leading_mark(std::string_view s) {
    if (s.empty()) return std::nullopt;
    if (s.front() == '[') return mark_at(s, 0, ']');
    if (s.front() == '\\' && s.size() > 1 && s[1] == '[') return mark_at(s, 1, ']');
    if (s.front() == '(') return mark_at(s, 0, ')');
    if (!text::is_ascii_digit(s.front())) return std::nullopt;
    const std::size_t end = std::min(s.find_first_of(" \t\n"), s.size());
    const auto time = end <= longest_mark ? mark_time(s.substr(0, end)) : std::nullopt;
    if (!time) return std::nullopt;
    Mark mark{*time, 0, end};
    while (mark.end < s.size() && text::is_ascii_space(s[mark.end])) ++mark.end;
    return mark;
}

std::optional<MarkedName> marked_name(std::string_view line) {
    line = trimmed(line);
    if (!line.empty() && line.back() == ':') line.remove_suffix(1);
    if (line.size() > 100) return std::nullopt;
    const std::size_t begin = line.find_last_of(" \t([");
    if (begin == std::string_view::npos || begin == 0) return std::nullopt;
    std::string_view time = line.substr(begin + 1);
    if (!time.empty() && (time.back() == ')' || time.back() == ']')) time.remove_suffix(1);
    const auto at = mark_time(time);
    std::string_view name = trimmed(line.substr(0, begin));
    while (!name.empty() && (name.back() == '-' || name.back() == ':' || name.back() == ' ')) name.remove_suffix(1);
    if (!at || !could_be_name(name)) return std::nullopt;
    return MarkedName{name, *at};
}

}  // namespace podbrief::transcripts
