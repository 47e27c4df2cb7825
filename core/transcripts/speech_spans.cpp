#include "core/transcripts/speech_spans.hpp"

#include <algorithm>

namespace podbrief::transcripts {

std::vector<TimeSpan> plan_spans(Millis length, const std::vector<TimeSpan>& silences, const SpanRules& rules) {
    std::vector<TimeSpan> spans;
    Millis begin{0};
    while (length - begin > rules.longest) {
        const Millis latest = begin + rules.longest;
        const TimeSpan* best = nullptr;
        for (const TimeSpan& silence : silences) {
            const Millis middle = silence.start + (silence.end - silence.start) / 2;
            if (middle < latest - rules.search || middle > latest) continue;
            if (best == nullptr || silence.end - silence.start >= best->end - best->start) best = &silence;
        }
        if (best != nullptr) {
            const Millis middle = best->start + (best->end - best->start) / 2;
            spans.push_back({begin, middle});
            begin = middle;
        } else {
            spans.push_back({begin, latest});
            begin = latest - rules.overlap;
        }
    }
    if (length > begin) spans.push_back({begin, length});
    return spans;
}

}  // namespace podbrief::transcripts
