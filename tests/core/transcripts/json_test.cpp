#include "tests/core/transcripts/parsing.hpp"

namespace podbrief::transcripts {
namespace {

TEST(JsonTranscript, MergesWordsAndCarriesTheSpeakerOn) {
    const auto transcript = parsed(R"({"version":"1.0.0","segments":[
        {"speaker":"Ann","startTime":0.5,"endTime":0.75,"body":"I"},
        {"startTime":1,"endTime":1.25,"body":"am"},
        {"startTime":1.5,"endTime":2,"body":"here"},
        {"startTime":2,"endTime":2.1,"body":","},
        {"startTime":2.1,"endTime":2.5,"body":"Bo\n."},
        {"speaker":"Bo","startTime":2.75,"endTime":3,"body":"Oh"}]})");
    EXPECT_EQ(transcript.format, TranscriptFormat::json);
    EXPECT_TRUE(transcript.timed);
    EXPECT_EQ(shown(transcript), "Ann 500-2500: I am here, Bo .\nBo 2750-3000: Oh\n");
}

TEST(JsonTranscript, ReadsItsRelatives) {
    const struct {
        const char* name;
        const char* json;
        const char* expected;
    } cases[] = {
        {"Whisper",
         R"({"text":"Hi. Yes.","language":"EN","segments":[{"id":0,"start":1.0,"end":2.0,"text":" Hi.","tokens":[1,2]},
            {"id":1,"start":2.0,"end":3.0,"text":" Yes.","words":[{"word":"Yes","start":2}]}]})",
         " 1000-3000: Hi. Yes.\n"},
        {"a bare list", R"([{"speaker":"A","startTime":"1.5","endTime":"00:00:02.5","body":"Hi."}])",
         "A 1500-2500: Hi.\n"},
        {"milliseconds", R"({"utterances":[{"speaker":1,"start":400000,"end":410000,"text":"Hi."}]})",
         "Speaker 1 400000-410000: Hi.\n"},
        {"no end times",
         R"({"segments":[{"startTime":1,"body":"Hello you."},{"startTime":2,"speaker":"B","body":"Hi."}]})",
         " 1000-2000: Hello you.\nB 2000-2267: Hi.\n"},
        {"an unknown speaker after a known one",
         R"({"segments":[{"speaker":"A","startTime":1,"endTime":2,"body":"Hi."},{"speaker":"","startTime":2,"endTime":3,"body":"Ho."}]})",
         "A 1000-2000: Hi.\n 2000-3000: Ho.\n"},
        {"odd members",
         R"({"segments":[null,3,"x",[],{"body":7},{"startTime":-4,"endTime":1e300,"body":"Hi."},{"startTime":[1],"body":"Ho."}]})",
         " 0-533: Hi. Ho.\n"},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.name);
        EXPECT_EQ(shown(parsed(c.json, {.content_type = "text/plain", .url = "", .episode_duration = {}})), c.expected);
    }
    EXPECT_EQ(parsed(cases[0].json).language, "en");
}

TEST(JsonTranscript, SaysWhatIsWrong) {
    EXPECT_EQ(refusal(R"({"segments":[{"body":"Hi)"), "the JSON is broken at byte 25");
    EXPECT_EQ(refusal(R"({"segments":[]})"), "the JSON holds no transcript segments");
    EXPECT_EQ(refusal(R"({"chapters":[{"startTime":0,"title":"Intro"}]})"), "the JSON holds no transcript segments");
    std::string deep = R"({"segments":)";
    deep += std::string(100'000, '[') + std::string(100'000, ']') + "}";
    EXPECT_EQ(refusal(deep), "the JSON is nested deeper than 64 levels");
}

}  // namespace
}  // namespace podbrief::transcripts
