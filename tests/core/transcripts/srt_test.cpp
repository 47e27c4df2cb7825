#include "tests/core/transcripts/parsing.hpp"

namespace podbrief::transcripts {
namespace {

TEST(Srt, ReadsSpeakersThatAreNamedOnlyWhereTheyChange) {
    const auto transcript = parsed(R"(1
00:00:00,000 --> 00:00:02,000
Ann Lee: Hello
there.

2
00:00:02,000 --> 00:00:03,000
Still me.

3
00:00:03,000 --> 00:00:04,000
Bo: Not any more.

4
00:00:04,000 --> 00:00:05,000
Ann Lee: True.

5
00:00:05,000 --> 00:00:06,000
Bo: Yes.
)");
    EXPECT_EQ(transcript.format, TranscriptFormat::srt);
    EXPECT_EQ(shown(transcript),
              "Ann Lee 0-3000: Hello there. Still me.\nBo 3000-4000: Not any more.\nAnn Lee 4000-5000: True.\nBo "
              "5000-6000: Yes.\n");
}

TEST(Srt, IsAsLenientAsPlayers) {
    const char* const expected = " 1000-2000: One.\n 5000-6000: Two.\n";
    const struct {
        const char* name;
        const char* text;
    } cases[] = {
        {"as it should be", "1\n00:00:01,000 --> 00:00:02,000\nOne.\n\n2\n00:00:05,000 --> 00:00:06,000\nTwo.\n"},
        {"carriage returns and a mark",
         "\xEF\xBB\xBF"
         "1\r\n00:00:01,000 --> 00:00:02,000\r\nOne.\r\n\r\n2\r\n00:00:05,000 --> 00:00:06,000\r\nTwo.\r\n"},
        {"no numbers", "00:00:01,000 --> 00:00:02,000\nOne.\n\n00:00:05,000 --> 00:00:06,000\nTwo.\n"},
        {"repeated numbers", "1\n00:00:01,000 --> 00:00:02,000\nOne.\n\n1\n00:00:05,000 --> 00:00:06,000\nTwo.\n"},
        {"fractional numbers", "1\n00:00:01,000 --> 00:00:02,000\nOne.\n\n1.5\n00:00:05,000 --> 00:00:06,000\nTwo.\n"},
        {"no blank line", "1\n00:00:01,000 --> 00:00:02,000\nOne.\n2\n00:00:05,000 --> 00:00:06,000\nTwo.\n"},
        {"a blank line after the number",
         "1\n\n00:00:01,000 --> 00:00:02,000\nOne.\n\n2\n\n00:00:05,000 --> 00:00:06,000\nTwo."},
        {"blank lines inside the text",
         "1\n00:00:01,000 --> 00:00:02,000\n\nOne.\n\n\n2\n00:00:05,000 --> 00:00:06,000\n\n\nTwo.\n"},
        {"short times and odd arrows", "1\n0:0:1 -> 0:0:2\nOne.\n\n2\n00:00:05.0 -- > 00:00:06:000\nTwo.\n"},
        {"tags and overrides",
         "1\n00:00:01,000 --> 00:00:02,000\n<i>One.</i>\n\n2\n00:00:05,000 --> 00:00:06,000\n{\\an8}<font "
         "color=\"red\">Two.</font>\n"},
        {"empty captions",
         "1\n00:00:01,000 --> 00:00:02,000\nOne.\n\n2\n00:00:03,000 --> 00:00:04,000\n\n3\n00:00:05,000 --> "
         "00:00:06,000\nTwo.\n"},
        {"called WebVTT by its type",
         "1\n00:00:01,000 --> 00:00:02,000 align:start\nOne.\n\n2\n00:00:05,000 --> 00:00:06,000\nTwo.\n"},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.name);
        EXPECT_EQ(shown(parsed(c.text, {.content_type = "text/vtt", .url = "", .episode_duration = {}})), expected);
    }
}

TEST(Srt, KeepsNumbersAndTagsThatAreSaid) {
    EXPECT_EQ(
        words_of(parsed("1\n00:00:01,000 --> 00:00:02,000\nThe answer is\n42\n\n2\n00:00:02,000 --> 00:00:03,000\n"
                        "and the <head> of a <div>, with {braces}.\n")),
        "The answer is 42 and the <head> of a <div>, with {braces}.");
}

}  // namespace
}  // namespace podbrief::transcripts
