#include "core/search/independent_sources.hpp"

#include <gtest/gtest.h>

namespace podbrief::search {
namespace {

ClaimSource from(std::int64_t podcast, std::string speaker, std::string file = "") {
    ClaimSource source;
    source.podcast = {podcast};
    source.speaker = std::move(speaker);
    source.enclosure_key = std::move(file);
    return source;
}

TEST(IndependentSources, AreShowsAndPeopleOnceEach) {
    EXPECT_EQ(independent_sources({}), 1);
    EXPECT_EQ(independent_sources({from(1, "Ada Byron"), from(1, "Bo Chen")}), 1);
    EXPECT_EQ(independent_sources({from(1, "Ada Byron"), from(2, "Bo Chen"), from(3, "")}), 3);
    EXPECT_EQ(independent_sources({from(1, ""), from(2, "")}), 2) << "two unknown speakers are not the same one";
}

TEST(IndependentSources, OneGuestOnThreeShowsIsOneHoweverItsNameIsSpelt) {
    EXPECT_EQ(independent_sources({from(1, "Gregory Allen"), from(2, "GREGORY ALLEN"), from(3, "Gregory Alen")}), 1);
    EXPECT_EQ(independent_sources({from(1, "Gregory Allen"), from(2, "Gregory Brown"), from(3, "Marie Allen")}), 3);
}

TEST(IndependentSources, OneRecordingInSeveralFeedsIsOne) {
    EXPECT_EQ(independent_sources({from(1, "", "cdn.example/a.mp3"), from(2, "", "cdn.example/a.mp3")}), 1);
    EXPECT_EQ(independent_sources({from(1, "", "cdn.example/a.mp3"), from(2, "", "cdn.example/b.mp3")}), 2);
    ClaimSource one = from(1, "");
    ClaimSource two = from(2, "");
    one.guid = two.guid = "12";
    one.title_key = "cranes";
    two.title_key = "harbours";
    EXPECT_EQ(independent_sources({one, two}), 2) << "a number is no guid";
    two.title_key = "cranes";
    EXPECT_EQ(independent_sources({one, two}), 1);
}

TEST(IndependentSources, TheSameWordsToTheLetterAreOneRecording) {
    ClaimSource one = from(1, "");
    ClaimSource two = from(2, "");
    one.quote = two.quote = "Nobody in this harbour has ever seen two cranes work at once.";
    EXPECT_EQ(independent_sources({one, two}), 1);
    one.quote = two.quote = "It works.";
    EXPECT_EQ(independent_sources({one, two}), 2) << "anybody may say that";
}

TEST(IndependentSources, AreJoinedThroughOthers) {
    EXPECT_EQ(independent_sources({from(1, "Ada Byron"), from(2, "Ada Byron"), from(2, "Bo Chen"), from(3, "Bo Chen"),
                                   from(4, "Cy Young", "x/y.mp3"), from(5, "", "x/y.mp3")}),
              2);
}

}  // namespace
}  // namespace podbrief::search
