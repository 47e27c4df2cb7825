#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "adapters/index/word_places.hpp"
#include "core/ports/search_index.hpp"

namespace podbrief::index {

// A word of a query as it was typed, in its order, with everywhere it is said.
struct TypedWord {
    struct Said {
        Place place;
        float weight;  // 1: itself; less: a word that stands for it
    };
    std::string stem;           // empty: a small word
    bool asked = false;         // what the query is about, not how it asks
    bool again = false;         // typed before: only keeps its place among the others, and has nothing below
    std::vector<Said> said;     // by place
    std::vector<Place> joined;  // where it is said as a part of, or in parts of, a word written together
    double rarity = 0;          // among all that is said
};

// Reads the words of `text`; when it is empty, one word for each group of `terms`. What is written together by one and
// apart by another ("WebComponents", "start up") is found either way. `total` is how many segments there are.
std::vector<TypedWord> typed_words(std::string_view text, const std::vector<QueryTerm>& terms,
                                   const Vocabulary& vocabulary, const WordPlaces& places, std::size_t total);

// Where an asked word is said with the others of its query.
struct Together {
    Place place;
    float in_order;  // 0..1: the share of the query that is said there, in the order typed
    float share;     // 0..1: the same in any order
    float others;    // the rarity of the other words said there, in any order
};

// For each place of each asked word; word by word, so not by place.
std::vector<Together> said_together(const std::vector<TypedWord>& words);

}  // namespace podbrief::index
