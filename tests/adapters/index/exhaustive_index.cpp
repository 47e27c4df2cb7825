#include "tests/adapters/index/exhaustive_index.hpp"

#include <algorithm>

#include "adapters/index/scoring.hpp"
#include "core/search/negation.hpp"
#include "core/search/synonyms.hpp"
#include "core/text/unicode.hpp"
#include "core/text/words.hpp"

namespace podbrief::index {
namespace {

using Places = std::map<std::string, std::vector<std::uint32_t>>;

// The stems of a text with their places among its words.
std::vector<std::pair<std::string, std::uint32_t>> placed_stems(const std::string& text) {
    std::vector<std::pair<std::string, std::uint32_t>> found;
    std::uint32_t place = 0;
    for (const text::ByteRange& word : text::words(text)) {
        for (const std::string& stem : text::stems(word.in(text))) found.emplace_back(stem, place);
        ++place;
    }
    return found;
}

// The short names of the phrases in it, and where those begin.
std::vector<std::pair<std::string, std::uint32_t>> placed_names(const std::string& text) {
    const auto stems = placed_stems(text);
    std::vector<std::pair<std::string, std::uint32_t>> found;
    for (std::size_t at = 0; at < stems.size(); ++at) {
        for (const search::Phrase& phrase : search::phrases()) {
            bool here = at + phrase.stems.size() <= stems.size();
            for (std::size_t i = 0; here && i < phrase.stems.size(); ++i) here = stems[at + i].first == phrase.stems[i];
            if (here) found.emplace_back(phrase.name, stems[at].second);
        }
    }
    return found;
}

bool stands_in(const QueryPhrase& phrase, const Places& places) {
    const auto of = [&](const std::string& stem) {
        const auto found = places.find(stem);
        return found == places.end() ? std::vector<std::uint32_t>{} : found->second;
    };
    for (const std::uint32_t begin : of(phrase.words.front().stem)) {
        if (std::all_of(phrase.words.begin(), phrase.words.end(), [&](const QueryPhrase::Word& word) {
                const auto all = of(word.stem);
                return std::find(all.begin(), all.end(), begin + word.place) != all.end();
            })) {
            return true;
        }
    }
    return false;
}

// Optimal string alignment over bytes, by the book.
int edits(const std::string& a, const std::string& b) {
    std::vector<std::vector<int>> table(a.size() + 1, std::vector<int>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) table[i][0] = static_cast<int>(i);
    for (std::size_t j = 0; j <= b.size(); ++j) table[0][j] = static_cast<int>(j);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            table[i][j] =
                std::min({table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                table[i][j] = std::min(table[i][j], table[i - 2][j - 2] + 1);
            }
        }
    }
    return table[a.size()][b.size()];
}

template <class T>
bool holds(const std::vector<T>& list, const T& one) {
    return std::find(list.begin(), list.end(), one) != list.end();
}

}  // namespace

void ExhaustiveIndex::put(const Insight& insight, std::string_view show) {
    Entry entry;
    entry.insight = insight;
    std::map<std::string, FieldCounts> counts;
    FieldCounts lengths{};
    const auto note = [&](Field field, const std::string& text) {
        const auto f = static_cast<std::size_t>(field);
        for (const auto& [stem, place] : placed_stems(text)) {
            ++counts[stem][f];
            ++lengths[f];
            if (field == Field::claim) entry.claim[stem].push_back(place);
            if (field == Field::quote) entry.quote[stem].push_back(place);
        }
        if (field == Field::speaker || field == Field::show) return;
        for (const auto& [name, place] : placed_names(text)) {
            ++counts[name][f];
            if (field == Field::claim) entry.claim[name].push_back(place);
        }
    };
    note(Field::claim, insight.text);
    note(Field::quote, insight.quote);
    for (const std::string& topic : insight.topics) note(Field::label, topic);
    for (const std::string& entity : insight.entities) note(Field::label, entity);
    note(Field::speaker, insight.speaker);
    note(Field::show, std::string(show));
    for (const auto& [stem, in_fields] : counts) entry.impacts[stem] = impact_of(in_fields, lengths);
    entries_[insight.id] = std::move(entry);
    ++changes_;
}

bool ExhaustiveIndex::is_wanted(const Entry& entry, const SearchQuery& query) const {
    const Insight& one = entry.insight;
    return !holds(query.exclude_insights, one.id) && !holds(query.exclude_episodes, one.episode) &&
           (!query.podcast || one.podcast == *query.podcast) &&
           (query.speaker.empty() || text::fold(one.speaker) == query.speaker) &&
           (!query.published_from || one.published_at >= *query.published_from) &&
           (!query.published_until || one.published_at < *query.published_until) &&
           std::all_of(query.phrases.begin(), query.phrases.end(), [&](const QueryPhrase& phrase) {
               return stands_in(phrase, entry.claim) || stands_in(phrase, entry.quote);
           });
}

// The groups of the query that anybody speaks of, in its order; each with its neighbour.
std::uint32_t ExhaustiveIndex::nearness(const Entry& entry, const std::vector<Group>& groups) const {
    std::vector<const Group*> known;
    for (const Group& group : groups) {
        if (group.holding > 0) known.push_back(&group);
    }
    std::uint64_t sum = 0;
    std::uint64_t weights = 0;
    for (std::size_t g = 0; g + 1 < known.size(); ++g) {
        const std::uint32_t weight = std::min(known[g]->full, known[g + 1]->full);
        std::uint32_t best = 0;
        for (const QueryTerm& left : known[g]->terms) {
            for (const QueryTerm& right : known[g + 1]->terms) {
                if (!entry.claim.contains(left.stem) || !entry.claim.contains(right.stem)) continue;
                for (const std::uint32_t a : entry.claim.at(left.stem)) {
                    for (const std::uint32_t b : entry.claim.at(right.stem)) {
                        best = std::max(best, closeness(std::max(a, b) - std::min(a, b)));
                    }
                }
            }
        }
        sum += std::uint64_t{best} * weight;
        weights += weight;
    }
    return weights == 0 ? 0 : static_cast<std::uint32_t>(sum / weights);
}

// 0: it does not hold all of them.
std::uint32_t ExhaustiveIndex::least_impact(const Entry& entry, const std::vector<std::string>& stems) {
    std::uint32_t least = stems.empty() ? 0 : UINT32_MAX;
    for (const std::string& stem : stems) {
        const auto held = entry.impacts.find(stem);
        least = std::min(least, held == entry.impacts.end() ? 0 : held->second);
    }
    return least;
}

std::size_t ExhaustiveIndex::holding_all(const std::vector<std::string>& stems) const {
    return static_cast<std::size_t>(std::count_if(
        entries_.begin(), entries_.end(), [&](const auto& item) { return least_impact(item.second, stems) > 0; }));
}

std::vector<SearchHit> ExhaustiveIndex::search(const SearchQuery& query, std::size_t limit) const {
    std::vector<Group> groups;
    for (std::size_t i = 0; i < std::min<std::size_t>(query.terms.size(), most_terms); ++i) {
        const QueryTerm& term = query.terms[i];
        if (!(term.weight > 0)) continue;
        auto group = std::find_if(groups.begin(), groups.end(), [&](const Group& g) { return g.number == term.group; });
        if (group == groups.end()) {
            group = groups.emplace(group);
            group->number = term.group;
        }
        group->heaviest = std::max(group->heaviest, term.weight);
        group->holding = std::max(group->holding, document_frequency(term.stem));
        group->terms.push_back(term);
    }
    for (std::size_t i = 0; i < std::min(most_alternatives, query.alternatives.size()); ++i) {
        const QueryAlternative& one = query.alternatives[i];
        const auto group =
            std::find_if(groups.begin(), groups.end(), [&](const Group& g) { return g.number == one.group; });
        const std::size_t holding = holding_all(one.stems);
        if (group == groups.end() || !(one.weight > 0) || holding == 0) continue;
        group->heaviest = std::max(group->heaviest, one.weight);
        group->holding = std::max(group->holding, holding);
        group->alternatives.push_back(one);
    }
    std::uint64_t full = 0;
    for (Group& group : groups) {
        group.full = worth_of(group.heaviest, rarity(group.holding, entries_.size()));
        full += group.full;
    }
    std::vector<SearchHit> hits;
    for (const auto& [id, entry] : entries_) {
        if (!is_wanted(entry, query)) continue;
        std::uint32_t score = 0;
        std::uint64_t covered = 0;
        for (const Group& group : groups) {
            const float rare = rarity(group.holding, entries_.size());
            std::uint32_t best = 0;
            std::uint32_t cover = 0;
            for (const QueryTerm& term : group.terms) {
                const auto held = entry.impacts.find(term.stem);
                if (held == entry.impacts.end()) continue;
                best = std::max(best, worth_of(term.weight, rare) * held->second);
                cover = std::max(cover, worth_of(term.weight, rare));
            }
            for (const QueryAlternative& one : group.alternatives) {
                const std::uint32_t least = least_impact(entry, one.stems);
                if (least == 0) continue;
                best = std::max(best, worth_of(one.weight, rare) * least);
                cover = std::max(cover, worth_of(one.weight, rare));
            }
            score += best;
            covered += cover;
        }
        if (score == 0) continue;
        if (query.typed) score = with_nearness(score, nearness(entry, groups));
        const Insight& one = entry.insight;
        hits.push_back({one.id, one.episode, one.podcast, one.cluster, shown_score(score),
                        static_cast<double>(covered) / static_cast<double>(full), one.stance,
                        search::is_negated(one.text), one.published_at});
    }
    std::sort(hits.begin(), hits.end(), [](const SearchHit& a, const SearchHit& b) {
        return a.score != b.score ? a.score > b.score : a.insight > b.insight;
    });
    hits.resize(std::min(hits.size(), limit));
    return hits;
}

std::size_t ExhaustiveIndex::document_frequency(std::string_view stem) const {
    return static_cast<std::size_t>(std::count_if(
        entries_.begin(), entries_.end(), [&](const auto& item) { return item.second.impacts.contains(stem); }));
}

std::vector<std::string> ExhaustiveIndex::near_stems(std::string_view stem, int distance) const {
    std::map<std::string, std::size_t> near;
    for (const auto& [id, entry] : entries_) {
        for (const auto& [held, impact] : entry.impacts) {
            if (held == stem || held.empty() || stem.empty() || held.size() > 24 || stem.size() > 24) continue;
            if (edits(held, std::string(stem)) <= distance) ++near[held];
        }
    }
    std::vector<std::pair<std::string, std::size_t>> sorted(near.begin(), near.end());
    std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    std::vector<std::string> stems;
    for (std::size_t i = 0; i < std::min<std::size_t>(5, sorted.size()); ++i) stems.push_back(sorted[i].first);
    return stems;
}

std::vector<std::string> ExhaustiveIndex::stems_of(InsightId id) const {
    const auto entry = entries_.find(id);
    return entry == entries_.end() ? std::vector<std::string>{} : text::unique_stems(entry->second.insight.text);
}

std::vector<float> ExhaustiveIndex::vector_of_text(std::string_view text) const {
    return meaning_ == nullptr ? std::vector<float>() : meaning_->vector_of(text);
}

std::vector<float> ExhaustiveIndex::vector_of(InsightId id) const {
    const auto entry = entries_.find(id);
    return entry == entries_.end() ? std::vector<float>() : vector_of_text(entry->second.insight.text);
}

std::vector<float> ExhaustiveIndex::similarities(const std::vector<float>& vector,
                                                 const std::vector<InsightId>& insights) const {
    std::vector<float> found;
    for (const InsightId id : insights) found.push_back(static_cast<float>(search::cosine(vector, vector_of(id))));
    return found;
}

std::vector<SearchHit> ExhaustiveIndex::nearest(const std::vector<float>& vector, const SearchQuery& filters,
                                                std::size_t limit) const {
    std::vector<SearchHit> hits;
    for (const auto& [id, entry] : entries_) {
        if (!is_wanted(entry, filters) || vector_of(id).empty()) continue;
        const Insight& one = entry.insight;
        hits.push_back({one.id, one.episode, one.podcast, one.cluster, search::cosine(vector, vector_of(id)), 0,
                        one.stance, search::is_negated(one.text), one.published_at});
    }
    std::sort(hits.begin(), hits.end(), [](const SearchHit& a, const SearchHit& b) {
        return a.score != b.score ? a.score > b.score : a.insight > b.insight;
    });
    hits.resize(std::min(hits.size(), limit));
    return hits;
}

}  // namespace podbrief::index
