#pragma once
#include <cstddef>
#include <functional>
#include <string_view>

#include "core/insights/gates.hpp"
#include "core/insights/settings.hpp"
#include "core/insights/tokens.hpp"

namespace podbrief::insights {

// What one sentence is like.
struct SentenceFacts {
    std::string_view fault;        // a gate that it fails wherever it stands; empty: none
    std::string_view first_fault;  // a gate that it fails as the first sentence of an insight; empty: none
    int words = 0;
    int telling_words = 0;  // neither function words nor words of any talk
    int names = 0;          // capitals and acronyms not at the start
    int numbers = 0;
    int we = 0;  // we, our, us
    int you = 0;
    int loose_references = 0;    // it, this, that, ... that may point outside
    bool names_subject = false;  // a telling word or a name among its first five
    int colloquial = 0;          // like, really, kind, thing, ...: few of them read better
    bool whole = false;          // has a verb of its own, as a main clause must
    int pointing = 0;            // words that refer to something: it, they, this, there
    bool opens_empty = false;    // "There are ...", "If you ...": begins without its subject
    int future = 0;              // will, going
    bool plain_subject = false;  // begins with a thing and its verb: "Graph databases store ..."
    bool lists = false;          // "The final thing is ...": a point in a list
    bool leans_back = false;     // refers to the sentence before with one of its first words
    bool past = false;           // told in the past
    bool opens_with_you = false;
    bool needs_name = false;  // he or she before any name of its own
    double claim = 0;         // see claim_weight
};

SentenceFacts facts_of(const Tokens& tokens);

// The first gate that a finished text fails, or gate::none: stands alone, is no question, chatter or instruction, is
// long enough and not too long. `text` may come from any engine; it is read, not cleaned.
std::string_view style_fault(std::string_view text, const EngineSettings& settings);

// The same walk with gates of one's own: `fault_of` tells the gate that a sentence fails, or gate::none, from its
// facts, its place (0: the first) and how many names came before it.
using SentenceGates = std::function<std::string_view(const SentenceFacts& facts, std::size_t place, int names_before)>;
std::string_view style_fault(std::string_view text, const EngineSettings& settings, const SentenceGates& fault_of);

}  // namespace podbrief::insights
