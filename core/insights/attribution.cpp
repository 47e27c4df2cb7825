#include "core/insights/attribution.hpp"

#include <algorithm>
#include <optional>

namespace podbrief::insights {
namespace {

struct Frame {
    std::string_view first;   // after "I"
    std::string_view second;  // empty: one word
    std::string_view said;    // of a third person
};
constexpr Frame frames[] = {
    {"think", "", "thinks"},
    {"believe", "", "believes"},
    {"suspect", "", "suspects"},
    {"argue", "", "argues"},
    {"hope", "", "hopes"},
    {"expect", "", "expects"},
    {"predict", "", "predicts"},
    {"assume", "", "assumes"},
    {"doubt", "", "doubts"},
    {"find", "that", "finds that"},
    {"feel", "like", "feels that"},
    {"feel", "that", "feels that"},
    {"know", "that", "knows that"},
    {"noticed", "that", "noticed that"},
    {"realized", "that", "realized that"},
    {"worry", "that", "worries that"},
    {"fear", "that", "fears that"},
    {"don't", "think", "does not think"},
    {"don't", "believe", "does not believe"},
    {"would", "say", "says"},
    {"would", "argue", "argues"},
    {"would", "suggest", "suggests"},
    {"will", "say", "says"},
    {"agree", "that", "agrees that"},
};

struct Found {
    std::size_t at;     // of "I"
    std::size_t words;  // "I", an adverb, the verb
    const Frame* frame;
};

bool is_adverb(std::string_view word) {
    return one_of(
        word, {"really", "also", "personally", "still", "do", "just", "always", "definitely", "honestly", "certainly"});
}

bool clause_follows(const Draft& d, std::size_t i) {
    for (std::size_t ahead = i + 1; ahead < std::min(d.size(), i + 6); ++ahead) {
        if (d[ahead].is(auxiliary | verb | full_verb)) return true;
    }
    return false;
}

std::optional<Found> find(const Draft& d, std::size_t from) {
    for (std::size_t i = from; i + 2 < d.size(); ++i) {
        const bool contracted = d.lower(i) == "i'd" || d.lower(i) == "i'll";
        if (d.lower(i) != "i" && !contracted) continue;
        // Only where a clause begins: "the one I think is right" stays as it is.
        const bool opens =
            i == 0 || has_comma_or_stop(d.gap_before(i)) || one_of(d.lower(i - 1), {"and", "but", "so", "because"});
        if (!opens) continue;
        const std::size_t verb_at = !contracted && is_adverb(d.lower(i + 1)) ? i + 2 : i + 1;
        for (const Frame& frame : frames) {
            std::size_t end = 0;  // past the verb
            if (contracted) {
                const bool fits = frame.first == (d.lower(i) == "i'd" ? "would" : "will");
                if (fits && d.lower(i + 1) == frame.second) end = i + 2;
            } else if (d.lower(verb_at) == frame.first &&
                       (frame.second.empty() || d.lower(verb_at + 1) == frame.second)) {
                end = verb_at + (frame.second.empty() ? 1 : 2);
            }
            // What is thought must follow: not ", I think," nor "the model, I think is".
            if (end == 0 || end >= d.size() || d[end - 1].after != " ") continue;
            if (i > 0 && d[end].is(auxiliary | verb) && !d[end].is(demonstrative | thing_pronoun)) continue;
            if (frame.second.empty() && one_of(d.lower(end), {"about", "of", "in", "back", "through"})) continue;
            if (frame.second == "like" && !clause_follows(d, end)) continue;  // "I feel like a guest"
            return Found{i, end - i, &frame};
        }
    }
    return std::nullopt;
}

void drop(Draft& d, const Found& found) {
    const std::size_t end = found.at + found.words;
    // "I think that models are" but "I think that is"
    const auto is_predicate = [](const Token& t) { return t.is(auxiliary) || (t.is(verb) && t.lower.ends_with("s")); };
    const bool that = d.lower(end) == "that" && end + 1 < d.size() && !is_predicate(d[end + 1]);
    d.drop(found.at, that ? found.words + 1 : found.words);
}

}  // namespace

void soften_guesses(Draft& d) {
    for (std::size_t i = 0; i + 3 < d.size(); ++i) {
        const bool whole = d.says(i, "i would guess");
        const std::size_t count = whole ? 3 : d.says(i, "i guess") || d.says(i, "i'd guess") ? 2 : 0;
        if (count == 0 || i + count >= d.size() || d[i + count - 1].after != " ") continue;
        const bool opens =
            i == 0 || has_comma_or_stop(d.gap_before(i)) || one_of(d.lower(i - 1), {"and", "but", "so", "because"});
        if (!opens) continue;
        d[i].word = i == 0 ? "Perhaps" : "perhaps";
        d[i].lower = "perhaps";
        d[i].classes = classes_of("perhaps");
        d[i].after = " ";
        d.drop(i + 1, d.lower(i + count) == "that" ? count : count - 1);
    }
}

bool has_attribution(const Draft& draft) {
    return find(draft, 0).has_value();
}

bool denies(const Draft& draft) {
    for (auto found = find(draft, 0); found; found = find(draft, found->at + found->words)) {
        if (one_of(found->frame->first, {"don't", "doubt", "hope", "fear", "worry", "suspect"})) return true;
    }
    return false;
}

void attribute(Draft& draft, std::string_view speaker) {
    const auto first = find(draft, 0);
    if (!first) return;
    const std::size_t verb_at = first->at + 1;
    draft[first->at].word = speaker;
    draft[first->at].lower = speaker;
    draft[first->at].after = " ";
    draft[verb_at].word = first->frame->said;
    if (first->words > 2) {
        draft[verb_at].after = draft[first->at + first->words - 1].after;
        draft.drop(verb_at + 1, first->words - 2);
    }
    for (auto again = find(draft, verb_at); again; again = find(draft, again->at)) drop(draft, *again);
}

std::string without_attribution(Draft draft) {
    for (auto found = find(draft, 0); found; found = find(draft, found->at)) drop(draft, *found);
    return draft.text();
}

}  // namespace podbrief::insights
