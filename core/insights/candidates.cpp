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
    int loose = 0;  // references in the later sentences
    int attributions = 0;
    int dashes = 0;
    int colloquial = 0;
    bool lost_contrast = false;
    bool opens_with_you = false;
    bool names_subject = false;
    bool trails_off = false;
    double claim = 0;

    void add(const Statement& s) {
        const SentenceFacts& f = s.facts;
        code_points += s.code_points + (sentences > 0 ? 1 : 0);
        words += s.words;
        telling += f.telling_words;
        names += f.names;
        numbers += f.numbers;
        we += f.we;
        colloquial += f.colloquial;
        you += f.you;
        if (sentences > 0) loose += f.loose_references;
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
    if (w.attributions > 2) return gate::first_person;
    if (w.telling < 5) return gate::thin;
    if (w.claim < 0.8) return gate::no_claim;
    return gate::none;
}

double self_containment(const Window& w) {
    double score = 1;
    score -= 0.2 * std::min(w.we, 3);
    score -= 0.10 * std::min(w.you, 4);
    score -= 0.08 * std::min(w.loose, 3);
    score -= w.lost_contrast ? 0.12 : 0;
    score -= w.trails_off ? 0.08 : 0;
    score -= 0.06 * w.dashes;
    score -= 0.03 * std::min(w.colloquial, 7);
    score -= w.attributions > 1 ? 0.1 : 0;
    score -= w.names == 0 && w.telling < 8 ? 0.1 : 0;
    score -= w.names_subject ? 0 : 0.12;
    score -= w.opens_with_you ? 0.15 : 0;
    return std::max(0.0, score);
}

double length_fit(int words, const EngineSettings& settings) {
    const auto n = static_cast<double>(words);
    const auto from = static_cast<double>(settings.good_words_from);
    const auto least = static_cast<double>(settings.least_words);
    if (n < from) return from > least ? 0.7 + 0.2 * (n - least) / (from - least) : 0.9;
    return n <= static_cast<double>(settings.good_words_to) ? 1.0 : 0.9;
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

}  // namespace

double overlap(const std::vector<StemId>& a, const std::vector<StemId>& b) {
    if (a.empty() || b.empty()) return 0;
    std::size_t shared = 0;
    for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
        shared += *i == *j;
        const bool step_i = *i <= *j;
        const bool step_j = *j <= *i;
        i += step_i;
        j += step_j;
    }
    return static_cast<double>(shared) / static_cast<double>(a.size() + b.size() - shared);
}

std::vector<Candidate> candidates_of(std::span<const Statement> statements, const Vocabulary& vocabulary,
                                     const EngineSettings& settings, ExtractionReport& report) {
    std::vector<Candidate> found;
    std::vector<double> fits;
    const auto drop = [&](std::string_view gate) { ++report.dropped[std::string(gate)]; };
    for (std::size_t first = 0; first < statements.size(); ++first) {
        const Statement& opening = statements[first];
        if (opening.clean.text.empty()) continue;
        ++report.candidates;
        const std::string_view fault = !opening.facts.fault.empty() ? opening.facts.fault : opening.facts.first_fault;
        if (!fault.empty()) {
            drop(fault);
            continue;
        }
        Window window;
        Candidate candidate{first, first, 0, 0, {}, {}};
        std::string_view last_fault;
        std::size_t passed = 0;
        for (std::size_t i = first; i < statements.size() && window.sentences < 3; ++i) {
            const Statement& next = statements[i];
            if (next.turn != opening.turn) break;
            if (next.clean.text.empty() || (i > first && next.is_aside())) continue;
            if (i > first && !(next.facts.fault.empty() && next.facts.whole)) break;
            if (i > first && next.facts.needs_name && window.names == 0) break;
            window.add(next);
            candidate.last = i;
            candidate.stems = joined(candidate.stems, next.stems);
            last_fault = fault_of(window, settings);
            if (last_fault == gate::too_long) break;
            if (!last_fault.empty()) continue;
            candidate.words = window.words;
            candidate.attributions = window.attributions;
            candidate.scores.claim = static_cast<float>(saturating(window.claim, 2.2));
            candidate.scores.specificity = static_cast<float>(saturating(
                0.5 * std::min(window.names, 4) + 0.6 * std::min(window.numbers, 3) + 0.12 * window.telling, 2.0));
            candidate.scores.self_contained = static_cast<float>(self_containment(window));
            found.push_back(candidate);
            fits.push_back(length_fit(window.words, settings));
            ++passed;
        }
        if (passed == 0) drop(last_fault);
    }
    rank_centrality(found, vocabulary);
    for (std::size_t i = 0; i < found.size(); ++i) {
        InsightScores& s = found[i].scores;
        const double whole = 0.30 * s.self_contained + 0.28 * s.claim + 0.20 * s.specificity + 0.22 * s.centrality;
        s.quality = static_cast<float>(fits[i] * whole);
    }
    return found;
}

}  // namespace podbrief::insights
