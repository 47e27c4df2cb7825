#include "core/transcripts/adverts.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "core/transcripts/parse.hpp"
#include "tests/support/files.hpp"

namespace podbrief::transcripts {
namespace {

using std::chrono::seconds;

// A talk of 40 segments, half a minute each, with `middle` in the 20th place.
std::vector<Segment> talk_with(const std::vector<std::string>& middle) {
    std::vector<Segment> segments;
    Millis at{};
    const auto add = [&](const std::string& text) {
        segments.push_back({"Ann", text, at, at + seconds{30}});
        at += seconds{30};
    };
    for (int i = 0; i < 20; ++i) add("The price of wheat rose because the harvest failed in three countries at once.");
    for (const std::string& text : middle) add(text);
    for (int i = 0; i < 20; ++i) add("And that is why the bakers of this town now count every sack of flour they buy.");
    return segments;
}

std::string texts_of(const std::vector<Segment>& segments, SegmentKind kind) {
    std::string out;
    for (const Segment& s : segments) {
        if (s.kind == kind) out += (out.empty() ? "" : " ") + s.text;
    }
    return out;
}

std::string adverts_in(const std::vector<std::string>& middle, std::string_view show = {}) {
    auto segments = talk_with(middle);
    mark_adverts(segments, {}, show);
    return texts_of(segments, SegmentKind::advert);
}

TEST(Adverts, AreMarkedFromTheirFirstSentenceToTheirLast) {
    const struct {
        std::vector<std::string> said;
        const char* advert;
    } cases[] = {
        {{"So the harvest of that year failed. This episode is brought to you by Quillfeather, the pen that never "
          "dries. Find out more at "
          "quillfeather.example. Ben, what happened to the mills after that?"},
         "This episode is brought to you by Quillfeather, the pen that never dries. Find out more at "
         "quillfeather.example."},
        {{"Let me tell you about Nimbus Socks. They are warm, they are dry, they are blue.",
          "Head to nimbussocks.example slash wheat and use code WHEAT20 for 20 percent off your first order."},
         "Let me tell you about Nimbus Socks. They are warm, they are dry, they are blue. Head to nimbussocks.example "
         "slash "
         "wheat and use code WHEAT20 for 20 percent off your first order."},
        {{"And now a word from our sponsor. Kettle and Co make kettles. They boil."},
         "And now a word from our sponsor. Kettle and Co make kettles. They boil."},
        {{"Start your free trial today at ledgerly.com, no card needed. Go to ledgerly.com slash wheat. Terms apply."},
         "Start your free trial today at ledgerly.com, no card needed. Go to ledgerly.com slash wheat. Terms apply."},
        {{"Grain Talk is supported by Millstone, flour for people who care. Visit millstone.example for recipes."},
         "Grain Talk is supported by Millstone, flour for people who care. Visit millstone.example for recipes."},
        {{"Support for this podcast comes from Barnowl, the quiet alarm."},
         "Support for this podcast comes from Barnowl, the quiet alarm."},
    };
    for (const auto& c : cases) EXPECT_EQ(adverts_in(c.said), c.advert) << c.said.front();
}

TEST(Adverts, AreCertainWhereTheShowNamesItself) {
    const std::vector<std::string> said = {"Grain Talk is supported by the friends of the windmill museum."};
    EXPECT_EQ(adverts_in(said), "");
    EXPECT_EQ(adverts_in(said, "Grain Talk"), said.front());
}

TEST(Adverts, AreNotWhatIsSaidAboutAdvertising) {
    const char* const talk[] = {
        "We sold ads for years. The sponsors wanted promo codes, because a code is the only thing they can count.",
        "The museum is sponsored by the city, and half of its budget is made possible by private donors.",
        "You use code review to catch this, and with code generation you need it even more.",
        "The new features were brought to you by the same team that wrote the compiler.",
        "Having code OSS as a base was an advantage, and using code OSS made the plugins work.",
        "GitHub Sponsors pays maintainers. Vue is supported by hundreds of small sponsors, and that is rare.",
        "They cut prices by 30 percent off the list price, and the free trial ended in March.",
        "If you go to github.com you can see how many issues are open. It is a lot.",
        "Our friends at the university looked at the same numbers and came to another result.",
        "We will be right back where we started if the rule is dropped, and at a higher cost.",
        "He said that his podcast was sponsored by a casino, which he now regrets, and went to court over it.",
        "I always tell people to visit the archive, they have the best maps of the harbour.",
    };
    for (const char* said : talk) EXPECT_EQ(adverts_in({said}), "") << said;
}

TEST(Adverts, DoNotReachFartherThanFourMinutes) {
    auto segments = talk_with({});
    segments[5].text = "This episode is brought to you by Quillfeather.";
    segments[30].text = "Visit wheat.example and see.";
    mark_adverts(segments, {});
    EXPECT_EQ(texts_of(segments, SegmentKind::advert), "This episode is brought to you by Quillfeather.");
}

TEST(SponsorChapters, MarkWhereTheWordsAgree) {
    const std::vector<Chapter> chapters = {
        {seconds{0}, "Wheat"}, {seconds{600}, "Sponsor: Quillfeather"}, {seconds{690}, "Bread"}};
    auto agreeing = talk_with(
        {"Quillfeather makes pens.", "They never dry, and I like mine.", "I took my Quillfeather to the sea."});
    mark_adverts(agreeing, chapters);
    EXPECT_EQ(texts_of(agreeing, SegmentKind::advert),
              "Quillfeather makes pens. They never dry, and I like mine. I took my Quillfeather to the sea.");
    auto shifted = talk_with({"The mills closed.", "Then the bakeries did.", "Nobody wrote it down."});
    mark_adverts(shifted, chapters);
    EXPECT_EQ(texts_of(shifted, SegmentKind::advert), "");
}

TEST(SponsorChapters, AreToldByTheirTitles) {
    for (const char* title : {"Sponsor: Fly.io", "SPONSORS", "Ad break", "ad: Acme", "[Ad] Acme", "Sponsored by Acme",
                              "A message from our sponsors", "Mid-roll"}) {
        EXPECT_TRUE(is_sponsor_chapter(title)) << title;
    }
    for (const char* title : {"How ads work", "Sponsorship in open source", "Addresses", "Breaking changes",
                              "Sponsors and maintainers", ""}) {
        EXPECT_FALSE(is_sponsor_chapter(title)) << title;
    }
}

TEST(Bookends, AreMarkedAtTheEndsOnly) {
    auto segments =
        talk_with({"Welcome to the show, they told him, and he ran. Thank you for listening, he said later."});
    segments.front().text =
        "Hello and welcome to Grain Talk, the podcast about bread. I'm Ann Lee. How are you, Ben? The harvest failed.";
    segments[segments.size() - 2].text = "Prices will fall in spring. Ben, thanks for joining us.";
    segments.back().text = "Thank you.";
    mark_adverts(segments, {}, "Grain Talk");
    EXPECT_EQ(
        texts_of(segments, SegmentKind::intro),
        "Hello and welcome to Grain Talk, the podcast about bread. I'm Ann Lee. How are you, Ben? The harvest failed.");
    EXPECT_EQ(texts_of(segments, SegmentKind::outro), "Ben, thanks for joining us. Thank you.");
}

TEST(Bookends, LeaveTheTalkAfterTheGreeting) {
    auto segments = talk_with({});
    segments.front().text =
        "Welcome to Grain Talk. I'm Ann Lee. One loaf in three is now made of imported flour, and few people know it.";
    mark_adverts(segments, {}, "Grain Talk");
    EXPECT_EQ(texts_of(segments, SegmentKind::intro), "Welcome to Grain Talk. I'm Ann Lee.");
    EXPECT_EQ(segments[1].text, "One loaf in three is now made of imported flour, and few people know it.");
    EXPECT_EQ(segments[1].kind, SegmentKind::speech);
    EXPECT_LE(segments[0].end, segments[1].start);
    EXPECT_EQ(segments[1].end, seconds{30});
}

TEST(Bookends, AreNotLookedForInATalkOfOneSegment) {
    std::vector<Segment> one = {{"", "Welcome to the show.", seconds{0}, seconds{5}}};
    mark_adverts(one, {});
    EXPECT_EQ(one.front().kind, SegmentKind::speech);
    std::vector<Segment> none;
    mark_adverts(none, {});
    EXPECT_TRUE(none.empty());
}

// The sample library: invented shows, each episode with one sponsor read by its host in the middle of the talk.
TEST(Adverts, OfTheSampleLibraryAreFoundAndLittleElse) {
    int episodes = 0;
    int found = 0;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(testing::test_data("sample") / "transcripts")) {
        if (!entry.is_regular_file()) continue;
        SCOPED_TRACE(entry.path().filename().string());
        auto transcript = parse_transcript(testing::read_file(entry.path()),
                                           {.content_type = "", .url = entry.path().string(), .episode_duration = {}});
        ASSERT_TRUE(transcript);
        std::string show = entry.path().parent_path().filename().string();
        std::replace(show.begin(), show.end(), '-', ' ');
        mark_adverts(transcript->segments, {}, show);
        Millis length{};
        for (const Segment& s : transcript->segments) {
            if (s.kind == SegmentKind::advert) length += s.end - s.start;
        }
        ++episodes;
        if (length > Millis{0}) ++found;
        EXPECT_LE(length, seconds{45});
    }
    EXPECT_GE(episodes, 20);
    EXPECT_GE(found * 10, episodes * 9);
}

}  // namespace
}  // namespace podbrief::transcripts
