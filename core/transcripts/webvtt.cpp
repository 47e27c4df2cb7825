// WebVTT, as podcasts write it. https://www.w3.org/TR/webvtt1/#file-parsing
// A cue whose times cannot be read keeps its words: its times are estimated later.
#include "core/transcripts/clock_times.hpp"
#include "core/transcripts/cue_text.hpp"
#include "core/transcripts/draft.hpp"
#include "core/transcripts/labels.hpp"
#include "core/transcripts/scanning.hpp"

namespace podbrief::transcripts {
namespace {

bool is_timing(std::string_view line) {
    return line.find("-->") != std::string_view::npos;
}

// NOTE, STYLE and REGION blocks: the word alone or followed by white space.
bool opens(std::string_view line, std::string_view block) {
    return line.starts_with(block) && (line.size() == block.size() || text::is_ascii_space(line[block.size()]));
}

class WebVttReader {
public:
    explicit WebVttReader(std::string_view text) : lines_(text) {}

    Draft read() {
        advance();  // "WEBVTT"
        skip_header();
        while (more_ && !draft_.full()) {
            if (trimmed(line_).empty()) {
                advance();
            } else if (is_timing(line_)) {
                read_cue();
            } else if (opens(line_, "NOTE") || opens(line_, "STYLE") || opens(line_, "REGION")) {
                skip_block();
            } else {
                advance();  // the name of a cue
                if (more_ && !is_timing(line_)) skip_block();
            }
        }
        if (!voices_) take_labels(draft_.cues);
        return std::move(draft_);
    }

private:
    void advance() { more_ = lines_.next(line_); }

    void skip_block() {
        while (more_ && !trimmed(line_).empty() && !is_timing(line_)) advance();
    }

    void skip_header() {
        while (more_ && !trimmed(line_).empty() && !is_timing(line_)) {
            if (starts_with_any_case(line_, "language:")) draft_.language = trimmed(line_.substr(9));
            advance();
        }
    }

    void read_cue() {
        const Timing timing = webvtt_timing(line_).value_or(Timing{unknown_time, unknown_time});
        std::string_view payload;
        for (advance(); more_ && !trimmed(line_).empty() && !is_timing(line_); advance()) {
            const char* begin = payload.empty() ? line_.data() : payload.data();
            payload = {begin, static_cast<std::size_t>(line_.data() + line_.size() - begin)};
        }
        std::vector<VoicePiece> pieces = read_cue_text(payload, CaptionMarkup::webvtt);
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            if (pieces[i].voice) {
                speaker_ = *pieces[i].voice;
                voices_ = true;
            }
            Cue cue;
            cue.speaker = speaker_;
            cue.text = std::move(pieces[i].text);
            if (i == 0) cue.start = timing.start;
            if (i + 1 == pieces.size()) cue.end = timing.end;
            draft_.cues.push_back(std::move(cue));
        }
    }

    Lines lines_;
    std::string_view line_;
    bool more_ = true;
    bool voices_ = false;
    std::string speaker_;  // holds until the next voice
    Draft draft_;
};

}  // namespace

DraftResult read_webvtt(std::string_view text) {
    return WebVttReader(text).read();
}

}  // namespace podbrief::transcripts
