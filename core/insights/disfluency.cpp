#include "core/insights/disfluency.hpp"

#include <algorithm>

#include "core/insights/grammar.hpp"

namespace podbrief::insights {
namespace {

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}
bool has_comma_or_dash(std::string_view gap) {
    return contains(gap, ",") || has_dash(gap);
}

std::size_t words_in(std::string_view phrase) {
    return static_cast<std::size_t>(std::count(phrase.begin(), phrase.end(), ' ')) + 1;
}

// The words that `phrases` has at i, 0 for none. With a comma or the like after them.
std::size_t phrase_with_comma(const Draft& d, std::size_t i, std::initializer_list<std::string_view> phrases) {
    for (const std::string_view phrase : phrases) {
        const std::size_t count = words_in(phrase);
        if (i + count >= d.size() || !d.says(i, phrase)) continue;
        const std::string_view after = d[i + count - 1].after;
        if (has_comma_or_stop(after) || has_dash(after)) return count;
    }
    return 0;
}

// "The key thing to note is that ...", "The truth is ...": announces a claim, and is none. What follows is a clause.
std::size_t frame(const Draft& d) {
    for (const std::string_view phrase : {"the key thing to note here is that",
                                          "the key thing to note is that",
                                          "the thing to note is that",
                                          "it's important to note that",
                                          "it is important to note that",
                                          "the reality is that",
                                          "the truth is that",
                                          "the fact is that",
                                          "the point is that",
                                          "the thing is that",
                                          "the bottom line is that",
                                          "the bottom line is",
                                          "the reality is",
                                          "the truth is",
                                          "the thing is",
                                          "the other thing is that",
                                          "the other thing is",
                                          "what happens is that",
                                          "what happened is that",
                                          "what happens is",
                                          "what happened is",
                                          "what that means is that",
                                          "what that means is",
                                          "the interesting thing is that",
                                          "the good news is that",
                                          "the good news is",
                                          "keep in mind that",
                                          "it turns out that",
                                          "turns out that",
                                          "it turns out",
                                          "turns out",
                                          "the interesting part is that",
                                          "the crazy thing is that",
                                          "what's interesting is that",
                                          "what we found is that",
                                          "what we've found is that",
                                          "what we've seen is that",
                                          "what we're seeing is that",
                                          "what you find is that",
                                          "what you see is that",
                                          "the short answer is that",
                                          "the answer is that"}) {
        const std::size_t count = words_in(phrase);
        if (count + 5 > d.size() || !d.says(0, phrase)) continue;
        const Token& next = d[count];
        // "The truth is in the logs", "The thing is hard"
        const bool clause = next.is(thing_pronoun | second_person | first_plural | first_singular) ||
                            one_of(next.lower, {"the", "a", "most", "there", "there's", "people", "that", "if", "when",
                                                "every", "everyone", "all", "no", "nobody"}) ||
                            is_telling(next);
        const bool that = phrase.ends_with("that");
        if (!that && (!clause || !has_main_clause(d.words().subspan(count)))) continue;
        return count;
    }
    return 0;
}

// Words to take off the front, 0 when the sentence starts in earnest.
std::size_t leading(const Draft& d) {
    if (d.size() < 2) return 0;
    const Token& token = d[0];
    if (d.says(0, "you know") || d.says(0, "i mean")) return 2;
    if (const std::size_t count = phrase_with_comma(d, 0, {"of course",          "in fact",
                                                           "by the way",         "that said",
                                                           "that being said",    "having said that",
                                                           "to be honest",       "to be fair",
                                                           "to be clear",        "for example",
                                                           "for instance",       "in other words",
                                                           "first of all",       "at the end of the day",
                                                           "as it turns out",    "on top of that",
                                                           "in that sense",      "in addition",
                                                           "as an example",      "to your point",
                                                           "like i said",        "again",
                                                           "in that case",       "to give some context",
                                                           "for context",        "on a side note",
                                                           "as a side note",     "honestly though",
                                                           "as you can imagine", "as you can see",
                                                           "if you will",        "in a way",
                                                           "long story short",   "generally speaking",
                                                           "at the same time",   "on the other hand"})) {
        return count;
    }
    if (const std::size_t count = frame(d); count > 0) return count;
    const std::string_view next = d.lower(1);
    if (token.lower == "so" && one_of(next, {"many", "much", "far", "long", "few"})) return 0;
    if (token.is(discourse)) return 1;
    if (one_of(token.lower, {"also", "plus", "yet", "then", "whereas"})) return 1;
    // A reason given as a sentence of its own; "Because tokens are cheap, reasoning is" stays.
    if (token.lower == "because" && next != "of" && d.size() > 8 && !has_main_clause(d.words())) return 1;
    if (token.lower == "like" && one_of(next, {"the", "if", "a", "there's", "when", "people"})) return 1;
    const bool comma = has_comma_or_stop(token.after) || has_dash(token.after) || contains(token.after, " - ");
    return token.is(discourse_comma) && comma ? 1 : 0;
}

bool keeps_kind_of(std::string_view before) {
    return one_of(before, {"a",   "the",   "this",  "that",    "some",  "any", "what", "which", "same",    "different",
                           "one", "these", "those", "another", "every", "all", "only", "other", "certain", "new"});
}

bool is_number(const Token& token) {
    return token.is(number_word) || (!token.lower.empty() && token.lower.front() >= '0' && token.lower.front() <= '9');
}

// "like" at i that stands for a pause: "we have like four", "there's like the one", "it's like 10 cents", "they are
// like actually paid", "into like five". A comparison ("it's like Lisp", "it's like riding a bike") is none.
bool is_pause(const Draft& d, std::size_t i) {
    const std::string_view before = d.lower(i - 1);
    const std::string_view next = d.lower(i + 1);
    const bool vague = next == "a" && one_of(d.lower(i + 2), {"lot", "more", "bunch", "little", "very"});
    if (vague || one_of(before, {"for", "about", "with", "in", "on", "of", "at", "from", "and", "but", "even", "as",
                                 "or", "because", "if", "so", "where", "into", "by"}))
        return true;
    const bool article = one_of(next, {"a", "an", "the", "some"}) || is_number(d[i + 1]);
    if (one_of(before, {"have", "has", "had", "having", "get", "gets", "got", "getting"})) return article;
    const bool there = one_of(before, {"there's", "there're"}) ||
                       (i > 1 && d.lower(i - 2) == "there" && one_of(before, {"is", "are", "was", "were"}));
    if (there) return article;
    const bool is = one_of(before, {"is", "are", "was", "were", "it's", "that's", "they're", "we're", "he's", "she's"});
    return is && (is_number(d[i + 1]) || one_of(next, {"actually", "really", "literally", "basically", "totally"}));
}

// Words at i that say nothing, inside a sentence.
std::size_t filler_at(const Draft& d, std::size_t i) {
    const Token& token = d[i];
    if (token.is(filler)) return 1;
    if (i == 0 || i + 1 >= d.size()) return 0;
    const bool comma_before = has_comma_or_dash(d.gap_before(i));
    const bool comma_after = has_comma_or_stop(token.after);
    const std::string_view before = d.lower(i - 1);
    if (comma_before) {
        const std::size_t count =
            phrase_with_comma(d, i,
                              {"let's say", "right", "okay", "yeah", "basically", "like", "if you will", "so to speak",
                               "you know", "i mean", "or something", "or whatever", "and whatnot", "and stuff",
                               "or something like that", "by the way"});
        if (count > 0) return count;
    }
    const bool inner = i + 2 < d.size();
    if ((d.says(i, "you know") || d.says(i, "i mean")) && inner &&
        (comma_before || has_comma_or_stop(d[i + 1].after))) {
        return 2;
    }
    if ((d.says(i, "kind of") || d.says(i, "sort of")) && inner && d[i + 1].after == " ") {
        const bool noun = one_of(d.lower(i + 2), {"thing", "things", "stuff"}) ||
                          (one_of(d.lower(i + 2), {"a", "the"}) && !d[i - 1].is(auxiliary));
        // "they would all kind of resolve", "that kind of is"
        const bool said_of_a_verb =
            (before == "all" && i > 1 && d[i - 2].is(auxiliary)) || (before == "that" && d[i + 2].is(auxiliary));
        if (!noun && (!keeps_kind_of(before) || said_of_a_verb)) return 2;
    }
    return token.lower == "like" && token.after == " " && inner && !comma_after && is_pause(d, i) ? 1 : 0;
}

// "it's" as "it is"; most words as they are.
void append_in_full(std::string_view word, std::vector<std::string_view>& words) {
    struct Ending {
        std::string_view written;
        std::string_view meant;
    };
    static constexpr Ending endings[] = {
        {"n't", "not"}, {"'re", "are"}, {"'ve", "have"}, {"'ll", "will"}, {"'m", "am"}};
    for (const Ending& ending : endings) {
        if (!word.ends_with(ending.written) || word.size() == ending.written.size()) continue;
        words.push_back(word.substr(0, word.size() - ending.written.size()));
        words.push_back(ending.meant);
        return;
    }
    const bool is = word.ends_with("'s") && one_of(word.substr(0, word.size() - 2),
                                                   {"it", "that", "he", "she", "there", "what", "who", "here", "this"});
    words.push_back(is ? word.substr(0, word.size() - 2) : word);
    if (is) words.push_back("is");
}

// How many words up to i are said again after it, in full or shortened: "It's not it is not a popular one".
std::size_t said_again(const Draft& d, std::size_t i) {
    constexpr std::size_t least = 3;  // in full
    const std::string_view gap = d[i].after;
    if (gap != " " && gap != ", " && gap != "... ") return 0;
    for (std::size_t back = 2; back <= 4 && back <= i + 1; ++back) {
        std::vector<std::string_view> first;
        std::vector<std::string_view> second;
        for (std::size_t at = i + 1 - back; at <= i; ++at) append_in_full(d.lower(at), first);
        for (std::size_t at = i + 1; at < d.size() && second.size() < first.size(); ++at)
            append_in_full(d.lower(at), second);
        const bool counted_up = std::find(first.begin(), first.end(), "and") != first.end();  // "on and on and on"
        if (first.size() >= least && first == second && !counted_up) return back;
    }
    return 0;
}

// How many words before the gap after i were a false start, said again after it.
std::size_t false_start(const Draft& d, std::size_t i) {
    if (i + 1 >= d.size()) return 0;
    const std::string_view gap = d[i].after;
    const std::string_view again = d.lower(i + 1);
    // "In Python - Python has": begun anew with its subject
    if (gap == " - " && i < 5 && d.lower(i) == again && is_telling(d[i])) return i + 1;
    if (has_dash(gap) || gap == "- ") {
        for (std::size_t back = 1; back <= 5 && back <= i + 1; ++back) {
            const std::string_view before = d.lower(i + 1 - back);
            if (before == again) return back;
            // "w- we", "it's -- it is"
            if (back == 1 && before.size() <= 3 && again.starts_with(before)) return 1;
        }
        return 0;
    }
    // "greater than greater than": two words said twice; "and faster and faster" is no mistake
    if (i > 0 && i + 2 < d.size() && gap == " " && d[i - 1].after == " " && d[i + 1].after == " " &&
        d.lower(i - 1) == again && d.lower(i) == d.lower(i + 2) && again != "and" && d.lower(i) != "and" &&
        d.lower(i) != again)
        return 2;
    if (const std::size_t back = said_again(d, i); back > 0) return back;
    if (d.lower(i) != again || !(gap == " " || gap == ", " || gap == "... ") || d[i].is(doubles)) return 0;
    constexpr WordClasses small = auxiliary | preposition | first_singular | first_plural | second_person |
                                  thing_pronoun | demonstrative | discourse;
    return d[i].is(small) || one_of(again, {"the", "a", "an", "if", "because", "when", "to"}) ? 1 : 0;
}

}  // namespace

bool drop_leading(Draft& draft) {
    bool but = false;
    for (std::size_t count = 0; (count = leading(draft)) > 0;) {
        but = but || draft.lower(0) == "but" || draft.lower(0) == "yet";
        draft.drop(0, count);
    }
    return but;
}

void drop_disfluencies(Draft& draft) {
    for (std::size_t i = 0; i < draft.size();) {
        if (const std::size_t count = filler_at(draft, i); count > 0) {
            draft.drop(i, count);
            i -= std::min<std::size_t>(i, 1);
        } else if (const std::size_t back = false_start(draft, i); back > 0) {
            draft[i].after = " ";
            draft.drop(i + 1 - back, back);
            i = i + 1 - back;
            i -= std::min<std::size_t>(i, 1);
        } else {
            ++i;
        }
    }
}

bool drop_tag(Draft& draft) {
    const std::size_t n = draft.size();
    if (n < 4 || !contains(draft[n - 1].after, "?")) {
        if (n < 5) return false;
        for (const std::string_view phrase : {"or whatever", "or something", "and stuff", "and whatnot",
                                              "or something like that", "you know", "or anything like that"}) {
            const std::size_t count = words_in(phrase);
            if (n > count + 3 && draft.says(n - count, phrase)) {
                const bool stop = contains(draft[n - 1].after, ".");
                draft.drop(n - count, count);
                return stop;
            }
        }
        return false;
    }
    const bool one = contains(draft.gap_before(n - 1), ",") &&
                     one_of(draft.lower(n - 1), {"right", "okay", "ok", "yeah", "no", "huh", "see", "correct"});
    const bool two = contains(draft.gap_before(n - 2), ",") && draft.says(n - 2, "you know");
    if (one)
        draft.drop(n - 1, 1);
    else if (two)
        draft.drop(n - 2, 2);
    return one || two;
}

}  // namespace podbrief::insights
