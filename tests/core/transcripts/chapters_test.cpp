#include "core/transcripts/chapters.hpp"

#include <gtest/gtest.h>

#include "tests/support/files.hpp"

namespace podbrief::transcripts {
namespace {

TEST(Chapters, AreOrderedAndThoseWithoutTitleOrStartLeftOut) {
    const auto chapters = parse_chapters(R"({"version":"1.2.0","title":"Ep","chapters":[
        {"startTime":168.25,"title":" Second \n one ","location":{"name":"here","geo":"geo:1,2"}},
        {"startTime":0,"title":"First","img":"x"},
        {"startTime":90,"toc":false},{"startTime":91,"title":""},{"startTime":-1,"title":"No"},{"startTime":"2","title":"No"},
        {"startTime":1e300,"title":"No"},{"title":"No"},7]})");
    ASSERT_TRUE(chapters);
    EXPECT_EQ(*chapters, (std::vector<Chapter>{{Millis{0}, "First"}, {Millis{168'250}, "Second one"}}));
}

TEST(Chapters, SayWhatIsWrong) {
    EXPECT_EQ(parse_chapters("<html>").error().message, "the JSON is broken at byte 1");
    EXPECT_EQ(parse_chapters(std::string(2'000'000, ' ')).error().message, "the chapters file is larger than 1 MiB");
    EXPECT_FALSE(parse_chapters(""));
    EXPECT_TRUE(parse_chapters("{}")->empty());
}

TEST(Chapters, OfTheNamespaceExamplesAreRead) {
    const auto folder = testing::shared_data("feeds-public/podcast-namespace/chapters");
    if (!folder) GTEST_SKIP() << "the public feed samples are not on this machine";
    const auto simple = parse_chapters(testing::read_file(*folder / "example.json"));
    ASSERT_TRUE(simple);
    ASSERT_GE(simple->size(), 7u);
    EXPECT_EQ(simple->at(1), (Chapter{Millis{168'000}, "Hearing Aids"}));
    const auto complex = parse_chapters(testing::read_file(*folder / "exampleComplex.json"));
    ASSERT_TRUE(complex);
    EXPECT_EQ(complex->front(), (Chapter{Millis{0}, "Intro"}));
}

}  // namespace
}  // namespace podbrief::transcripts
