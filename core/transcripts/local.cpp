#include "core/transcripts/local.hpp"

#include "core/text/unicode.hpp"
#include "core/transcripts/clock_times.hpp"
#include "core/transcripts/file_names.hpp"
#include "core/transcripts/scanning.hpp"

namespace podbrief::transcripts {
namespace {

constexpr std::size_t longest_front_matter = 16 * 1024;

bool is_fence(std::string_view line) {
    return trimmed(line) == "---";
}

std::string_view unquoted(std::string_view value) {
    value = trimmed(value);
    if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front()) {
        value = value.substr(1, value.size() - 2);
    }
    return value;
}

// "3723", "1:02:03" or "62:03".
Millis duration_of(std::string_view value) {
    if (const auto time = mark_time(value)) return *time;
    std::int64_t seconds = 0;
    for (const char c : value) {
        if (!text::is_ascii_digit(c) || seconds > 10'000'000) return Millis::zero();
        seconds = seconds * 10 + (c - '0');
    }
    return std::chrono::seconds{seconds};
}

void take_fact(LocalEpisode& local, std::string_view key, std::string_view raw) {
    const std::string value = text::collapse_white_space(text::to_valid_utf8(unquoted(raw)));
    if (value.empty()) return;
    Episode& episode = local.episode;
    const auto is = [&](std::string_view name) { return equals_any_case(key, name); };
    if (is("title")) episode.title = value;
    if (is("show") || is("podcast")) local.show = value;
    if (is("link") || is("url")) episode.link = value;
    if (is("guid")) episode.guid = value;
    if (is("duration")) episode.duration = duration_of(value);
    if (is("language")) episode.transcripts.front().language = value;
    if (is("date") || is("published")) {
        if (const auto date = facts_from_name(value).date) episode.published_at = date;
    }
}

// The folder a file lies in; empty at the top.
std::string_view folder_of(std::string_view path) {
    const std::size_t end = path.find_last_of('/');
    if (end == std::string_view::npos) return {};
    const std::string_view folders = path.substr(0, end);
    return folders.substr(folders.find_last_of('/') + 1);
}

}  // namespace

std::size_t front_matter_size(std::string_view text) {
    const std::string_view head = text.substr(0, longest_front_matter);
    std::string_view line;
    Lines lines(head);
    if (!lines.next(line) || !is_fence(line)) return 0;
    while (lines.next(line)) {
        // Front matter is keys and values; a rule at the top of a text is none.
        if (is_fence(line)) return static_cast<std::size_t>(line.data() + line.size() - text.data());
        if (line.find(':') == std::string_view::npos && !trimmed(line).empty() && line.front() != ' ' &&
            line.front() != '-') {
            return 0;
        }
    }
    return 0;
}

std::optional<LocalEpisode> episode_from_file(const LocalFile& file) {
    if (!format_of_name(file.relative_path)) return std::nullopt;
    const NameFacts facts = facts_from_name(file.relative_path);
    LocalEpisode local;
    Episode& episode = local.episode;
    episode.guid = file.relative_path;
    episode.title = facts.title;
    episode.published_at = facts.date ? *facts.date : file.modified_at;
    episode.first_seen_at = file.seen_at;
    episode.next_attempt_at = file.seen_at;
    episode.transcripts.push_back({file.url, "", "", ""});
    local.show = text::to_valid_utf8(folder_of(file.relative_path));

    std::string_view head = file.head;
    take(head, "\xEF\xBB\xBF");
    std::string_view line;
    for (Lines lines(head.substr(0, front_matter_size(head))); lines.next(line);) {
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos) take_fact(local, trimmed(line.substr(0, colon)), line.substr(colon + 1));
    }
    return local;
}

}  // namespace podbrief::transcripts
