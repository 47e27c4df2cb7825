#include "core/transcripts/choose.hpp"

#include <gtest/gtest.h>

namespace podbrief::transcripts {
namespace {

std::string urls(const std::vector<TranscriptOffer>& offers) {
    std::string out;
    for (const TranscriptOffer& offer : offers) out += offer.url + " ";
    return out;
}

TEST(RankedOffers, GoFromWhatTellsMostToWhatTellsLeast) {
    const std::vector<TranscriptOffer> offers = {
        {"a.txt", "text/plain", "", ""},
        {"b.md", "text/markdown", "", ""},
        {"c", "text/html", "", ""},
        {"d.srt", "application/srr", "", ""},
        {"e.vtt", "text/vtt", "", "captions"},
        {"f", "text/vtt", "", ""},
        {"g", "application/json", "", ""},
        {"h", "application/pdf", "", ""},
        {"i.json", "text/plain", "", ""},
        {"g", "application/json", "", ""},
        {"", "application/json", "", ""},
        {"j?x=.json", "Application/X-SubRip; charset=utf-8", "", ""},
    };
    EXPECT_EQ(urls(ranked_offers(offers, "en")), "g i.json f e.vtt d.srt j?x=.json c b.md a.txt h ");
}

TEST(RankedOffers, LeaveOutOtherLanguagesOnlyWhereTheRightOneIsOffered) {
    const TranscriptOffer german{"de", "application/json", "de", ""};
    const TranscriptOffer english{"en", "text/plain", "EN-us", ""};
    const TranscriptOffer unnamed{"any", "text/vtt", "", ""};
    EXPECT_EQ(urls(ranked_offers({german, english}, "en-gb")), "en ");
    EXPECT_EQ(urls(ranked_offers({german, english, unnamed}, "en")), "any en ");
    EXPECT_EQ(urls(ranked_offers({german}, "en")), "de ");
    EXPECT_EQ(urls(ranked_offers({german, english}, "")), "de en ");
    EXPECT_EQ(urls(ranked_offers({}, "en")), "");
}

}  // namespace
}  // namespace podbrief::transcripts
