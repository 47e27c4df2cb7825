#pragma once
#include <cstdint>
#include <string_view>

namespace podbrief::insights {

// What single English words do in a sentence, as far as the engine cares. A word can do several things.
enum WordClass : std::uint32_t {
    person_pronoun = 1u << 0,  // he, her: needs a name before it
    thing_pronoun = 1u << 1,   // it, they
    demonstrative = 1u << 2,   // this, those
    first_singular = 1u << 3,  // I, my
    first_plural = 1u << 4,    // we, our
    second_person = 1u << 5,   // you, your
    auxiliary = 1u << 6,       // is, can, don't
    verb = 1u << 7,            // frequent full verbs, in all their forms
    preposition = 1u << 8,
    discourse = 1u << 9,         // opens sentences without meaning: so, and, yeah
    discourse_comma = 1u << 10,  // the same before a comma only: well, now
    filler = 1u << 11,           // um, uh: deleted anywhere
    back_opening = 1u << 12,     // opens what leans on the sentence before: which, then, also
    anchor = 1u << 13,           // "the <anchor>" stands alone: the internet, the biggest, the problem
    common = 1u << 14,           // of any talk, says nothing of its subject: people, work, good
    hedge = 1u << 15,            // may, probably, reportedly
    number_word = 1u << 16,      // two, million
    informal = 1u << 17,         // gonna, crazy, dude
    cliche_opening = 1u << 18,   // imperatives and calls to the listener: imagine, check, let's
    chatter = 1u << 19,          // thanks, welcome, episode, listeners
    time_noun = 1u << 20,        // year, week: "this year" does not dangle
    belief = 1u << 21,           // think, believe: "I think" can be attributed
    doubles = 1u << 22,          // may stand twice: very very
    full_verb = 1u << 23,        // further verbs, for telling clauses; they say something of their subject
};
using WordClasses = std::uint32_t;

// `lower`: in lower case, with a straight apostrophe. 0 for words that are not listed.
WordClasses classes_of(std::string_view lower);

}  // namespace podbrief::insights
