#include <gmock/gmock.h>

#include "core/services/cost_meter.hpp"
#include "tests/core/transcription/studio.hpp"

namespace podbrief::services {
namespace {

using namespace std::chrono_literals;
using testing::answer_with;
using testing::Crash;
using testing::failed;
using ::testing::HasSubstr;
using testing::Studio;
using testing::talk_of_a_part;
using Kind = ChatFailure::Kind;

// An episode that has waited long enough for a transcript, and is wanted.
struct Wanted : Studio {
    explicit Wanted(TranscriptionDesk::Settings settings = {}) : Studio(settings) {
        subscribe();
        ingest();
        world.run_for(2h);
        ingest();
    }
};

TEST(Transcription, MakesInsightsOfAnEpisodeThatNobodyPublishedATranscriptOf) {
    Studio studio;
    studio.subscribe();
    EXPECT_EQ(studio.ingest().at(0).state, EpisodeState::awaiting_transcript);
    EXPECT_EQ(studio.work_off(), 0u) << "a publisher may be late: nothing is wanted in the first hour";
    studio.world.run_for(2h);
    studio.ingest();
    EXPECT_EQ(studio.work_off(), 1u);
    const auto reports = studio.ingest();
    ASSERT_EQ(reports.size(), 1u);
    EXPECT_EQ(reports[0].state, EpisodeState::extracted);
    EXPECT_GT(reports[0].insights, 0u);

    const Episode episode = studio.episode();
    const auto transcript = studio.world.run(studio.world.store.transcript(episode.id));
    ASSERT_TRUE(transcript);
    EXPECT_EQ(transcript->source_url, "transcribed: scripted ears");
    EXPECT_TRUE(transcript->timed);
    for (const Insight& insight : studio.world.run(studio.world.store.insights_of(episode.id))) {
        const std::string& first = transcript->segments.at(static_cast<std::size_t>(insight.first_segment)).text;
        EXPECT_EQ(insight.origin, InsightOrigin::transcript);
        EXPECT_LE(static_cast<std::size_t>(insight.quote_begin), first.size());
    }
    EXPECT_TRUE(studio.scratch.disk.empty()) << "nothing is kept once it is stored";
}

TEST(Transcription, CutsTheRecordingAndTellsEachPartWhoSpeaksAndWhatWasSaidBefore) {
    Wanted studio;
    ASSERT_EQ(studio.work_off(), 1u);
    ASSERT_EQ(studio.ears.heard.size(), 3u) << "25 minutes";
    EXPECT_EQ(studio.ears.heard[0].prompt, "With Ada Lovelace.");
    EXPECT_EQ(studio.ears.heard[0].language, "en");
    EXPECT_EQ(studio.ears.heard[0].length, 10min);
    EXPECT_THAT(studio.ears.heard[1].prompt, HasSubstr("With Ada Lovelace. "));
    EXPECT_THAT(studio.ears.heard[1].prompt, HasSubstr("stopped waiting for each other."));
    EXPECT_LE(studio.ears.heard[1].prompt.size(), 450u);
}

TEST(Transcription, StoresHowFarItCanBeReliedOn) {
    Wanted studio;
    studio.work_off();
    const std::string name = "transcription_" + std::to_string(studio.episode().id.value);
    EXPECT_THAT(studio.world.run(studio.world.store.note(name)), HasSubstr("\"quality\":0.8"));
}

TEST(Transcription, AfterACrashAnywhereNoPartIsPaidTwiceButTheOneUnderWay) {
    for (int point = 1; point < 40; ++point) {
        Wanted studio;
        studio.scratch.crash_at_write = studio.scratch.writes + point;
        bool crashed = false;
        try {
            studio.work_off();
        } catch (const Crash&) {
            crashed = true;
        }
        studio.scratch.crash_at_write = -1;
        studio.restart();
        studio.world.run_for(1h);
        studio.work_off();
        studio.ingest();
        EXPECT_EQ(studio.episode().state, EpisodeState::extracted) << point;
        EXPECT_LE(studio.ears.heard.size(), 4u) << point << ": three parts, and one again at most";
        EXPECT_TRUE(studio.scratch.disk.empty()) << point;
        if (!crashed) {
            EXPECT_GT(point, 8) << "the points of a whole run were tried";
            return;
        }
    }
    FAIL() << "it never came to the end without a crash";
}

TEST(Transcription, DownloadsAndDecodesOnceHoweverOftenTheServiceFails) {
    Wanted studio;
    studio.ears.answer = [](const TranscriptionRequest&, int nth) -> TranscriptionResult {
        if (nth <= 3) return failed(Kind::retry_later);
        return talk_of_a_part(nth);
    };
    for (int i = 0; i < 4; ++i) {
        studio.work_off();
        studio.world.run_for(10min);
    }
    EXPECT_EQ(studio.world.http.times(Studio::audio_url), 1);
    EXPECT_EQ(studio.audio.prepared, 1);
    studio.ingest();
    EXPECT_EQ(studio.episode().state, EpisodeState::extracted);
}

TEST(Transcription, AServiceThatRefusesUsIsLeftAloneForAnHour) {
    for (const Kind kind : {Kind::unauthorised, Kind::bad_request, Kind::out_of_quota}) {
        Wanted studio;
        studio.ears.answer = [kind](const TranscriptionRequest&, int) -> TranscriptionResult { return failed(kind); };
        studio.work_off();
        studio.world.run_for(50min);
        studio.work_off();
        EXPECT_EQ(studio.ears.heard.size(), 1u);
        studio.ears.answer = nullptr;
        studio.world.run_for(20min);
        EXPECT_EQ(studio.work_off(), 1u);
    }
}

TEST(Transcription, OnceTheCeilingIsReachedItGoesOnAfterMidnightWithWhatWasHeard) {
    Wanted studio;
    studio.ears.answer = [](const TranscriptionRequest&, int nth) -> TranscriptionResult {
        if (nth != 2) return talk_of_a_part(nth);
        ChatFailure ceiling = failed(Kind::out_of_quota);
        ceiling.our_ceiling = true;
        return ceiling;
    };
    studio.work_off();
    const auto today = std::chrono::floor<std::chrono::days>(studio.world.clock.wall_now());
    while (std::chrono::floor<std::chrono::days>(studio.world.clock.wall_now()) == today) {
        EXPECT_EQ(studio.work_off(), 0u);
        EXPECT_EQ(studio.ears.heard.size(), 2u);
        studio.world.run_for(1h);
    }
    studio.world.run_for(5min);
    EXPECT_EQ(studio.work_off(), 1u);
    EXPECT_EQ(studio.ears.heard.size(), 4u) << "the first part was kept";
}

TEST(Transcription, APartThatIsAnsweredBadlyAgainAndAgainBecomesAHole) {
    Studio studio;
    studio.world.http.on(Studio::audio_url, answer_with("minutes:55"));
    studio.subscribe();
    studio.ingest();
    studio.world.run_for(2h);
    studio.ingest();
    studio.ears.answer = [](const TranscriptionRequest& request, int nth) -> TranscriptionResult {
        if (request.prompt.find("case 15") != std::string::npos) return failed(Kind::bad_answer);
        return talk_of_a_part(nth);
    };
    for (int i = 0; i < 6; ++i) {
        studio.work_off();
        studio.world.run_for(1h);
    }
    studio.ingest();
    EXPECT_EQ(studio.episode().state, EpisodeState::extracted);
    EXPECT_EQ(studio.ears.heard.size(), 8u) << "six parts, one of them three times";
}

TEST(Transcription, WhatGoesRoundInCirclesIsNoTranscript) {
    Wanted studio;
    studio.ears.answer = [](const TranscriptionRequest&, int) -> TranscriptionResult {
        HeardClip clip = talk_of_a_part(1);
        for (HeardSegment& segment : clip.segments) segment.text = "And that is the point of it.";
        return clip;
    };
    EXPECT_EQ(studio.work_off(), 0u);
    studio.world.run_for(60h);
    studio.ingest();
    EXPECT_NE(studio.episode().state, EpisodeState::extracted);
    EXPECT_EQ(studio.work_off(), 0u);
    EXPECT_EQ(studio.ears.heard.size(), 3u) << "it is not heard again";
    EXPECT_TRUE(studio.world.log.has("quality 0.1")) << studio.world.log.text();
}

TEST(Transcription, WhatIsNoRecordingIsGivenUp) {
    Studio studio;
    studio.world.http.on(Studio::audio_url, answer_with("<html>Not here</html>"));
    studio.subscribe();
    studio.ingest();
    studio.world.run_for(2h);
    studio.ingest();
    EXPECT_EQ(studio.work_off(), 0u);
    EXPECT_TRUE(studio.world.log.has("transcription given up"));
    studio.world.run_for(3h);
    studio.ingest();
    EXPECT_EQ(studio.work_off(), 0u);
    EXPECT_EQ(studio.world.http.times(Studio::audio_url), 1);
}

TEST(Transcription, TheRecordingHasALimitOfItsSize) {
    TranscriptionDesk::Settings settings;
    settings.max_audio_bytes = 1'000;
    Wanted studio(settings);
    EXPECT_EQ(studio.work_off(), 0u);
    EXPECT_TRUE(studio.ears.heard.empty());
    EXPECT_TRUE(studio.world.log.has("transcription given up"));
}

TEST(Transcription, ARecordingThatCannotBeHadNowIsTriedAgainForSomeDays) {
    Wanted studio;
    studio.world.http.on(Studio::audio_url, answer_with("busy", {}, 503));
    for (int i = 0; i < 100; ++i) {
        studio.work_off();
        studio.world.run_for(2h);
    }
    EXPECT_EQ(studio.world.http.times(Studio::audio_url), 6);
    EXPECT_TRUE(studio.world.log.has("transcription given up"));
}

TEST(Transcription, AFullDiskPausesAll) {
    Wanted studio;
    studio.scratch.full = true;
    EXPECT_EQ(studio.work_off(), 0u);
    studio.scratch.full = false;
    EXPECT_EQ(studio.work_off(), 0u);
    studio.world.run_for(2h);
    EXPECT_EQ(studio.work_off(), 1u);
}

TEST(Transcription, ATranscriptThatIsPublishedMeanwhileIsTaken) {
    Wanted studio;
    std::string vtt = "WEBVTT\n\n";
    for (int i = 0; i < 6; ++i) {
        vtt += fmt::format(
            "00:0{0}:00.000 --> 00:0{0}:30.000\n<v Ada>A single deployable service lowers the cost of "
            "change for companies with fewer than fifty engineers in case {0}.</v>\n\n",
            i);
    }
    studio.world.http.on("https://host.example/a.vtt", answer_with(vtt));
    studio.world.http.on(
        Studio::feed_url,
        answer_with("<rss version=\"2.0\" xmlns:podcast=\"https://podcastindex.org/namespace/1.0\"><channel><title>A "
                    "show</title><item><title>One</title><guid>a</guid><pubDate>Sun, 01 Mar 2026 12:00:00 "
                    "GMT</pubDate><enclosure url=\"https://host.example/a.mp3\" type=\"audio/mpeg\" length=\"9\"/>"
                    "<podcast:transcript url=\"https://host.example/a.vtt\" "
                    "type=\"text/vtt\"/></item></channel></rss>"));
    studio.world.run_for(2h);
    studio.ingest();
    EXPECT_EQ(studio.episode().state, EpisodeState::extracted);
    EXPECT_EQ(studio.work_off(), 0u);
    EXPECT_TRUE(studio.ears.heard.empty());
    EXPECT_TRUE(studio.scratch.disk.empty());
}

TEST(Transcription, AnEpisodeThatIsGoneIsNotTranscribed) {
    Wanted studio;
    const auto podcasts = studio.world.run(studio.world.store.subscriptions());
    studio.world.run(studio.world.store.remove_podcast(podcasts.at(0).podcast.id));
    EXPECT_EQ(studio.work_off(), 0u);
    EXPECT_TRUE(studio.ears.heard.empty());
    EXPECT_TRUE(studio.scratch.disk.empty());
}

TEST(Transcription, ALocalFileThatAFeedNamesIsNotRead) {
    Studio studio;
    studio.subscribe("file:///etc/passwd");
    studio.ingest();
    studio.world.run_for(2h);
    studio.ingest();
    EXPECT_EQ(studio.work_off(), 0u);
    EXPECT_TRUE(studio.scratch.disk.empty());
}

TEST(Transcription, RunsForEverBesideThePipeline) {
    Wanted studio;
    bool ready = false;
    TaskScope tasks(studio.world.io.get_executor(), [](const std::string&, std::exception_ptr) {});
    tasks.spawn("desk", studio.desk->run([&ready] { ready = true; }));
    studio.world.settle();
    EXPECT_TRUE(ready);
    tasks.request_stop();
    studio.world.settle();
    EXPECT_EQ(tasks.size(), 0u);
    EXPECT_EQ(studio.ingest().at(0).state, EpisodeState::extracted);
}

}  // namespace
}  // namespace podbrief::services
