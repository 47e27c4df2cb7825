#include "core/transcripts/heard.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/text/unicode.hpp"
#include "core/text/words.hpp"

namespace podbrief::transcripts {
namespace {

// Whisper's own thresholds.
constexpr double sure_of_silence = 0.6;
constexpr double unreliable_logprob = -1.0;
constexpr double circling_ratio = 2.4;

constexpr double unknown_probability = 0.7;
// Names may be said four times running; a loop goes on.
constexpr std::size_t least_turns = 4;
constexpr std::size_t least_looping_words = 8;
constexpr std::size_t longest_period = 6;
constexpr std::size_t longest_seam = 12;  // words heard twice

// What recognisers of the Whisper kind write over music and silence, having learnt from subtitles.
constexpr std::array<std::string_view, 8> stock_phrases = {
    "thanks for watching",
    "thank you for watching",
    "please subscribe",
    "like and subscribe",
    "subtitles by the amara org community",
    "subtitles by the amaraorg community",
    "transcription by castingwords",
    "you",
};

std::vector<std::string> folded_words(std::string_view text) {
    std::vector<std::string> out;
    for (const auto& range : text::words(text)) out.push_back(text::fold(text.substr(range.begin, range.size())));
    return out;
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
    return out;
}

// A group of words that comes again and again, one after the other.
bool goes_in_circles(const std::vector<std::string>& words) {
    for (std::size_t period = 1; period <= longest_period; ++period) {
        std::size_t same = 0;
        for (std::size_t i = period; i < words.size(); ++i) {
            same = words[i] == words[i - period] ? same + 1 : 0;
            if (same + period >= std::max(least_turns * period, least_looping_words)) return true;
        }
    }
    return false;
}

Millis overlap_with(const TimeSpan& span, const std::vector<TimeSpan>& silences) {
    Millis silent{0};
    for (const TimeSpan& silence : silences) {
        silent += std::max(Millis{0}, std::min(span.end, silence.end) - std::max(span.start, silence.start));
    }
    return silent;
}

enum class Verdict { keep, silent, repeated, unsure };

Verdict judge(const HeardSegment& segment, const std::vector<std::string>& words,
              const std::vector<TimeSpan>& silences) {
    if (words.empty()) return Verdict::silent;
    const Millis length = segment.end - segment.start;
    if (length > Millis{0} && overlap_with({segment.start, segment.end}, silences) * 10 >= length * 9) {
        return Verdict::silent;
    }
    const bool unreliable = segment.avg_logprob.value_or(0) < unreliable_logprob;
    if (segment.no_speech_prob.value_or(0) > sure_of_silence && unreliable) return Verdict::silent;
    const std::string folded = joined(words);
    const bool stock = std::find(stock_phrases.begin(), stock_phrases.end(), folded) != stock_phrases.end();
    if (stock && segment.no_speech_prob.value_or(1) > 0.2) return Verdict::silent;
    if (segment.compression_ratio.value_or(0) > circling_ratio || goes_in_circles(words)) return Verdict::repeated;
    return unreliable ? Verdict::unsure : Verdict::keep;
}

// Marks segments that repeat the one (or the few) before them: of three and more turns the first stays.
void mark_repeated(const std::vector<std::vector<std::string>>& words, std::vector<Verdict>& verdicts) {
    for (std::size_t period = 1; period <= 4; ++period) {
        std::size_t run = 0;
        for (std::size_t i = period; i <= words.size(); ++i) {
            if (i < words.size() && !words[i].empty() && words[i] == words[i - period]) {
                ++run;
                continue;
            }
            if (run >= 2 * period) {
                for (std::size_t k = i - run; k < i; ++k) {
                    if (verdicts[k] == Verdict::keep) verdicts[k] = Verdict::repeated;
                }
            }
            run = 0;
        }
    }
}

// On the clock of the recording; of what two parts heard, each gives its half.
std::vector<HeardSegment> on_one_clock(const std::vector<HeardPart>& parts) {
    std::vector<HeardSegment> out;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const TimeSpan& span = parts[i].span;
        const Millis from = i > 0 ? (span.start + std::max(span.start, parts[i - 1].span.end)) / 2 : Millis::min();
        const Millis until = i + 1 < parts.size()
                                 ? (parts[i + 1].span.start + std::max(span.end, parts[i + 1].span.start)) / 2
                                 : Millis::max();
        for (HeardSegment segment : parts[i].segments) {
            segment.start = std::clamp(segment.start + span.start, span.start, span.end);
            segment.end = std::clamp(segment.end + span.start, segment.start, span.end);
            const Millis middle = segment.start + (segment.end - segment.start) / 2;
            if (middle >= from && middle < until) out.push_back(std::move(segment));
        }
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.start < b.start; });
    return out;
}

// Where the second text begins with the words that the first ends with: those words are taken from the second.
void undo_seam(const HeardSegment& before, HeardSegment& after) {
    const auto left = folded_words(before.text);
    const auto right = folded_words(after.text);
    const auto ranges = text::words(after.text);
    for (std::size_t n = std::min({left.size(), right.size(), longest_seam}); n >= 2; --n) {
        if (!std::equal(right.begin(), right.begin() + static_cast<std::ptrdiff_t>(n),
                        left.end() - static_cast<std::ptrdiff_t>(n))) {
            continue;
        }
        const std::size_t cut = n < ranges.size() ? ranges[n].begin : after.text.size();
        after.text.erase(0, cut);
        return;
    }
}

void undo_seams(std::vector<HeardSegment>& segments, const std::vector<HeardPart>& parts) {
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const Millis begin = parts[i].span.start;
        const Millis end = parts[i - 1].span.end;
        if (end <= begin) continue;
        const auto after = std::find_if(segments.begin(), segments.end(), [&](const HeardSegment& s) {
            return s.start + (s.end - s.start) / 2 >= begin + (end - begin) / 2;
        });
        if (after != segments.begin() && after != segments.end()) undo_seam(*(after - 1), *after);
    }
}

double seconds(Millis time) {
    return static_cast<double>(time.count()) / 1000.0;
}

}  // namespace

Heard join_heard(const std::vector<HeardPart>& parts, const std::vector<TimeSpan>& silences) {
    std::vector<HeardSegment> segments = on_one_clock(parts);
    undo_seams(segments, parts);
    std::vector<std::vector<std::string>> words;
    std::vector<Verdict> verdicts;
    for (HeardSegment& segment : segments) {
        segment.text = text::collapse_white_space(text::to_valid_utf8(segment.text));
        words.push_back(folded_words(segment.text));
        verdicts.push_back(judge(segment, words.back(), silences));
    }
    mark_repeated(words, verdicts);

    Heard heard;
    double good = 0;
    double all = 0;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        HeardSegment& segment = segments[i];
        const double length = std::max(seconds(segment.end - segment.start), 0.1);
        if (verdicts[i] == Verdict::silent) {
            ++heard.report.silent;
            continue;
        }
        all += length;
        if (verdicts[i] == Verdict::keep) {
            ++heard.report.kept;
            good +=
                length * (segment.avg_logprob ? std::exp(std::min(*segment.avg_logprob, 0.0)) : unknown_probability);
            if (!heard.segments.empty() && segment.start < heard.segments.back().end) {
                segment.start = std::min(heard.segments.back().end, segment.end);
            }
            heard.segments.push_back(std::move(segment));
        } else {
            ++(verdicts[i] == Verdict::repeated ? heard.report.repeated : heard.report.unsure);
        }
    }
    for (const HeardPart& part : parts) {
        if (part.failed) all += seconds(part.span.end - part.span.start);
    }
    heard.report.quality = all > 0 ? good / all : 0;
    return heard;
}

std::string to_transcript_json(const std::vector<HeardSegment>& segments, const std::string& language) {
    nlohmann::json out = {{"version", "1.0.0"}, {"segments", nlohmann::json::array()}};
    if (!language.empty()) out["language"] = language;
    for (const HeardSegment& segment : segments) {
        nlohmann::json one = {
            {"startTime", seconds(segment.start)}, {"endTime", seconds(segment.end)}, {"body", segment.text}};
        if (!segment.speaker.empty()) one["speaker"] = segment.speaker;
        out["segments"].push_back(std::move(one));
    }
    return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string tail_of(const std::vector<HeardSegment>& segments, std::size_t bytes) {
    std::string tail;
    for (auto it = segments.rbegin(); it != segments.rend() && tail.size() < bytes; ++it) {
        std::string longer = text::collapse_white_space(it->text);
        if (!tail.empty()) longer.append(" ").append(tail);
        tail = std::move(longer);
    }
    if (tail.size() <= bytes) return tail;
    const std::size_t space = tail.find(' ', tail.size() - bytes);
    return space == std::string::npos ? "" : tail.substr(space + 1);
}

}  // namespace podbrief::transcripts
