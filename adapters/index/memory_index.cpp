#include "adapters/index/memory_index.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "adapters/index/archive.hpp"
#include "adapters/index/documents.hpp"
#include "adapters/index/filters.hpp"
#include "adapters/index/impacts.hpp"
#include "adapters/index/insight_vectors.hpp"
#include "adapters/index/scoring.hpp"
#include "adapters/index/searcher.hpp"
#include "adapters/index/vocabulary.hpp"
#include "core/search/negation.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::index {
namespace {

constexpr std::size_t fewest_tombstones = 1024;  // below that, sweeping is not worth it

// A word of an insight.
struct Occurrence {
    static constexpr std::uint32_t nowhere = UINT32_MAX;
    TermId term;
    Field field;
    bool written;         // false: stands for a phrase that was
    std::uint32_t place;  // in claim or quote; `nowhere`: not kept
    auto operator<=>(const Occurrence&) const = default;
};

}  // namespace

struct MemoryIndex::State {
    explicit State(const search::TextVectors* with) : meaning(with) {
        if (meaning != nullptr) vectors.emplace(meaning->dimension());
    }
    std::string model() const { return meaning != nullptr ? meaning->model() : std::string(); }

    Vocabulary vocabulary;
    Documents documents;
    ListsByTerm<ImpactList> postings;
    // Kept between calls to put, for their memory only.
    std::vector<TermId> terms;
    std::vector<std::uint32_t> places;
    std::vector<Occurrence> occurrences;
    FieldCounts lengths{};
    std::vector<std::uint8_t> document_terms;
    std::uint64_t changes = 0;
    const search::TextVectors* meaning;
    std::optional<InsightVectors> vectors;  // made by `meaning`

    void note(std::string_view text, Field field);
    void collect(const Insight& insight, std::string_view show);
    void add(const Insight& insight);
    void remove(Document document);
    void sweep_when_worth_it();
};

void MemoryIndex::State::note(std::string_view text, Field field) {
    terms.clear();
    places.clear();
    vocabulary.append_terms(text, terms, places);
    const bool placed = field == Field::claim || field == Field::quote;
    lengths[static_cast<std::size_t>(field)] += static_cast<std::uint32_t>(terms.size());
    for (std::size_t i = 0; i < terms.size(); ++i) {
        occurrences.push_back({terms[i], field, true, placed ? places[i] : Occurrence::nowhere});
    }
    if (field == Field::speaker || field == Field::show) return;
    vocabulary.for_each_concept(terms, [&](TermId name, std::size_t at) {
        occurrences.push_back({name, field, false, field == Field::claim ? places[at] : Occurrence::nowhere});
    });
}

void MemoryIndex::State::collect(const Insight& insight, std::string_view show) {
    occurrences.clear();
    lengths.fill(0);
    note(insight.text, Field::claim);
    note(insight.quote, Field::quote);
    for (const std::string& topic : insight.topics) note(topic, Field::label);
    for (const std::string& entity : insight.entities) note(entity, Field::label);
    note(insight.speaker, Field::speaker);
    note(show, Field::show);
}

void MemoryIndex::State::add(const Insight& insight) {
    std::sort(occurrences.begin(), occurrences.end());
    const auto document = static_cast<Document>(documents.count());
    document_terms.clear();
    std::vector<std::uint32_t> in_claim;
    std::vector<std::uint32_t> in_quote;
    DocumentRecord record;
    TermId last = 0;
    for (auto one = occurrences.begin(); one != occurrences.end();) {
        const TermId term = one->term;
        FieldCounts counts{};
        bool written = false;
        in_claim.clear();
        in_quote.clear();
        for (; one != occurrences.end() && one->term == term; ++one) {
            ++counts[static_cast<std::size_t>(one->field)];
            if (one->field == Field::claim) written = written || one->written;
            if (one->place == Occurrence::nowhere) continue;
            (one->field == Field::claim ? in_claim : in_quote).push_back(one->place);
        }
        if (record.term_count == UINT16_MAX) break;
        ++record.term_count;
        std::sort(in_claim.begin(), in_claim.end());  // a name may be written as well
        const auto how = in_claim.empty() ? DocumentTerm::InClaim::no
                         : written        ? DocumentTerm::InClaim::written
                                          : DocumentTerm::InClaim::by_name;
        Documents::write_term(term - last, how, in_claim, in_quote, document_terms);
        last = term;
        postings.of(term).add(document, impact_of(counts, lengths));
        ++vocabulary[term].insights;
    }
    record.insight = insight.id;
    record.episode = insight.episode;
    record.podcast = insight.podcast;
    record.cluster = insight.cluster;
    record.published_at = insight.published_at;
    record.stance = insight.stance;
    record.negated = search::is_negated(insight.text);
    record.speaker = documents.number_of_speaker(text::fold(insight.speaker));
    documents.add(record, document_terms);
}

void MemoryIndex::State::remove(Document document) {
    documents.for_each_term(document, [&](const DocumentTerm& one) {
        --vocabulary[one.term].insights;
        return true;
    });
    documents.erase(document);
}

void MemoryIndex::State::sweep_when_worth_it() {
    const std::size_t erased = documents.count() - documents.live();
    if (erased < fewest_tombstones || erased * 4 < documents.count()) return;
    std::vector<Document> renumbered(documents.count(), no_document);
    Document next = 0;
    for (Document document = 0; document < documents.count(); ++document) {
        if (!documents[document].erased) renumbered[document] = next++;
    }
    for (TermId id = 0; id < postings.size(); ++id) {
        postings.of(id).sweep([&](Document document) { return renumbered[document]; });
    }
    const std::vector<TermId> new_terms = vocabulary.sweep();
    postings.renumber(new_terms);
    documents.sweep(new_terms);
}

MemoryIndex::MemoryIndex(const search::TextVectors* meaning, Scoring scoring)
    : state_(std::make_unique<State>(meaning)), scoring_(scoring) {}

MemoryIndex::~MemoryIndex() = default;

void MemoryIndex::put(const Insight& insight, std::string_view show) {
    erase(insight.id);
    state_->collect(insight, show);
    state_->add(insight);
    if (state_->vectors) state_->vectors->put(insight.id, state_->meaning->vector_of(insight.text));
    ++state_->changes;
}

void MemoryIndex::erase(InsightId id) {
    const Document document = state_->documents.find(id);
    if (document == no_document) return;
    state_->remove(document);
    if (state_->vectors) state_->vectors->erase(id);
    state_->sweep_when_worth_it();
    ++state_->changes;
}

std::size_t MemoryIndex::size() const {
    return state_->documents.live();
}

std::uint64_t MemoryIndex::changes() const {
    return state_->changes;
}

std::vector<SearchHit> MemoryIndex::search(const SearchQuery& query, std::size_t limit) const {
    return index::search({state_->vocabulary, state_->documents, state_->postings}, query, limit, scoring_);
}

std::size_t MemoryIndex::document_frequency(std::string_view stem) const {
    const TermId term = state_->vocabulary.find(stem);
    return term == no_term ? 0 : state_->vocabulary[term].insights;
}

std::vector<std::string> MemoryIndex::near_stems(std::string_view stem, int distance) const {
    return state_->vocabulary.near_stems(stem, std::clamp(distance, 0, 2));
}

std::vector<KnownWord> MemoryIndex::near_words(std::string_view folded, int distance) const {
    return state_->vocabulary.near_words(folded, std::clamp(distance, 0, 2));
}

std::vector<std::string> MemoryIndex::stems_of(InsightId id) const {
    std::vector<std::string> stems;
    const Document document = state_->documents.find(id);
    if (document == no_document) return stems;
    state_->documents.for_each_term(document, [&](const DocumentTerm& one) {
        if (one.in_claim == DocumentTerm::InClaim::written) stems.push_back(state_->vocabulary[one.term].stem);
        return true;
    });
    std::sort(stems.begin(), stems.end());
    return stems;
}

std::vector<float> MemoryIndex::vector_of_text(std::string_view text) const {
    return state_->vectors ? state_->meaning->vector_of(text) : std::vector<float>();
}

std::vector<float> MemoryIndex::vector_of(InsightId id) const {
    return state_->vectors ? state_->vectors->vector_of(id) : std::vector<float>();
}

std::vector<float> MemoryIndex::similarities(const std::vector<float>& vector,
                                             const std::vector<InsightId>& insights) const {
    return state_->vectors ? state_->vectors->cosines(vector, insights) : SearchIndex::similarities(vector, insights);
}

std::vector<SearchHit> MemoryIndex::nearest(const std::vector<float>& vector, const SearchQuery& filters,
                                            std::size_t limit) const {
    return state_->vectors ? nearest_of(*state_->vectors, vector, filters, limit) : std::vector<SearchHit>();
}

std::vector<SearchHit> MemoryIndex::nearest_of(const InsightVectors& vectors, const std::vector<float>& vector,
                                               const SearchQuery& filters, std::size_t limit) const {
    std::vector<SearchHit> hits;
    const Documents& documents = state_->documents;
    const Filters filter(documents, filters);
    if (filter.nothing()) return hits;
    const auto wanted = [&](InsightId id) {
        const Document document = documents.find(id);
        return document != no_document && filter.let(documents[document]);
    };
    const bool any = filters.speaker.empty() && !filters.podcast && !filters.published_from &&
                     !filters.published_until && filters.exclude_insights.empty() && filters.exclude_episodes.empty();
    const InsightVectors::Wanted asked = any ? nullptr : InsightVectors::Wanted(wanted);
    for (const InsightVectors::Near& near : vectors.nearest(vector, limit, asked)) {
        const Document document = documents.find(near.insight);
        if (document == no_document) continue;
        const DocumentRecord& record = documents[document];
        hits.push_back({.insight = near.insight,
                        .episode = record.episode,
                        .podcast = record.podcast,
                        .cluster = record.cluster,
                        .score = near.cosine,
                        .stance = record.stance,
                        .negated = record.negated,
                        .published_at = record.published_at});
    }
    return hits;
}

const search::TextVectors* MemoryIndex::meaning() const {
    return state_->meaning;
}

MemoryUse MemoryIndex::memory_use() const {
    return {.postings = state_->postings.bytes(),
            .documents = state_->documents.bytes(),
            .vocabulary = state_->vocabulary.bytes(),
            .vectors = state_->vectors ? state_->vectors->bytes() : 0};
}

void MemoryIndex::save(Saving& to) const {
    const State& state = *state_;
    state.vocabulary.save(to);
    state.documents.save(to);
    std::vector<std::uint32_t> sizes;
    std::vector<std::uint32_t> entries;
    for (TermId term = 0; term < state.postings.size(); ++term) {
        const auto list = state.postings[term].entries();
        sizes.push_back(static_cast<std::uint32_t>(list.size()));
        entries.insert(entries.end(), list.begin(), list.end());
    }
    to.numbers(sizes);
    to.numbers(entries);
    to.texts({state.model()});
    if (state.vectors) state.vectors->save(to);
}

bool MemoryIndex::load(Loading& from) {
    auto state = std::make_unique<State>(state_->meaning);
    std::vector<std::uint32_t> sizes;
    std::vector<std::uint32_t> entries;
    state->vocabulary.load(from);
    state->documents.load(from);
    from.numbers(sizes);
    from.numbers(entries);
    std::vector<std::string> model;
    from.texts(model);
    // Vectors of two models are never compared: an index that was saved with others is made anew.
    const bool same_model = model.size() == 1 && model.front() == state->model();
    const bool has_vectors = !same_model || !state->vectors || state->vectors->load(from);
    const bool whole = same_model && has_vectors && from.finish();
    if (!whole) state = std::make_unique<State>(state_->meaning);
    state->changes = state_->changes + 1;
    state_ = std::move(state);
    if (!whole) return false;
    state_->vocabulary.connect();
    state_->documents.connect();
    std::span<const std::uint32_t> rest = entries;
    for (std::size_t term = 0; term < sizes.size(); ++term) {
        state_->postings.of(static_cast<TermId>(term)).assign(rest.first(sizes[term]));
        rest = rest.subspan(sizes[term]);
    }
    return true;
}

void MemoryIndex::take(MemoryIndex&& other) {
    const std::uint64_t changes = state_->changes + other.state_->changes + 1;
    state_ = std::exchange(other.state_, std::make_unique<State>(other.state_->meaning));
    state_->changes = changes;
}

}  // namespace podbrief::index
