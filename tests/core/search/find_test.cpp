#include "core/search/find.hpp"

#include <gtest/gtest.h>

#include "core/search/related.hpp"
#include "tests/core/search/library.hpp"

namespace podbrief::search {
namespace {

using Ids = std::vector<std::int64_t>;

Ids ids_of(const std::vector<SearchHit>& hits) {
    Ids ids;
    for (const SearchHit& hit : hits) ids.push_back(hit.insight.value);
    return ids;
}

Found find_in(Library& library, const char* topic, const FindOptions& options) {
    return find(library.index(), understand(topic, library.index()), options);
}

TEST(Find, GivesNothingRatherThanNonsense) {
    for (const TextVectors* meaning : {static_cast<const TextVectors*>(nullptr), &built_in_vectors()}) {
        Library library = sample_library(meaning);
        EXPECT_TRUE(find_in(library, "quantum blockchain gardening", {}).hits.empty());
        EXPECT_TRUE(find_in(library, "team gardening recipes", {}).hits.empty()) << "one common word of three";
        EXPECT_TRUE(find_in(library, "more", {}).hits.empty());
        EXPECT_FALSE(find_in(library, "export controls", {}).hits.empty());
    }
}

TEST(Find, GivesNothingOnWhatTheLibraryDoesNotHaveByMeaningEither) {
    Library library = sample_library(&built_in_vectors());
    for (const char* topic :
         {"sourdough baking", "medieval history", "Roman empire", "wine tasting in Burgundy", "knitting patterns",
          "deep sea fishing", "beekeeping", "volcano eruptions", "Shakespeare sonnets", "hair loss treatment",
          "marathon training", "Taylor Swift", "Formula 1", "malaria vaccine", "ballet", "pension funds"}) {
        EXPECT_EQ(ids_of(find_in(library, topic, {}).hits), Ids{}) << topic;
    }
}

TEST(Find, FindsByMeaningWhatHoldsNoneOfTheWords) {
    Library library = sample_library(&built_in_vectors());
    library.add("Foreign rivals answer bans on semiconductors by making their own.");
    const Ids ids = ids_of(find_in(library, "chip export controls", {}).hits);
    EXPECT_NE(std::find(ids.begin(), ids.end(), 12), ids.end());
    EXPECT_EQ(std::find(ids.begin(), ids.end(), 7), ids.end()) << "remote work";
    EXPECT_EQ(std::find(ids.begin(), ids.end(), 9), ids.end()) << "JavaScript";
}

TEST(Find, ShowsAClaimClusterOnce) {
    Library library;
    library.add("Sleep trackers mislead worried sleepers.");
    library.add("Sleep trackers mislead worried sleepers badly.").cluster = {1001};
    library.add("Sleep trackers are cheap.");
    const Found found = find_in(library, "sleep trackers", {});
    EXPECT_EQ(found.hits.size(), 2U);
    EXPECT_EQ(found.more, 0U);
}

TEST(Find, PutsMoreThanTwoOfAnEpisodeBehindTheOthers) {
    Library library;
    for (int i = 0; i < 4; ++i) library.add("Sleep trackers.").episode = {5};
    library.add("Sleep trackers are sold to people who worry about the many hours they lie awake at night.").episode = {
        6};
    EXPECT_EQ(ids_of(find_in(library, "sleep trackers", {}).hits), (Ids{4, 3, 5, 2, 1}));
}

TEST(Find, LeavesOutWhatWasShownAndItsCluster) {
    Library library;
    library.add("Sleep trackers mislead.");
    library.add("Sleep trackers mislead people.").cluster = {1001};
    library.add("Sleep trackers sell.");
    library.add("Sleep trackers fail.");
    FindOptions options;
    options.exclude = {{1}};
    EXPECT_EQ(ids_of(find_in(library, "sleep trackers", options).hits), (Ids{4, 3}));
    options.exclude_clusters = {{1004}};
    EXPECT_EQ(ids_of(find_in(library, "sleep trackers", options).hits), (Ids{3}));
}

TEST(Find, TellsHowManyMoreThereAre) {
    Library library;
    for (int i = 0; i < 9; ++i) library.add("Sleep trackers mislead.");
    FindOptions options;
    options.limit = 4;
    const Found found = find_in(library, "sleep trackers", options);
    EXPECT_EQ(found.hits.size(), 4U);
    EXPECT_EQ(found.more, 5U);
}

TEST(Find, PrefersTheNewerOfTwoThatMatchAlikeButNotANewerThatMatchesLess) {
    Library library;
    const WallTime now = from_ms(1'800'000'000'000);
    library.add("Sleep trackers mislead.").published_at = now - std::chrono::hours{24};
    library.add("Sleep trackers mislead.").published_at = now - std::chrono::hours{24 * 400};
    library.add("Sleep is strange and trackers of parcels are a different thing altogether, as everybody will agree.")
        .published_at = now;
    FindOptions options;
    options.now = now;
    EXPECT_EQ(ids_of(find_in(library, "sleep trackers", options).hits), (Ids{1, 2, 3}));
}

TEST(Related, SpeaksOfTheSameThingInOtherEpisodes) {
    Library library = sample_library();
    Insight& head = library.add("Export curbs on chips hurt American toolmakers.", {"export controls"}, {});
    head.cluster = {2000};
    library.add("Export curbs on chips hurt American toolmakers a lot.").cluster = {2000};
    library.add("Export curbs on chips are enforced by one officer.").episode = library[12].episode;
    const Ids ids = ids_of(related(library.index(), library[12], {}));
    ASSERT_GE(ids.size(), 2U);
    EXPECT_TRUE((ids[0] == 1 && ids[1] == 2) || (ids[0] == 2 && ids[1] == 1));
    for (const std::int64_t id : ids) {
        EXPECT_NE(id, 12);
        EXPECT_NE(id, 13) << "the same claim";
        EXPECT_NE(id, 14) << "the same episode";
        EXPECT_NE(id, 7) << "remote work is not related";
    }
}

TEST(Related, IsEmptyWhereNothingIs) {
    Library library = sample_library();
    const Insight& lonely = library.add("Zebrafish regrow hearts.");
    EXPECT_TRUE(related(library.index(), lonely, {}).empty());
    Library empty;
    EXPECT_TRUE(related(empty.index(), lonely, {}).empty());
}

}  // namespace
}  // namespace podbrief::search
