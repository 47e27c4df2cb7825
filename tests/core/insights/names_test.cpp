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

TEST(Names, ThatSoundAlikeAreRepairedAlsoWithAnotherFirstLetter) {
    const std::vector<std::string> persons = {"Andrej Karpathy", "Philippa Stephens", "Yoshua Bengio"};
    EXPECT_EQ(repair_name("Andrej Carpathy", persons), "Andrej Karpathy");
    EXPECT_EQ(repair_name("Philippa Stevens", persons), "Philippa Stephens");
    EXPECT_EQ(repair_name("Joshua Bengio", persons), "Joshua Bengio") << "it sounds otherwise";
    EXPECT_EQ(repair_name("Andrea Carpaccio", persons), "Andrea Carpaccio");
}

TEST(Names, ThatAreNamesOfOthersInTheNotesAreNotChanged) {
    Episode episode;
    episode.notes = "<p>Steven Miller and Stephen Miller disagree. With Dario Amodei.</p>";
    const auto spelt = spelt_names({}, episode);
    EXPECT_EQ(repair_names_in("Stephen Miller answers Steven Miller.", spelt), "Stephen Miller answers Steven Miller.");
    EXPECT_EQ(repair_name("Stefen Miller", spelt), "Stefen Miller") << "two are as near";
}

TEST(Names, FromTheNotesTellHowNamesAreSpeltAndNotWhoSpeaks) {
    Podcast podcast;
    podcast.persons = {{"Mira Okonjo", "host"}};
    Episode episode;
    episode.notes =
        "<h2>Show Notes</h2><ul><li>Dario Amodei&#8217;s essay</li><li>MIRA OKONJO on Open Source</li></ul>"
        "Machine Learning at New York, guest Tsvetana Paneva, and Sam Altman Returns. Privacy Policy.";
    EXPECT_EQ(known_names(podcast, episode), std::vector<std::string>{"Mira Okonjo"});
    EXPECT_EQ(spelt_names(podcast, episode), (std::vector<std::string>{"Mira Okonjo", "Dario Amodei", "Tsvetana Paneva",
                                                                       "Sam Altman", "Sam Altman Returns"}));
    EXPECT_EQ(repair_names_in("Dario Amadei's call, and what Sam Altmann said.", spelt_names(podcast, episode)),
              "Dario Amodei's call, and what Sam Altman said.");
    EXPECT_EQ(speaker_name("Sam", known_names(podcast, episode)), "Sam");
}

}  // namespace
}  // namespace podbrief::insights
