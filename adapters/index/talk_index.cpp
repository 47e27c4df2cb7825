#include "adapters/index/talk_index.hpp"

#include <algorithm>
#include <unordered_map>

#include "adapters/index/passage_order.hpp"
#include "adapters/index/talk_records.hpp"
#include "adapters/index/talk_scorer.hpp"
#include "core/text/words.hpp"

namespace podbrief::index {
namespace {

constexpr std::size_t fewest_erased = 64;  // episodes; below that, sweeping is not worth it
constexpr Place passage_words = 80;
constexpr int most_count = 63;

}  // namespace

struct TalkIndex::State : TalkTables {
    explicit State(const PassageWeights& chosen) : weights(chosen) {}

    const PassageWeights weights;
    std::unordered_map<EpisodeId, std::uint32_t> by_episode;
    // Kept between calls to put, for their memory only.
    std::vector<TermId> terms;
    std::vector<TermId> names;

    void add_unit(const TalkUnit& unit);
    void say(std::string_view text);
    struct Range {
        Document first;
        Document last;
    };
    Range around(Document best, const TalkScorer& scorer, const std::vector<bool>& taken) const;
    void sweep_when_worth_it();
};

// `terms` holds the words of the unit.
void TalkIndex::State::add_unit(const TalkUnit& unit) {
    names.clear();
    vocabulary.for_each_concept(terms, [&](TermId name, std::size_t) { names.push_back(name); });
    terms.insert(terms.end(), names.begin(), names.end());
    std::sort(terms.begin(), terms.end());
    const auto number = static_cast<Document>(units.size());
    for (auto one = terms.begin(); one != terms.end();) {
        const auto next = std::upper_bound(one, terms.end(), *one);
        postings.of(*one).add(number, std::min(most_count, static_cast<int>(next - one)));
        ++vocabulary[*one].insights;
        one = next;
    }
    units.push_back(unit);
}

// Words that come next; their terms into `terms`.
void TalkIndex::State::say(std::string_view text) {
    for (const text::ByteRange& range : text::words(text)) {
        const std::string_view word = range.in(text);
        const TermId term = vocabulary.term_of_word(word);
        if (term != no_term) terms.push_back(term);
        places.say(word, term);
    }
}

TalkIndex::TalkIndex(const PassageWeights& weights) : state_(std::make_unique<State>(weights)) {}
TalkIndex::~TalkIndex() = default;

void TalkIndex::put(const Talk& talk) {
    erase(talk.episode);
    State& state = *state_;
    const auto number = static_cast<std::uint32_t>(state.records.size());
    TalkRecord record;
    record.episode = talk.episode;
    record.podcast = talk.podcast;
    record.published_at = talk.published_at;
    record.title = static_cast<Document>(state.units.size());
    state.places.pause();
    record.first_place = state.places.here();
    for (const std::string_view written : {talk.title, talk.notes}) {
        state.terms.clear();
        state.vocabulary.append_terms(written, state.terms);
        state.add_unit({.record = number, .first_place = record.first_place, .past_place = record.first_place});
    }
    for (std::size_t at = 0; at < talk.segments.size(); ++at) {
        const Segment& segment = talk.segments[at];
        if (segment.kind == SegmentKind::advert) continue;
        state.terms.clear();
        TalkUnit unit{.record = number, .segment = static_cast<std::uint32_t>(at), .first_place = state.places.here()};
        state.say(segment.text);
        unit.past_place = state.places.here();
        if (unit.past_place == unit.first_place) continue;  // music and the like: nothing was said
        state.vocabulary.append_terms(segment.speaker, state.terms);
        state.add_unit(unit);
    }
    record.past_place = state.places.here();
    record.past_units = static_cast<Document>(state.units.size());
    state.records.push_back(record);
    state.by_episode[talk.episode] = number;
}

void TalkIndex::erase(EpisodeId episode) {
    const auto known = state_->by_episode.find(episode);
    if (known == state_->by_episode.end()) return;
    state_->records[known->second].erased = true;
    state_->by_episode.erase(known);
    state_->sweep_when_worth_it();
}

void TalkIndex::State::sweep_when_worth_it() {
    const std::size_t erased = records.size() - by_episode.size();
    if (erased < fewest_erased || erased * 4 < records.size()) return;
    std::vector<Document> renumbered(units.size(), PostingList::most_documents);
    std::vector<TalkRecord> kept_records;
    std::vector<TalkUnit> kept_units;
    std::vector<WordPlaces::Kept> kept_places;
    Place here = 0;
    for (TalkRecord record : records) {
        if (record.erased) continue;
        const auto title = static_cast<Document>(kept_units.size());
        // With the pause before it.
        const Place pause = record.first_place - std::min(record.first_place, WordPlaces::length_of_pause);
        kept_places.push_back({pause, record.past_place, here});
        const auto moved = [&](Place place) { return place - pause + here; };
        for (Document unit = record.title; unit < record.past_units; ++unit) {
            renumbered[unit] = static_cast<Document>(kept_units.size());
            TalkUnit kept = units[unit];
            kept.record = static_cast<std::uint32_t>(kept_records.size());
            kept.first_place = moved(kept.first_place);
            kept.past_place = moved(kept.past_place);
            kept_units.push_back(kept);
        }
        record.title = title;
        record.past_units = static_cast<Document>(kept_units.size());
        record.first_place = moved(record.first_place);
        record.past_place = moved(record.past_place);
        here = record.past_place;
        by_episode[record.episode] = static_cast<std::uint32_t>(kept_records.size());
        kept_records.push_back(record);
    }
    for (TermId id = 0; id < vocabulary.size(); ++id) {
        PostingList& list = postings.of(id);
        list.sweep([&](Document unit) { return renumbered[unit]; });
        vocabulary[id].insights = static_cast<std::uint32_t>(list.end() - list.begin());
    }
    const std::vector<TermId> terms_now = vocabulary.sweep();
    postings.renumber(terms_now);
    places.sweep(kept_places, terms_now);
    records = std::move(kept_records);
    units = std::move(kept_units);
}

std::size_t TalkIndex::episodes() const {
    return state_->by_episode.size();
}

// From the best segment to both sides, where more of the query is said first, until it is long enough to be understood.
TalkIndex::State::Range TalkIndex::State::around(Document best, const TalkScorer& scorer,
                                                 const std::vector<bool>& taken) const {
    const TalkRecord& record = records[units[best].record];
    Range range{best, best};
    while (units[range.last].middle() - units[range.first].middle() < passage_words) {
        const bool before = range.first > record.first_said() && !taken[range.first - 1];
        const bool after = range.last + 1 < record.past_units && !taken[range.last + 1];
        if (!before && !after) break;
        if (before && (!after || scorer.score_of(range.first - 1) > scorer.score_of(range.last + 1))) {
            --range.first;
        } else {
            ++range.last;
        }
    }
    return range;
}

std::vector<Passage> TalkIndex::find(const PassageQuery& query, std::size_t limit) const {
    const State& state = *state_;
    std::vector<bool> wanted(state.records.size(), false);
    for (std::size_t at = 0; at < state.records.size(); ++at) {
        const TalkRecord& record = state.records[at];
        const auto& excluded = query.exclude_episodes;
        wanted[at] = !record.erased && (!query.podcast || *query.podcast == record.podcast) &&
                     (!query.episode || *query.episode == record.episode) &&
                     (!query.published_from || *query.published_from <= record.published_at) &&
                     (!query.published_until || record.published_at < *query.published_until) &&
                     std::find(excluded.begin(), excluded.end(), record.episode) == excluded.end();
    }
    TalkScorer scorer(state, state.weights);
    scorer.score(query.text, query.terms, wanted);
    PassageOrder order(state, scorer, limit);
    std::vector<bool> taken(state.units.size(), false);
    std::vector<Passage> passages;
    while (passages.size() < limit) {
        const auto next = order.next();
        if (!next) break;
        const Document unit = next->unit;
        if (taken[unit]) continue;
        const State::Range range = state.around(unit, scorer, taken);
        bool said = false;
        for (Document one = range.first; one <= range.last; ++one) said = said || scorer.is_said_in(one);
        if (!said) continue;
        order.take(unit);
        for (Document one = range.first; one <= range.last; ++one) taken[one] = true;
        const TalkRecord& record = state.records[state.units[unit].record];
        passages.push_back({.episode = record.episode,
                            .podcast = record.podcast,
                            .first_segment = state.units[range.first].segment,
                            .last_segment = state.units[range.last].segment,
                            .score = next->score,
                            .coverage = scorer.coverage_of(unit)});
    }
    return passages;
}

std::vector<std::size_t> TalkIndex::rank_segments(EpisodeId episode, const std::vector<QueryTerm>& terms) const {
    const State& state = *state_;
    const auto known = state.by_episode.find(episode);
    if (known == state.by_episode.end()) return {};
    std::vector<bool> wanted(state.records.size(), false);
    wanted[known->second] = true;
    TalkScorer scorer(state, within_episode);
    scorer.score({}, terms, wanted);
    std::vector<std::size_t> segments;
    for (const Document unit : scorer.ranked()) segments.push_back(state.units[unit].segment);
    return segments;
}

std::size_t TalkIndex::bytes() const {
    const State& state = *state_;
    return state.vocabulary.bytes() + state.postings.bytes() + state.places.bytes() +
           state.records.capacity() * sizeof(TalkRecord) + state.units.capacity() * sizeof(TalkUnit);
}

std::size_t TalkIndex::document_frequency(std::string_view stem) const {
    const TermId term = state_->vocabulary.find(stem);
    return term == no_term ? 0 : state_->vocabulary[term].insights;
}

std::vector<std::string> TalkIndex::near_stems(std::string_view stem, int distance) const {
    return state_->vocabulary.near_stems(stem, std::clamp(distance, 0, 2));
}

std::vector<KnownWord> TalkIndex::near_words(std::string_view folded, int distance) const {
    return state_->vocabulary.near_words(folded, std::clamp(distance, 0, 2));
}

}  // namespace podbrief::index
