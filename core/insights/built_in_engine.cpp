#include "core/insights/built_in_engine.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "core/async/run_on.hpp"
#include "core/insights/candidates.hpp"
#include "core/insights/grounding.hpp"
#include "core/insights/keyphrases.hpp"
#include "core/insights/leads.hpp"
#include "core/insights/modality.hpp"
#include "core/insights/names.hpp"
#include "core/insights/overlap.hpp"
#include "core/insights/questions.hpp"
#include "core/insights/stance.hpp"
#include "core/insights/worth.hpp"
#include "core/text/ascii.hpp"
#include "core/text/words.hpp"

namespace podbrief::insights {
namespace {

constexpr double near_equal = 0.4;  // shared over united stems: the same thing said twice

// Everything about one episode that making an insight of a candidate needs.
struct Workshop {
    const ExtractionRequest& request;
    const EngineSettings& settings;
    std::vector<std::string> known;  // names that the feed tells
    std::vector<std::string> spelt;  // those, and what the show notes name
    std::vector<Turn> turns;
    std::vector<std::string> speakers;  // of each turn, as shown
    Vocabulary vocabulary;
    std::vector<Statement> statements;
};

std::size_t wanted_of(const Workshop& w) {
    Millis talk{};
    std::size_t words = 0;
    for (const Segment& segment : w.request.transcript.segments) {
        if (segment.kind == SegmentKind::speech) talk += std::max(Millis{}, segment.end - segment.start);
    }
    for (const Statement& statement : w.statements) words += static_cast<std::size_t>(statement.words);
    // Nobody says less than 60 words a minute or more than 300: outside of that the times are wrong.
    constexpr std::int64_t usual_ms_per_word = 400;
    const auto count = static_cast<std::int64_t>(words);
    if (talk.count() < count * 200 || talk.count() > count * 1000) talk = Millis{count * usual_ms_per_word};
    const auto by_length = static_cast<std::size_t>(talk / std::max(w.settings.one_per, Millis{1}));
    return std::min(w.settings.per_episode, std::max<std::size_t>(1, by_length));
}

// "Because" and "The tokens are cheap." give "Because the tokens are cheap."; a sentence whose first word may be a name
// stays as it is.
std::string joined(std::string_view joint, const std::string& sentence, const Vocabulary& vocabulary) {
    const Tokens tokens(sentence);
    if (tokens.list.empty() || !tokens.before.empty()) return sentence;
    const Token& first = tokens.list[0];
    const bool small = first.classes != 0 || text::is_stop_word(first.lower) || vocabulary.is_small(first.lower);
    if (!small || first.is(first_singular)) return sentence;
    std::string out = std::string(joint) + " " + sentence;
    out[joint.size() + 1] = text::ascii_lower(sentence.front());
    return out;
}

std::string text_of(const Workshop& w, const Candidate& candidate) {
    std::string text;
    bool attributed = false;
    for (const std::size_t i : candidate.parts) {
        const Statement& statement = w.statements[i];
        const bool leads = i == candidate.first && statement.lead;
        // "Ada Poe thinks ..." is said once; a denial ("does not think") cannot be left out.
        const bool again = (attributed || w.statements[candidate.first].lead) && statement.clean.attributed() &&
                           !statement.clean.denied;
        const bool joins = i > candidate.first && !statement.clean.joint.empty() &&
                           std::find(candidate.parts.begin(), candidate.parts.end(), i - 1) != candidate.parts.end();
        const std::string& sentence = leads   ? statement.lead->text
                                      : again ? statement.clean.core
                                              : statement.clean.text;
        append_sentence(text, joins ? joined(statement.clean.joint, sentence, w.vocabulary) : sentence);
        attributed = attributed || statement.clean.attributed();
    }
    if (attributed) text = with_short_repeats(text, w.speakers[w.statements[candidate.first].turn]);
    return repair_names_in(text, w.spelt);
}

WorthContext context_of(const Workshop& w, const Candidate& candidate) {
    WorthContext context;
    context.speaker = w.speakers[w.statements[candidate.first].turn];
    context.centrality = candidate.scores.centrality;
    return context;
}

struct Quoted {
    std::string text;
    Span span;
};

// From where the candidate's subject is named, which may be the question in the turn before, to its end.
Quoted quoted(const Workshop& w, const Candidate& candidate) {
    const std::vector<Segment>& segments = w.request.transcript.segments;
    const Statement& from = w.statements[candidate.quoted_from];
    const Statement& last = w.statements[candidate.last];
    const Turn& turn = w.turns[last.turn];
    if (from.turn == last.turn) {
        const text::ByteRange range{from.range.begin, last.range.end};
        return {std::string(range.in(turn.text)), locate(turn, segments, range)};
    }
    const Turn& before = w.turns[from.turn];
    const text::ByteRange asked{from.range.begin, before.text.size()};
    const text::ByteRange answered{0, last.range.end};
    Quoted out{std::string(asked.in(before.text)) + " " + std::string(answered.in(turn.text)),
               locate(before, segments, asked)};
    const Span end = locate(turn, segments, answered);
    out.span.last_segment = end.last_segment;
    out.span.end = std::max(out.span.start, end.end);
    return out;
}

Insight insight_of(Workshop& w, const Candidate& candidate, std::string text) {
    const Statement& first = w.statements[candidate.first];
    Quoted quote = quoted(w, candidate);
    const Span& span = quote.span;
    const Transcript& transcript = w.request.transcript;
    Insight insight;
    insight.episode = w.request.episode.id;
    insight.podcast = w.request.podcast.id;
    insight.transcript = transcript.id;
    insight.origin =
        transcript.format == TranscriptFormat::show_notes ? InsightOrigin::show_notes : InsightOrigin::transcript;
    insight.quote = std::move(quote.text);
    insight.first_segment = span.first_segment;
    insight.last_segment = span.last_segment;
    insight.quote_begin = span.begin;
    insight.speaker = w.speakers[first.turn];
    insight.start = span.start;
    insight.end = span.end;
    insight.topics = topics_of(text, w.vocabulary, insight.speaker, 8);
    insight.entities = entities_of(text, w.vocabulary, insight.speaker);
    insight.stance = stance_of(text);
    insight.modality = modality_of(text, candidate.attributed);
    insight.scores = candidate.scores;
    insight.published_at = ordering_time(w.request.episode);
    insight.text = std::move(text);
    return insight;
}

// The best candidates that overlap none chosen before, say nothing said before, pass the gates of the finished text,
// and are spread over the episode.
class Selection {
public:
    Selection(Workshop& workshop, std::size_t wanted, ExtractionReport& report)
        : w_(workshop), stretches_(wanted), limit_(2 * wanted), taken_(wanted, 0), report_(report) {}

    void offer(const Candidate& candidate, std::string text) {
        if (chosen_.size() >= limit_) return;
        if (candidate.scores.quality < w_.settings.least_quality) return drop(gate::weak);
        for (const auto& [other, insight] : chosen_) {
            if (candidate.first <= other.last && other.first <= candidate.last) return;
            if (overlap(candidate.stems, other.stems) > near_equal) return drop(gate::duplicate);
        }
        const std::size_t stretch = candidate.first * stretches_ / w_.statements.size();
        if (taken_[stretch] >= 3) return drop(gate::crowded);
        std::string_view fault = style_fault(text, w_.settings);
        if (fault.empty()) fault = grounding_fault(candidate, text);
        if (!fault.empty()) return drop(fault);
        ++taken_[stretch];
        chosen_.emplace_back(candidate, insight_of(w_, candidate, std::move(text)));
    }

    std::vector<Insight> in_order_of_time() {
        std::sort(chosen_.begin(), chosen_.end(),
                  [](const auto& a, const auto& b) { return a.first.first < b.first.first; });
        std::vector<Insight> insights;
        for (auto& [candidate, insight] : chosen_) insights.push_back(std::move(insight));
        return insights;
    }

private:
    void drop(std::string_view gate) { ++report_.dropped[std::string(gate)]; }

    std::string_view grounding_fault(const Candidate& candidate, std::string_view text) const {
        const Statement& first = w_.statements[candidate.first];
        std::vector<std::string> persons = w_.known;
        persons.push_back(w_.speakers[first.turn]);
        return ungrounded(text, repair_names_in(quoted(w_, candidate).text, w_.spelt), persons);
    }

    Workshop& w_;
    std::size_t stretches_;
    std::size_t limit_;
    std::vector<int> taken_;  // of each stretch
    std::vector<std::pair<Candidate, Insight>> chosen_;
    ExtractionReport& report_;
};

}  // namespace

ExtractedInsights extract_insights(const ExtractionRequest& request, const EngineSettings& settings) {
    ExtractedInsights out;
    Workshop w{request,
               settings,
               known_names(request.podcast, request.episode),
               spelt_names(request.podcast, request.episode),
               {},
               {},
               {},
               {}};
    const bool notes = request.transcript.format == TranscriptFormat::show_notes;
    w.turns = turns_of(request.transcript.segments, !notes);
    for (const Turn& turn : w.turns) w.speakers.push_back(speaker_name(turn.speaker, w.known));
    w.statements = statements_of(w.turns, w.speakers, w.vocabulary);
    find_leads(w.statements);
    pair_answers(w.statements, w.turns, w.speakers);
    const auto adverts = std::count_if(request.transcript.segments.begin(), request.transcript.segments.end(),
                                       [](const Segment& segment) { return segment.kind != SegmentKind::speech; });
    if (adverts > 0) out.report.dropped["advert, intro or outro"] = static_cast<std::size_t>(adverts);
    if (w.statements.empty()) return out;
    out.wanted = wanted_of(w);

    std::vector<Candidate> candidates = candidates_of(w.statements, w.vocabulary, settings, out.report);
    std::vector<std::string> texts;
    texts.reserve(candidates.size());
    for (Candidate& candidate : candidates) {
        texts.push_back(text_of(w, candidate));
        candidate.scores.quality = quality_of(texts.back(), context_of(w, candidate), settings);
    }
    std::vector<std::size_t> order(candidates.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const float x = candidates[a].scores.quality;
        const float y = candidates[b].scores.quality;
        return x != y ? x > y : a < b;
    });
    Selection selection(w, out.wanted, out.report);
    for (const std::size_t i : order) selection.offer(candidates[i], std::move(texts[i]));
    out.insights = selection.in_order_of_time();
    return out;
}

BuiltInEngine::BuiltInEngine(asio::any_io_executor heavy, EngineSettings settings)
    : heavy_(std::move(heavy)), settings_(settings) {}

asio::awaitable<Result<ExtractedInsights>> BuiltInEngine::extract(ExtractionRequest request) {
    auto job = [request = std::move(request), settings = settings_] { return extract_insights(request, settings); };
    co_return co_await run_on(heavy_, std::move(job));
}

}  // namespace podbrief::insights
