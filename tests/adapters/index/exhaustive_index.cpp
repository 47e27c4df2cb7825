#include "tests/adapters/index/exhaustive_index.hpp"

#include <algorithm>
#include <set>

#include "adapters/index/scoring.hpp"
#include "core/search/negation.hpp"
#include "core/search/synonyms.hpp"
#include "core/text/unicode.hpp"
#include "core/text/words.hpp"

namespace podbrief::index {
namespace {

// Words of a text and the short names of the phrases in it.
std::vector<std::string> words_and_names(const std::string& text, std::vector<std::string>& names) {
    std::vector<std::string> stems = text::stems(text);
    for (std::size_t at = 0; at < stems.size(); ++at) {
        for (const search::Phrase& phrase : search::phrases()) {
            if (at + phrase.stems.size() > stems.size()) continue;
            if (std::equal(phrase.stems.begin(), phrase.stems.end(), stems.begin() + static_cast<std::ptrdiff_t>(at))) {
                names.push_back(phrase.name);
            }
        }
    }
    return stems;
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
    std::map<std::string, int, std::less<>> quoted;
    std::set<std::string> beyond_quote;
    const auto note = [&](const std::string& text, int units, bool claim) {
        std::vector<std::string> names;
        for (const std::string& stem : words_and_names(text, names)) {
            entry.units[stem] += units;
            if (claim) beyond_quote.insert(stem);
        }
        if (!claim) return;
        for (const std::string& name : names) {
            entry.units[name] += units;
            beyond_quote.insert(name);
        }
    };
    note(insight.text, text_units, true);
    for (const std::string& topic : insight.topics) note(topic, label_units, true);
    for (const std::string& entity : insight.entities) note(entity, label_units, true);
    note(insight.speaker, name_units, false);
    note(std::string(show), name_units, false);
    std::vector<std::string> names;
    for (const std::string& stem : words_and_names(insight.quote, names)) quoted[stem] += quote_units;
    for (const std::string& name : names) quoted[name] += quote_units;
    for (const auto& [stem, units] : quoted) {
        if (!beyond_quote.contains(stem)) entry.units[stem] += units;
    }
    for (auto& [stem, units] : entry.units) {
        units = std::min(units, most_units);
        entry.sum_of_units += units;
    }
    entries_[insight.id] = std::move(entry);
    ++changes_;
}

bool ExhaustiveIndex::is_wanted(const Entry& entry, const SearchQuery& query) const {
    const Insight& one = entry.insight;
    return !holds(query.exclude_insights, one.id) && !holds(query.exclude_episodes, one.episode) &&
           (!query.podcast || one.podcast == *query.podcast) &&
           (query.speaker.empty() || text::fold(one.speaker) == query.speaker) &&
           (!query.published_from || one.published_at >= *query.published_from) &&
           (!query.published_until || one.published_at < *query.published_until);
}

std::vector<SearchHit> ExhaustiveIndex::search(const SearchQuery& query, std::size_t limit) const {
    struct Group {
        float heaviest = 0;
        std::size_t holding = 0;
        std::vector<QueryTerm> terms;
    };
    std::vector<int> order;
    std::map<int, Group> groups;
    for (std::size_t i = 0; i < std::min<std::size_t>(query.terms.size(), 64); ++i) {
        const QueryTerm& term = query.terms[i];
        if (!(term.weight > 0)) continue;
        if (!groups.contains(term.group)) order.push_back(term.group);
        Group& group = groups[term.group];
        group.heaviest = std::max(group.heaviest, static_cast<float>(term.weight));
        group.holding = std::max(group.holding, document_frequency(term.stem));
        group.terms.push_back(term);
    }
    double lengths = 0;
    for (const auto& [id, entry] : entries_) lengths += length_of(entry.sum_of_units);
    const double average = entries_.empty() ? 0 : lengths / static_cast<double>(entries_.size());

    std::vector<SearchHit> hits;
    for (const auto& [id, entry] : entries_) {
        if (!is_wanted(entry, query)) continue;
        float score = 0;
        double covered = 0;
        double full = 0;
        for (const int number : order) {
            const Group& group = groups[number];
            const float rare = rarity(group.holding, entries_.size());
            float best = 0;
            float cover = 0;
            for (const QueryTerm& term : group.terms) {
                const auto held = entry.units.find(term.stem);
                if (held == entry.units.end()) continue;
                const float worth = static_cast<float>(term.weight) * rare;
                best = std::max(best, impact(worth, held->second, length_norm(length_of(entry.sum_of_units), average)));
                cover = std::max(cover, worth);
            }
            score += best;
            covered += cover;
            full += rare * group.heaviest;
        }
        if (score <= 0) continue;
        const Insight& one = entry.insight;
        hits.push_back({one.id, one.episode, one.podcast, one.cluster, score, std::min(1.0, covered / full), one.stance,
                        search::is_negated(one.text), one.published_at});
    }
    std::sort(hits.begin(), hits.end(), [](const SearchHit& a, const SearchHit& b) {
        return a.score != b.score ? a.score > b.score : a.insight > b.insight;
    });
    hits.resize(std::min(hits.size(), limit));
    return hits;
}

std::size_t ExhaustiveIndex::document_frequency(std::string_view stem) const {
    return static_cast<std::size_t>(std::count_if(entries_.begin(), entries_.end(),
                                                  [&](const auto& item) { return item.second.units.contains(stem); }));
}

std::vector<std::string> ExhaustiveIndex::near_stems(std::string_view stem, int distance) const {
    std::map<std::string, std::size_t> near;
    for (const auto& [id, entry] : entries_) {
        for (const auto& [held, units] : entry.units) {
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

}  // namespace podbrief::index
