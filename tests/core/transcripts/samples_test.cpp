#include "tests/core/transcripts/parsing.hpp"
#include "tests/support/files.hpp"

// The example transcripts of the Podcasting 2.0 namespace (CC0).
namespace podbrief::transcripts {
namespace {

ParsedTranscript sample(const std::string& name) {
    const auto file = testing::shared_data("feeds-public/podcast-namespace/transcripts/" + name);
    if (!file) return {};
    return parsed(testing::read_file(*file), {.content_type = "", .url = name, .episode_duration = {}});
}

bool samples_here() {
    return testing::shared_data("feeds-public/podcast-namespace/transcripts").has_value();
}

TEST(NamespaceSamples, JsonIsMergedFromWords) {
    if (!samples_here()) GTEST_SKIP() << "the public feed samples are not on this machine";
    EXPECT_EQ(shown(sample("example.json")), "Darth Vader 500-2500: I am your father.\nLuke 2750-3000: Nooooo\n");
}

TEST(NamespaceSamples, WebVttHasItsSpeakers) {
    if (!samples_here()) GTEST_SKIP() << "the public feed samples are not on this machine";
    const auto transcript = sample("example.vtt");
    EXPECT_EQ(transcript.format, TranscriptFormat::webvtt);
    EXPECT_TRUE(transcript.segments.at(0).text.starts_with(
        "In today's episode, you'll learn whether or not you should have a podcast trailer."));
    EXPECT_EQ(transcript.segments.at(0).speaker, "Sarah");
    EXPECT_EQ(transcript.segments.at(1).speaker, "Gillian");
    EXPECT_EQ(transcript.segments.at(1).start, Millis{19'080});
    EXPECT_NE(words_of(transcript).find("Podcasting Q&A, where"), std::string::npos);
}

TEST(NamespaceSamples, SrtAndHtmlTellTheSameStory) {
    if (!samples_here()) GTEST_SKIP() << "the public feed samples are not on this machine";
    const auto srt = sample("example.srt");
    const auto html = sample("example.html");
    EXPECT_EQ(srt.format, TranscriptFormat::srt);
    EXPECT_EQ(html.format, TranscriptFormat::html);
    EXPECT_EQ(srt.segments.at(0).speaker, "Travis");
    EXPECT_EQ(html.segments.at(0).speaker, "Travis");
    EXPECT_EQ(words_of(srt).substr(0, 60), "When you first get started in podcasting, it's almost guaran");
    EXPECT_EQ(words_of(html).substr(0, 60), "When you first get started in podcasting, it's almost guaran");
}

}  // namespace
}  // namespace podbrief::transcripts
