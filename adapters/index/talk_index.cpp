#include "adapters/index/talk_index.hpp"

#include <algorithm>
#include <unordered_map>

#include "adapters/index/talk_records.hpp"
#include "adapters/index/talk_scorer.hpp"

namespace podbrief::index {
namespace {

constexpr std::size_t fewest_erased = 64;  // episodes; below that, sweeping is not worth it
constexpr float passage_words = 80;
constexpr int most_count = 63;

}  // namespace

struct TalkIndex::State {
    explicit State(const PassageWeights& chosen) : weights(chosen) {}

    const PassageWeights weights;
    Vocabulary vocabulary;
    ListsByTerm<PostingList> postings;
    std::vector<TalkRecord> records;
    std::vector<TalkUnit> units;
    std::unordered_map<EpisodeId, std::uint32_t> by_episode;
    // Kept between calls to put, for their memory only.
    std::vector<TermId> terms;
    std::vector<TermId> names;

    void add_unit(const TalkUnit& unit);
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
    record.first_unit = static_cast<Document>(state.units.size());
    state.terms.clear();
    state.vocabulary.append_terms(talk.title, state.terms);
    state.vocabulary.append_terms(talk.notes, state.terms);
    state.add_unit({.record = number});
    for (std::size_t at = 0; at < talk.segments.size(); ++at) {
        const Segment& segment = talk.segments[at];
        if (segment.kind == SegmentKind::advert) continue;
        const auto words = static_cast<float>(1 + std::count(segment.text.begin(), segment.text.end(), ' '));
        state.terms.clear();
        state.vocabulary.append_terms(segment.text, state.terms);
        state.vocabulary.append_terms(segment.speaker, state.terms);
        state.add_unit(
            {.record = number, .segment = static_cast<std::uint32_t>(at), .middle = record.words + words / 2});
        record.words += words;
    }
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
    for (TalkRecord record : records) {
        if (record.erased) continue;
        const auto first = static_cast<Document>(kept_units.size());
        for (Document unit = record.first_unit; unit < record.past_units; ++unit) {
            renumbered[unit] = static_cast<Document>(kept_units.size());
            TalkUnit kept = units[unit];
            kept.record = static_cast<std::uint32_t>(kept_records.size());
            kept_units.push_back(kept);
        }
        record.first_unit = first;
        record.past_units = static_cast<Document>(kept_units.size());
        by_episode[record.episode] = static_cast<std::uint32_t>(kept_records.size());
        kept_records.push_back(record);
    }
    for (TermId id = 0; id < vocabulary.size(); ++id) {
        PostingList& list = postings.of(id);
        list.sweep([&](Document unit) { return renumbered[unit]; });
        vocabulary[id].insights = static_cast<std::uint32_t>(list.end() - list.begin());
    }
    postings.renumber(vocabulary.sweep());
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
    while (units[range.last].middle - units[range.first].middle < passage_words) {
        const bool before = range.first > record.first_unit + 1 && !taken[range.first - 1];
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
    TalkScorer scorer(state.vocabulary, state.postings, state.records, state.units, state.weights);
    scorer.score(query.terms, wanted);
    std::vector<bool> taken(state.units.size(), false);
    std::vector<Passage> passages;
    for (const Document unit : scorer.ranked()) {
        if (passages.size() == limit) break;
        if (taken[unit]) continue;
        const State::Range range = state.around(unit, scorer, taken);
        bool said = false;
        for (Document one = range.first; one <= range.last; ++one) said = said || scorer.is_said_in(one);
        if (!said) continue;
        for (Document one = range.first; one <= range.last; ++one) taken[one] = true;
        const TalkRecord& record = state.records[state.units[unit].record];
        passages.push_back({.episode = record.episode,
                            .podcast = record.podcast,
                            .first_segment = state.units[range.first].segment,
                            .last_segment = state.units[range.last].segment,
                            .score = scorer.score_of(unit),
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
    TalkScorer scorer(state.vocabulary, state.postings, state.records, state.units, state.weights);
    scorer.score(terms, wanted);
    std::vector<std::size_t> segments;
    for (const Document unit : scorer.ranked()) segments.push_back(state.units[unit].segment);
    return segments;
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
