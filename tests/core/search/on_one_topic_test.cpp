#include "core/search/on_one_topic.hpp"

#include <gmock/gmock.h>

#include "core/search/text_vectors.hpp"
#include "tests/core/search/library.hpp"

namespace podbrief::search {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

// The ids of what a page would show of the first.
std::vector<std::int64_t> shown(Library& library) {
    std::vector<std::int64_t> ids;
    for (const CloseHit& close : close_to(library.index(), library[1], 16)) {
        const Insight& other = library[close.hit.insight.value];
        if (are_on_one_topic(telling_labels(library[1]), other, close)) ids.push_back(other.id.value);
    }
    return ids;
}

class OnOneTopic : public ::testing::Test {
protected:
    Library library{&built_in_vectors()};
};

TEST_F(OnOneTopic, AreClaimsThatShareTopicsAndLieNear) {
    library.add("American chip designers lost 12 billion dollars of yearly sales to China through the export controls.",
                {"export controls", "chip"}, {"China"});
    library.add("The export controls on advanced chips gave China's technology companies a reason to fund chip makers.",
                {"export controls"}, {"China"});
    library.add("Running a model on four old chips takes about three times the electricity of one new chip.",
                {"electricity", "model"});
    EXPECT_THAT(shown(library), ElementsAre(2));
}

TEST_F(OnOneTopic, TalkOfCostsIsNotTalkOfAllThatCosts) {
    library.add(
        "Chip designers spend around 20 percent of revenue on research, so each billion of lost sales to China "
        "removes about 200 million dollars from the budget for the next design.",
        {"chip", "research", "sales"}, {"China"});
    library.add(
        "Interest makes up about half the cost of electricity from a large reactor, because billions are "
        "borrowed ten years before the first sale, so a plant that earns money in year six is cheaper.",
        {"reactor", "electricity", "cost"});
    CloseHit as_in_a_library;  // as these two were met in one of 600
    as_in_a_library.near = 0.73;
    as_in_a_library.hit.coverage = 0.23;
    as_in_a_library.measured = true;
    EXPECT_FALSE(are_on_one_topic(telling_labels(library[1]), library[2], as_in_a_library));
    as_in_a_library.hit.coverage = 0.35;
    EXPECT_TRUE(are_on_one_topic(telling_labels(library[1]), library[2], as_in_a_library))
        << "they would say the same words";
}

TEST_F(OnOneTopic, WithoutTopicsWordsAndMeaningMustBothAgree) {
    library.add("The US ban on selling advanced AI chips to China has backfired.");
    library.add("Contrary to their intent, US export controls on AI chips for China have backfired.");
    library.add("Nurses sleep badly after night shifts.");
    EXPECT_THAT(shown(library), ElementsAre(2));
}

TEST_F(OnOneTopic, TopicsThatSayOnlyWhatKindOfThingItIsDoNotCount) {
    library.add("Large companies share a culture of politics that their people learn.", {"companies", "people"});
    library.add("Large companies in France share access to graphics cards.", {"companies", "people"});
    const auto close = close_to(library.index(), library[1], 16);
    for (CloseHit one : close) {
        one.hit.coverage = 0.2;
        EXPECT_FALSE(are_on_one_topic(telling_labels(library[1]), library[2], one));
    }
}

TEST_F(OnOneTopic, OfAnEpisodeTwoAndOfAClaimOne) {
    const std::vector<std::string> topics{"export controls", "chips"};
    library.add("Export controls on advanced chips slow China's largest laboratories.", topics);
    for (int i = 0; i < 4; ++i) library.add("Export controls on advanced chips slow China's laboratories.", topics);
    const EpisodeId same = library[2].episode;
    for (std::int64_t id = 2; id <= 4; ++id) const_cast<Insight&>(library[id]).episode = same;
    const_cast<Insight&>(library[5]).cluster = library[4].cluster;
    EXPECT_THAT(shown(library), ElementsAre(5, 3, 2)) << "4 is the claim of 5";
}

TEST(OnOneTopicWithoutVectors, SharedTopicsAndWordsDecide) {
    Library library;
    library.add("Export controls on advanced chips slow China.", {"export controls"});
    library.add("Export controls on chips backfired in China.", {"export controls"});
    library.add("Chips are advanced in China.", {"potatoes"});
    EXPECT_THAT(shown(library), UnorderedElementsAre(2));
}

}  // namespace
}  // namespace podbrief::search
