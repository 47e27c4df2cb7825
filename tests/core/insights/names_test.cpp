#include "core/insights/names.hpp"

#include <gtest/gtest.h>

namespace podbrief::insights {
namespace {

const std::vector<std::string> known = {"Mira Okonjo", "Tomasz Wierzbicki", "Élodie Marchand", "Sam Lee"};

TEST(Names, AreRepairedWhenOneKnownNameIsNear) {
    const struct {
        const char* said;
        const char* right;
    } cases[] = {
        {"Mira Okonjo", "Mira Okonjo"},
        {"Mira Okonyo", "Mira Okonjo"},
        {"Tomas Wierzbicki", "Tomasz Wierzbicki"},
        {"Wierzbiki", "Wierzbicki"},
        {"Elodie Marchant", "Élodie Marchand"},
        {"Mira Jovovich", "Mira Jovovich"},  // another person
        {"Nira Okonjo", "Nira Okonjo"},      // another first letter
        {"Sam Leo", "Sam Leo"},              // too short to be sure
        {"Marchands", "Marchands"},          // a plural
    };
    for (const auto& c : cases) EXPECT_EQ(repair_name(c.said, known), c.right) << c.said;
}

TEST(Names, ThatTwoKnownPersonsAreAsNearToAreLeftAlone) {
    const std::vector<std::string> brothers = {"Karl Andersen", "Karl Anderson"};
    EXPECT_EQ(repair_name("Karl Andersan", brothers), "Karl Andersan");
}

TEST(Names, AreRepairedInsideATextWithTheirPossessives) {
    EXPECT_EQ(repair_names_in("Mira Okonyo's plan, says Wierzbiki, beats Intel's.", known),
              "Mira Okonjo's plan, says Wierzbicki, beats Intel's.");
    EXPECT_EQ(repair_names_in("Nothing known here.", {}), "Nothing known here.");
}

TEST(Names, OfSpeakersAreCompletedAndLabelsLeftOut) {
    EXPECT_EQ(speaker_name("Tomas Wierzbicki", known), "Tomasz Wierzbicki");
    EXPECT_EQ(speaker_name("Mira", known), "Mira Okonjo");
    EXPECT_EQ(speaker_name("Zed", known), "Zed");
    EXPECT_EQ(speaker_name("Speaker 2", known), "");
    EXPECT_EQ(speaker_name("Unknown", known), "");
    EXPECT_EQ(speaker_name("  ", known), "");
}

TEST(Names, AreKnownFromEpisodeAndPodcastOnce) {
    Podcast podcast;
    podcast.persons = {{"Mira Okonjo", "host"}, {"acme media", "host"}, {"Cher", "guest"}};
    Episode episode;
    episode.persons = {{"Tomasz  Wierzbicki", "guest"}, {"Mira Okonjo", "host"}};
    EXPECT_EQ(known_names(podcast, episode), (std::vector<std::string>{"Tomasz Wierzbicki", "Mira Okonjo"}));
}

}  // namespace
}  // namespace podbrief::insights
