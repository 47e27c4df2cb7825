// SubRip, as leniently as players read it: numbers may be missing, repeated or fractional, blank lines may be missing
// or stand inside the text, arrows and separators may be odd, anything may follow the times.
#include "core/transcripts/clock_times.hpp"
#include "core/transcripts/cue_text.hpp"
#include "core/transcripts/draft.hpp"
#include "core/transcripts/labels.hpp"
#include "core/transcripts/scanning.hpp"

namespace podbrief::transcripts {
namespace {

bool is_index(std::string_view line) {
    if (line.empty() || line.size() > 12) return false;
    return std::all_of(line.begin(), line.end(), [](char c) { return text::is_ascii_digit(c) || c == '.'; });
}

class SrtReader {
public:
    Draft read(std::string_view text) {
        std::string_view line;
        Lines lines(text);
        while (!draft_.full() && lines.next(line)) {
            if (const auto timing = srt_timing(line)) {
                take_index();
                finish();
                timing_ = timing;
            } else {
                block_.push_back(trimmed(line));
            }
        }
        finish();
        if (!voices_) take_labels(draft_.cues);
        return std::move(draft_);
    }

private:
    // The number of the caption that begins is the last line read, if it is one: directly above the times, or further
    // up when it is the number that is due.
    void take_index() {
        std::size_t at = block_.size();
        while (at > 0 && block_[at - 1].empty()) --at;
        if (at == 0 || !is_index(block_[at - 1])) return;
        const bool above = at == block_.size();
        const std::size_t due = captions_ + (timing_ ? 2 : 1);
        if (above || block_[at - 1] == std::to_string(due)) block_.resize(at - 1);
    }

    // Makes a cue of the lines since the last timing line. What stands before the first one is no caption.
    void finish() {
        if (timing_) {
            std::string payload;
            for (const std::string_view line : block_) {
                if (!payload.empty()) payload += '\n';
                payload += line;
            }
            add(payload);
            ++captions_;
        }
        block_.clear();
    }

    void add(std::string_view payload) {
        std::vector<VoicePiece> pieces = read_cue_text(payload, CaptionMarkup::srt);
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            if (pieces[i].voice) {
                speaker_ = *pieces[i].voice;
                voices_ = true;
            }
            Cue cue;
            cue.speaker = speaker_;
            cue.text = std::move(pieces[i].text);
            if (i == 0) cue.start = timing_->start;
            if (i + 1 == pieces.size()) cue.end = timing_->end;
            draft_.cues.push_back(std::move(cue));
        }
    }

    std::vector<std::string_view> block_;  // lines since the last timing line
    std::optional<Timing> timing_;
    std::size_t captions_ = 0;  // finished ones
    bool voices_ = false;
    std::string speaker_;
    Draft draft_;
};

}  // namespace

DraftResult read_srt(std::string_view text) {
    return SrtReader().read(text);
}

}  // namespace podbrief::transcripts
