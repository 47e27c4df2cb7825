#include "core/transcripts/timing.hpp"

#include <fmt/format.h>

#include "core/transcripts/segments.hpp"
#include "core/transcripts/times.hpp"
#include "tests/core/transcripts/parsing.hpp"

namespace podbrief::transcripts {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

Cue cue(int start_s, int end_s, std::string text = "123456789.") {
    Cue made;
    made.text = std::move(text);
    if (start_s != -1) made.start = seconds{start_s};
    if (end_s != -1) made.end = seconds{end_s};
    return made;
}

std::string times_of(const std::vector<Cue>& cues) {
    std::string out;
    for (const Cue& c : cues) out += fmt::format("{}-{} ", c.start.count() / 1000, c.end.count() / 1000);
    return out;
}

TEST(Times, AreSettledFromWhateverIsKnown) {
    const struct {
        const char* name;
        std::vector<Cue> cues;
        seconds duration;
        bool timed;
        const char* expected;
    } cases[] = {
        {"all known", {cue(1, 2), cue(3, 4)}, seconds{0}, true, "1-2 3-4 "},
        {"none known: spread over the episode", {cue(-1, -1), cue(-1, -1)}, seconds{60}, false, "0-30 30-60 "},
        {"only starts", {cue(0, -1), cue(1, -1)}, seconds{0}, true, "0-1 1-1 "},
        {"between two marks", {cue(0, -1), cue(-1, -1), cue(2, 3)}, seconds{0}, true, "0-1 1-2 2-3 "},
        {"negative", {cue(1, 2), cue(-5, 3), cue(3, 4)}, seconds{0}, true, "1-2 2-3 3-4 "},
        {"end before start", {cue(1, 2), cue(5, 3), cue(6, 7)}, seconds{0}, true, "1-2 5-6 6-7 "},
        {"a stray time in the middle is not believed",
         {cue(1, 2), cue(500, 501), cue(3, 4), cue(5, 6)},
         seconds{0},
         true,
         "1-2 2-3 3-4 5-6 "},
        {"times beyond the episode are not believed",
         {cue(1, 2), cue(3, 4), cue(9000, 9001)},
         seconds{60},
         true,
         "1-2 3-4 4-4 "},
        {"times that are of another recording", {cue(9000, 9001), cue(9002, 9003)}, seconds{60}, false, "0-30 30-60 "},
        {"an end that overlaps by hours is pulled back", {cue(1, 9000), cue(3, 4)}, seconds{0}, true, "1-3 3-4 "},
        {"people may speak at once", {cue(1, 5), cue(3, 6)}, seconds{0}, true, "1-5 3-6 "},
        {"two tracks one after the other are sorted",
         {cue(1, 2), cue(3, 4), cue(5, 6), cue(2, 3), cue(4, 5), cue(6, 7)},
         seconds{0},
         true,
         "1-2 2-3 3-4 4-5 5-6 6-7 "},
    };
    for (auto c : cases) {
        SCOPED_TRACE(c.name);
        EXPECT_EQ(settle_times(c.cues, c.duration), c.timed);
        EXPECT_EQ(times_of(c.cues), c.expected);
    }
}

TEST(Times, DoNotStretchWordsOverAnAdvertBetweenMarks) {
    std::vector<Cue> cues = {cue(0, -1), cue(300, -1)};
    settle_times(cues, minutes{10});
    EXPECT_LT(cues[0].end, seconds{6});
    EXPECT_EQ(cues[1].start, seconds{300});
}

std::vector<Segment> talk(int sentences, int each_s, const char* speaker = "Ann") {
    std::vector<Cue> cues;
    for (int i = 0; i < sentences; ++i) {
        cues.push_back(cue(i * each_s, (i + 1) * each_s, fmt::format("Sentence number {} says a thing.", i)));
        cues.back().speaker = speaker;
    }
    return segments_of(std::move(cues));
}

TEST(Segments, EndAtTheFirstSentenceEndPastHalfAMinute) {
    const auto segments = talk(40, 4);
    ASSERT_EQ(segments.size(), 5u);
    for (const Segment& s : segments) EXPECT_EQ(s.end - s.start, seconds{32});
}

TEST(Segments, AreCutWithinACueWhereTheSentenceEnds) {
    std::vector<Cue> cues = {cue(0, 31, "A first part that goes"), cue(31, 41, "on to here. And then on"),
                             cue(41, 42, "it goes.")};
    const auto segments = segments_of(std::move(cues));
    ASSERT_EQ(segments.size(), 2u);
    EXPECT_EQ(segments[0].text, "A first part that goes on to here.");
    EXPECT_EQ(segments[1].text, "And then on it goes.");
    EXPECT_EQ(segments[0].end, segments[1].start);
    EXPECT_GT(segments[1].start, seconds{34});
    EXPECT_LT(segments[1].start, seconds{38});
}

TEST(Segments, DoNotEndAtAbbreviationsOrDecimals) {
    std::vector<Cue> cues = {cue(0, 35, "It was said by Dr."), cue(35, 36, "Lee of the U.S."),
                             cue(36, 37, "that 3.5 percent is enough... for now."), cue(37, 38, "Next.")};
    const auto segments = segments_of(std::move(cues));
    ASSERT_EQ(segments.size(), 2u);
    EXPECT_EQ(segments[0].text, "It was said by Dr. Lee of the U.S. that 3.5 percent is enough... for now.");
}

TEST(Segments, EndAtAPauseAndWhereTheSpeakerChanges) {
    std::vector<Cue> cues = {cue(0, 1, "One."), cue(1, 2, "Two."), cue(5, 6, "Three."), cue(20, 21, "and four"),
                             cue(40, 41, "five.")};
    EXPECT_EQ(segments_of(cues).size(), 4u);
    cues[1].speaker = "Bo";
    EXPECT_EQ(segments_of(cues).size(), 5u);
}

TEST(Segments, CutWhatHasNoEndOfSentenceBetweenWords) {
    std::string words;
    for (int i = 0; i < 5000; ++i) words += "word ";
    words.pop_back();
    const auto segments = segments_of({cue(0, 2000, words)});
    std::size_t bytes = 0;
    for (const Segment& s : segments) {
        EXPECT_LE(s.text.size(), 2400u);
        EXPECT_TRUE(s.text.starts_with("word") && s.text.ends_with("word"));
        bytes += s.text.size() + 1;
    }
    EXPECT_EQ(bytes, words.size() + 1);
    EXPECT_EQ(segments.back().end, seconds{2000});
    // Not even between words: between characters.
    std::string dense;
    for (int i = 0; i < 3000; ++i) dense += "\u00e9";
    for (const Segment& s : segments_of({cue(0, 400, dense)})) EXPECT_EQ(s.text.size() % 2, 0u);
}

TEST(TimeAt, GoesEvenlyThroughTheText) {
    const Segment segment{"Ann", "0123456789", seconds{10}, seconds{20}};
    EXPECT_EQ(time_at(segment, 0), seconds{10});
    EXPECT_EQ(time_at(segment, 5), seconds{15});
    EXPECT_EQ(time_at(segment, 10), seconds{20});
    EXPECT_EQ(time_at(segment, 99), seconds{20});
    EXPECT_EQ(time_at(Segment{"", "", seconds{3}, seconds{4}}, 0), seconds{3});
}

}  // namespace
}  // namespace podbrief::transcripts
