#include <algorithm>
#include <array>
#include <string_view>

#include "core/text/words.hpp"

namespace podbrief::text {
namespace {

// Function words, and what English talk is padded with. Sorted.
constexpr auto stop_words = std::to_array<std::string_view>({
    "a",          "about",    "above",   "actually",  "after",     "again",      "against", "ah",      "ain't",
    "all",        "already",  "also",    "although",  "am",        "an",         "and",     "any",     "anyway",
    "are",        "aren't",   "as",      "at",        "basically", "be",         "because", "been",    "before",
    "being",      "below",    "between", "both",      "but",       "by",         "can",     "can't",   "cannot",
    "could",      "couldn't", "did",     "didn't",    "do",        "does",       "doesn't", "doing",   "don't",
    "done",       "down",     "during",  "each",      "either",    "else",       "er",      "erm",     "etc",
    "even",       "ever",     "every",   "few",       "for",       "from",       "further", "get",     "gets",
    "getting",    "go",       "goes",    "going",     "gonna",     "got",        "gotta",   "had",     "hadn't",
    "has",        "hasn't",   "have",    "haven't",   "having",    "he",         "he'd",    "he'll",   "he's",
    "her",        "here",     "here's",  "hers",      "herself",   "him",        "himself", "his",     "hm",
    "hmm",        "how",      "how's",   "however",   "i",         "i'd",        "i'll",    "i'm",     "i've",
    "if",         "in",       "into",    "is",        "isn't",     "it",         "it'd",    "it'll",   "it's",
    "its",        "itself",   "just",    "kinda",     "least",     "less",       "let",     "let's",   "like",
    "lot",        "lots",     "many",    "may",       "maybe",     "me",         "mhm",     "might",   "mm",
    "more",       "most",     "much",    "must",      "my",        "myself",     "no",      "nor",     "not",
    "now",        "of",       "off",     "oh",        "ok",        "okay",       "on",      "once",    "one",
    "only",       "onto",     "or",      "other",     "others",    "ought",      "our",     "ours",    "ourselves",
    "out",        "over",     "own",     "per",       "perhaps",   "quite",      "rather",  "really",  "right",
    "same",       "say",      "says",    "shall",     "she",       "she'd",      "she'll",  "she's",   "should",
    "shouldn't",  "so",       "some",    "something", "sort",      "still",      "stuff",   "such",    "sure",
    "than",       "that",     "that'd",  "that'll",   "that's",    "the",        "their",   "theirs",  "them",
    "themselves", "then",     "there",   "there'll",  "there's",   "these",      "they",    "they'd",  "they'll",
    "they're",    "they've",  "thing",   "things",    "this",      "those",      "though",  "through", "to",
    "too",        "uh",       "uhm",     "um",        "under",     "until",      "up",      "upon",    "us",
    "very",       "wanna",    "was",     "wasn't",    "we",        "we'd",       "we'll",   "we're",   "we've",
    "well",       "went",     "were",    "weren't",   "what",      "what'll",    "what's",  "when",    "when's",
    "where",      "where's",  "whether", "which",     "while",     "who",        "who'd",   "who'll",  "who's",
    "whom",       "whose",    "why",     "will",      "with",      "within",     "without", "won't",   "would",
    "wouldn't",   "y'all",    "yeah",    "yep",       "yes",       "yet",        "you",     "you'd",   "you'll",
    "you're",     "you've",   "your",    "yours",     "yourself",  "yourselves",
});
static_assert(std::is_sorted(stop_words.begin(), stop_words.end()));

}  // namespace

bool is_stop_word(std::string_view folded) {
    return folded.size() <= 10 && std::binary_search(stop_words.begin(), stop_words.end(), folded);
}

}  // namespace podbrief::text
