#include "tests/core/transcripts/parsing.hpp"

namespace podbrief::transcripts {
namespace {

TEST(MarkdownTranscript, ReadsLabelsMarksAndBreaks) {
    const auto transcript = parsed(R"(---
title: Something
---
# A talk

**Ann Lee:** \[00:10\] Hello, *you* and [the others](https://example.com/a_(b)).

More of **Ann**, who says `x_y` \& so on.
**Bo**: \[laughs\] Right \[unintelligible 00:00:12.50\] there. \[00:20\] Later.

**Break:** \[00:30\]

**Bo**: After the break.
)");
    EXPECT_EQ(transcript.format, TranscriptFormat::markdown);
    EXPECT_TRUE(transcript.timed);
    ASSERT_EQ(transcript.segments.size(), 4u) << shown(transcript);
    EXPECT_EQ(transcript.segments[0].text, "A talk");
    EXPECT_EQ(transcript.segments[1].text, "Hello, you and the others. More of Ann, who says x_y & so on.");
    EXPECT_EQ(transcript.segments[1].speaker, "Ann Lee");
    EXPECT_EQ(transcript.segments[1].start, Millis{10'000});
    EXPECT_EQ(transcript.segments[2].text, "[laughs] Right [unintelligible] there. Later.");
    EXPECT_EQ(transcript.segments[2].end, Millis{30'000});
    EXPECT_EQ(transcript.segments[3].text, "After the break.");
    EXPECT_EQ(transcript.segments[3].start, Millis{30'000});
    for (const Segment& s : transcript.segments) EXPECT_EQ(s.kind, SegmentKind::speech);
}

TEST(MarkdownTranscript, TakesWhatIsSaidInABreakAsAnAdvertAndTheSpeakerGoesOnAfterIt) {
    const auto transcript = parsed("**Ann Lee:** One.\n\n**Break:** Buy soap.\n\nTwo.\n\n**Bo:** Three.\n");
    ASSERT_EQ(transcript.segments.size(), 4u) << shown(transcript);
    EXPECT_EQ(transcript.segments[1].kind, SegmentKind::advert);
    EXPECT_EQ(transcript.segments[1].text, "Buy soap.");
    EXPECT_EQ(transcript.segments[2].speaker, "Ann Lee");
    EXPECT_EQ(transcript.segments[2].kind, SegmentKind::speech);
}

TEST(MarkdownTranscript, KeepsStarsThatAreNoEmphasis) {
    EXPECT_EQ(words_of(parsed("**Ann:** 2 * 3 * 4, s\\*\\*t, a_b_c, \\*bleep\\*, __init__, C:\\\\x, [at] (x)\n")),
              "2 * 3 * 4, s**t, a_b_c, *bleep*, init, C:\\x, [at] (x)");
}

TEST(TextTranscript, ReadsTheHabitsOfTranscribers) {
    const struct {
        const char* name;
        const char* text;
        const char* expected;
    } cases[] = {
        {"labels", "Ann Lee: Hi there.\nHow are you?\n\nBo: Well.\n\nAnn Lee: Good.\n\nBo: Yes.\n",
         "Ann Lee: Hi there. How are you?|Bo: Well.|Ann Lee: Good.|Bo: Yes.|"},
        {"marks before labels",
         "[00:00:10] Ann: Hi.\n[00:00:12] Bo: Well. [00:00:14] Yes.\n(00:16) Ann: So.\n00:20 Bo: No.",
         "Ann@10: Hi.|Bo@12: Well. Yes.|Ann@16: So.|Bo@20: No.|"},
        {"marks after names", "Ann Lee (00:10):\nHi.\n\nBo Berg (00:12):\nWell.\n",
         "Ann Lee@10: Hi.|Bo Berg@12: Well.|"},
        {"headings", "Ann Lee  0:10  \nHi.\n\nSpeaker 2  0:12  \nWell.\n", "Ann Lee@10: Hi.|Speaker 2@12: Well.|"},
        {"initials of an interview", "Q: Why?\nA: Because.\nQ: Oh?\nA: Yes.\nQ: Hm.\nA: No.",
         "Q: Why?|A: Because.|Q: Oh?|A: Yes.|Q: Hm.|A: No.|"},
        {"words before colons are not speakers",
         "Ann: One thing.\nBut: it is so.\nNote: this too.\nAnd I said: yes.\nBo: No.\nAnn: Yes.\nBo: Ok.",
         "Ann: One thing. But: it is so. Note: this too. And I said: yes.|Bo: No.|Ann: Yes.|Bo: Ok.|"},
        {"times of day are not marks", "Ann: At 10:30 it began.\nBo: Yes.\nAnn: No.\nBo: (laughs) Ok.",
         "Ann: At 10:30 it began.|Bo: Yes.|Ann: No.|Bo: (laughs) Ok.|"},
        {"one speaker, named once",
         "Ann Lee: Welcome to a long talk that I will give all by myself tonight.\n\nSecond paragraph.",
         "Ann Lee: Welcome to a long talk that I will give all by myself tonight. Second paragraph.|"},
        {"sponsors named as speakers",
         "Ann: Hi.\n\nBo: Hi.\n\nSponsor: Buy soap.\n\nAnn: So.\n\nBo: Yes.\n\nSponsor: Again.\n",
         "Ann: Hi.|Bo: Hi.|!Sponsor: Buy soap.|Ann: So.|Bo: Yes.|!Sponsor: Again.|"},
        {"no speakers at all", "Just words.\n\nAnd more.", ": Just words. And more.|"},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.name);
        const auto transcript = parsed(c.text);
        EXPECT_EQ(transcript.format, TranscriptFormat::text);
        std::string got;
        for (const Segment& s : transcript.segments) {
            if (s.kind == SegmentKind::advert) got += '!';
            got += s.speaker;
            if (transcript.timed) got += "@" + std::to_string(s.start.count() / 1000);
            got += ": " + s.text + "|";
        }
        EXPECT_EQ(got, c.expected);
    }
}

TEST(TextTranscript, IsRefusedWhereItIsTooLittleForTheEpisode) {
    const ParseHints hour{.content_type = "text/plain", .url = "", .episode_duration = std::chrono::hours{1}};
    EXPECT_EQ(refusal("Not found.", hour), "too few words for the length of the episode: not its transcript");
    EXPECT_EQ(refusal("", hour), "there are no words in the transcript");
    EXPECT_EQ(refusal(" \n\n \t", hour), "there are no words in the transcript");
}

TEST(Format, IsToldByTheBytesWhateverTheTypeSays) {
    const struct {
        const char* bytes;
        const char* type;
        TranscriptFormat format;
    } cases[] = {
        {"WEBVTT\n\n00:01.000 --> 00:02.000\nHi.\n", "application/x-subrip", TranscriptFormat::webvtt},
        {"1\n00:00:01,000 --> 00:00:02,000\nHi.\n", "text/vtt", TranscriptFormat::srt},
        {"{\"segments\":[{\"startTime\":1,\"body\":\"Hi.\"}]}", "text/plain", TranscriptFormat::json},
        {"<p>Ann: Hi.</p><p>Bo: Hi.</p>", "text/plain", TranscriptFormat::html},
        {"Ann: Hi.\n", "application/json", TranscriptFormat::text},
        {"[00:00:10] Ann: Hi.\n", "application/json", TranscriptFormat::text},
        {"[Music]\nAnn: Hi.\n", "text/html", TranscriptFormat::text},
        {"**Ann:** Hi.\n", "text/plain", TranscriptFormat::markdown},
        {"Plain words\n", "text/markdown", TranscriptFormat::markdown},
        {"WEBVTTX is a word\n", "text/vtt", TranscriptFormat::text},
    };
    for (const auto& c : cases) {
        EXPECT_EQ(parsed(c.bytes, {.content_type = c.type, .url = "", .episode_duration = {}}).format, c.format)
            << c.bytes;
    }
}

TEST(Encoding, IsRepaired) {
    const auto word = [](std::string_view bytes, const char* type = "") {
        return words_of(parsed(bytes, {.content_type = type, .url = "", .episode_duration = {}}));
    };
    EXPECT_EQ(word("caf\xC3\xA9"), "caf\u00e9");
    EXPECT_EQ(word("caf\xE9 na\xEFve \x93quoted\x94"), "caf\u00e9 na\u00efve \u201cquoted\u201d");
    EXPECT_EQ(word("\xEF\xE8\xF0", "text/plain; charset=windows-1251"), "\u043f\u0438\u0440");
    EXPECT_EQ(word(std::string_view("\xFF\xFE"
                                    "h\0i\0",
                                    6)),
              "hi");
    EXPECT_EQ(word("caf\xC3\xA9 and \xFF here"), "caf\u00e9 and \uFFFD here");
    EXPECT_EQ(refusal(std::string(5000, '\x01')), "not text: sound, a picture or an archive");
    EXPECT_EQ(refusal(std::string_view("ID3\x04\0\0\0\0\0\0\0\0\0\0\0\0", 16)),
              "not text: sound, a picture or an archive");
}

}  // namespace
}  // namespace podbrief::transcripts
