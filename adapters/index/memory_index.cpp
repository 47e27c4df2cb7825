#include "adapters/index/memory_index.hpp"

#include <algorithm>
#include <optional>

#include "adapters/index/documents.hpp"
#include "adapters/index/insight_vectors.hpp"
#include "adapters/index/scoring.hpp"
#include "adapters/index/searcher.hpp"
#include "adapters/index/vocabulary.hpp"
#include "core/search/negation.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::index {
namespace {

constexpr std::size_t fewest_tombstones = 1024;  // below that, sweeping is not worth it

struct Occurrence {
    TermId term;
    std::uint8_t units;
    enum class Field : std::uint8_t { text, label, quote, name } field;
    auto operator<=>(const Occurrence&) const = default;
};
using Field = Occurrence::Field;

}  // namespace

struct MemoryIndex::State {
    Vocabulary vocabulary;
    Documents documents;
    // Kept between calls to put, for their memory only.
    std::vector<TermId> terms;
    std::vector<Occurrence> occurrences;
    std::vector<DocumentTerm> document_terms;
    std::uint64_t changes = 0;
    const search::TextVectors* meaning = nullptr;
    std::optional<InsightVectors> vectors;

    void note(std::string_view text, Field field, int units);
    void collect(const Insight& insight, std::string_view show);
    void add(const Insight& insight);
    void remove(Document document);
    void sweep_when_worth_it();
};

void MemoryIndex::State::note(std::string_view text, Field field, int units) {
    terms.clear();
    vocabulary.append_terms(text, terms);
    for (const TermId term : terms) occurrences.push_back({term, static_cast<std::uint8_t>(units), field});
    if (field == Field::name) return;
    // The short name of a phrase was not written, so it does not count among the words of the text.
    const Field names = field == Field::text ? Field::label : field;
    vocabulary.for_each_concept(
        terms, [&](TermId name) { occurrences.push_back({name, static_cast<std::uint8_t>(units), names}); });
}

void MemoryIndex::State::collect(const Insight& insight, std::string_view show) {
    occurrences.clear();
    note(insight.text, Field::text, text_units);
    for (const std::string& topic : insight.topics) note(topic, Field::label, label_units);
    for (const std::string& entity : insight.entities) note(entity, Field::label, label_units);
    note(insight.quote, Field::quote, quote_units);
    note(insight.speaker, Field::name, name_units);
    note(show, Field::name, name_units);
}

void MemoryIndex::State::add(const Insight& insight) {
    std::sort(occurrences.begin(), occurrences.end());
    const auto document = static_cast<Document>(documents.count());
    document_terms.clear();
    int sum = 0;
    for (auto one = occurrences.begin(); one != occurrences.end();) {
        const TermId term = one->term;
        bool in_text = false;
        bool beyond_quote = false;
        int units = 0;
        int quoted = 0;
        for (; one != occurrences.end() && one->term == term; ++one) {
            in_text = in_text || one->field == Field::text;
            beyond_quote = beyond_quote || one->field == Field::text || one->field == Field::label;
            (one->field == Field::quote ? quoted : units) += one->units;
        }
        if (!beyond_quote) units += quoted;
        units = std::min(units, most_units);
        sum += units;
        if (document_terms.size() == UINT16_MAX) break;
        document_terms.push_back({term, in_text});
        vocabulary[term].postings.add(document, units);
        ++vocabulary[term].insights;
    }
    DocumentRecord record;
    record.insight = insight.id;
    record.episode = insight.episode;
    record.podcast = insight.podcast;
    record.cluster = insight.cluster;
    record.published_at = insight.published_at;
    record.stance = insight.stance;
    record.negated = search::is_negated(insight.text);
    record.speaker = documents.number_of_speaker(text::fold(insight.speaker));
    documents.add(record, length_of(sum), document_terms);
}

void MemoryIndex::State::remove(Document document) {
    documents.for_each_term(document, [&](DocumentTerm one) { --vocabulary[one.term].insights; });
    documents.erase(document);
}

void MemoryIndex::State::sweep_when_worth_it() {
    const std::size_t erased = documents.count() - documents.live();
    if (erased < fewest_tombstones || erased * 4 < documents.count()) return;
    std::vector<Document> renumbered(documents.count(), PostingList::most_documents);
    Document next = 0;
    for (Document document = 0; document < documents.count(); ++document) {
        if (!documents[document].erased) renumbered[document] = next++;
    }
    for (TermId id = 0; id < vocabulary.size(); ++id) {
        vocabulary[id].postings.sweep([&](Document document) { return renumbered[document]; });
    }
    const std::vector<TermId> new_terms = vocabulary.sweep();
    Documents kept;
    for (Document document = 0; document < documents.count(); ++document) {
        if (documents[document].erased) continue;
        document_terms.clear();
        documents.for_each_term(
            document, [&](DocumentTerm one) { document_terms.push_back({new_terms[one.term], one.in_text}); });
        kept.add(documents[document], documents.length(document), document_terms);
    }
    kept.take_speakers_of(documents);
    documents = std::move(kept);
}

MemoryIndex::MemoryIndex(const search::TextVectors* meaning) : state_(std::make_unique<State>()) {
    state_->meaning = meaning;
    if (meaning != nullptr) state_->vectors.emplace(meaning->dimension());
}
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
    if (document == PostingList::most_documents) return;
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
    return index::search(state_->vocabulary, state_->documents, query, limit);
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
    if (document == PostingList::most_documents) return stems;
    state_->documents.for_each_term(document, [&](DocumentTerm one) {
        if (one.in_text) stems.push_back(state_->vocabulary[one.term].stem);
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

double MemoryIndex::similarity(const std::vector<float>& vector, InsightId id) const {
    return state_->vectors ? state_->vectors->cosine(vector, id) : 0;
}

std::vector<SearchHit> MemoryIndex::nearest(const std::vector<float>& vector, const SearchQuery& filters,
                                            std::size_t limit) const {
    std::vector<SearchHit> hits;
    if (!state_->vectors) return hits;
    const Documents& documents = state_->documents;
    const std::uint32_t speaker = filters.speaker.empty() ? 0 : documents.find_speaker(filters.speaker);
    const auto holds = [](const auto& list, auto one) {
        return std::find(list.begin(), list.end(), one) != list.end();
    };
    const auto wanted = [&](InsightId id) {
        const DocumentRecord& record = documents[documents.find(id)];
        return (filters.speaker.empty() || record.speaker == speaker) &&
               (!filters.podcast || record.podcast == *filters.podcast) &&
               (!filters.published_from || record.published_at >= *filters.published_from) &&
               !holds(filters.exclude_insights, id) && !holds(filters.exclude_episodes, record.episode);
    };
    const bool any = filters.speaker.empty() && !filters.podcast && !filters.published_from &&
                     filters.exclude_insights.empty() && filters.exclude_episodes.empty();
    const InsightVectors::Wanted asked = any ? nullptr : InsightVectors::Wanted(wanted);
    for (const InsightVectors::Near& near : state_->vectors->nearest(vector, limit, asked)) {
        const DocumentRecord& record = documents[documents.find(near.insight)];
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

MemoryUse MemoryIndex::memory_use() const {
    return {.postings = state_->vocabulary.bytes_of_postings(),
            .documents = state_->documents.bytes(),
            .vocabulary = state_->vocabulary.bytes_of_words(),
            .vectors = state_->vectors ? state_->vectors->bytes() : 0};
}

}  // namespace podbrief::index
