#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/index/archive.hpp"
#include "core/ports/search_index.hpp"

namespace podbrief::index {

using TermId = std::uint32_t;
constexpr TermId no_term = UINT32_MAX;

// One list for each term, by its number; empty where there is none yet.
template <class List>
class ListsByTerm {
public:
    List& of(TermId term) {
        if (term >= lists_.size()) lists_.resize(term + std::size_t{1});
        return lists_[term];
    }
    const List& operator[](TermId term) const {
        static const List none;
        return term < lists_.size() ? lists_[term] : none;
    }
    std::size_t size() const { return lists_.size(); }

    // After Vocabulary::sweep, whose result it takes.
    void renumber(const std::vector<TermId>& renumbered) {
        std::vector<List> kept;
        for (TermId term = 0; term < lists_.size(); ++term) {
            if (renumbered[term] == no_term) continue;
            if (renumbered[term] >= kept.size()) kept.resize(renumbered[term] + std::size_t{1});
            kept[renumbered[term]] = std::move(lists_[term]);
        }
        lists_ = std::move(kept);
    }

    std::size_t bytes() const {
        std::size_t bytes = lists_.capacity() * sizeof(List);
        for (const List& list : lists_) bytes += list.bytes();
        return bytes;
    }

private:
    std::vector<List> lists_;
};

// The words of the library. A term is a stem; several words lead to one term.
class Vocabulary {
public:
    struct Term {
        std::string stem;
        std::uint32_t insights = 0;  // that hold it, not counting erased ones
        bool kept = false;           // part of a concept: stays though nothing holds it
    };

    Vocabulary();

    // The term of a word as written; no_term for stop words and single letters. Adds what is new.
    TermId term_of_word(std::string_view word);
    // The term of a stem, or no_term.
    TermId find(std::string_view stem) const;

    // Appends the terms of the words of a text, in order.
    void append_terms(std::string_view text, std::vector<TermId>& terms);
    // The same with the place of each: how many words, of whatever kind, stand before it in the text.
    void append_terms(std::string_view text, std::vector<TermId>& terms, std::vector<std::uint32_t>& places);
    // The short names (a concept's) of all phrases found in a sequence of terms, and where in it they begin:
    // "artificial intelligence" gives "ai".
    template <class Take>
    void for_each_concept(std::span<const TermId> terms, Take take) const {
        for (std::size_t at = 0; at < terms.size(); ++at) {
            const auto starting = concepts_.find(terms[at]);
            if (starting == concepts_.end()) continue;
            for (const Concept& one : starting->second) {
                const std::span<const TermId> rest = terms.subspan(at + 1);
                if (rest.size() >= one.rest.size() && std::equal(one.rest.begin(), one.rest.end(), rest.begin())) {
                    take(one.name, at);
                }
            }
        }
    }

    Term& operator[](TermId id) { return terms_[id]; }
    const Term& operator[](TermId id) const { return terms_[id]; }
    std::size_t size() const { return terms_.size(); }

    std::vector<std::string> near_stems(std::string_view stem, int distance) const;
    std::vector<KnownWord> near_words(std::string_view folded, int distance) const;

    // Drops terms that nothing holds. The result tells each old term's new id; no_term: dropped.
    std::vector<TermId> sweep();

    std::size_t bytes() const;

    void save(Saving& to) const;
    void load(Loading& from);  // in place of what was there; not to be used before `connect`
    void connect();

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    template <class Value>
    using Map = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;
    // What can be told of a spelling without looking at its letters.
    struct Shape {
        std::uint32_t mask;
        std::uint8_t size;
    };
    struct Word {
        const std::string* text;  // a key of words_
        TermId term;
    };
    // A word met lately, as written: talk uses few words, often, and the maps are slow by comparison.
    struct Recent {
        static constexpr std::size_t longest = 23;
        char word[longest];
        std::uint8_t size = 0;
        TermId term = no_term;
    };
    static constexpr std::size_t recent_words = 1 << 13;

    struct Concept {
        std::vector<TermId> rest;  // the terms after the first
        TermId name;
    };

    TermId add_term(std::string_view stem);
    TermId add_word(const std::string& key, std::string_view word, bool folded);
    TermId look_up(std::string_view word);
    void keep_concepts();
    void index_stems();

    std::vector<Recent> recent_{recent_words};  // by hash; a newcomer takes the place of whoever was there
    std::vector<Term> terms_;
    std::vector<Shape> term_shapes_;  // of terms_, side by side: scanned whole
    Map<TermId> by_stem_;
    Map<TermId> words_;        // folded; short ones in capitals as they are too ("US" is not "us")
    std::vector<Word> known_;  // folded words that have a term
    std::vector<Shape> known_shapes_;
    std::vector<std::string> read_words_;  // between load and connect
    std::vector<TermId> read_terms_;
    std::unordered_map<TermId, std::vector<Concept>> concepts_;  // by the first term of the phrase
};

}  // namespace podbrief::index
