#include "tests/core/transcripts/parsing.hpp"

namespace podbrief::transcripts {
namespace {

constexpr const char* cited =
    "<cite>Ann:</cite>\n<time>0:00</time>\n<p>Hello &amp; welcome.</p>\n<p>All of you.</p>\n"
    "<cite>Bo Lee:</cite>\n<time>0:05</time>\n<p>As in <cite>Hamlet</cite>, hm.</p>\n";

TEST(HtmlTranscript, ReadsCitesAndTimes) {
    const auto transcript = parsed(cited);
    EXPECT_EQ(transcript.format, TranscriptFormat::html);
    EXPECT_TRUE(transcript.timed);
    ASSERT_EQ(transcript.segments.size(), 2u);
    EXPECT_EQ(transcript.segments[0].speaker, "Ann");
    EXPECT_EQ(transcript.segments[0].text, "Hello & welcome. All of you.");
    EXPECT_EQ(transcript.segments[1].speaker, "Bo Lee");
    EXPECT_EQ(transcript.segments[1].start, Millis{5'000});
    EXPECT_EQ(transcript.segments[1].text, "As in Hamlet, hm.");
}

TEST(HtmlTranscript, ReadsParagraphsWithLabels) {
    EXPECT_EQ(
        shown(parsed(
            "<p><strong>Ann Lee:</strong> Hi.</p><p><b>Bo:</b> Yo.</p><p>Again.</p><p>Ann Lee: Bye.</p><p>Bo: So.</p>",
            {.content_type = "text/html", .url = "", .episode_duration = Millis{33'000}})),
        "Ann Lee 0-5500: Hi.\nBo 5500-20625: Yo. Again.\nAnn Lee 20625-27500: Bye.\nBo 27500-33000: So.\n");
}

TEST(HtmlTranscript, TakesPagesOnlyWhereTheyReadLikeTalk) {
    std::string talk;
    for (int i = 0; i < 30; ++i)
        talk += "<p>We talk about the price of wheat and how it came to be so high this year.</p>";
    const ParseHints two_minutes{.content_type = "text/html", .url = "", .episode_duration = std::chrono::minutes{2}};
    const std::string head =
        "<!DOCTYPE html><html><head><title>T</title></head><body><nav>Home <a href='/'>Shows</a></nav>";
    EXPECT_EQ(parsed(head + talk + "<footer>Contact us</footer></body></html>", two_minutes)
                  .segments.front()
                  .text.substr(0, 7),
              "We talk");
    EXPECT_EQ(parsed(head + cited + "<cite>Ann:</cite><p>Bye.</p></body></html>").segments.size(), 3u);
    const char* const refused = "a web page that does not read like a transcript";
    EXPECT_EQ(refusal(head + "<p>Not found</p></body></html>", two_minutes), refused);
    std::string links = head;
    for (int i = 0; i < 100; ++i) links += "<p><a href='/'>Episode " + std::to_string(i) + " of the show</a></p>";
    EXPECT_EQ(refusal(links, two_minutes), refused);
    const ParseHints two_hours{.content_type = "", .url = "", .episode_duration = std::chrono::hours{2}};
    EXPECT_EQ(refusal(head + talk + "</body></html>", two_hours), refused);
}

}  // namespace
}  // namespace podbrief::transcripts
