#include "core/transcripts/advert_signs.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "core/text/ascii.hpp"
#include "core/transcripts/phrases.hpp"

namespace podbrief::transcripts {
namespace {

using namespace std::string_view_literals;

constexpr auto npos = std::string_view::npos;

constexpr std::array sponsor_phrases = {"brought to you by"sv, "sponsored by"sv, "supported by"sv, "made possible by"sv,
                                        "presented by"sv};

// The sentence that `at` stands in, as far as it goes before `at`.
std::string_view before_in_sentence(std::string_view s, std::size_t at) {
    const std::string_view before = s.substr(0, at);
    const std::size_t stop = before.find_last_of(".?!:");
    return stop == npos ? before : before.substr(stop + 1);
}

std::string_view word_after(std::string_view s, std::size_t at) {
    while (at < s.size() && s[at] == ' ') ++at;
    return s.substr(at, s.find_first_of(" ,.;:!?", at) - at);
}

// True for "Slow Wave is", "Office Hours Optional was": a name and nothing else stands before the phrase.
bool is_name_and_verb(std::string_view before) {
    while (!before.empty() && before.front() == ' ') before.remove_prefix(1);
    while (!before.empty() && before.back() == ' ') before.remove_suffix(1);
    if (before.size() > 60) return false;
    std::size_t words = 0;
    while (!before.empty()) {
        const std::size_t end = std::min(before.find(' '), before.size());
        const std::string_view word = before.substr(0, end);
        before.remove_prefix(std::min(end + 1, before.size()));
        if (before.empty()) return words > 0 && (word == "is" || word == "was");
        const bool small = word == "the" || word == "of" || word == "and" || word == "a" || word == "in";
        if (!small && !word.empty() && !text::is_ascii_upper(word.front()) && text::is_ascii(word.front()))
            return false;
        ++words;
    }
    return false;
}

// "This episode is brought to you by", but not "the features brought to you by that team": the show speaks of itself.
void read_announcement(std::string_view text, std::string_view lower, std::string_view show, AdvertSigns& signs) {
    for (const std::string_view phrase : sponsor_phrases) {
        for (std::size_t at = find_phrase(lower, phrase); at != npos; at = find_phrase(lower, phrase, at + 1)) {
            std::string_view before = before_in_sentence(lower, at);
            if (before.size() > 60) before = before.substr(before.size() - 60);
            const bool of_show = show.size() > 2 && find_phrase(before, show) != npos;
            if (of_show ||
                has_phrase(before, {"this episode", "today's episode", "this podcast", "today's show", "this show",
                                    "this week's episode", "this week's show", "this segment", "the show today",
                                    "the podcast today", "our show is", "our podcast is"})) {
                signs.announced = true;
            }
            const std::string_view sponsor = word_after(text, at + phrase.size());
            if (!sponsor.empty() && text::is_ascii_upper(sponsor.front()) &&
                is_name_and_verb(before_in_sentence(text, at))) {
                signs.named = true;
            }
        }
    }
}

bool announces_sponsor(std::string_view lower) {
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

bool ends_with_any(std::string_view s, std::initializer_list<std::string_view> ends) {
    return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return s.ends_with(end); });
}

bool opens_advert(std::string_view lower) {
    return has_phrase(lower, {"our friends at", "our friends over at", "our partners at", "our sponsor", "our sponsors",
                              "today's sponsor", "quick break", "short break", "be right back", "let me tell you about",
                              "want to tell you about", "i'm excited to share", "thanks for sponsoring"});
}

// "use code PODCAST", "with promo code 'TALK20'", "save with the code DESK": an order, and a code written as one. Not
// "we use code review", nor "using code OSS".
bool gives_code(std::string_view text, std::string_view lower) {
    for (std::size_t at = find_phrase(lower, "code"); at != npos; at = find_phrase(lower, "code", at + 1)) {
        const std::string_view before = lower.substr(0, at);
        const bool ordered = ends_with_any(before, {"use ", "use the ", "enter ", "enter the ", "use our ", "use my "});
        const bool special = ends_with_any(before, {"promo ", "offer ", "discount ", "coupon ", "with the "});
        const bool joined = ends_with_any(before, {"with "}) && has_phrase(lower, {"off", "free", "save", "checkout"});
        if (!ordered && !special && !joined) continue;
        std::string_view code = text.substr(std::min(at + 5, text.size()));
        while (!code.empty() && !text::is_ascii_alnum(code.front()) && code.front() != ' ') code.remove_prefix(1);
        const std::string_view word = code.substr(0, code.find_first_of(" ,.;:!?\"'"));
        const auto capital = [](char c) { return text::is_ascii_upper(c) || text::is_ascii_digit(c); };
        if (word.size() >= 3 && std::all_of(word.begin(), word.end(), capital)) return true;
    }
    return false;
}

// Whether a word of the form "example.com" begins in the text; sentences run together ("end.Next") are none.
bool has_dotted_name(std::string_view lower) {
    for (std::size_t dot = lower.find('.'); dot != npos; dot = lower.find('.', dot + 1)) {
        if (dot == 0 || !text::is_ascii_alnum(lower[dot - 1])) continue;
        const std::string_view ending =
            lower.substr(dot + 1, lower.find_first_not_of("abcdefghijklmnopqrstuvwxyz", dot + 1) - dot - 1);
        for (const std::string_view known : {"com", "org", "net", "io", "co", "dev", "app", "fm", "ai", "tv", "me",
                                             "us", "uk", "de", "eu", "shop", "store", "example"}) {
            if (ending == known) return true;
        }
    }
    return false;
}

// "head to example.com/show", "go to example dot com slash show".
bool sends_to_address(std::string_view lower) {
    for (const std::string_view verb : {"head to", "head over to", "go to", "visit", "sign up at", "learn more at",
                                        "check them out at", "get started at", "find out more at", "over at"}) {
        for (std::size_t at = find_phrase(lower, verb); at != npos; at = find_phrase(lower, verb, at + 1)) {
            if (has_web_address(lower.substr(at + verb.size(), 60))) return true;
        }
    }
    return false;
}

}  // namespace

int AdvertSigns::action_points() const {
    return std::popcount(actions) + ((actions & code) != 0 ? 1 : 0);
}

AdvertSigns& AdvertSigns::operator|=(const AdvertSigns& other) {
    announced = announced || other.announced;
    named = named || other.named;
    opened = opened || other.opened;
    actions |= other.actions;
    return *this;
}

AdvertSigns advert_signs(std::string_view text, std::string_view lower, std::string_view show) {
    AdvertSigns signs;
    signs.announced = announces_sponsor(lower);
    read_announcement(text, lower, show, signs);
    signs.opened = opens_advert(lower);
    if (gives_code(text, lower)) signs.actions |= AdvertSigns::code;
    if (sends_to_address(lower)) signs.actions |= AdvertSigns::address;
    if (has_phrase(lower,
                   {"percent off", "% off", "euros off", "dollars off", "off your first", "off your order",
                    "off your purchase", "months free", "save 10 percent", "save 15 percent", "save 20 percent"})) {
        signs.actions |= AdvertSigns::discount;
    }
    if (has_phrase(lower, {"free trial", "try it free", "try it for free", "try it today", "sign up today",
                           "sign up for free", "start for free", "get started for free", "get started today",
                           "first month free", "first month is free", "start your free"})) {
        signs.actions |= AdvertSigns::trial;
    }
    if (has_phrase(lower, {"at checkout", "money-back guarantee", "money back guarantee", "terms apply",
                           "terms and conditions apply", "limited time", "our listeners get", "listeners get",
                           "exclusive offer", "special offer", "link in the show notes", "let them know we sent you",
                           "tell them we sent you"})) {
        signs.actions |= AdvertSigns::terms;
    }
    return signs;
}

bool hands_over(std::string_view lower) {
    return has_phrase(lower, {"a word from", "a message from", "hear from our sponsors"});
}

std::string named_sponsor(std::string_view text, std::string_view lower) {
    for (const std::string_view phrase : sponsor_phrases) {
        const std::size_t at = find_phrase(lower, phrase);
        if (at == npos) continue;
        std::string name(word_after(text, at + phrase.size()));
        if (name.empty() || !text::is_ascii_upper(name.front())) continue;
        std::transform(name.begin(), name.end(), name.begin(), text::ascii_lower);
        return name;
    }
    return {};
}

bool has_web_address(std::string_view lower) {
    return has_dotted_name(lower) ||
           has_phrase(lower, {"dot com", "dot io", "dot dev", "dot co", "dot org", "dot net"});
}

}  // namespace podbrief::transcripts
