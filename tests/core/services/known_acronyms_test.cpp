#include "core/services/known_acronyms.hpp"

#include <gtest/gtest.h>

#include "adapters/index/memory_index.hpp"
#include "adapters/index/talk_index.hpp"
#include "core/services/responder.hpp"
#include "core/services/talk_indexer.hpp"
#include "tests/doubles/memory_store.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/run.hpp"

namespace podbrief::services {
namespace {

using namespace std::chrono_literals;

InsightChange change(std::int64_t id, std::string text, std::string quote = {}) {
    InsightChange change;
    change.insight.id = {id};
    change.insight.episode = {1};
    change.insight.text = std::move(text);
    change.insight.quote = std::move(quote);
    return change;
}

std::vector<std::string> meanings(const search::Acronyms& acronyms, const char* stem) {
    std::vector<std::string> written;
    for (const auto& one : acronyms.long_forms(stem)) written.push_back(one.written);
    return written;
}

TEST(KnownAcronymsTest, AreHeardOfInClaimsAndQuotesAndForgottenWithThem) {
    KnownAcronyms known;
    known.heard(change(1, "Continuous glucose monitoring (CGM) changed diabetes.", "so VAR, video assistant referee"));
    EXPECT_EQ(meanings(known.all(), "cgm"), std::vector<std::string>{"Continuous glucose monitoring"});
    EXPECT_EQ(meanings(known.all(), "var"), std::vector<std::string>{"video assistant referee"});
    InsightChange withdrawn = change(1, "Continuous glucose monitoring (CGM) changed diabetes.");
    withdrawn.insight.superseded = true;
    known.heard(withdrawn);
    EXPECT_EQ(known.all().size(), 0U);
}

TEST(KnownAcronymsTest, AreFoundFromOneSegmentToTheNextAndNotInAdverts) {
    const std::vector<Segment> segments = {{"A", "It uses continuous glucose", 0ms, 1s, SegmentKind::speech},
                                           {"A", "monitoring, or CGM, all day.", 1s, 2s, SegmentKind::speech},
                                           {"A", "Buy at Big Sale Outlet (BSO).", 2s, 3s, SegmentKind::advert}};
    const auto pairs = spelled_out_in(segments, "On the FDA", "With the Food and Drug Administration (FDA).");
    const std::vector<text::SpelledOut> expected = {{"FDA", "Food and Drug Administration"},
                                                    {"CGM", "continuous glucose monitoring"}};
    EXPECT_EQ(pairs, expected);
}

// A server's parts that answer, with one show of which two episodes were read.
class HearingAcronyms : public ::testing::Test {
protected:
    HearingAcronyms() {
        clock.set_wall(std::chrono::sys_days{std::chrono::year{2026} / 3 / 12} + 7h);
        indexer.tell(known);
        talks.tell(known);
        indexer.tell(talks);
        responder.use(known.all());
        Podcast podcast;
        podcast.title = "Clinic";
        podcast.feed_url = "https://feeds.example/clinic";
        show = get(store.add_podcast(podcast, PollState())).id;
    }

    Episode add(const std::string& guid, std::string insight, std::string said, const std::string& version = "first") {
        Episode episode;
        episode.podcast = show;
        episode.guid = guid;
        episode.title = guid;
        episode.published_at = clock.wall_now() - 24h;
        episode.first_seen_at = clock.wall_now();
        FeedUpdate update;
        update.podcast = show;
        update.added.push_back({episode, EpisodeIdentity{{}, episode.guid, {}, {}, {}, {}, {}}});
        episode = get(store.apply(update)).at(0);
        read(episode, std::move(insight), std::move(said), version);
        return episode;
    }
    void read(const Episode& episode, std::string claim, std::string said, const std::string& version) {
        Extraction extraction;
        extraction.episode = episode.id;
        extraction.transcript.content_hash = version + episode.guid;
        extraction.transcript.timed = true;
        extraction.transcript.segments.push_back({"Ada Moor", std::move(said), 0ms, 9s, SegmentKind::speech});
        Insight insight;
        insight.podcast = show;
        insight.text = std::move(claim);
        insight.scores = {0.7f, 0.7f, 0.5f, 0.8f, 0.6f, 0.65f};
        insight.published_at = ordering_time(episode);
        extraction.insights.push_back(std::move(insight));
        get(store.save(std::move(extraction)));
        get(indexer.catch_up());
        get(talks.catch_up());
    }

    std::string ask(const std::string& text) {
        Reader reader;
        reader.name = "anna";
        const Reply reply = get(responder.answer(get(store.save(reader)), "test:anna", text));
        std::string shown;
        for (const ReplyBlock& block : reply.blocks) {
            if (const auto* card = std::get_if<InsightCard>(&block)) shown += card->text + "\n";
            if (const auto* one = std::get_if<Paragraph>(&block)) shown += one->text + "\n";
        }
        return shown;
    }

    template <class T>
    T get(boost::asio::awaitable<T> work) {
        return testing::run(context, std::move(work));
    }
    void get(boost::asio::awaitable<void> work) { testing::run(context, std::move(work)); }

    boost::asio::io_context context;
    testing::ManualClock clock;
    NullLog log;
    testing::MemoryStore store;
    index::MemoryIndex index;
    index::TalkIndex talk_index;
    Indexer indexer{store, index};
    KnownAcronyms known;
    TalkIndexer talks{store, talk_index, clock, log, context.get_executor(), context.get_executor(), {}};
    Composer composer{store, store, index, clock, context.get_executor()};
    Responder responder{store, store, index, composer, clock, nullptr, context.get_executor()};
    PodcastId show;
};

TEST_F(HearingAcronyms, WhatIsSpelledOutInATranscriptFindsTheInsightsOfOtherEpisodes) {
    add("one", "Acute respiratory distress syndrome kills four in ten of its patients.", "Nothing is said of it.");
    add("two", "Prone positioning helps with ARDS more than drugs do.", "Right.");
    EXPECT_EQ(ask("more on ARDS").find("kills four in ten"), std::string::npos);
    add("three", "Nurses work too long.", "It is acute respiratory distress syndrome, or ARDS, that they treat.");
    for (const char* asked : {"more on ARDS", "more on acute respiratory distress syndrome"}) {
        SCOPED_TRACE(asked);
        const std::string shown = ask(asked);
        EXPECT_NE(shown.find("kills four in ten"), std::string::npos) << shown;
        EXPECT_NE(shown.find("Prone positioning"), std::string::npos) << shown;
        EXPECT_EQ(shown.find("Nurses"), std::string::npos) << shown;
    }
}

TEST_F(HearingAcronyms, ANewerTranscriptTakesBackWhatTheFormerSpelledOut) {
    const Episode episode = add("one", "Nurses work too long.", "Continuous glucose monitoring (CGM) helps.");
    EXPECT_EQ(known.all().size(), 1U);
    read(episode, "Nurses work too long.", "Nothing helps.", "second");
    EXPECT_EQ(known.all().size(), 0U);
}

TEST_F(HearingAcronyms, AShortFormThatOnlyStandsInFullIsSaidToBeTakenForIt) {
    add("one", "Continuous glucose monitoring changed diabetes.", "With continuous glucose monitoring (CGM) it did.");
    const std::string shown = ask("more on CGM");
    EXPECT_NE(shown.find("Showing results for continuous glucose monitoring."), std::string::npos) << shown;
    EXPECT_NE(shown.find("changed diabetes"), std::string::npos) << shown;
}

}  // namespace
}  // namespace podbrief::services
