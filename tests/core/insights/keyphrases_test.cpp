#include "core/insights/keyphrases.hpp"

#include <gtest/gtest.h>

#include "core/insights/modality.hpp"

namespace podbrief::insights {
namespace {

Vocabulary episode(std::string_view talk) {
    const std::vector<Segment> segments = {{"A", std::string(talk), Millis{0}, Millis{1000}, SegmentKind::speech}};
    const auto turns = turns_of(segments);
    Vocabulary vocabulary;
    statements_of(turns, {"A"}, vocabulary);
    return vocabulary;
}

TEST(Topics, AreWhatTheEpisodeSpeaksOfMost) {
    Vocabulary vocabulary = episode(
        "Export controls work. Export controls fail too. Most export controls hit vector databases. Chips need export "
        "controls. A vector database stores vectors.");
    const auto topics = topics_of("The export controls hit every vector database.", vocabulary, "", 8);
    ASSERT_GE(topics.size(), 2u);
    EXPECT_EQ(topics[0], "export controls");
    EXPECT_EQ(topics[1], "vector database");
}

TEST(Topics, KeepOpenWhereItIsAPartOfTheName) {
    Vocabulary vocabulary = episode(
        "Open source pays nobody. Open source needs money. An open source maintainer quits. Shops open early. Shops "
        "open "
        "late.");
    const auto topics = topics_of("Open source maintainers open shops.", vocabulary, "", 8);
    EXPECT_EQ(topics[0], "open source");
    EXPECT_EQ(std::count(topics.begin(), topics.end(), "open"), 0);
    EXPECT_EQ(std::count(topics.begin(), topics.end(), "source"), 0);
}

TEST(Entities, AreNamesAsSpeltAndNotTheSpeakersOwn) {
    Vocabulary vocabulary = episode("The GPU of Nvidia is fast. We asked Nvidia again. Then chips from China came.");
    EXPECT_EQ(entities_of("Nvidia's GPU and the Kestrel Labs chip, Ada Poe thinks, beat GPT-4. Chips win.", vocabulary,
                          "Ada Poe"),
              (std::vector<std::string>{"Nvidia", "GPU", "Kestrel Labs", "GPT-4"}));
    EXPECT_EQ(entities_of("Grace Hopper wrote it. Fast Nvidia chips win.", vocabulary, ""),
              (std::vector<std::string>{"Grace Hopper", "Nvidia"}));
}

TEST(Modality, KeepsSaidArguedAndAllegedApart) {
    EXPECT_EQ(modality_of("Chips got cheaper.", false), Modality::said);
    EXPECT_EQ(modality_of("Chips got cheaper.", true), Modality::argued);
    EXPECT_EQ(modality_of("Chips should get cheaper.", false), Modality::argued);
    EXPECT_EQ(modality_of("Officials allege theft.", false), Modality::alleged);
    EXPECT_EQ(modality_of("They reportedly should stop.", true), Modality::alleged);
}

}  // namespace
}  // namespace podbrief::insights
