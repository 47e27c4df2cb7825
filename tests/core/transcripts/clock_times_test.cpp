#include "core/transcripts/clock_times.hpp"

#include <gtest/gtest.h>

#include "core/transcripts/draft.hpp"

namespace podbrief::transcripts {
namespace {

using std::optional;

struct Case {
    const char* text;
    optional<int> ms;
};

optional<int> count(optional<Millis> time) {
    if (!time) return std::nullopt;
    return static_cast<int>(time->count());
}

TEST(WebVttTime, IsReadAsTheStandardSays) {
    const Case cases[] = {
        {"00:20.000", 20'000},         {"00:00:20.000", 20'000},
        {"1:02.003", std::nullopt},  // one digit means hours, so a third field must follow
        {"1:02:03.004", 3'723'004},    {"61:02.003", std::nullopt},
        {"61:02:03.004", 219'723'004}, {"100:00:00.000", 360'000'000},
        {"00:60.000", std::nullopt},   {"00:60:00.000", std::nullopt},
        {"00:20,000", std::nullopt},   {"00:20.00", std::nullopt},
        {"00:20.0000", std::nullopt},  {"00:2.000", std::nullopt},
        {"-00:20.000", std::nullopt},  {" 00:20.000", std::nullopt},
        {"00:20", std::nullopt},       {"", std::nullopt},
    };
    for (const Case& c : cases) EXPECT_EQ(count(webvtt_time(c.text)), c.ms) << c.text;
}

TEST(SrtTime, IsReadAsPlayersDo) {
    const Case cases[] = {
        {"00:00:01,500", 1'500},
        {"00:00:01.5", 1'500},  // a fraction, not five milliseconds
        {"00:00:01:500", 1'500},
        {"00:00:01\uFF0C500", 1'500},
        {"00\uFF1A00\uFF1A01\uFF0C500", 1'500},
        {"0:0:1", 1'000},
        {"00:01,250", 1'250},
        {"100:00:00,000", 360'000'000},
        {"00:00:01,2345", 1'234},
        {"-00:00:01,500", std::nullopt},
        {"12", std::nullopt},
        {"words", std::nullopt},
        {"", std::nullopt},
    };
    for (const Case& c : cases) EXPECT_EQ(count(srt_time(c.text)), c.ms) << c.text;
}

TEST(TimingLine, TakesTheArrowsOfTheWild) {
    const struct {
        const char* line;
        bool found;
        int start_ms;
        int end_ms;
    } cases[] = {
        {"00:00:01,000 --> 00:00:02,000", true, 1000, 2000},
        {"00:00:01,000-->00:00:02,000", true, 1000, 2000},
        {"00:00:01,000 -> 00:00:02,000", true, 1000, 2000},
        {"00:00:01,000 -- > 00:00:02,000", true, 1000, 2000},
        {"00:00:01,000 - -> 00:00:02,000", true, 1000, 2000},
        {"00:00:01,000 \u2013> 00:00:02,000", true, 1000, 2000},
        {"  0:0:1 --> 0:0:2  X1:40 X2:600", true, 1000, 2000},
        {"00:00:01,000 > 00:00:02,000", false, 0, 0},
        {"a --> b", false, 0, 0},
        {"3 -> 4", false, 0, 0},
    };
    for (const auto& c : cases) {
        const auto timing = srt_timing(c.line);
        ASSERT_EQ(timing.has_value(), c.found) << c.line;
        if (!timing) continue;
        EXPECT_EQ(timing->start.count(), c.start_ms) << c.line;
        EXPECT_EQ(timing->end.count(), c.end_ms) << c.line;
    }
    EXPECT_EQ(srt_timing("-00:00:01,000 --> 00:00:02,000")->start, unknown_time);
    EXPECT_EQ(webvtt_timing("00:01.000-->00:02.000 align:start line:0")->end, Millis{2000});
    EXPECT_EQ(webvtt_timing("00:00:01,000 --> 00:00:02,000")->end, Millis{2000});
    EXPECT_EQ(webvtt_timing("soon --> later")->start, unknown_time);
    EXPECT_FALSE(webvtt_timing("00:01.000 00:02.000"));
}

TEST(MarkTime, IsWhatPeopleWriteInText) {
    const Case cases[] = {
        {"0:09", 9'000},           {"4:05", 245'000},         {"61:08", 3'668'000},  {"1:02:03", 3'723'000},
        {"01:02:03.5", 3'723'500}, {"00:04:05.75", 245'750},  {"4:5", std::nullopt}, {"4:65", std::nullopt},
        {"1:62:03", std::nullopt}, {"1234:05", std::nullopt}, {"12", std::nullopt},  {"10:30am", std::nullopt},
        {"", std::nullopt},        {"-4:05", std::nullopt},
    };
    for (const Case& c : cases) EXPECT_EQ(count(mark_time(c.text)), c.ms) << c.text;
}

}  // namespace
}  // namespace podbrief::transcripts
