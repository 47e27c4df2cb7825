#include "tests/core/transcripts/parsing.hpp"

namespace podbrief::transcripts {
namespace {

TEST(WebVtt, ReadsVoicesSettingsNotesStylesAndRegions) {
    const auto transcript = parsed(R"(WEBVTT - some title
Kind: captions
Language: en-GB

NOTE
a comment --- with text

STYLE
::cue { color: red }

REGION
id:one

first
00:00.000 --> 00:02.000 align:start position:10%
<v.loud Mary Ann>Hello <i>there</i>,
you &amp; you.

00:02.500 --> 00:04.000
still Mary Ann.

00:04.000 --> 00:06.000
<v Bob><c.yellow>Well</c> <00:05.000>then.</v>
)");
    EXPECT_EQ(transcript.format, TranscriptFormat::webvtt);
    EXPECT_TRUE(transcript.timed);
    EXPECT_EQ(transcript.language, "en-gb");
    EXPECT_EQ(shown(transcript),
              "Mary Ann 0-4000: Hello there, you & you. still Mary Ann.\n"
              "Bob 4000-6000: Well then.\n");
}

TEST(WebVtt, TellsVoicesWithinACueApartAndEstimatesTheTimeBetween) {
    const auto transcript = parsed("WEBVTT\n\n00:00.000 --> 00:04.000\n<v Ann>Really?</v> <v Bob>Really.</v>\n");
    EXPECT_EQ(shown(transcript), "Ann 0-2000: Really?\nBob 2000-4000: Really.\n");
}

TEST(WebVtt, KeepsTheWordsOfCuesWhoseTimesCannotBeRead) {
    const auto transcript = parsed(R"(WEBVTT

00:00.000 --> 00:02.000
<v Ann>One.

nonsense --> 00:03.000
<v Bob>Two.

-00:01.000 --> 00:04.000
<v Cid>Three.

00:08.000 --> 00:09.000
<v Dan>Four.
)");
    EXPECT_EQ(words_of(transcript), "One. Two. Three. Four.");
    EXPECT_EQ(transcript.segments.at(1).start, Millis{2000});
    EXPECT_LE(transcript.segments.at(2).end, Millis{8000});
    EXPECT_EQ(transcript.segments.at(3).start, Millis{8000});
}

TEST(WebVtt, StandsMissingBlankLinesCarriageReturnsAndMarks) {
    EXPECT_EQ(
        shown(parsed("\xEF\xBB\xBFWEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\nHi.\r\n00:02.000 --> 00:03.000\r\nYou.")),
        " 1000-3000: Hi. You.\n");
    EXPECT_EQ(shown(parsed("WEBVTT\r\r00:01.000 --> 00:02.000\rHi.\r")), " 1000-2000: Hi.\n");
    EXPECT_EQ(words_of(parsed("WEBVTT\n\n00:01.000 --> 00:02.000\na < b and 3 > 2 &lt;p&gt; &lrm;x\n")),
              "a < b and 3 > 2 <p> \u200Ex");
}

TEST(WebVtt, ReadsLabelsWhereThereAreNoVoices) {
    const auto transcript = parsed(
        "WEBVTT\n\n00:01.000 --> 00:02.000\nAnn Lee: Hi.\n\n00:02.000 --> 00:03.000\nBo: Yes.\n\n00:03.000 --> "
        "00:04.000\nRemember: it is late.\n\n00:04.000 --> 00:05.000\nAnn Lee: No.\n\n00:05.000 --> 00:06.000\nBo: "
        "So.\n");
    EXPECT_EQ(shown(transcript),
              "Ann Lee 1000-2000: Hi.\nBo 2000-4000: Yes. Remember: it is late.\nAnn Lee 4000-5000: No.\nBo 5000-6000: "
              "So.\n");
}

TEST(WebVtt, RemovesWhatRollingCaptionsRepeat) {
    const auto transcript = parsed(R"(WEBVTT

00:00.000 --> 00:02.000
so this is the first line

00:02.000 --> 00:02.010
so this is the first line

00:02.010 --> 00:04.000
so this is the first line
and here comes the second

00:04.000 --> 00:04.010
and here comes the second

00:04.010 --> 00:06.000
and here comes the second
which ends with the third.
)");
    EXPECT_EQ(words_of(transcript), "so this is the first line and here comes the second which ends with the third.");
}

TEST(WebVtt, KeepsWhatPeopleRepeatThemselves) {
    const auto transcript = parsed(
        "WEBVTT\n\n00:00.000 --> 00:01.000\nNo, no, no.\n\n00:01.000 --> 00:03.000\nNo, no, no. I mean it.\n\n"
        "00:03.000 --> 00:04.000\nWe agreed.\n\n00:04.000 --> 00:06.000\nOn something else.\n");
    EXPECT_EQ(words_of(transcript), "No, no, no. No, no, no. I mean it. We agreed. On something else.");
}

TEST(WebVtt, BeginsATurnAtTheMarksOfTelevision) {
    const auto transcript = parsed(
        "WEBVTT\n\n00:00.000 --> 00:01.000\n&gt;&gt; Good evening.\n\n00:01.000 --> 00:02.000\n>> Good evening.\n");
    EXPECT_EQ(shown(transcript), " 0-1000: Good evening.\n 1000-2000: Good evening.\n");
}

}  // namespace
}  // namespace podbrief::transcripts
