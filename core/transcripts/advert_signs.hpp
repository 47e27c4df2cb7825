#pragma once
#include <string>
#include <string_view>

namespace podbrief::transcripts {

// What in a stretch of talk speaks for an advertisement.
struct AdvertSigns {
    // Calls to act, each counted once however often it is made.
    enum Action : unsigned { code = 1, address = 2, discount = 4, trial = 8, terms = 16 };

    bool announced = false;  // "this episode is brought to you by", "a word from our sponsors": certain by itself
    bool named = false;      // "Slow Wave is brought to you by Featherfield": nearly so
    bool opened = false;     // "our friends at", "let me tell you about": likely, where calls to act follow
    unsigned actions = 0;    // set of Action

    bool any() const { return announced || named || opened || actions != 0; }
    int action_points() const;  // a code counts two, the others one
    AdvertSigns& operator|=(const AdvertSigns& other);
};

// `lower` is `text` with its ASCII letters lower case; the same size. `show` is the podcast's title in lower case, or
// empty.
AdvertSigns advert_signs(std::string_view text, std::string_view lower, std::string_view show = {});

// "And now a word from our sponsor": the advert itself is still to come.
bool hands_over(std::string_view lower);

// Who pays, by the words after "brought to you by" and the like: the first of them, lower case; empty: not told.
std::string named_sponsor(std::string_view text, std::string_view lower);

// "example.com", "example dot com".
bool has_web_address(std::string_view lower);

}  // namespace podbrief::transcripts
