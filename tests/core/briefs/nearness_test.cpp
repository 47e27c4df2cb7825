#include <gtest/gtest.h>

#include <map>

#include "core/briefs/pool.hpp"
#include "core/text/words.hpp"

namespace podbrief::briefs {
namespace {

CandidatePool pool_of(const std::vector<std::string>& texts) {
    std::vector<Candidate> candidates;
    for (const std::string& text : texts) {
        Candidate candidate;
        candidate.insight.id = InsightId{static_cast<std::int64_t>(candidates.size()) + 1};
        candidate.insight.text = text;
        candidate.stems = text::unique_stems(text);
        candidates.push_back(std::move(candidate));
    }
    return CandidatePool(candidates);
}

std::map<CandidatePool::Place, float> near(const CandidatePool& pool, const std::string& text, float least) {
    Nearness nearness(pool);
    std::map<CandidatePool::Place, float> found;
    for (const auto& [place, cosine] : nearness.to(text::unique_stems(text), least)) found[place] = cosine;
    return found;
}

TEST(Nearness, IsOneForTheSameWordsAndNothingForOthers) {
    const CandidatePool pool = pool_of({"chip makers lobby", "harvest festival"});
    const auto found = near(pool, "Chip makers lobby", 0.01f);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_NEAR(found.at(0), 1, 1e-5);
}

TEST(Nearness, CountsARareWordForMoreThanACommonOne) {
    const CandidatePool pool =
        pool_of({"company lithography", "company harvest", "company festival", "company museum", "tower museum"});
    const auto found = near(pool, "company lithography wafers", 0.01f);
    EXPECT_GT(found.at(0), 2 * found.at(1));
}

TEST(Nearness, IsLessForATextThatHasMoreWordsOfItsOwnKnownOrNot) {
    const CandidatePool pool = pool_of({"chip makers lobby", "harvest festival"});
    const float whole = near(pool, "chip makers lobby", 0.01f).at(0);
    EXPECT_LT(near(pool, "chip makers lobby zeppelin", 0.01f).at(0), whole);
    EXPECT_LT(near(pool, "chip makers lobby harvest", 0.01f).at(0), whole);
}

TEST(Nearness, LeavesOutWhatIsFartherThanWanted) {
    const CandidatePool pool = pool_of({"chip makers lobby", "chip harvest festival valley"});
    EXPECT_EQ(near(pool, "chip makers lobby", 0.5f).size(), 1u);
    EXPECT_EQ(near(pool, "chip makers lobby", 0.05f).size(), 2u);
}

TEST(Nearness, BeginsAnewWithEachText) {
    const CandidatePool pool = pool_of({"chip makers lobby", "harvest festival"});
    Nearness nearness(pool);
    nearness.to(text::unique_stems("chip makers"), 0.9f);
    const auto& found = nearness.to(text::unique_stems("chip makers lobby"), 0.01f);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_NEAR(found.front().cosine, 1, 1e-5);
}

}  // namespace
}  // namespace podbrief::briefs
