#pragma once
#include <cstddef>
#include <vector>

#include "bot/quality/corpora.hpp"

namespace podbrief::bot::quality {

// How well mark_adverts tells adverts from talk, in words.
struct AdvertMeasures {
    std::size_t reads = 0;
    std::size_t advert_words = 0;
    std::size_t advert_marked = 0;
    std::size_t talk_words = 0;
    std::size_t talk_marked = 0;

    double recall() const { return share(advert_marked, advert_words); }
    double precision() const { return share(advert_marked, advert_marked + talk_marked); }
    double wrongly_marked() const { return share(talk_marked, talk_words); }

private:
    static double share(std::size_t part, std::size_t whole) {
        return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
    }
};

// The transcripts of changelog leave the words of their adverts out. So reads of our own, of invented sponsors, are
// spoken by the host where the chapters name a sponsor, or a third of the way where there are none; the talk is
// unchanged otherwise. Marks adverts anew.
AdvertMeasures put_adverts_in(std::vector<TalkEpisode>& episodes);

// The insight quotes one of those reads.
bool is_of_advert(const Insight& insight);

}  // namespace podbrief::bot::quality
