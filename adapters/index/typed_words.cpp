#include "adapters/index/typed_words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "core/search/synonyms.hpp"
#include "core/text/unicode.hpp"
#include "core/text/words.hpp"

namespace podbrief::index {
namespace {

constexpr std::size_t most_words = 24;     // of a query; what comes after is not read
constexpr std::size_t shortest_part = 3;   // bytes, of a word that is written together
constexpr std::size_t longest_whole = 32;  // bytes, of one that is looked at for parts
constexpr float joined_weight = 0.9F;

// How far from an asked word others count, in words; and by how many words they lose all but a third of their worth:
// away from where they would stand in the order typed, or simply away.
constexpr Place reach = 32;
constexpr double order_width = 2;
constexpr double any_order_width = 12;

const std::array<float, 2 * reach + 1>& worth_out_of_order() {
    static const auto all = [] {
        std::array<float, 2 * reach + 1> made{};
        for (std::size_t words = 0; words < made.size(); ++words) {
            made[words] = static_cast<float>(std::exp(-static_cast<double>(words) / order_width));
        }
        return made;
    }();
    return all;
}

const std::array<float, reach + 1>& worth_at_distance() {
    static const auto all = [] {
        std::array<float, reach + 1> made{};
        for (std::size_t words = 1; words < made.size(); ++words) {
            made[words] = static_cast<float>(std::exp(-static_cast<double>(words - 1) / any_order_width));
        }
        return made;
    }();
    return all;
}

std::vector<Place> places_in(const PlaceList& list) {
    std::vector<Place> places;
    places.reserve(list.size());
    list.for_each([&](Place place) { places.push_back(place); });
    return places;
}

class Reader {
public:
    Reader(const std::vector<QueryTerm>& terms, const Vocabulary& vocabulary, const WordPlaces& places)
        : terms_(terms), vocabulary_(vocabulary), places_(places) {}

    TypedWord read(std::string_view word) const {
        const std::vector<std::string> stems = text::stems(word);
        if (!stems.empty()) return of_stem(stems.front());
        TypedWord typed;
        const PlaceList& list = places_.of_small_word(text::fold(word));
        typed.said.reserve(list.size());
        list.for_each([&](Place place) { typed.said.push_back({place, 1}); });
        return typed;
    }

    TypedWord of_stem(const std::string& stem) const {
        TypedWord typed;
        typed.stem = stem;
        typed.asked = is_asked(stem);
        add(typed, stem, 1);
        const auto own = std::find_if(terms_.begin(), terms_.end(), [&](const QueryTerm& t) { return t.stem == stem; });
        if (own == terms_.end()) return typed;
        for (const QueryTerm& term : terms_) {
            if (term.group == own->group && term.stem != stem) add(typed, term.stem, static_cast<float>(term.weight));
        }
        return typed;
    }

    // "start up" where people write "startup".
    void join(TypedWord& left, TypedWord& right, std::string_view written_left, std::string_view written_right) const {
        const std::string whole = text::fold(std::string(written_left) + std::string(written_right));
        const std::vector<std::string> stems = text::stems(whole);
        const TermId term = stems.empty() ? no_term : vocabulary_.find(stems.front());
        if (term == no_term) return;
        for (const Place place : places_in(places_.of(term))) {
            if (!left.stem.empty()) left.joined.push_back(place);
            if (!right.stem.empty()) right.joined.push_back(place);
        }
    }

    // "WebComponents" where people write "web components".
    void split(TypedWord& typed, std::string_view written) const {
        std::string whole = text::fold(written);
        if (whole.ends_with("'s")) whole.resize(whole.size() - 2);
        if (typed.stem.empty() || whole.size() > longest_whole) return;
        for (std::size_t at = shortest_part; at + shortest_part <= whole.size(); ++at) {
            const std::vector<std::string> head = text::stems(std::string_view(whole).substr(0, at));
            if (head.empty()) continue;
            const TermId first = vocabulary_.find(head.front());
            if (first == no_term || places_.of(first).size() == 0) continue;
            const std::vector<std::string> tail = text::stems(std::string_view(whole).substr(at));
            const TermId second = tail.empty() ? no_term : vocabulary_.find(tail.front());
            if (second == no_term) continue;
            const std::vector<Place> after = places_in(places_.of(second));
            places_.of(first).for_each([&](Place place) {
                if (std::binary_search(after.begin(), after.end(), place + 1)) typed.joined.push_back(place);
            });
        }
    }

    // Sorts; of two at one place the better counts.
    static void finish(TypedWord& typed, std::size_t total) {
        std::sort(typed.joined.begin(), typed.joined.end());
        for (const Place place : typed.joined) typed.said.push_back({place, joined_weight});
        const auto before = [](const TypedWord::Said& a, const TypedWord::Said& b) {
            return a.place != b.place ? a.place < b.place : a.weight > b.weight;
        };
        // Mostly it is one word's list, and small words have long ones.
        if (!std::is_sorted(typed.said.begin(), typed.said.end(), before)) {
            std::sort(typed.said.begin(), typed.said.end(), before);
        }
        const auto same = [](const TypedWord::Said& a, const TypedWord::Said& b) { return a.place == b.place; };
        typed.said.erase(std::unique(typed.said.begin(), typed.said.end(), same), typed.said.end());
        typed.rarity =
            std::log(1 + (static_cast<double>(total) + 0.5) / (static_cast<double>(typed.said.size()) + 0.5));
    }

private:
    // A term, or a word of a phrase whose short name is one.
    bool is_asked(std::string_view stem) const {
        const auto is_term = [&](std::string_view wanted) {
            return std::any_of(terms_.begin(), terms_.end(), [&](const QueryTerm& t) { return t.stem == wanted; });
        };
        if (is_term(stem)) return true;
        const auto& all = search::phrases();
        return std::any_of(all.begin(), all.end(), [&](const search::Phrase& phrase) {
            return is_term(phrase.name) &&
                   std::find(phrase.stems.begin(), phrase.stems.end(), stem) != phrase.stems.end();
        });
    }

    void add(TypedWord& typed, std::string_view stem, float weight) const {
        const TermId term = vocabulary_.find(stem);
        if (term == no_term) return;
        places_.of(term).for_each([&](Place place) { typed.said.push_back({place, weight}); });
    }

    const std::vector<QueryTerm>& terms_;
    const Vocabulary& vocabulary_;
    const WordPlaces& places_;
};

}  // namespace

std::vector<TypedWord> typed_words(std::string_view text, const std::vector<QueryTerm>& terms,
                                   const Vocabulary& vocabulary, const WordPlaces& places, std::size_t total) {
    const Reader reader(terms, vocabulary, places);
    std::vector<TypedWord> words;
    std::vector<text::ByteRange> ranges = text::words(text);
    if (ranges.size() > most_words) ranges.resize(most_words);
    for (const text::ByteRange& range : ranges) {
        TypedWord word = reader.read(range.in(text));
        const bool again = !word.stem.empty() && std::any_of(words.begin(), words.end(), [&](const TypedWord& one) {
            return one.stem == word.stem;
        });
        if (again) word = TypedWord();
        word.again = again;
        words.push_back(std::move(word));
    }
    for (std::size_t at = 0; at < ranges.size(); ++at) {
        if (at + 1 < ranges.size()) {
            reader.join(words[at], words[at + 1], ranges[at].in(text), ranges[at + 1].in(text));
        }
        reader.split(words[at], ranges[at].in(text));
    }
    if (ranges.empty()) {
        std::map<int, const QueryTerm*> groups;
        for (const QueryTerm& term : terms) groups.emplace(term.group, &term);
        for (const auto& [group, term] : groups) words.push_back(reader.of_stem(term->stem));
    }
    for (TypedWord& word : words) {
        if (!word.again) Reader::finish(word, total);
    }
    return words;
}

std::vector<Together> said_together(const std::vector<TypedWord>& words) {
    double all = 0;
    for (const TypedWord& word : words) all += word.rarity;
    std::vector<Together> found;
    if (!(all > 0)) return found;
    for (std::size_t at = 0; at < words.size(); ++at) {
        if (!words[at].asked) continue;
        std::vector<std::size_t> from(words.size(), 0);  // in the places of each word: the first within reach
        for (const TypedWord::Said& here : words[at].said) {
            double in_order = 0;
            double others = 0;
            for (std::size_t other = 0; other < words.size(); ++other) {
                if (other == at) continue;
                const std::vector<TypedWord::Said>& said = words[other].said;
                std::size_t& first = from[other];
                while (first < said.size() && said[first].place + reach < here.place) ++first;
                const auto typed_after = static_cast<std::int64_t>(other) - static_cast<std::int64_t>(at);
                float best_in_order = 0;
                float best = 0;
                for (std::size_t i = first; i < said.size() && said[i].place <= here.place + reach; ++i) {
                    const std::int64_t after = std::int64_t{said[i].place} - std::int64_t{here.place};
                    if (after == 0) continue;
                    const auto out_of_order = static_cast<std::size_t>(std::abs(after - typed_after));
                    const auto distance = static_cast<std::size_t>(std::abs(after));
                    if (out_of_order < worth_out_of_order().size()) {
                        best_in_order = std::max(best_in_order, said[i].weight * worth_out_of_order()[out_of_order]);
                    }
                    best = std::max(best, said[i].weight * worth_at_distance()[distance]);
                }
                in_order += words[other].rarity * best_in_order;
                others += words[other].rarity * best;
            }
            const double own = words[at].rarity;
            found.push_back({.place = here.place,
                             .in_order = here.weight * static_cast<float>((own + in_order) / all),
                             .share = here.weight * static_cast<float>((own + others) / all),
                             .others = here.weight * static_cast<float>(others)});
        }
    }
    return found;
}

}  // namespace podbrief::index
