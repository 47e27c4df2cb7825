#include "adapters/index/talk_index.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/search/understand.hpp"

namespace podbrief::index {
namespace {

using namespace std::chrono_literals;

Segment said(std::string text, std::string speaker = "Ann") {
    Segment segment;
    segment.speaker = std::move(speaker);
    segment.text = std::move(text);
    return segment;
}

// Enough small talk that windows of words do not reach from one topic to the next.
std::vector<Segment> small_talk(int segments) {
    std::vector<Segment> all;
    for (int i = 0; i < segments; ++i)
        all.push_back(said("Well so it goes with weather and lunch and such things all day"));
    return all;
}

class TalkIndexTest : public ::testing::Test {
protected:
    void put(std::int64_t episode, const std::vector<Segment>& segments, std::string_view title = {},
             std::string_view notes = {}) {
        index.put({.episode = EpisodeId(episode),
                   .podcast = PodcastId(episode % 2 + 1),
                   .published_at = WallTime{24h * episode},
                   .title = title,
                   .notes = notes,
                   .segments = segments});
    }
    PassageQuery about(std::string_view text) const {
        PassageQuery query;
        query.terms = search::understand(text, index).terms;
        query.text = text;
        return query;
    }
    std::vector<std::int64_t> episodes_about(const PassageQuery& query) const {
        std::vector<std::int64_t> found;
        for (const Passage& passage : index.find(query, 10)) found.push_back(passage.episode.value);
        return found;
    }

    TalkIndex index;
};

TEST_F(TalkIndexTest, FindsWhereATopicIsSpokenOf) {
    auto talk = small_talk(60);
    talk[40] = said("Tariffs on steel raise the price of every car");
    talk[41] = said("And the tariffs are paid at home");
    put(1, small_talk(60));
    put(2, talk);
    const auto passages = index.find(about("steel tariffs"), 10);
    ASSERT_FALSE(passages.empty());
    EXPECT_EQ(passages[0].episode, EpisodeId(2));
    EXPECT_LE(passages[0].first_segment, 40U);
    EXPECT_GE(passages[0].last_segment, 41U);
    EXPECT_DOUBLE_EQ(passages[0].coverage, 1);
}

TEST_F(TalkIndexTest, PassagesDoNotOverlap) {
    std::vector<Segment> talk;
    for (int i = 0; i < 100; ++i)
        talk.push_back(said("Tariffs again and tariffs once more in this long talk of trade"));
    put(1, talk);
    std::vector<bool> taken(talk.size(), false);
    for (const Passage& passage : index.find(about("tariffs"), 50)) {
        for (std::size_t i = passage.first_segment; i <= passage.last_segment; ++i) {
            EXPECT_FALSE(taken[i]);
            taken[i] = true;
        }
    }
}

TEST_F(TalkIndexTest, SeveralWordsNearEachOtherBeatOneOfThemOften) {
    auto often = small_talk(60);
    for (int i = 20; i < 24; ++i) often[static_cast<std::size_t>(i)] = said("Export export export");
    auto both = small_talk(60);
    both[30] = said("The export of lithography machines needs a licence");
    put(1, often);
    put(2, both);
    EXPECT_EQ(episodes_about(about("export of lithography machines")).front(), 2);
}

TEST_F(TalkIndexTest, TheTitleLiftsAnEpisodeThatSpeaksOfTheTopic) {
    auto talk = small_talk(60);
    talk[30] = said("Batteries are cheap");
    put(1, talk);
    put(2, talk, "The price of batteries");
    EXPECT_EQ(episodes_about(about("batteries")), (std::vector<std::int64_t>{2, 1}));
}

TEST_F(TalkIndexTest, WhatIsSaidAsItWasTypedGoesFirstSmallWordsIncluded) {
    auto scattered = small_talk(60);
    scattered[30] = said("They buy what we build and then we build what others buy");
    auto as_typed = small_talk(60);
    as_typed[30] = said("That is the old question, build or buy");
    put(1, scattered);
    put(2, as_typed);
    EXPECT_EQ(episodes_about(about("build or buy")).front(), 2);
}

TEST_F(TalkIndexTest, WordsThatOthersWriteTogetherAreFoundApart) {
    auto talk = small_talk(60);
    talk[30] = said("We traced it all with open telemetry and a lot of patience");
    put(1, small_talk(60));
    put(2, talk);
    talk[30] = said("OpenTelemetry is not in this one but it must be a known word");
    put(3, talk);
    const auto found = episodes_about(about("OpenTelemetry"));
    EXPECT_EQ(found.size(), 2U);
    EXPECT_TRUE(std::find(found.begin(), found.end(), 2) != found.end());
}

TEST_F(TalkIndexTest, TheFirstPassagesTellOfDifferentPlaces) {
    auto talk = small_talk(200);
    for (std::size_t i = 20; i < 50; ++i) talk[i] = said("Tariffs again and tariffs once more in this talk of trade");
    talk[180] = said("Back to tariffs at the end");
    put(1, talk);
    auto once = small_talk(60);
    once[30] = said("A word on tariffs");
    put(2, once);
    const auto passages = index.find(about("tariffs"), 4);
    ASSERT_EQ(passages.size(), 4U);
    bool at_the_end = false;
    bool in_the_other = false;
    for (const Passage& passage : passages) {
        at_the_end = at_the_end || (passage.episode == EpisodeId(1) && passage.last_segment >= 180);
        in_the_other = in_the_other || passage.episode == EpisodeId(2);
    }
    EXPECT_TRUE(at_the_end);
    EXPECT_TRUE(in_the_other);
}

TEST_F(TalkIndexTest, WhatIsNextToAPassageIsNotLostButComesLast) {
    std::vector<Segment> talk;
    for (int i = 0; i < 100; ++i)
        talk.push_back(said("Tariffs again and tariffs once more in this long talk of trade"));
    put(1, talk);
    const auto passages = index.find(about("tariffs"), 100);
    std::size_t segments = 0;
    for (const Passage& passage : passages) segments += passage.last_segment - passage.first_segment + 1;
    EXPECT_EQ(segments, talk.size());
    for (std::size_t i = 1; i < passages.size(); ++i) EXPECT_LE(passages[i].score, passages[i - 1].score);
}

TEST_F(TalkIndexTest, AdvertsAreNotFound) {
    auto talk = small_talk(60);
    talk[30] = said("Mattresses for everybody");
    talk[30].kind = SegmentKind::advert;
    put(1, talk);
    EXPECT_TRUE(index.find(about("mattresses"), 10).empty());
}

TEST_F(TalkIndexTest, MusicIsNobodysWord) {
    std::vector<Segment> music(200, said("\u266a", "Anna"));
    music.push_back(said("Tariffs on steel raise the price of every car", "Ben"));
    put(1, music);
    EXPECT_TRUE(index.find(about("anna"), 10).empty());
    const auto passages = index.find(about("steel tariffs"), 10);
    ASSERT_EQ(passages.size(), 1U);
    EXPECT_EQ(passages[0].last_segment, 200U) << "segments keep their numbers";
}

TEST_F(TalkIndexTest, WhoSpeaksCanBeAskedFor) {
    auto talk = small_talk(90);
    talk[20] = said("Rust is fine for kernels", "Ben Okri");
    talk[70] = said("Rust is fine for kernels", "Cleo Vance");
    put(1, talk);
    EXPECT_EQ(index.rank_segments(EpisodeId(1), about("what does Cleo Vance say about rust").terms).front(), 70U);
}

TEST_F(TalkIndexTest, KeepsToTheFiltersOfAQuery) {
    auto talk = small_talk(40);
    talk[10] = said("Tariffs on steel");
    for (int episode = 1; episode <= 4; ++episode) put(episode, talk);
    PassageQuery query = about("tariffs");
    query.podcast = PodcastId(1);
    EXPECT_EQ(episodes_about(query), (std::vector<std::int64_t>{2, 4}));
    query.published_from = WallTime{24h * 3};
    EXPECT_EQ(episodes_about(query), std::vector<std::int64_t>{4});
    query = about("tariffs");
    query.published_until = WallTime{24h * 3};
    EXPECT_EQ(episodes_about(query), (std::vector<std::int64_t>{1, 2}));
    query = about("tariffs");
    query.exclude_episodes = {EpisodeId(1), EpisodeId(2)};
    EXPECT_EQ(episodes_about(query), (std::vector<std::int64_t>{3, 4}));
    query = about("tariffs");
    query.episode = EpisodeId(3);
    EXPECT_EQ(episodes_about(query), std::vector<std::int64_t>{3});
}

TEST_F(TalkIndexTest, AReplacedEpisodeIsFoundByItsNewWordsOnly) {
    auto talk = small_talk(40);
    talk[10] = said("Tariffs on steel");
    put(1, talk);
    talk[10] = said("Subsidies for wheat");
    put(1, talk);
    EXPECT_EQ(index.episodes(), 1U);
    EXPECT_TRUE(index.find(about("tariffs"), 10).empty());
    EXPECT_EQ(episodes_about(about("wheat subsidies")), std::vector<std::int64_t>{1});
}

TEST_F(TalkIndexTest, SweepingChangesNothingThatIsFound) {
    for (int episode = 1; episode <= 200; ++episode) {
        auto talk = small_talk(20);
        talk[static_cast<std::size_t>(episode) % 20] = said("Tariffs of episode number" + std::to_string(episode));
        put(episode, talk);
    }
    for (int episode = 1; episode <= 150; ++episode) index.erase(EpisodeId(episode));
    EXPECT_EQ(index.episodes(), 50U);
    EXPECT_EQ(index.find(about("tariffs"), 1000).size(), 50U);
    EXPECT_EQ(episodes_about(about("number177")), std::vector<std::int64_t>{177});
    EXPECT_TRUE(index.find(about("number7"), 10).empty());
    EXPECT_EQ(index.rank_segments(EpisodeId(177), about("number177").terms).front(), 17U);
}

TEST_F(TalkIndexTest, PhrasesAreFoundAfterSweeping) {
    for (int episode = 1; episode <= 200; ++episode) {
        auto talk = small_talk(30);
        talk[10] = said(episode == 180 ? "It is a question of build or buy" : "They buy what others build or rent");
        put(episode, talk);
    }
    for (int episode = 1; episode <= 150; ++episode) index.erase(EpisodeId(episode));
    EXPECT_EQ(episodes_about(about("build or buy")).front(), 180);
}

TEST_F(TalkIndexTest, TheSameIsFoundWhateverWasPutAndErasedBefore) {
    auto talk = small_talk(60);
    talk[20] = said("That is the old question, build or buy");
    talk[50] = said("They buy what we build");
    put(1, talk);
    put(2, small_talk(60));
    const auto before = index.find(about("build or buy"), 10);
    put(1, talk);
    put(3, talk);
    index.erase(EpisodeId(3));
    const auto after = index.find(about("build or buy"), 10);
    ASSERT_EQ(after.size(), before.size());
    for (std::size_t i = 0; i < after.size(); ++i) {
        EXPECT_EQ(after[i].first_segment, before[i].first_segment);
        EXPECT_EQ(after[i].last_segment, before[i].last_segment);
    }
}

TEST_F(TalkIndexTest, MendsTheSpellingOfAQuestionByWhatWasSaid) {
    auto talk = small_talk(40);
    talk[10] = said("Semiconductors are made in clean rooms");
    put(1, talk);
    EXPECT_EQ(search::understand("semiconducters", index).note, "Showing results for semiconductors.");
    EXPECT_EQ(episodes_about(about("semiconducters")), std::vector<std::int64_t>{1});
}

TEST_F(TalkIndexTest, NothingIsFoundForNothing) {
    EXPECT_TRUE(index.find({}, 10).empty());
    put(1, {});
    EXPECT_TRUE(index.find(about("tariffs"), 10).empty());
    EXPECT_TRUE(index.rank_segments(EpisodeId(9), about("tariffs").terms).empty());
}

}  // namespace
}  // namespace podbrief::index
