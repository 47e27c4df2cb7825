#include "adapters/index/talk_index.hpp"

#include <gtest/gtest.h>

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

TEST_F(TalkIndexTest, AdvertsAreNotFound) {
    auto talk = small_talk(60);
    talk[30] = said("Mattresses for everybody");
    talk[30].kind = SegmentKind::advert;
    put(1, talk);
    EXPECT_TRUE(index.find(about("mattresses"), 10).empty());
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
