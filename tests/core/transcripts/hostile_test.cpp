#include <fmt/format.h>

#include <random>

#include "core/text/unicode.hpp"
#include "core/transcripts/adverts.hpp"
#include "core/transcripts/chapters.hpp"
#include "tests/core/transcripts/parsing.hpp"

// What comes from outside is hostile: whatever the bytes, parsing ends, within its limits, and what it gives is sound.
namespace podbrief::transcripts {
namespace {

void expect_sound(const ParsedTranscript& transcript) {
    Millis last{};
    EXPECT_FALSE(transcript.segments.empty());
    EXPECT_LE(transcript.segments.size(), segment_limit);
    for (const Segment& s : transcript.segments) {
        ASSERT_FALSE(s.text.empty());
        ASSERT_LE(s.text.size(), 3000u);
        ASSERT_LE(s.speaker.size(), 400u);
        ASSERT_TRUE(text::is_valid_utf8(s.text) && text::is_valid_utf8(s.speaker));
        ASSERT_EQ(s.text, text::collapse_white_space(s.text));
        ASSERT_LE(s.start, s.end);
        ASSERT_GE(s.start, last);
        last = s.start;
    }
}

// Parses, and expects either one clear line or a sound transcript.
void expect_answer(std::string_view bytes, const ParseHints& hints = {}) {
    auto result = parse_transcript(bytes, hints);
    if (!result) {
        EXPECT_FALSE(result.error().message.empty());
        EXPECT_EQ(result.error().message.find('\n'), std::string::npos);
        return;
    }
    expect_sound(*result);
    mark_adverts(result->segments, {}, "Show");
    expect_sound(*result);
}

std::string repeated(std::string_view piece, std::size_t bytes) {
    std::string out;
    while (out.size() + piece.size() <= bytes) out += piece;
    return out;
}

TEST(Hostile, FilesThatAreTooLargeAreRefusedAtOnce) {
    std::string large = "WEBVTT\n\n";
    large.resize(50'000'008, 'x');
    EXPECT_EQ(refusal(large), "the transcript has 50000008 bytes; at most 8388608 are read");
}

TEST(Hostile, LinesOfMillionsOfBytesAreCutIntoSegments) {
    const std::size_t size = 1'500'000;
    const std::string words = repeated("word ", size);
    const std::string dense(size, 'x');
    for (const std::string* line : {&words, &dense}) {
        expect_answer("WEBVTT\n\n00:00.000 --> 99:00.000\n" + *line);
        expect_answer("1\n00:00:00,000 --> 01:00:00,000\n" + *line);
        expect_answer("{\"segments\":[{\"startTime\":0,\"endTime\":9,\"body\":\"" + *line + "\"}]}");
        expect_answer("<p>" + *line + "</p>");
        expect_answer("**Ann:** " + *line);
        expect_answer("Ann: " + *line);
    }
}

TEST(Hostile, PiecesRepeatedMillionsOfTimesEnd) {
    const std::size_t size = 300'000;  // what takes quadratic time would not end in time
    for (const std::string_view piece : {"<v ", "<v a>b", "<", "&", "&amp;", "00:00.000 --> 00:00.000\n",
                                         "00:00.000 --> 00:00.000\na\n\n", "NOTE\n\n", "-->", "a\n"}) {
        SCOPED_TRACE(piece);
        expect_answer("WEBVTT\n\n00:00.000 --> 00:01.000\n" + repeated(piece, size));
    }
    for (const std::string_view piece :
         {"1\n", "\n", "0:0:1->0:0:2\n", "0:0:1->0:0:2\na\n", "0:0:2->0:0:1\nA: b\n", "{\\", "<i>"}) {
        SCOPED_TRACE(piece);
        expect_answer("0:0:1 --> 0:0:2\nHi\n" + repeated(piece, size));
    }
    for (const std::string_view piece :
         {"{\"body\":\"a\"},", "{},", "[],", "[[]],", "{\"speaker\":\"a\",\"body\":\"b\"},"}) {
        SCOPED_TRACE(piece);
        expect_answer("{\"segments\":[" + repeated(piece, size) + "{}]}");
        expect_answer("{\"segments\":[" + repeated(piece, size));
    }
    for (const std::string_view piece :
         {"[",  "](", "[a](",   "[a](b",      "**",    "** ",        "a**b",      "`",  "`a", "\\",
          "*a", "_a", "**A:**", "**A:** b\n", "[1:23", "\\[1:23\\]", "[1:23] a ", "![", "# ", "&lt;"}) {
        SCOPED_TRACE(piece);
        expect_answer("**A:** b\n\n" + repeated(piece, size));
        expect_answer("A: b\n\n" + repeated(piece, size));
    }
    for (const std::string_view piece :
         {"<cite>", "<cite>A</cite>", "<time>1:23</time>", "<p>A: b</p>", "<p><b>", "</p>", "<a href="}) {
        SCOPED_TRACE(piece);
        expect_answer("<p>A</p><p>B</p>" + repeated(piece, size));
    }
}

TEST(Hostile, TimesAreMadeHonest) {
    std::mt19937 random(11);
    const auto number = [&](int limit) { return static_cast<int>(random() % static_cast<unsigned>(limit)); };
    for (int round = 0; round < 300; ++round) {
        std::string vtt = "WEBVTT\n\n";
        std::string srt;
        for (int i = 0; i < 60; ++i) {
            const char* sign = number(10) == 0 ? "-" : "";
            const auto time = [&](char point) {
                return fmt::format("{}{:02}:{:02}:{:02}{}{:03}", sign, number(10) == 0 ? number(1000) : 0, number(61),
                                   number(61), point, number(1000));
            };
            vtt +=
                time('.') + " --> " + time('.') + "\n<v " + std::string(1, "ABC"[number(3)]) + ">Some words here.\n\n";
            srt += time(',') + " --> " + time(',') + "\nA: Some words here.\n\n";
        }
        ParseHints hints;
        hints.episode_duration = std::chrono::seconds{number(3) == 0 ? 0 : number(5000)};
        expect_answer(vtt, hints);
        expect_answer(srt, hints);
    }
}

const std::string seeds[] = {
    "WEBVTT\nLanguage: en\n\nNOTE x\n\nid\n00:00.000 --> 00:02.000 line:1\n<v.a Ann Lee>Hello &amp; <i>you</i>. It "
    "<00:01.000>is.\n\n"
    "00:02.000 --> 00:04.000\nThis episode is brought to you by Acme. Use code ACME at checkout.\n",
    "1\r\n00:00:00,000 --> 00:00:02,000\r\nAnn Lee: Hello\r\nthere.\r\n\r\n2\r\n00:00:02,500 --> 00:00:04,000\r\nBo: "
    "{\\an8}<i>Yes</i>.\r\n",
    R"({"version":"1.0.0","segments":[{"speaker":"Ann","startTime":0.5,"endTime":0.75,"body":"Welcome to the show."},{"startTime":1,"endTime":1.25,"body":"am \u00e9\ud83d\ude00"}]})",
    "<html><body><cite>Ann:</cite><time>0:01</time><p>Hello &eacute;.</p><p>[0:30] "
    "More.</p><ul><li>x</ul></body></html>",
    "---\ntitle: x\n---\n**Ann Lee:** \\[00:10\\] Hello, *you* and [them](https://a.b/(c)).\n\n**Break:** "
    "\\[00:20\\]\n\n**Bo**: `x` [unintelligible 00:01:02.03]\n",
    "Ann Lee (00:10):\nHi there.\n\n[00:00:12] Bo: Well. [00:00:14] Yes.\nSpeaker 2  0:20\nOk\u2026 "
    "\u201cgood\u201d.\n",
};

TEST(Hostile, MutatedTranscriptsEndInAnAnswer) {
    std::mt19937 random(2026);
    static constexpr std::string_view splices[] = {
        "<v ",          ">",  "-->",         "\n\n", "\n",   "**",     "[",    "]",     ":",
        "\"",           "{",  "}",           "&#",   ";",    "\\",     "00:",  "\xff",  "\xe2\x80",
        "\xef\xbb\xbf", "\0", "99999999999", "-1",   "e999", "<cite>", "</p>", "WEBVTT"};
    for (int round = 0; round < 6000; ++round) {
        std::string bytes = seeds[random() % std::size(seeds)];
        for (int edits = 1 + static_cast<int>(random() % 8); edits > 0; --edits) {
            const std::size_t at = random() % (bytes.size() + 1);
            switch (random() % 4) {
                case 0:
                    bytes.insert(at, splices[random() % std::size(splices)]);
                    break;
                case 1:
                    bytes.erase(at, random() % 12);
                    break;
                case 2:
                    if (at < bytes.size()) bytes[at] = static_cast<char>(random());
                    break;
                default:
                    bytes.insert(at, bytes.substr(random() % (bytes.size() + 1), random() % 40));
            }
        }
        ParseHints hints;
        hints.episode_duration = std::chrono::seconds{random() % 100};
        expect_answer(bytes, hints);
        static_cast<void>(parse_chapters(bytes));
    }
}

}  // namespace
}  // namespace podbrief::transcripts
