#include "core/transcripts/segments.hpp"

#include <algorithm>

#include "core/text/abbreviations.hpp"
#include "core/transcripts/scanning.hpp"
#include "core/transcripts/times.hpp"

namespace podbrief::transcripts {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds target_length{30};
constexpr std::size_t target_size = 1200;
constexpr seconds longest_length{75};
constexpr std::size_t longest_size = 2400;
constexpr std::size_t long_cue = 600;    // beyond this a cue is cut before it is joined
constexpr std::size_t piece_size = 300;  // the least of each piece
constexpr milliseconds pause{2000};      // ends a segment at the end of a sentence
constexpr milliseconds silence{8000};    // ends it anywhere

bool is_stop(char c) {
    return c == '.' || c == '?' || c == '!';
}

// Bytes of a closing quotation mark or bracket at `at`; 0: none there.
std::size_t closing_size(std::string_view s, std::size_t at) {
    if (at >= s.size()) return 0;
    if (s[at] == '"' || s[at] == '\'' || s[at] == ')' || s[at] == ']') return 1;
    return s.substr(at).starts_with("\u201D") || s.substr(at).starts_with("\u2019") ? 3 : 0;
}

bool is_abbreviation(std::string_view s, std::size_t stop) {
    if (s[stop] != '.') return false;
    const std::size_t space = s.substr(0, stop).find_last_of(' ');
    const std::size_t begin = space == std::string_view::npos ? 0 : space + 1;
    const std::string_view word = s.substr(begin, stop + 1 - begin);
    if (word.size() == 2 && text::is_ascii_upper(word[0])) return true;
    return word.size() <= 12 && text::abbreviation_kind(word) != text::Abbreviation::none;
}

// Past the sentence end that the stop at `at` makes, closing marks included; 0: it makes none.
std::size_t sentence_end_at(std::string_view s, std::size_t at) {
    std::size_t end = at + 1;
    while (end < s.size() && is_stop(s[end])) ++end;
    while (const std::size_t size = closing_size(s, end)) end += size;
    if (end < s.size() && s[end] != ' ') return 0;
    // "Wait... what" goes on; so does "No. 5".
    if (end + 1 < s.size() && (text::is_ascii_lower(s[end + 1]) || is_abbreviation(s, at))) return 0;
    return end;
}

// Past the first sentence end at or after `from`; npos: none.
std::size_t next_sentence_end(std::string_view s, std::size_t from) {
    for (std::size_t at = from; at < s.size(); ++at) {
        if (!is_stop(s[at])) continue;
        if (const std::size_t end = sentence_end_at(s, at)) return end;
    }
    return std::string_view::npos;
}

bool ends_sentence(std::string_view s) {
    for (std::size_t back = 1; back <= std::min<std::size_t>(s.size(), 8); ++back) {
        const std::size_t at = s.size() - back;
        if (is_stop(s[at])) return sentence_end_at(s, at) == s.size() && !is_abbreviation(s, at);
        if (text::is_ascii_alnum(s[at])) return false;
    }
    return s.ends_with("\u2026") || s.ends_with("\u3002") || s.ends_with("\uFF01") || s.ends_with("\uFF1F");
}

// Where to cut a text that is too long and has no sentence end: before a word, else between characters.
std::size_t word_boundary(std::string_view s, std::size_t near) {
    const std::size_t space = s.substr(0, near).find_last_of(' ');
    if (space != std::string_view::npos && space > near / 2) return space;
    while (near > 1 && (static_cast<unsigned char>(s[near]) & 0xC0) == 0x80) --near;
    return near;
}

// Punctuation that a word-by-word transcript gives as a word. Not "./setup.sh" or ".NET".
bool hangs_on(std::string_view s) {
    if (std::string_view(",.;:!?").find(s.front()) == std::string_view::npos) return false;
    return s.size() == 1 || s[1] == ' ';
}

class SegmentMaker {
public:
    std::vector<Segment> made;

    void add(Cue cue) {
        if (cue.text.empty()) {
            apart_ = apart_ || cue.apart;
            return;
        }
        Segment piece{std::move(cue.speaker), std::move(cue.text), cue.start, cue.end,
                      cue.advert ? SegmentKind::advert : SegmentKind::speech};
        apart_ = apart_ || cue.apart;
        std::size_t begin = 0;
        const std::string whole = piece.text.size() > long_cue ? std::exchange(piece.text, {}) : std::string();
        const Segment timeline{{}, whole, piece.start, piece.end};
        while (begin < whole.size()) {
            const std::size_t end = cut(whole, begin);
            piece.text = whole.substr(begin, end - begin);
            piece.start = time_at(timeline, begin);
            piece.end = time_at(timeline, end);
            join(piece);
            begin = end;
            while (begin < whole.size() && whole[begin] == ' ') ++begin;
        }
        if (whole.empty()) join(std::move(piece));
    }

private:
    static std::size_t cut(const std::string& whole, std::size_t begin) {
        const std::string_view rest = std::string_view(whole).substr(begin);
        if (rest.size() <= long_cue) return whole.size();
        const std::size_t end = next_sentence_end(rest.substr(0, target_size + 1), piece_size);
        if (end != std::string_view::npos && end <= target_size) return begin + end;
        if (rest.size() <= target_size) return whole.size();
        return begin + word_boundary(rest, target_size);
    }

    bool is_long() const {
        return made.back().end - made.back().start >= target_length || made.back().text.size() >= target_size;
    }

    bool goes_on(const Segment& piece) const {
        if (made.empty() || apart_) return false;
        const Segment& open = made.back();
        if (open.speaker != piece.speaker || open.kind != piece.kind) return false;
        const Millis gap = piece.start - open.end;
        if (gap >= silence || piece.end - open.start > longest_length) return false;
        if (open.text.size() + piece.text.size() > longest_size) return false;
        return !ends_sentence(open.text) || (gap < pause && !is_long());
    }

    void join(Segment piece) {
        if (!goes_on(piece)) {
            apart_ = false;
            made.push_back(std::move(piece));
            return;
        }
        // Past its target, an open segment takes no more than the rest of its sentence.
        if (is_long()) {
            const std::size_t end = next_sentence_end(piece.text, 0);
            if (end != std::string_view::npos && end < piece.text.size()) {
                const Millis middle = time_at(piece, end);
                Segment rest = piece;
                rest.text.erase(0, end + 1);
                rest.start = middle;
                piece.text.resize(end);
                piece.end = middle;
                append(piece);
                made.push_back(std::move(rest));
                return;
            }
        }
        append(piece);
    }

    void append(const Segment& piece) {
        Segment& open = made.back();
        if (!hangs_on(piece.text)) open.text += ' ';
        open.text += piece.text;
        open.end = std::max(open.end, piece.end);
    }

    bool apart_ = false;
};

}  // namespace

std::vector<Segment> segments_of(std::vector<Cue> cues) {
    SegmentMaker maker;
    for (Cue& cue : cues) maker.add(std::move(cue));
    // Made in order; still, a piece cut off a cue that another one overlaps may begin after it.
    Millis last{};
    for (Segment& segment : maker.made) {
        segment.start = last = std::max(segment.start, last);
        segment.end = std::max(segment.end, segment.start);
    }
    return std::move(maker.made);
}

}  // namespace podbrief::transcripts
