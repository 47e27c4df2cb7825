#include "core/insights/candidates.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace podbrief::insights {
namespace {

double saturating(double amount, double scale) {
    return 1 - std::exp(-amount / scale);
}

// Sums over the sentences of a window.
struct Window {
    int words = 0;
    int code_points = 0;
    int sentences = 0;
    int telling = 0;
    int names = 0;
    int numbers = 0;
    int we = 0;
    int you = 0;
    int pointing = 0;         // it, they, this, ... in all of it
    int short_sentences = 0;  // of fewer than seven words
    bool plain_subject = false;
    bool opens_empty = false;  // "There are ...", "When you ..."
    int attributions = 0;
    int dashes = 0;
    int past = 0;  // sentences told in the past
    int colloquial = 0;
    int commas = 0;
    int future = 0;  // will, going to
    bool lost_contrast = false;
    bool opens_with_you = false;
    bool names_subject = false;
    bool trails_off = false;
    double claim = 0;

    double density() const { return words == 0 ? 0 : static_cast<double>(telling) / words; }

    void add(const Statement& s) {
        const bool leads = sentences == 0 && s.lead;
        const SentenceFacts& f = leads ? s.lead->facts : s.facts;
        code_points += (leads ? s.lead->code_points : s.code_points) + (sentences > 0 ? 1 : 0);
        words += leads ? s.lead->words : s.words;
        past += f.past;
        telling += f.telling_words;
        names += f.names;
        numbers += f.numbers;
        we += f.we;
        colloquial += f.colloquial;
        you += f.you;
        pointing += f.pointing;
        future += f.future;
        commas += static_cast<int>(std::count(s.clean.text.begin(), s.clean.text.end(), ','));
        if (sentences == 0) plain_subject = f.plain_subject;
        short_sentences += f.words < 7;
        if (sentences == 0) opens_empty = f.opens_empty;
        attributions += s.clean.attributed();
        claim += sentences == 0 ? f.claim : 0.6 * f.claim;
        if (sentences == 0) lost_contrast = s.clean.lost_contrast;
        if (sentences == 0) names_subject = f.names_subject;
        if (sentences == 0) opens_with_you = f.opens_with_you;
        trails_off = trails_off || s.clean.trails_off;
        dashes += s.clean.text.find(" - ") != std::string::npos;
        ++sentences;
    }
};

std::string_view fault_of(const Window& w, const EngineSettings& settings) {
    if (static_cast<std::size_t>(w.code_points) > settings.text_limit) return gate::too_long;
    if (static_cast<std::size_t>(w.words) < settings.least_words) return gate::too_short;
    if (w.we > 1) return gate::first_person;
    if (w.you > 3) return gate::second_person;
    if (w.telling < 5) return gate::thin;
    // A figure, a name or somebody's opinion makes a plain statement worth telling.
    const double weight =
        w.claim + 0.4 * std::min(w.numbers, 2) + 0.2 * std::min(w.names, 3) + 0.5 * (w.attributions > 0);
    if (weight < 0.8) return gate::no_claim;
    // What happened once is no claim, unless it is told of somebody for a reason.
    const bool told_for_a_reason = w.claim >= 1.4 || (w.claim >= 0.7 && w.names + w.numbers > 0);
    if (w.past == w.sentences && !told_for_a_reason) return gate::story;
    return gate::none;
}

double self_containment(const Window& w) {
    double score = 1;
    score -= 0.25 * std::min(w.we, 3);
    score -= 0.09 * std::min(w.you, 5);
    score -= 0.07 * std::min(w.pointing, 5);
    score -= 0.06 * std::min(w.future, 3);
    // Talk puts a comma behind every fourteenth word; what has many more is being thought out aloud.
    score -= std::clamp(1.6 * (static_cast<double>(w.commas) / std::max(1, w.words) - 0.07), 0.0, 0.15);
    score -= w.lost_contrast ? 0.08 : 0;
    score -= w.trails_off ? 0.08 : 0;
    score -= 0.1 * w.dashes;
    score -= 0.04 * std::min(w.colloquial, 6);
    score -= w.past > 0 ? 0.1 : 0;
    score -= w.names == 0 && w.telling < 8 ? 0.1 : 0;
    score -= w.names_subject ? 0 : 0.12;
    score -= w.opens_with_you ? 0.2 : 0;
    score -= w.opens_empty ? 0.12 : 0;
    score -= w.short_sentences > 0 ? 0.06 : 0;
    // Talk has a telling word in four; what has fewer says less than it is long.
    score -= std::clamp(0.9 * (0.3 - w.density()), 0.0, 0.2);
    score += w.plain_subject ? 0.08 : 0;
    return std::clamp(score, 0.0, 1.0);
}

std::vector<StemId> joined(const std::vector<StemId>& a, const std::vector<StemId>& b) {
    std::vector<StemId> all;
    all.reserve(a.size() + b.size());
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(all));
    return all;
}

// How much of the episode speaks of the same things; not yet between 0 and 1.
double raw_centrality(const Candidate& candidate, const Vocabulary& vocabulary) {
    double sum = 0;
    for (const StemId id : candidate.stems)
        sum += std::log(static_cast<double>(std::max(1u, vocabulary.sentences[id])));
    return sum / std::sqrt(static_cast<double>(std::max(20, candidate.words)));
}

// Centrality is the rank among the candidates of the episode: 0 for the least, 1 for the most central.
void rank_centrality(std::vector<Candidate>& candidates, const Vocabulary& vocabulary) {
    std::vector<double> raw;
    raw.reserve(candidates.size());
    for (const Candidate& candidate : candidates) raw.push_back(raw_centrality(candidate, vocabulary));
    std::vector<std::size_t> order(candidates.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return raw[a] != raw[b] ? raw[a] < raw[b] : a < b; });
    const auto top = static_cast<float>(std::max<std::size_t>(order.size(), 2) - 1);
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        candidates[order[rank]].scores.centrality = order.size() == 1 ? 0.5f : static_cast<float>(rank) / top;
    }
}

constexpr std::size_t most_passed_over = 2;  // sentences between those of one insight

// The sentence can be told after what is told already: right behind it, it speaks of the same things or leans on what
// was said; with something between them, it stands alone and speaks of one of the same things.
bool goes_on(const Statement& next, const std::vector<StemId>& stems, int names, std::size_t passed_over) {
    if (!next.facts.fault.empty() || !next.facts.whole || next.facts.lists || (next.facts.needs_name && names == 0))
        return false;
    const auto shared = std::count_if(next.stems.begin(), next.stems.end(),
                                      [&](StemId id) { return std::binary_search(stems.begin(), stems.end(), id); });
    if (passed_over > 0) return next.facts.first_fault.empty() && shared >= 1;
    return next.facts.leans_back || next.clean.connected || shared > 0;
}

// Long enough and whole by itself: an insight of its own, rather than the end of another.
bool is_its_own(const Statement& next, const EngineSettings& settings) {
    return next.facts.first_fault.empty() && !next.facts.leans_back && !next.clean.connected &&
           static_cast<std::size_t>(next.words) >= settings.least_words;
}

}  // namespace

std::vector<Candidate> candidates_of(std::span<const Statement> statements, const Vocabulary& vocabulary,
                                     const EngineSettings& settings, ExtractionReport& report) {
    std::vector<Candidate> found;
    const auto drop = [&](std::string_view gate) { ++report.dropped[std::string(gate)]; };
    for (std::size_t first = 0; first < statements.size(); ++first) {
        const Statement& opening = statements[first];
        if (opening.clean.text.empty()) continue;
        ++report.candidates;
        std::string_view fault = !opening.facts.fault.empty() ? opening.facts.fault : opening.facts.first_fault;
        if (opening.lead) fault = gate::none;
        if (!fault.empty()) {
            drop(fault);
            continue;
        }
        Window window;
        Candidate candidate;
        candidate.first = first;
        candidate.quoted_from = opening.lead ? opening.lead->from : first;
        std::string_view last_fault;
        std::size_t passed = 0;
        std::size_t passed_over = 0;
        for (std::size_t i = first; i < statements.size() && window.sentences < 3; ++i) {
            const Statement& next = statements[i];
            if (next.turn != opening.turn) break;
            if (next.clean.text.empty() || (i > first && next.is_aside())) continue;
            if (i > first && !goes_on(next, candidate.stems, window.names, passed_over)) {
                if (++passed_over > most_passed_over) break;
                continue;
            }
            if (passed > 0 && is_its_own(next, settings)) break;
            window.add(next);
            candidate.last = i;
            candidate.parts.push_back(i);
            candidate.stems = joined(candidate.stems, next.stems);
            last_fault = fault_of(window, settings);
            if (last_fault == gate::too_long) break;
            if (!last_fault.empty()) continue;
            candidate.words = window.words;
            candidate.attributed = window.attributions > 0;
            candidate.scores.claim = static_cast<float>(saturating(window.claim, 2.2));
            candidate.scores.specificity = static_cast<float>(saturating(
                0.5 * std::min(window.names, 4) + 0.6 * std::min(window.numbers, 3) + 0.12 * window.telling, 2.0));
            candidate.scores.self_contained =
                static_cast<float>(self_containment(window) - 0.08 * static_cast<double>(passed_over));
            found.push_back(candidate);
            ++passed;
        }
        if (passed == 0) drop(last_fault);
    }
    rank_centrality(found, vocabulary);
    return found;
}

}  // namespace podbrief::insights
