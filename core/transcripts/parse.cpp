#include "core/transcripts/parse.hpp"

#include <fmt/format.h>

#include <boost/throw_exception.hpp>
#include <stdexcept>

#include "core/text/unicode.hpp"
#include "core/transcripts/draft.hpp"
#include "core/transcripts/rolling.hpp"
#include "core/transcripts/scanning.hpp"
#include "core/transcripts/segments.hpp"
#include "core/transcripts/sniff.hpp"
#include "core/transcripts/timing.hpp"

namespace podbrief::transcripts {
namespace {

constexpr std::size_t longest_speaker = 100;  // characters

DraftResult read_draft(std::string_view text, TranscriptFormat format, const ParseHints& hints) {
    switch (format) {
        case TranscriptFormat::json:
            return read_json(text, hints.episode_duration);
        case TranscriptFormat::webvtt:
            return read_webvtt(text);
        case TranscriptFormat::srt:
            return read_srt(text);
        case TranscriptFormat::html:
            return read_html(text, hints.episode_duration);
        case TranscriptFormat::markdown:
            return read_markdown(text);
        case TranscriptFormat::text:
        case TranscriptFormat::show_notes:
            break;
    }
    return read_plain_text(text);
}

bool is_folded(std::string_view s) {
    bool space = true;
    for (const char c : s) {
        if (!text::is_ascii(c) || (text::is_ascii_space(c) && (space || c != ' '))) return false;
        space = c == ' ';
    }
    return !space || s.empty();
}

void fold(std::string& s) {
    if (!is_folded(s)) s = text::collapse_white_space(s);
}

// ">> NAME" and ">>" stand where another voice begins in captions made for television.
void take_turn_marks(Cue& cue) {
    if (!cue.text.starts_with(">>")) return;
    const std::size_t words = std::min(cue.text.find_first_not_of("> "), cue.text.size());
    cue.text.erase(0, words);
    cue.apart = true;
}

bool is_caption_format(TranscriptFormat format) {
    return format == TranscriptFormat::json || format == TranscriptFormat::webvtt || format == TranscriptFormat::srt;
}

// A page that says "Not found", or the notes instead of the talk.
bool too_little(const std::vector<Segment>& segments, Millis duration) {
    std::size_t characters = 0;
    for (const Segment& segment : segments) characters += segment.text.size();
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration).count();
    return seconds >= 120 && characters < static_cast<std::size_t>(seconds);
}

}  // namespace

void throw_exception_from_error(const TranscriptError& error, const boost::source_location& where) {
    boost::throw_exception(std::invalid_argument(error.message), where);
}

boost::system::result<ParsedTranscript, TranscriptError> parse_transcript(std::string_view bytes,
                                                                          const ParseHints& hints) {
    if (bytes.size() > size_limit) {
        return TranscriptError{
            fmt::format("the transcript has {} bytes; at most {} are read", bytes.size(), size_limit)};
    }
    const auto text = readable_text(bytes, hints.content_type);
    if (!text) return TranscriptError{"not text: sound, a picture or an archive"};
    ParsedTranscript parsed;
    parsed.format = sniff_format(*text, hints);
    DraftResult draft = read_draft(*text, parsed.format, hints);
    if (!draft) return draft.error();
    if (draft->full()) return TranscriptError{fmt::format("the transcript has more than {} captions", cue_limit)};

    for (Cue& cue : draft->cues) {
        fold(cue.text);
        fold(cue.speaker);
        if (cue.speaker.size() > longest_speaker) cue.speaker = text::prefix_of(cue.speaker, longest_speaker);
        if (is_caption_format(parsed.format)) take_turn_marks(cue);
    }
    if (is_caption_format(parsed.format)) remove_repeats(draft->cues);
    parsed.timed = settle_times(draft->cues, hints.episode_duration);
    parsed.segments = segments_of(std::move(draft->cues));
    parsed.language = text::to_lower(trimmed(draft->language).substr(0, 35));
    if (parsed.segments.empty()) return TranscriptError{"there are no words in the transcript"};
    if (parsed.segments.size() > segment_limit) {
        return TranscriptError{fmt::format("the transcript has more than {} turns", segment_limit)};
    }
    if (!is_caption_format(parsed.format) && too_little(parsed.segments, hints.episode_duration)) {
        return TranscriptError{"too few words for the length of the episode: not its transcript"};
    }
    return parsed;
}

}  // namespace podbrief::transcripts
