#include "core/services/topic_hits.hpp"

#include <gtest/gtest.h>

#include "adapters/index/memory_index.hpp"
#include "core/text/words.hpp"

namespace podbrief::services {
namespace {

class Shelf {
public:
    void add(std::int64_t episode, const std::string& text) {
        briefs::Candidate candidate;
        candidate.insight.id = InsightId{static_cast<std::int64_t>(candidates_.size()) + 1};
        candidate.insight.episode = EpisodeId{episode};
        candidate.insight.podcast = PodcastId{1};
        candidate.insight.text = text;
        candidate.stems = text::unique_stems(text);
        index_.put(candidate.insight, "Show");
        candidates_.push_back(std::move(candidate));
    }
    // Insights of episodes of their own that have nothing to do with anything.
    void fill(int count) {
        for (int i = 0; i < count; ++i) add(1000 + i, fmt::format("alpha{0} beta{0} gamma{0} delta{0}", i));
    }
    std::map<std::uint32_t, double> hits(const std::string& topic) const {
        const briefs::CandidatePool pool(candidates_);
        const briefs::TopicHits hits = hits_on(topic, pool, index_);
        EXPECT_TRUE(std::is_sorted(hits.begin(), hits.end()));
        return {hits.begin(), hits.end()};
    }

private:
    std::vector<briefs::Candidate> candidates_;
    index::MemoryIndex index_;
};

TEST(TopicHits, AreWhatTheIndexFinds) {
    Shelf shelf;
    shelf.add(1, "Lithography decides who can build chips");
    shelf.fill(20);
    const auto hits = shelf.hits("lithography");
    ASSERT_EQ(hits.size(), 1u);
    EXPECT_GE(hits.at(0), 0.6);
    EXPECT_TRUE(shelf.hits("zeppelins").empty());
}

TEST(TopicHits, LeadToTheOthersOfAnEpisodeOfWhichMuchWasFound) {
    Shelf shelf;
    shelf.add(1, "Lithography decides who can build chips");
    shelf.add(1, "Lithography machines take years to arrive");
    shelf.add(1, "Suppliers wait longer than buyers admit");
    shelf.fill(20);
    const auto hits = shelf.hits("lithography");
    ASSERT_EQ(hits.size(), 3u);
    EXPECT_GT(hits.at(2), 0);
    EXPECT_LE(hits.at(2), 0.5) << "never as good as having been found, nor enough to be muted";
}

TEST(TopicHits, LeadToWhatSpeaksInTheSameWords) {
    Shelf shelf;
    shelf.add(1, "Lithography masks and wafer steppers decide who can build chips");
    shelf.add(2, "Wafer steppers and masks set the pace of every fab");
    shelf.fill(20);
    const auto hits = shelf.hits("lithography");
    ASSERT_EQ(hits.size(), 2u);
    EXPECT_LE(hits.at(1), 0.5);
}

TEST(TopicHits, LeadNowhereFromATopicThatSoManyAreAbout) {
    Shelf shelf;
    for (int i = 0; i < 10; ++i) shelf.add(i, fmt::format("Lithography news number {0} epsilon{0}", i));
    shelf.add(3, "Suppliers wait longer than buyers admit");
    shelf.fill(20);
    EXPECT_EQ(shelf.hits("lithography").size(), 10u);
}

}  // namespace
}  // namespace podbrief::services
