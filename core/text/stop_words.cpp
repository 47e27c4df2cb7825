#include <algorithm>
#include <array>
#include <string_view>

#include "core/text/words.hpp"

namespace podbrief::text {
namespace {

// Function words, and what English talk is padded with. Sorted.
constexpr auto stop_words = std::to_array<std::string_view>(
    {"a",       "about",    "above",      "across",    "actually",   "after",      "again",     "against",
     "ah",      "ain't",    "all",        "almost",    "along",      "already",    "also",      "although",
     "am",      "among",    "amongst",    "an",        "and",        "another",    "any",       "anybody",
     "anyone",  "anything", "anyway",     "anywhere",  "are",        "aren't",     "around",    "as",
     "at",      "away",     "back",       "basically", "be",         "because",    "been",      "before",
     "being",   "below",    "besides",    "between",   "both",       "but",        "by",        "can",
     "can't",   "cannot",   "could",      "could've",  "couldn't",   "despite",    "did",       "didn't",
     "do",      "does",     "doesn't",    "doing",     "don't",      "done",       "down",      "during",
     "each",    "either",   "else",       "enough",    "er",         "erm",        "etc",       "even",
     "ever",    "every",    "everybody",  "everyone",  "everything", "everywhere", "except",    "few",
     "for",     "from",     "further",    "get",       "gets",       "getting",    "go",        "goes",
     "going",   "gone",     "gonna",      "got",       "gotta",      "had",        "hadn't",    "has",
     "hasn't",  "have",     "haven't",    "having",    "he",         "he'd",       "he'll",     "he's",
     "her",     "here",     "here's",     "hers",      "herself",    "him",        "himself",   "his",
     "hm",      "hmm",      "how",        "how's",     "however",    "i",          "i'd",       "i'll",
     "i'm",     "i've",     "if",         "in",        "inside",     "into",       "is",        "isn't",
     "it",      "it'd",     "it'll",      "it's",      "its",        "itself",     "just",      "kinda",
     "least",   "less",     "let",        "let's",     "like",       "lot",        "lots",      "many",
     "may",     "maybe",    "me",         "mhm",       "might",      "might've",   "mm",        "more",
     "most",    "much",     "must",       "my",        "myself",     "near",       "no",        "nobody",
     "none",    "nor",      "not",        "nothing",   "now",        "nowhere",    "of",        "off",
     "oh",      "ok",       "okay",       "on",        "once",       "one",        "only",      "onto",
     "or",      "other",    "others",     "ought",     "our",        "ours",       "ourselves", "out",
     "outside", "over",     "own",        "per",       "perhaps",    "quite",      "rather",    "really",
     "right",   "same",     "say",        "says",      "shall",      "she",        "she'd",     "she'll",
     "she's",   "should",   "should've",  "shouldn't", "since",      "so",         "some",      "somebody",
     "somehow", "someone",  "something",  "somewhere", "sort",       "still",      "stuff",     "such",
     "sure",    "than",     "that",       "that'd",    "that'll",    "that's",     "the",       "their",
     "theirs",  "them",     "themselves", "then",      "there",      "there'll",   "there's",   "there've",
     "these",   "they",     "they'd",     "they'll",   "they're",    "they've",    "thing",     "things",
     "this",    "those",    "though",     "through",   "till",       "to",         "too",       "toward",
     "towards", "uh",       "uhm",        "um",        "under",      "unless",     "until",     "up",
     "upon",    "us",       "very",       "via",       "wanna",      "was",        "wasn't",    "we",
     "we'd",    "we'll",    "we're",      "we've",     "well",       "went",       "were",      "weren't",
     "what",    "what'll",  "what's",     "whatever",  "when",       "when's",     "whenever",  "where",
     "where's", "whereas",  "wherever",   "whether",   "which",      "whichever",  "while",     "who",
     "who'd",   "who'll",   "who's",      "who've",    "whoever",    "whom",       "whose",     "why",
     "will",    "with",     "within",     "without",   "won't",      "would",      "would've",  "wouldn't",
     "y'all",   "yeah",     "yep",        "yes",       "yet",        "you",        "you'd",     "you'll",
     "you're",  "you've",   "your",       "yours",     "yourself",   "yourselves"});
static_assert(std::is_sorted(stop_words.begin(), stop_words.end()));

}  // namespace

bool is_stop_word(std::string_view folded) {
    return folded.size() <= 10 && std::binary_search(stop_words.begin(), stop_words.end(), folded);
}

}  // namespace podbrief::text
