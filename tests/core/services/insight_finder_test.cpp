#include "core/services/insight_finder.hpp"

#include <gmock/gmock.h>

#include "tests/core/services/responding.hpp"

namespace podbrief::testing {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

class Finding : public Responding {
protected:
    services::InsightFinder finder{{library.store, library.search, library.clock}};

    using Labelled = std::pair<InsightId, std::optional<Relation>>;

    // All pages of an answer of the chat.
    std::vector<Labelled> in_the_chat(const std::string& text) {
        std::vector<Labelled> all;
        for (std::string next = text;; next = "more") {
            const std::vector<InsightCard> page = cards(next);
            if (page.empty()) return all;
            for (const InsightCard& card : page) all.emplace_back(card.insight, card.relation);
        }
    }
    static std::vector<Labelled> labelled(const std::vector<services::FoundInsight>& found) {
        std::vector<Labelled> all;
        for (const services::FoundInsight& one : found) all.emplace_back(one.detail.insight.id, one.relation);
        return all;
    }
};

TEST_F(Finding, OnATopicIsWhatTheChatFindsInItsOrder) {
    for (const std::string& topic :
         {std::string("chip export controls"), std::string("energy"), std::string("cities")}) {
        const auto found = library.get(finder.on_topic(topic));
        EXPECT_THAT(found.insights, Not(IsEmpty())) << topic;
        EXPECT_EQ(labelled(found.insights), in_the_chat("more on " + topic)) << topic;
    }
}

// Fewer and surer than the chat's, so what there is has the labels that it has there.
TEST_F(Finding, RelatedIsAmongWhatTheChatShowsOfANumber) {
    const std::vector<InsightCard> list = cards("more on chip export controls");
    ASSERT_FALSE(list.empty());
    const InsightDetail head = library.get(library.store.details({list.front().insight})).at(0);
    const auto found = library.get(finder.related_to(head.insight));
    EXPECT_THAT(found, Not(IsEmpty()));
    EXPECT_THAT(in_the_chat("more on 1"), ::testing::IsSupersetOf(labelled(found)));
}

TEST_F(Finding, SaysWhatWasMendedAndWhatIsUnknown) {
    const auto mended = library.get(finder.on_topic("semiconducters"));
    EXPECT_EQ(mended.note, "Showing results for semiconductors.");
    const auto nothing = library.get(finder.on_topic("quidditch"));
    EXPECT_THAT(nothing.insights, IsEmpty());
    EXPECT_THAT(nothing.unknown, ::testing::ElementsAre("quidditch"));
}

}  // namespace
}  // namespace podbrief::testing
