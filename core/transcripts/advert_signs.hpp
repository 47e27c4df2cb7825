#pragma once
#include <string_view>

namespace podbrief::transcripts {

// What in a stretch of talk speaks for an advertisement.
struct AdvertSigns {
    bool announced = false;  // "this episode is brought to you by", "a word from our sponsors": certain by itself
    bool opened = false;     // "our friends at", "thanks to our sponsor": likely, where a call to act follows
    int actions = 0;         // points for different calls to act: a code, a discount, an address to go to

    bool any() const { return announced || opened || actions > 0; }
};

// `lower` is `text` with its ASCII letters lower case; the same size.
AdvertSigns advert_signs(std::string_view text, std::string_view lower);

}  // namespace podbrief::transcripts
