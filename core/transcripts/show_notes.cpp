#include "core/transcripts/show_notes.hpp"

#include "core/text/html.hpp"
#include "core/text/sentences.hpp"
#include "core/text/unicode.hpp"
#include "core/transcripts/advert_signs.hpp"
#include "core/transcripts/marks.hpp"
#include "core/transcripts/phrases.hpp"
#include "core/transcripts/scanning.hpp"

namespace podbrief::transcripts {
namespace {

constexpr std::ptrdiff_t shortest_sentence = 5;   // words
constexpr std::ptrdiff_t shortest_paragraph = 8;  // words
constexpr std::size_t longest_notes = 64 * 1024;  // bytes read

std::ptrdiff_t word_count(std::string_view s) {
    return s.empty() ? 0 : std::count(s.begin(), s.end(), ' ') + 1;
}

bool has_address(std::string_view lower) {
    return lower.find("://") != std::string_view::npos || lower.find("www.") != std::string_view::npos;
}

// Calls to subscribe, credits, legal lines: what stands in every episode's notes.
bool is_boilerplate(std::string_view lower) {
    return has_phrase(lower, {"subscribe",
                              "follow us",
                              "follow the show",
                              "join the discussion",
                              "leave a review",
                              "leave us a review",
                              "rate and review",
                              "support the show",
                              "support our work",
                              "patreon",
                              "ad choices",
                              "adchoices",
                              "privacy policy",
                              "hosted on acast",
                              "all rights reserved",
                              "copyright",
                              "theme music",
                              "produced by",
                              "edited by",
                              "music by",
                              "newsletter",
                              "connect with us",
                              "find us on",
                              "email us",
                              "join our community",
                              "become a member",
                              "our members",
                              "wherever you get your podcasts",
                              "apple podcasts",
                              "show notes",
                              "transcript",
                              "learn more about your",
                              "something missing or broken",
                              "prs welcome",
                              "sponsor",
                              "sponsors",
                              "sponsored",
                              "ad-free"});
}

bool keeps(std::string_view sentence) {
    std::string lower(sentence);
    for (char& c : lower) c = text::ascii_lower(c);
    const AdvertSigns signs = advert_signs(sentence, lower);
    return word_count(sentence) >= shortest_sentence && !has_address(lower) && !is_boilerplate(lower) &&
           !signs.announced && signs.actions < 2;
}

// The sentences of a line worth keeping; empty for list items, chapter marks and the like.
std::string prose_of(std::string_view line) {
    while (!line.empty() && (line.front() == '-' || line.front() == '*' || line.front() == ' ')) line.remove_prefix(1);
    const bool ends = line.find_first_of(".?!") != std::string_view::npos;
    if (!ends || word_count(line) < shortest_paragraph || leading_mark(line)) return {};
    std::string kept;
    for (const text::ByteRange& sentence : text::sentences(line)) {
        if (!keeps(sentence.in(line))) continue;
        if (!kept.empty()) kept += ' ';
        kept += sentence.in(line);
    }
    return word_count(kept) >= shortest_paragraph ? kept : std::string();
}

}  // namespace

std::optional<ParsedTranscript> segments_from_notes(const Episode& episode) {
    const std::string notes = text::html_to_text(std::string_view(episode.notes).substr(0, longest_notes));
    ParsedTranscript parsed;
    parsed.format = TranscriptFormat::show_notes;
    std::size_t characters = 0;
    std::string_view line;
    for (Lines lines(notes); lines.next(line);) {
        Segment segment;
        segment.text = prose_of(line);
        if (segment.text.empty()) continue;
        characters += text::code_point_count(segment.text);
        parsed.segments.push_back(std::move(segment));
    }
    if (characters < static_cast<std::size_t>(shortest_notes)) return std::nullopt;
    return parsed;
}

}  // namespace podbrief::transcripts
