#include "core/insights/claim_checker.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "core/insights/claim_scores.hpp"
#include "core/insights/gates.hpp"
#include "core/insights/grounding.hpp"
#include "core/insights/keyphrases.hpp"
#include "core/insights/modality.hpp"
#include "core/insights/model_gates.hpp"
#include "core/insights/names.hpp"
#include "core/insights/plain_text.hpp"
#include "core/insights/quotes.hpp"
#include "core/insights/stance.hpp"
#include "core/insights/statements.hpp"
#include "core/insights/turns.hpp"
#include "core/insights/worth.hpp"
#include "core/text/unicode.hpp"
#include "core/text/words.hpp"

namespace podbrief::insights {
namespace {

constexpr std::size_t most_cited = 8;
constexpr int widest_stretch = 60;            // segments between the first and the last that one claim cites
constexpr std::size_t least_quote_words = 6;  // asked for are eight
constexpr std::size_t longest_quote = 1'200;  // bytes
constexpr std::size_t around_quote = 1'500;   // bytes of a long segment, on either side of the quote
constexpr std::size_t near_orders = 400;      // bytes around a quote in which nobody gives orders to a model
constexpr double least_shared = 0.5;          // of the claim's telling stems with what is cited
constexpr std::size_t least_with_quote = 2;   // stems that claim and quote share
constexpr double near_equal = 0.4;            // shared over united stems: the same thing said twice

struct Found {
    std::size_t turn = 0;
    text::ByteRange range;  // in the turn's text
    Span span;
};

std::size_t shared_stems(const std::vector<std::string>& of, const std::vector<std::string>& with) {
    return static_cast<std::size_t>(std::count_if(of.begin(), of.end(), [&](const std::string& stem) {
        return std::binary_search(with.begin(), with.end(), stem);
    }));
}

// Words of a speaker who is not sure.
bool hedges(std::string_view text) {
    const std::string plain = plain_punctuation(text);
    const Tokens tokens(plain);
    return std::any_of(tokens.list.begin(), tokens.list.end(), [](const Token& token) {
        return one_of(token.lower,
                      {"may", "might", "maybe", "perhaps", "probably", "possibly", "reportedly", "allegedly", "alleged",
                       "alleges", "supposedly", "apparently", "presumably", "rumored", "potentially"});
    });
}

// The same, or lighter words that keep a hedge in writing.
bool keeps_hedge(std::string_view text) {
    const std::string plain = plain_punctuation(text);
    const Tokens tokens(plain);
    return hedges(text) || std::any_of(tokens.list.begin(), tokens.list.end(), [](const Token& token) {
               return one_of(token.lower, {"can", "could", "likely", "unlikely", "arguably", "often", "sometimes"});
           });
}

bool attributes(std::string_view text) {
    const std::string plain = plain_punctuation(text);
    const Tokens tokens(plain);
    return std::any_of(tokens.list.begin(), tokens.list.end(), [](const Token& token) {
        return one_of(token.lower, {"argues",   "says",   "thinks",     "believes",  "claims",  "suspects", "expects",
                                    "suggests", "warns",  "predicts",   "estimates", "reports", "appears",  "seems",
                                    "tends",    "doubts", "speculates", "guesses",   "fears",   "hopes"});
    });
}

// Words with a capital only because they open a sentence look like this.
bool looks_common(std::string_view lower) {
    static constexpr std::string_view endings[] = {"ing",   "ly",   "tion", "tions", "ment",
                                                   "ments", "ness", "ers",  "ies",   "ed"};
    return std::any_of(std::begin(endings), std::end(endings),
                       [&](std::string_view ending) { return lower.size() > 5 && lower.ends_with(ending); });
}

// The stand-alone gates of the built-in engine. A model writes whole sentences, so that no verb was recognised says
// only that the list of verbs is short.
std::string_view style_fault_of(std::string_view text, const EngineSettings& settings) {
    const auto fault = style_fault(
        text, settings, [](const SentenceFacts& facts, std::size_t place, int names_before) -> std::string_view {
            if (!facts.fault.empty() && facts.fault != gate::no_verb) return facts.fault;
            if (facts.we > 0) return gate::first_person;
            if (facts.you > 0) return gate::second_person;
            const bool first = place == 0;
            if (first && !facts.first_fault.empty() && facts.first_fault != gate::no_verb) return facts.first_fault;
            if (first && (facts.needs_name || facts.loose_references > 0)) return gate::dangling_reference;
            if (!first && facts.needs_name && names_before == 0) return gate::dangling_reference;
            return gate::none;
        });
    if (fault != gate::none) return fault;
    return text::sentences(plain_punctuation(text)).size() > 4 ? gate::too_long : gate::none;
}

}  // namespace

struct ClaimChecker::Episode {
    const ExtractionRequest& request;
    EngineSettings settings;
    std::vector<std::string> known;  // names that the feed tells
    std::vector<std::string> spelt;  // those, and what the show notes name
    std::vector<Turn> turns;
    std::vector<std::string> speakers;
    Vocabulary vocabulary;
    std::set<std::string> stems;  // of everything that is said

    std::string_view citation_fault(const ModelClaim& claim, const ModelWindow& window) const {
        if (claim.segments.empty() || claim.segments.size() > most_cited) return gate::unknown_segment;
        const auto [least, most] = std::minmax_element(claim.segments.begin(), claim.segments.end());
        if (*most - *least > widest_stretch) return gate::unknown_segment;
        const bool all = std::all_of(claim.segments.begin(), claim.segments.end(),
                                     [&](int id) { return window.segments.contains(id); });
        return all ? gate::none : gate::unknown_segment;
    }

    // The quote inside the cited segments or those right beside them, as far as one speaker goes on.
    std::optional<Found> find(const ModelClaim& claim) const {
        const auto [least, most] = std::minmax_element(claim.segments.begin(), claim.segments.end());
        for (std::size_t t = 0; t < turns.size(); ++t) {
            const Turn& turn = turns[t];
            if (turn.segments.back() < *least - 1 || turn.segments.front() > *most + 1) continue;
            const auto first = std::lower_bound(turn.segments.begin(), turn.segments.end(), *least - 1);
            const auto after = std::upper_bound(turn.segments.begin(), turn.segments.end(), *most + 1);
            const std::size_t begin = turn.begins[static_cast<std::size_t>(first - turn.segments.begin())];
            const std::size_t end = after == turn.segments.end()
                                        ? turn.text.size()
                                        : turn.begins[static_cast<std::size_t>(after - turn.segments.begin())] - 1;
            auto range = find_words(std::string_view(turn.text).substr(begin, end - begin), claim.quote);
            if (!range) continue;
            Found found{t, {range->begin + begin, range->end + begin}, {}};
            found.span = locate(turn, request.transcript.segments, found.range);
            return found;
        }
        return std::nullopt;
    }

    // All that is cited, and the quote. Of a segment that goes on for minutes only what is near the quote, so that
    // citing it does not make everything grounded.
    std::string cited_text(const ModelClaim& claim, const Found& found) const {
        std::set<int> ids(claim.segments.begin(), claim.segments.end());
        for (int id = found.span.first_segment; id <= found.span.last_segment; ++id) ids.insert(id);
        const std::string quote(found.range.in(turns[found.turn].text));
        std::string text = quote;
        for (const int id : ids) {
            const std::string_view segment = request.transcript.segments[static_cast<std::size_t>(id)].text;
            text += '\n';
            if (segment.size() <= 2 * around_quote) {
                text += segment;
                continue;
            }
            const std::size_t at = segment.find(std::string_view(quote).substr(0, 40));
            const std::size_t middle = at == std::string_view::npos ? 0 : at;
            const std::size_t begin = middle > around_quote ? middle - around_quote : 0;
            text += segment.substr(begin, middle - begin + quote.size() + around_quote);
        }
        return text::to_valid_utf8(text);
    }

    // A name that opens a sentence has its capital for two reasons, so grounding.hpp lets it pass.
    bool opens_with_unknown_name(std::string_view claim, const std::vector<std::string>& cited) const {
        const std::string plain = plain_punctuation(claim);
        for (const text::ByteRange& sentence : text::sentences(plain)) {
            const Tokens tokens(sentence.in(plain));
            if (tokens.list.empty()) continue;
            const Token& first = tokens.list.front();
            if (!first.capital() || first.classes != 0 || text::is_stop_word(first.lower)) continue;
            std::string_view word = first.word;
            if (word.ends_with("'s")) word.remove_suffix(2);
            const std::string stem = text::stem(word);
            if (stems.contains(stem) || std::binary_search(cited.begin(), cited.end(), stem)) continue;
            if (!looks_common(first.lower)) return true;
        }
        return false;
    }

    std::string_view words_fault(const ModelClaim& claim, const Found& found) const {
        const std::string cited = repair_names_in(cited_text(claim, found), spelt);
        if (speaks_to_the_machine(cited)) return gate::to_the_machine;
        std::vector<std::string> persons = known;
        persons.push_back(speakers[found.turn]);
        if (const auto fault = ungrounded(claim.claim, cited, persons); !fault.empty()) return fault;
        std::string with_persons = cited;
        for (const std::string& person : persons) with_persons += "\n" + person;
        const std::vector<std::string> there = text::unique_stems(with_persons);
        if (opens_with_unknown_name(claim.claim, there)) return gate::ungrounded_name;
        const std::vector<std::string> own = text::unique_stems(claim.claim);
        const std::string_view quote = found.range.in(turns[found.turn].text);
        const double shared = static_cast<double>(shared_stems(own, there)) / std::max<double>(1, own.size());
        const bool near_quote = shared_stems(own, text::unique_stems(quote)) >= least_with_quote;
        if (shared < least_shared || !near_quote) return gate::beside_the_quote;
        for (const std::string_view part : quotations_in(claim.claim)) {
            if (!find_words(cited, part)) return gate::invented_quotation;
        }
        if (hedges(quote) && !keeps_hedge(claim.claim) && !attributes(claim.claim)) return gate::lost_hedge;
        return gate::none;
    }

    std::string_view quote_fault(const Found& found) const {
        const std::string_view said = turns[found.turn].text;
        const std::string_view quote = found.range.in(said);
        if (text::words(quote).size() < least_quote_words) return gate::short_quote;
        if (quote.size() > longest_quote) return gate::too_long;
        // Whoever gives orders to models in one breath is no witness in the next.
        const std::size_t begin = found.range.begin - std::min(found.range.begin, near_orders);
        if (speaks_to_the_machine(said.substr(begin, found.range.end + near_orders - begin))) {
            return gate::to_the_machine;
        }
        return plain_text_fault(quote) == gate::link ? gate::link : gate::none;
    }

    Insight insight_of(const ModelClaim& claim, const Found& found) {
        const Transcript& transcript = request.transcript;
        Insight insight;
        insight.episode = request.episode.id;
        insight.podcast = request.podcast.id;
        insight.transcript = transcript.id;
        insight.origin =
            transcript.format == TranscriptFormat::show_notes ? InsightOrigin::show_notes : InsightOrigin::transcript;
        insight.text = repair_names_in(claim.claim, spelt);
        insight.quote = found.range.in(turns[found.turn].text);
        insight.first_segment = found.span.first_segment;
        insight.last_segment = found.span.last_segment;
        insight.quote_begin = found.span.begin;
        insight.speaker = speakers[found.turn];
        insight.start = found.span.start;
        insight.end = found.span.end;
        insight.topics = topics_of(insight.text, vocabulary, insight.speaker, 8);
        insight.entities = entities_of(insight.text, vocabulary, insight.speaker);
        insight.stance = stance_of(insight.text);
        insight.modality = modality_of(insight.text, attributes(insight.text));
        insight.scores = scores_of(insight.text);
        insight.published_at = ordering_time(request.episode);
        return insight;
    }

    // How much of the episode speaks of the same things; not yet between 0 and 1.
    double raw_centrality(const Insight& insight) {
        double sum = 0;
        const std::vector<std::string> own = text::unique_stems(insight.text);
        for (const std::string& stem : own) sum += std::log(1.0 + vocabulary.sentences[vocabulary.id_of(stem)]);
        return sum / std::sqrt(std::max<double>(20, own.size()));
    }
};

ClaimChecker::ClaimChecker(const ExtractionRequest& request, const EngineSettings& settings)
    : episode_(new Episode{request,
                           settings,
                           known_names(request.podcast, request.episode),
                           spelt_names(request.podcast, request.episode),
                           {},
                           {},
                           {},
                           {}}) {
    Episode& e = *episode_;
    e.turns = turns_of(request.transcript.segments, request.transcript.format != TranscriptFormat::show_notes);
    for (const Turn& turn : e.turns) e.speakers.push_back(speaker_name(turn.speaker, e.known));
    statements_of(e.turns, e.speakers, e.vocabulary);  // fills the vocabulary
    for (const Turn& turn : e.turns) {
        for (std::string& stem : text::unique_stems(turn.text)) e.stems.insert(std::move(stem));
    }
}

ClaimChecker::~ClaimChecker() = default;

ClaimChecker::Checked ClaimChecker::check(const ModelClaim& claim, const ModelWindow& window) {
    Episode& e = *episode_;
    if (const auto fault = plain_text_fault(claim.claim); !fault.empty()) return {fault, {}};
    if (speaks_to_the_machine(claim.claim)) return {gate::to_the_machine, {}};
    if (const auto fault = e.citation_fault(claim, window); !fault.empty()) return {fault, {}};
    const std::optional<Found> found = e.find(claim);
    if (!found) return {gate::invented_quote, {}};
    if (const auto fault = e.quote_fault(*found); !fault.empty()) return {fault, {}};
    ModelClaim mended = claim;
    mended.claim = repair_names_in(claim.claim, e.spelt);
    if (const auto fault = style_fault_of(mended.claim, e.settings); !fault.empty()) return {fault, {}};
    if (const auto fault = e.words_fault(mended, *found); !fault.empty()) return {fault, {}};
    return {gate::none, e.insight_of(mended, *found)};
}

std::vector<Insight> ClaimChecker::best_of(std::vector<Insight> insights, std::span<const std::size_t> preferred,
                                           std::size_t limit, ExtractionReport& report) {
    constexpr float for_the_preferred = 0.1f;
    Episode& e = *episode_;
    std::vector<double> raw;
    for (const Insight& insight : insights) raw.push_back(e.raw_centrality(insight));
    std::vector<std::size_t> order(insights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return raw[a] != raw[b] ? raw[a] < raw[b] : a < b; });
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        InsightScores& scores = insights[order[rank]].scores;
        scores.centrality = order.size() == 1 ? 0.5f : static_cast<float>(rank) / static_cast<float>(order.size() - 1);
        WorthContext context;
        context.speaker = insights[order[rank]].speaker;
        context.centrality = scores.centrality;
        scores.quality = quality_of(insights[order[rank]].text, context, e.settings);
    }
    std::vector<int> place(insights.size(), static_cast<int>(insights.size()));
    for (std::size_t i = 0; i < preferred.size(); ++i) {
        if (preferred[i] >= insights.size()) continue;
        place[preferred[i]] = static_cast<int>(i);
        float& quality = insights[preferred[i]].scores.quality;
        quality = std::min(1.0f, quality + for_the_preferred);
    }
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (place[a] != place[b]) return place[a] < place[b];
        const float x = insights[a].scores.quality;
        const float y = insights[b].scores.quality;
        return x != y ? x > y : a < b;
    });
    std::vector<Insight> best;
    std::vector<std::vector<std::string>> said;
    for (const std::size_t i : order) {
        std::vector<std::string> stems = text::unique_stems(insights[i].text);
        const bool again = std::any_of(said.begin(), said.end(), [&](const std::vector<std::string>& other) {
            return text::jaccard(stems, other) > near_equal;
        });
        if (again) ++report.dropped[std::string(gate::duplicate)];
        if (again || best.size() >= limit) continue;
        said.push_back(std::move(stems));
        best.push_back(std::move(insights[i]));
    }
    std::stable_sort(best.begin(), best.end(), [](const Insight& a, const Insight& b) {
        if (a.first_segment != b.first_segment) return a.first_segment < b.first_segment;
        return a.quote_begin < b.quote_begin;
    });
    return best;
}

}  // namespace podbrief::insights
