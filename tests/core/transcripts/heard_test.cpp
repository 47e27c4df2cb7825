#include "core/transcripts/heard.hpp"

#include <gtest/gtest.h>

#include "core/transcripts/parse.hpp"
#include "core/transcripts/speech_spans.hpp"

namespace podbrief::transcripts {
namespace {

using namespace std::chrono_literals;

HeardSegment said(Millis start, Millis end, std::string text, double logprob = -0.2, double no_speech = 0.01) {
    HeardSegment out;
    out.start = start;
    out.end = end;
    out.text = std::move(text);
    out.avg_logprob = logprob;
    out.no_speech_prob = no_speech;
    return out;
}

HeardPart part(TimeSpan span, std::vector<HeardSegment> segments) {
    return {span, std::move(segments), false};
}

std::vector<std::string> texts(const Heard& heard) {
    std::vector<std::string> out;
    for (const HeardSegment& segment : heard.segments) out.push_back(segment.text);
    return out;
}

using Texts = std::vector<std::string>;

// ---- where it is cut
// -------------------------------------------------------------------------------------------------

TEST(SpeechSpans, AShortRecordingIsOnePart) {
    EXPECT_EQ(plan_spans(9min, {}), (std::vector<TimeSpan>{{0ms, 9min}}));
    EXPECT_TRUE(plan_spans(0ms, {}).empty());
}

TEST(SpeechSpans, CutInTheMiddleOfTheLongestSilenceNearTheEndOfAPart) {
    const std::vector<TimeSpan> silences = {
        {2min, 2min + 5s}, {9min, 9min + 600ms}, {9min + 30s, 9min + 32s}, {9min + 50s, 9min + 51s}};
    EXPECT_EQ(plan_spans(15min, silences), (std::vector<TimeSpan>{{0ms, 9min + 31s}, {9min + 31s, 15min}}));
}

TEST(SpeechSpans, WithoutASilenceThePartsOverlap) {
    EXPECT_EQ(plan_spans(19min, {}), (std::vector<TimeSpan>{{0ms, 10min}, {10min - 5s, 19min}}));
}

TEST(SpeechSpans, CoverEveryRecordingWithPartsThatAreNotTooLong) {
    std::vector<TimeSpan> silences;
    for (int i = 1; i < 400; ++i) silences.push_back({i * 37s, i * 37s + Millis{(i * 331) % 1700 + 500}});
    for (Millis length = 1s; length < 4h; length += 411s) {
        Millis covered{0};
        for (const TimeSpan& span : plan_spans(length, silences)) {
            EXPECT_LE(span.start, covered);
            EXPECT_GT(span.end, covered);
            EXPECT_LE(span.end - span.start, 10min);
            covered = span.end;
        }
        EXPECT_EQ(covered, length);
    }
}

// ---- what is kept
// ----------------------------------------------------------------------------------------------------

TEST(Heard, PutsPartsOnTheClockOfTheRecording) {
    const auto heard = join_heard({part({0ms, 600s}, {said(1s, 4s, "The rule takes effect.")}),
                                   part({600s, 900s}, {said(2s, 6s, " Nobody was asked. ")})},
                                  {});
    ASSERT_EQ(texts(heard), (Texts{"The rule takes effect.", "Nobody was asked."}));
    EXPECT_EQ(heard.segments[1].start, 602s);
    EXPECT_EQ(heard.segments[1].end, 606s);
    EXPECT_NEAR(heard.report.quality, 0.82, 0.01);
}

TEST(Heard, WhatTwoPartsHeardIsThereOnce) {
    const auto heard = join_heard({part({0ms, 600s}, {said(590s, 597s, "Chip makers will lose their largest market."),
                                                      said(597s, 600s, "and Japan will lose")}),
                                   part({595s, 900s}, {said(0s, 2s, "their largest market."),
                                                       said(2s, 8s, "And Japan will lose even more of it.")})},
                                  {});
    EXPECT_EQ(texts(heard),
              (Texts{"Chip makers will lose their largest market.", "And Japan will lose even more of it."}));
    for (std::size_t i = 1; i < heard.segments.size(); ++i) {
        EXPECT_GE(heard.segments[i].start, heard.segments[i - 1].end);
    }
}

TEST(Heard, WordsThatASeamDoublesAreTakenOut) {
    const auto heard =
        join_heard({part({0ms, 600s}, {said(594s, 598s, "So we cut the budget for the second year")}),
                    part({595s, 900s}, {said(1500ms, 9s, "for the second year, and nobody noticed it.")})},
                   {});
    EXPECT_EQ(texts(heard), (Texts{"So we cut the budget for the second year", "and nobody noticed it."}));
}

TEST(Heard, WhatIsHeardInSilenceIsNotSaid) {
    const std::vector<TimeSpan> silences = {{10s, 40s}};
    const auto heard = join_heard(
        {part({0ms, 600s},
              {said(1s, 9s, "The rule takes effect."), said(12s, 30s, "A sentence nobody spoke."),
               said(50s, 58s, "Words over music.", -1.4, 0.8), said(60s, 64s, "Thanks for watching!", -0.3, 0.5)})},
        silences);
    EXPECT_EQ(texts(heard), (Texts{"The rule takes effect."}));
    EXPECT_EQ(heard.report.silent, 3);
    EXPECT_NEAR(heard.report.quality, 0.82, 0.01) << "silence says nothing against what was heard";
}

TEST(Heard, ARecogniserThatGoesRoundInCirclesIsNotBelieved) {
    std::vector<HeardSegment> segments = {said(0s, 5s, "We shipped it on a Friday.")};
    for (int i = 1; i < 20; ++i) segments.push_back(said(i * 5s, i * 5s + 5s, "And that is the point."));
    segments.push_back(said(100s, 110s, "I think that I think that I think that I think that I think that"));
    HeardSegment dense = said(110s, 120s, "It is what it is and what it is.");
    dense.compression_ratio = 3.1;
    segments.push_back(dense);
    segments.push_back(said(120s, 125s, "Then the test broke."));
    const auto heard = join_heard({part({0ms, 600s}, segments)}, {});
    EXPECT_EQ(texts(heard), (Texts{"We shipped it on a Friday.", "And that is the point.", "Then the test broke."}));
    EXPECT_EQ(heard.report.repeated, 20);
    EXPECT_LT(heard.report.quality, 0.2) << "most of it is a loop";
}

TEST(Heard, LoopsOfSeveralSegmentsAreSeenToo) {
    std::vector<HeardSegment> segments;
    for (int i = 0; i < 12; ++i) {
        segments.push_back(said(i * 4s, i * 4s + 4s, i % 2 == 0 ? "Is it fast?" : "It is fast enough."));
    }
    EXPECT_EQ(texts(join_heard({part({0ms, 600s}, segments)}, {})), (Texts{"Is it fast?", "It is fast enough."}));
}

TEST(Heard, PeopleWhoRepeatThemselvesAreQuoted) {
    const auto heard = join_heard({part({0ms, 600s}, {said(0s, 1s, "Yeah."), said(1s, 2s, "Yeah."),
                                                      said(2s, 6s, "No, no, no, no, that is not what it does."),
                                                      said(6s, 9s, "You know, it works.")})},
                                  {});
    EXPECT_EQ(heard.segments.size(), 4u);
}

TEST(Heard, UnsureWordsAreLeftOutAndCountAgainstTheWhole) {
    const auto heard = join_heard({part({0ms, 600s}, {said(0s, 10s, "The rule takes effect.", 0.0),
                                                      said(10s, 20s, "Mumbled things of some kind.", -1.7)})},
                                  {});
    EXPECT_EQ(heard.report.unsure, 1);
    EXPECT_NEAR(heard.report.quality, 0.5, 0.01);
}

TEST(Heard, APartThatNobodyHeardCountsAgainstTheWhole) {
    HeardPart hole{{600s, 1200s}, {}, true};
    const auto heard = join_heard({part({0ms, 600s}, {said(0s, 600s, "All of it is clear.", 0.0)}), hole}, {});
    EXPECT_NEAR(heard.report.quality, 0.5, 0.01);
}

TEST(Heard, NothingHeardIsNothing) {
    EXPECT_EQ(join_heard({}, {}).report.quality, 0);
    EXPECT_EQ(join_heard({part({0ms, 10s}, {said(0s, 1s, " \x01 ")})}, {}).segments.size(), 0u);
}

TEST(Heard, IsWrittenAsPodcastsPublishTranscripts) {
    HeardSegment segment = said(1500ms, 3250ms, "It costs \"nothing\".");
    segment.speaker = "A";
    const std::string json = to_transcript_json({segment, said(4s, 6s, "Or so they say.")}, "en");
    const auto parsed = parse_transcript(json, {"application/json", "", {}});
    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_TRUE(parsed->timed);
    EXPECT_EQ(parsed->language, "en");
    ASSERT_FALSE(parsed->segments.empty());
    EXPECT_EQ(parsed->segments.front().start, 1500ms);
    EXPECT_EQ(parsed->segments.front().text.substr(0, 19), "It costs \"nothing\".");
}

TEST(Heard, TheTailForThePromptIsOfWholeWords) {
    const std::vector<HeardSegment> segments = {said(0s, 1s, "One two three."), said(1s, 2s, "Four five.")};
    EXPECT_EQ(tail_of(segments, 100), "One two three. Four five.");
    EXPECT_EQ(tail_of(segments, 14), "Four five.");
    EXPECT_EQ(tail_of(segments, 18), "three. Four five.");
    EXPECT_EQ(tail_of({}, 10), "");
}

}  // namespace
}  // namespace podbrief::transcripts
