#include "core/insights/chatter.hpp"

#include <algorithm>

#include "core/insights/gates.hpp"

namespace podbrief::insights {
namespace {

using Words = std::span<const Token>;

bool is_address(std::string_view word) {
    return one_of(word, {"www", "http", "https"}) || word.ends_with(".com") || word.ends_with(".io") ||
           word.ends_with(".org") || word.ends_with(".dev");
}

bool is_show_business(Words words, std::size_t i) {
    const std::string_view before = lower_at(words, i - 1);
    const std::string_view next = lower_at(words, i + 1);
    if (words[i].is(chatter)) return true;
    if (words[i].lower == "show") return one_of(before, {"the", "this", "our", "your"}) || next == "notes";
    if (words[i].lower == "listening") return one_of(before, {"is", "are", "you're", "who's", "for", "been"});
    if (words[i].lower == "conversation") return one_of(before, {"this", "our", "today's"});
    if (words[i].lower == "joined") return one_of(next, {"by", "us", "me"});
    if (words[i].lower == "earlier") return i + 1 == words.size() || next == "in";
    return words[i].lower == "as" && one_of(next, {"we", "you"}) &&
           one_of(lower_at(words, i + 2), {"said", "mentioned", "talked", "know", "discussed"});
}

bool is_direct_address(Words words, std::size_t i) {
    if (!words[i].is(second_person)) return false;
    const std::string_view before = lower_at(words, i - 1);
    return one_of(lower_at(words, i + 1), {"mentioned", "said", "asked", "wrote", "told", "guys", "all", "describe",
                                           "described", "alluded", "talked", "brought", "know", "see", "mean"}) ||
           one_of(before, {"thank", "tell", "told", "telling", "asking", "bet", "give"});
}

// "For those of you out there", "if people aren't familiar", "as we record": said to those who listen.
bool is_to_the_audience(Words words, std::size_t i) {
    const std::string_view word = words[i].lower;
    const std::string_view next = lower_at(words, i + 1);
    const std::string_view after = lower_at(words, i + 2);
    // "if you're not familiar with it", but not "the code you're familiar with is simple"
    if (word == "familiar") {
        for (std::size_t back = i > 5 ? i - 5 : 0; back < i; ++back) {
            if (one_of(words[back].lower,
                       {"if", "not", "aren't", "isn't", "who", "people", "audience", "everyone", "those"}))
                return true;
        }
        return next != "with" || i < 4;
    }
    if (word == "for" && (next == "those" || next == "anyone" || next == "people")) {
        return one_of(after, {"who", "of", "in", "that", "listening", "out"}) &&
               one_of(lower_at(words, i + 3),
                      {"don't", "may", "might", "aren't", "haven't", "you", "us", "the", "there"});
    }
    if (word == "if" && one_of(next, {"people", "anybody", "anyone", "folks", "you"})) {
        return one_of(after, {"aren't", "don't", "haven't", "ever"}) &&
               one_of(lower_at(words, i + 3), {"know", "aware", "seen", "heard", "familiar"});
    }
    if (one_of(word, {"anyone", "anybody", "those"}) && next == "out" && after == "there") return true;
    return one_of(word, {"recording", "record"}) && i > 0 && one_of(words[i - 1].lower, {"we", "we're"});
}

// 'was like "No"', 'and NIST says "Oh, you need ..."'
bool is_retold_speech(Words words, std::size_t i) {
    const bool quote = words[i].after.find('"') != std::string_view::npos;
    if (quote && i + 1 < words.size() &&
        one_of(words[i + 1].lower,
               {"oh",    "hey",  "well", "okay", "no",  "yeah", "i",   "i'm",   "i've",   "you",  "we",
                "let's", "look", "hi",   "what", "how", "why",  "yes", "we're", "here's", "this", "that's"})) {
        return true;
    }
    if (!words[i].is(auxiliary)) return false;
    const std::size_t like = lower_at(words, i + 1) == "just" ? i + 2 : i + 1;
    return lower_at(words, like) == "like" && words[like].after.find_first_of(",\"") != std::string_view::npos;
}

}  // namespace

std::string_view chatter_in(std::span<const Token> words) {
    int likes = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view word = words[i].lower;
        if (is_show_business(words, i)) return gate::chatter;
        if (is_address(word)) return gate::link;
        if (is_direct_address(words, i)) return gate::second_person;
        if (is_to_the_audience(words, i)) return gate::chatter;
        if (is_retold_speech(words, i)) return gate::reported;
        if (word == "let's" || word == "please") return gate::instruction;
        if ((word == "tune" && lower_at(words, i + 1) == "in") || word == "tuned") return gate::chatter;
        if (word == "looking" && lower_at(words, i + 1) == "forward") return gate::chatter;
        if (words[i].is(informal)) return gate::informal;
        // for "because"
        if (word == "cause" && words[i].after == " " && i + 1 < words.size() &&
            words[i + 1].is(second_person | first_plural | thing_pronoun | person_pronoun)) {
            return gate::informal;
        }
        if (one_of(word, {"or", "and"}) && one_of(lower_at(words, i + 1), {"whatever", "whatnot"}))
            return gate::informal;
        if (one_of(word, {"yada", "etc", "cetera"}) && i + 2 < words.size() &&
            std::any_of(words.begin() + static_cast<std::ptrdiff_t>(i) + 1, words.end(),
                        [&](const Token& later) { return later.lower == word; })) {
            return gate::informal;
        }
        if (word == "sorry") return gate::chatter;
        likes += word == "like";
        if (word == "like" &&
            one_of(lower_at(words, i - 1), {"of", "is", "was", "are", "be", "it's", "that's", "with"}) &&
            one_of(lower_at(words, i + 1), {"we", "you", "they", "i", "it", "it's", "we're", "they're", "he", "she"})) {
            return gate::informal;
        }
    }
    return likes > 1 ? gate::informal : gate::none;
}

}  // namespace podbrief::insights
