#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/ports/search_index.hpp"
#include "core/search/acronyms.hpp"
#include "core/search/other_words.hpp"

namespace podbrief::search {

// What a reader asked for, ready for the index.
struct UnderstoodQuery {
    std::vector<QueryTerm> terms;                // one group per idea; empty: the text held nothing but filler
    std::vector<QueryAlternative> alternatives;  // what short forms among the words stand for in this library
    std::vector<QueryPhrase> phrases;  // what was typed in quotation marks: must be said so; their words are in `terms`
    std::string topic;                 // what is looked for, in the reader's words without filler; spelling repaired
    std::string note;                  // "Showing results for semiconductors."; empty: nothing was repaired
    std::vector<std::string> unknown;  // words as typed that the library does not have, nor anything near them
    bool operator==(const UnderstoodQuery&) const = default;
};

// What is known of words beside the index and the table of synonyms. What it is given must outlive the call.
struct Vocabularies {
    const Acronyms* acronyms = nullptr;                  // of the library; null: only those that everybody knows
    const OtherWords* others = &built_in_other_words();  // of English; null: none
};

// Reads a topic as people type it in a chat. Filler ("more on", "tell me about", "please") and stop words are dropped;
// words the library does not know are repaired from those it does (weight < 1, said in `note`); synonyms and acronyms
// join the group of the word they stand for (weight < 1). With `acronyms`, a short form finds what the library says
// that it stands for, and back; `note` tells where a short form is only known by what it stands for. Nothing is filler
// in quotation marks, which may be of any kind and stay in `topic`; a lone one says nothing. At most 16 groups are
// made: what comes after is not read.
UnderstoodQuery understand(std::string_view text, const KnownWords& index, const Vocabularies& more = {});

}  // namespace podbrief::search
