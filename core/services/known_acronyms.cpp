#include "core/services/known_acronyms.hpp"

namespace podbrief::services {
namespace {

using Source = search::Acronyms::Source;

void append(std::string_view text, std::vector<text::SpelledOut>& pairs) {
    for (text::SpelledOut& pair : text::spelled_out(text)) pairs.push_back(std::move(pair));
}

}  // namespace

void KnownAcronyms::heard(const InsightChange& change) {
    const Insight& insight = change.insight;
    std::vector<text::SpelledOut> pairs;
    if (insight.episode && !insight.superseded) {
        append(insight.text, pairs);
        append(insight.quote, pairs);
    }
    all_.learn(Source::insight, insight.id.value, pairs);
}

void KnownAcronyms::heard_talk(EpisodeId episode, const std::vector<text::SpelledOut>& pairs) {
    all_.learn(Source::transcript, episode.value, pairs);
}

std::vector<text::SpelledOut> spelled_out_in(const std::vector<Segment>& segments, std::string_view title,
                                             std::string_view notes) {
    std::vector<text::SpelledOut> pairs;
    append(title, pairs);
    append(notes, pairs);
    std::string speech;
    for (const Segment& segment : segments) {
        if (segment.kind != SegmentKind::speech) continue;
        speech += segment.text;
        speech += ' ';
    }
    append(speech, pairs);
    return pairs;
}

}  // namespace podbrief::services
