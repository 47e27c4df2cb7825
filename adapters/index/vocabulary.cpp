#include "adapters/index/vocabulary.hpp"

#include <algorithm>
#include <cstring>
#include <tuple>

#include "adapters/index/edit_distance.hpp"
#include "core/search/synonyms.hpp"
#include "core/text/unicode.hpp"
#include "core/text/words.hpp"

namespace podbrief::index {
namespace {

constexpr std::size_t near_limit = 5;

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Short words without small letters: they can mean another thing than the same letters in lower case.
bool is_capitals(std::string_view word) {
    return word.size() <= 6 && std::none_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; }) &&
           std::any_of(word.begin(), word.end(), is_letter);
}

std::uint64_t quick_hash(std::string_view word) {
    std::uint64_t hash = word.size();
    for (; word.size() >= 8; word.remove_prefix(8)) {
        std::uint64_t eight;
        std::memcpy(&eight, word.data(), 8);
        hash = (hash ^ eight) * 0x9E3779B97F4A7C15ULL;
        hash ^= hash >> 32;
    }
    std::uint64_t rest = 0;
    if (!word.empty()) std::memcpy(&rest, word.data(), word.size());
    hash = (hash ^ rest) * 0x9E3779B97F4A7C15ULL;
    return hash ^ (hash >> 29);
}

// Lower case without allocation where the word is short ASCII.
std::string_view folded(std::string_view word, char (&buffer)[32], std::string& large) {
    if (word.size() <= sizeof buffer) {
        bool ascii = true;
        for (std::size_t i = 0; i < word.size(); ++i) {
            const char c = word[i];
            ascii = ascii && static_cast<unsigned char>(c) < 0x80;
            buffer[i] = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
        }
        if (ascii) return {buffer, word.size()};
    }
    large = text::fold(word);
    return large;
}

// The best few of many, by an order that leaves no ties.
template <class Found, class Better>
void keep_best(std::vector<Found>& found, std::size_t limit, Better better) {
    const auto middle = found.begin() + static_cast<std::ptrdiff_t>(std::min(limit, found.size()));
    std::partial_sort(found.begin(), middle, found.end(), better);
    found.erase(middle, found.end());
}

}  // namespace

Vocabulary::Vocabulary() {
    keep_concepts();
}

void Vocabulary::keep_concepts() {
    for (const search::Phrase& phrase : search::phrases()) {
        std::vector<TermId> terms;
        for (const std::string& stem : phrase.stems) terms.push_back(add_term(stem));
        const TermId name = add_term(phrase.name);
        for (const TermId term : terms) terms_[term].kept = true;
        terms_[name].kept = true;
        concepts_[terms.front()].push_back({{terms.begin() + 1, terms.end()}, name});
    }
}

TermId Vocabulary::add_term(std::string_view stem) {
    if (const auto known = by_stem_.find(stem); known != by_stem_.end()) return known->second;
    const auto id = static_cast<TermId>(terms_.size());
    const Spelling spelling(stem);
    terms_.emplace_back();
    terms_.back().stem = stem;
    term_shapes_.push_back({spelling.mask, spelling.size});
    by_stem_.emplace(stem, id);
    return id;
}

TermId Vocabulary::add_word(const std::string& key, std::string_view word, bool is_folded) {
    const std::vector<std::string> stems = text::stems(word);
    TermId term = no_term;
    if (!stems.empty()) term = add_term(stems.front());
    const auto [at, added] = words_.emplace(key, term);
    if (is_folded && term != no_term) {
        const Spelling spelling(key);
        known_.push_back({&at->first, term});
        known_shapes_.push_back({spelling.mask, spelling.size});
    }
    return term;
}

TermId Vocabulary::term_of_word(std::string_view word) {
    if (word.empty() || word.size() > Recent::longest) return look_up(word);
    Recent& recent = recent_[quick_hash(word) % recent_words];
    if (recent.size == word.size() && std::memcmp(recent.word, word.data(), word.size()) == 0) return recent.term;
    recent.term = look_up(word);
    recent.size = static_cast<std::uint8_t>(word.size());
    std::memcpy(recent.word, word.data(), word.size());
    return recent.term;
}

TermId Vocabulary::look_up(std::string_view word) {
    const bool capitals = is_capitals(word);
    char buffer[32];
    std::string large;
    const std::string_view key = capitals ? word : folded(word, buffer, large);
    if (const auto known = words_.find(key); known != words_.end()) return known->second;
    if (capitals) {
        const std::string_view small = folded(word, buffer, large);
        if (words_.find(small) == words_.end()) add_word(std::string(small), small, true);
        return add_word(std::string(key), word, false);
    }
    return add_word(std::string(key), word, true);
}

TermId Vocabulary::find(std::string_view stem) const {
    const auto known = by_stem_.find(stem);
    return known == by_stem_.end() ? no_term : known->second;
}

void Vocabulary::append_terms(std::string_view text, std::vector<TermId>& terms) {
    for (const text::ByteRange& word : text::words(text)) {
        const TermId term = term_of_word(word.in(text));
        if (term != no_term) terms.push_back(term);
    }
}

void Vocabulary::append_terms(std::string_view text, std::vector<TermId>& terms, std::vector<std::uint32_t>& places) {
    std::uint32_t place = 0;
    for (const text::ByteRange& word : text::words(text)) {
        if (const TermId term = term_of_word(word.in(text)); term != no_term) {
            terms.push_back(term);
            places.push_back(place);
        }
        ++place;
    }
}

std::vector<std::string> Vocabulary::near_stems(std::string_view stem, int distance) const {
    const Spelling wanted(stem);
    if (wanted.size == 0) return {};
    std::vector<std::tuple<std::uint32_t, std::string_view>> found;
    for (std::size_t id = 0; id < term_shapes_.size(); ++id) {
        const Shape shape = term_shapes_[id];
        if (!may_be_near(shape.mask, shape.size, wanted.mask, wanted.size, distance)) continue;
        const Term& term = terms_[id];
        if (term.insights == 0 || term.stem == stem) continue;
        if (edits_between(Spelling(term.stem), wanted, distance) <= distance)
            found.emplace_back(term.insights, term.stem);
    }
    keep_best(found, near_limit, [](const auto& a, const auto& b) {
        return std::tuple(std::get<0>(b), std::get<1>(a)) < std::tuple(std::get<0>(a), std::get<1>(b));
    });
    std::vector<std::string> stems;
    for (const auto& [count, known] : found) stems.emplace_back(known);
    return stems;
}

std::vector<KnownWord> Vocabulary::near_words(std::string_view word, int distance) const {
    const Spelling wanted(word);
    if (wanted.size == 0) return {};
    struct Near {
        int edits;
        std::uint32_t insights;
        const Word* known;
    };
    std::vector<Near> found;
    for (std::size_t i = 0; i < known_shapes_.size(); ++i) {
        const Shape shape = known_shapes_[i];
        if (!may_be_near(shape.mask, shape.size, wanted.mask, wanted.size, distance)) continue;
        const Word& known = known_[i];
        const std::uint32_t insights = terms_[known.term].insights;
        if (insights == 0 || *known.text == word) continue;
        const int edits = edits_between(Spelling(*known.text), wanted, distance);
        if (edits <= distance) found.push_back({edits, insights, &known});
    }
    keep_best(found, near_limit, [](const Near& a, const Near& b) {
        return std::tuple(a.edits, b.insights, std::string_view(*a.known->text)) <
               std::tuple(b.edits, a.insights, std::string_view(*b.known->text));
    });
    std::vector<KnownWord> words;
    for (const Near& near : found) words.push_back({*near.known->text, terms_[near.known->term].stem});
    return words;
}

void Vocabulary::index_stems() {
    term_shapes_.clear();
    by_stem_.clear();
    by_stem_.reserve(terms_.size());
    for (TermId id = 0; id < terms_.size(); ++id) {
        const Spelling spelling(terms_[id].stem);
        term_shapes_.push_back({spelling.mask, spelling.size});
        by_stem_.emplace(terms_[id].stem, id);
    }
}

std::vector<TermId> Vocabulary::sweep() {
    std::vector<TermId> renumbered(terms_.size(), no_term);
    std::vector<Term> kept;
    for (TermId id = 0; id < terms_.size(); ++id) {
        if (terms_[id].insights == 0 && !terms_[id].kept) continue;
        renumbered[id] = static_cast<TermId>(kept.size());
        kept.push_back(std::move(terms_[id]));
    }
    terms_ = std::move(kept);
    recent_.assign(recent_words, Recent{});

    index_stems();
    // Words come back as they are met again; those that are still in use keep their place.
    std::vector<Word> known;
    std::vector<Shape> shapes;
    for (std::size_t i = 0; i < known_.size(); ++i) {
        if (renumbered[known_[i].term] == no_term) continue;
        known.push_back({known_[i].text, renumbered[known_[i].term]});
        shapes.push_back(known_shapes_[i]);
    }
    known_ = std::move(known);
    known_shapes_ = std::move(shapes);
    std::erase_if(words_,
                  [&](const auto& word) { return word.second != no_term && renumbered[word.second] == no_term; });
    for (auto& [text, term] : words_) {
        if (term != no_term) term = renumbered[term];
    }
    concepts_.clear();
    keep_concepts();
    return renumbered;
}

void Vocabulary::save(Saving& to) const {
    std::vector<std::string> stems;
    std::vector<std::uint32_t> insights;
    for (const Term& term : terms_) {
        stems.push_back(term.stem);
        insights.push_back(term.insights);
    }
    std::vector<std::string> words;
    std::vector<TermId> terms;
    for (const auto& [word, term] : words_) {
        words.push_back(word);
        terms.push_back(term);
    }
    to.texts(stems);
    to.numbers(insights);
    to.texts(words);
    to.numbers(terms);
}

void Vocabulary::load(Loading& from) {
    std::vector<std::string> stems;
    std::vector<std::uint32_t> insights;
    from.texts(stems);
    from.numbers(insights);
    from.texts(read_words_);
    from.numbers(read_terms_);
    insights.resize(stems.size());
    terms_.clear();
    for (std::size_t id = 0; id < stems.size(); ++id) terms_.push_back({std::move(stems[id]), insights[id]});
}

void Vocabulary::connect() {
    index_stems();
    words_.clear();
    words_.reserve(read_words_.size());
    known_.clear();
    known_shapes_.clear();
    for (std::size_t i = 0; i < read_words_.size(); ++i) {
        const auto at = words_.emplace(std::move(read_words_[i]), read_terms_[i]).first;
        if (at->second == no_term || is_capitals(at->first)) continue;
        const Spelling spelling(at->first);
        known_.push_back({&at->first, at->second});
        known_shapes_.push_back({spelling.mask, spelling.size});
    }
    read_words_ = {};
    read_terms_ = {};
    recent_.assign(recent_words, Recent{});
    concepts_.clear();
    keep_concepts();
}

std::size_t Vocabulary::bytes() const {
    constexpr std::size_t node = 2 * sizeof(void*) + sizeof(std::string) + sizeof(TermId);  // of a hash map, about
    return recent_.capacity() * sizeof(Recent) + terms_.capacity() * sizeof(Term) +
           term_shapes_.capacity() * sizeof(Shape) + by_stem_.size() * node + words_.size() * node +
           known_.capacity() * sizeof(Word) + known_shapes_.capacity() * sizeof(Shape);
}

}  // namespace podbrief::index
