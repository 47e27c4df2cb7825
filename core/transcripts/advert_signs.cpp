#include "core/transcripts/advert_signs.hpp"

#include <algorithm>

#include "core/text/ascii.hpp"
#include "core/transcripts/phrases.hpp"

namespace podbrief::transcripts {
namespace {

constexpr auto npos = std::string_view::npos;

// The part of the sentence that `at` stands in before it, at most `most` bytes.
std::string_view before_in_sentence(std::string_view lower, std::size_t at, std::size_t most) {
    std::string_view before = lower.substr(0, at);
    if (before.size() > most) before = before.substr(before.size() - most);
    const std::size_t stop = before.find_last_of(".?!");
    return stop == npos ? before : before.substr(stop + 1);
}

// "This episode is brought to you by", but not "the features brought to you by that team", nor "he told me that the
// podcast was sponsored by": the show speaks of itself, in the present.
bool announces_sponsor(std::string_view lower) {
    for (const std::string_view phrase :
         {"brought to you by", "sponsored by", "supported by", "made possible by", "presented by"}) {
        for (std::size_t at = find_phrase(lower, phrase); at != npos; at = find_phrase(lower, phrase, at + 1)) {
            const std::string_view before = before_in_sentence(lower, at, 48);
            if (has_phrase(before, {"this episode", "today's episode", "this podcast", "today's show", "this show",
                                    "this week's episode", "this week's show", "this segment", "the show today",
                                    "the podcast today", "our show is", "our podcast is"})) {
                return true;
            }
        }
    }
    return has_phrase(lower, {"support for this podcast comes from",
                              "support for this show comes from",
                              "support for this episode comes from",
                              "support for the show comes from",
                              "support for today's episode comes from",
                              "support for today's show comes from",
                              "a word from our sponsor",
                              "a word from our sponsors",
                              "a word from today's sponsor",
                              "a message from our sponsor",
                              "a message from our sponsors",
                              "hear from our sponsors",
                              "today's sponsor is",
                              "this week's sponsor is",
                              "our sponsor today is",
                              "today's episode sponsor",
                              "sponsor of today's episode",
                              "sponsor of this episode is",
                              "our sponsor for this episode",
                              "our sponsor for today",
                              "sponsoring this episode",
                              "sponsoring today's episode"});
}

bool opens_advert(std::string_view lower) {
    return has_phrase(lower, {"our friends at", "our friends over at", "our partners at", "our sponsor", "our sponsors",
                              "today's sponsor", "quick break", "short break", "be right back", "let me tell you about",
                              "want to tell you about", "i'm excited to share", "thanks for sponsoring"});
}

// "use code PODCAST", "with promo code 'TALK20'": an order, and a code written as one. Not "we use code review".
bool gives_code(std::string_view text, std::string_view lower) {
    for (const std::string_view verb : {"use", "enter", "apply", "with", "using"}) {
        for (std::size_t at = find_phrase(lower, verb); at != npos; at = find_phrase(lower, verb, at + 1)) {
            std::size_t next = at + verb.size() + 1;
            const auto skip = [&](std::string_view word) {
                if (next < lower.size() && lower.substr(next).starts_with(word)) next += word.size();
            };
            for (const std::string_view article : {"the ", "our ", "my "}) skip(article);
            for (const std::string_view kind : {"promo ", "offer ", "discount ", "coupon ", "special "}) skip(kind);
            if (next >= lower.size() || !lower.substr(next).starts_with("code ")) continue;
            std::string_view code = text.substr(next + 5);
            while (!code.empty() && (code.front() == '"' || code.front() == '\'' || !text::is_ascii(code.front()))) {
                code.remove_prefix(1);
            }
            std::size_t capitals = 0;
            while (capitals < code.size() &&
                   (text::is_ascii_upper(code[capitals]) || text::is_ascii_digit(code[capitals]))) {
                ++capitals;
            }
            if (capitals >= 3) return true;
        }
    }
    return false;
}

// "head to example.com/show", "go to example dot com slash show".
bool sends_to_address(std::string_view lower) {
    for (const std::string_view verb : {"head to", "head over to", "go to", "visit", "sign up at", "learn more at",
                                        "check them out at", "get started at", "find out more at", "over at"}) {
        for (std::size_t at = find_phrase(lower, verb); at != npos; at = find_phrase(lower, verb, at + 1)) {
            const std::string_view after = lower.substr(at + verb.size(), 60);
            const std::size_t dot = after.find('.');
            const bool address = dot != npos && dot + 2 < after.size() && text::is_ascii_lower(after[dot + 1]) &&
                                 text::is_ascii_lower(after[dot + 2]);
            if (address || has_phrase(after, {"dot com", "dot io", "dot dev", "dot co", "dot org"})) return true;
        }
    }
    return false;
}

}  // namespace

AdvertSigns advert_signs(std::string_view text, std::string_view lower) {
    AdvertSigns signs;
    signs.announced = announces_sponsor(lower);
    signs.opened = opens_advert(lower);
    if (gives_code(text, lower)) signs.actions += 2;
    if (sends_to_address(lower)) signs.actions += 1;
    if (has_phrase(lower, {"percent off", "% off", "off your first", "off your order", "off your purchase"}))
        ++signs.actions;
    if (has_phrase(lower, {"free trial", "try it free", "try it for free", "try it today", "sign up today",
                           "sign up for free", "start for free", "get started for free", "get started today",
                           "first month free", "first month is free", "start your free"})) {
        ++signs.actions;
    }
    if (has_phrase(lower, {"at checkout", "money-back guarantee", "money back guarantee", "terms apply",
                           "terms and conditions apply", "limited time", "our listeners get", "listeners get",
                           "exclusive offer", "special offer", "link in the show notes", "let them know we sent you",
                           "tell them we sent you"})) {
        ++signs.actions;
    }
    return signs;
}

}  // namespace podbrief::transcripts
