#include "adapters/index/word_places.hpp"

#include <gtest/gtest.h>

namespace podbrief::index {
namespace {

std::vector<Place> all_of(const PlaceList& list) {
    std::vector<Place> places;
    list.for_each([&](Place place) { places.push_back(place); });
    return places;
}

TEST(PlaceListTest, GivesBackWhatItWasGiven) {
    const std::vector<Place> places{0, 1, 127, 255, 256, 20'000, 3'000'000, 4'000'000'000};
    PlaceList list;
    for (const Place place : places) list.add(place);
    EXPECT_EQ(list.size(), places.size());
    EXPECT_EQ(all_of(list), places);
}

TEST(PlaceListTest, TakesOneByteForWhatIsSaidEveryFewSeconds) {
    PlaceList list;
    for (Place place = 0; place < 100'000; place += 20) list.add(place);
    EXPECT_LT(list.bytes(), 5000U * 5 / 4 + 16);
}

TEST(PlaceListTest, GoesOnAfterSweeping) {
    PlaceList list;
    for (const Place place : {5U, 500U, 900U}) list.add(place);
    list.sweep([](Place place) { return place == 500 ? PlaceList::nowhere : place - 5; });
    list.add(1000);
    EXPECT_EQ(all_of(list), (std::vector<Place>{0, 895, 1000}));
}

TEST(WordPlacesTest, KnowsWhereSmallWordsAreSaid) {
    WordPlaces places;
    places.say("Build", 7);
    places.say("Or", no_term);
    places.say("buy", 9);
    places.say("or", no_term);
    EXPECT_EQ(all_of(places.of(7)), std::vector<Place>{0});
    EXPECT_EQ(all_of(places.of_small_word("or")), (std::vector<Place>{1, 3}));
    EXPECT_EQ(places.of_small_word("not").size(), 0U);
}

TEST(WordPlacesTest, SweepingMovesWhatStaysAndDropsTheRest) {
    WordPlaces places;
    for (int i = 0; i < 10; ++i) places.say("word", 0);
    places.pause();
    const Place first = places.here();
    places.say("other", 1);
    places.say("the", no_term);
    places.sweep({{first, places.here(), 0}}, {no_term, 0});
    EXPECT_EQ(all_of(places.of(0)), std::vector<Place>{0});
    EXPECT_EQ(all_of(places.of_small_word("the")), std::vector<Place>{1});
    EXPECT_EQ(places.here(), 2U);
}

}  // namespace
}  // namespace podbrief::index
