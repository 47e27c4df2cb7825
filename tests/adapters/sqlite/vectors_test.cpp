#include <gtest/gtest.h>

#include "adapters/sqlite/database.hpp"
#include "tests/support/files.hpp"
#include "tests/support/run.hpp"

namespace podbrief::sqlite {
namespace {

using podbrief::testing::run;

class Vectors : public ::testing::Test {
protected:
    void SetUp() override { open(); }
    void open() {
        Database::Options options;
        options.path = folder.path() / "podbrief.db";
        database = Database::open(io.get_executor(), options);
    }
    // The newest version of the transcript of a show's one episode, with one claim.
    Insight add(const std::string& show, const std::string& version = "1") {
        if (!episodes.contains(show)) {
            Podcast podcast;
            podcast.title = show;
            podcast.feed_url = "https://feeds.example/" + show;
            Episode episode;
            episode.podcast = run(io, database->library().add_podcast(podcast, {})).id;
            episode.guid = show;
            FeedUpdate update;
            update.podcast = episode.podcast;
            update.added.push_back({episode, EpisodeIdentity{{}, show, {}, {}, {}, {}, {}}});
            episodes[show] = run(io, database->library().apply(update)).at(0);
        }
        Extraction extraction;
        extraction.episode = episodes[show].id;
        extraction.transcript.content_hash = show + version;
        Insight insight;
        insight.podcast = episodes[show].podcast;
        insight.text = "A claim of " + show + version;
        extraction.insights.push_back(insight);
        return run(io, database->library().save(extraction)).insights.at(0);
    }
    void save(const std::string& model, std::vector<InsightVector> vectors) {
        run(io, database->vectors().save_vectors(model, std::move(vectors)));
    }
    std::vector<InsightVector> all(const std::string& model, InsightId after = {}, std::size_t limit = 100) {
        return run(io, database->vectors().vectors(model, after, limit));
    }

    podbrief::testing::TemporaryFolder folder;
    asio::io_context io;
    std::unique_ptr<Database> database;
    std::map<std::string, Episode> episodes;
};

TEST_F(Vectors, AreKeptByModelByteForByte) {
    const Insight a = add("a");
    const Insight b = add("b");
    PackedVector every;
    every.scale = 0.25F;
    for (int part = -128; part < 128; ++part) every.parts.push_back(static_cast<std::int8_t>(part));
    save("one", {{b.id, {0.5F, {0, 127, -127, 0}}}, {a.id, every}});
    save("other", {{a.id, {1, {1}}}});
    save("one", {{b.id, {2, {0, 0, 5}}}});
    database.reset();
    open();
    EXPECT_EQ(all("one"), (std::vector<InsightVector>{{a.id, every}, {b.id, {2, {0, 0, 5}}}}));
    EXPECT_EQ(all("other"), (std::vector<InsightVector>{{a.id, {1, {1}}}}));
    EXPECT_TRUE(all("third").empty());
    EXPECT_EQ(all("one", {}, 1).size(), 1u);
    EXPECT_EQ(all("one", a.id).front().insight, b.id);
}

TEST_F(Vectors, GoWithTheirInsightsAndAreNotMadeOfWhatIsGone) {
    const Insight a = add("a");
    const Insight b = add("b");
    save("one", {{a.id, {1, {1}}}, {b.id, {1, {2}}}, {InsightId{999}, {1, {3}}}});
    EXPECT_EQ(all("one").size(), 2u);
    run(io, database->library().remove_podcast(b.podcast));
    EXPECT_EQ(all("one").size(), 1u);
    const Insight newer = add("a", "2");
    EXPECT_TRUE(all("one").empty()) << "of the version before, which nobody is shown";
    save("one", {{newer.id, {1, {4}}}});
    EXPECT_EQ(run(io, database->vectors().forget_other_vectors("one", 100)), 1u);
    EXPECT_EQ(all("one").size(), 1u);
    run(io, database->check());
}

TEST_F(Vectors, OfOtherModelsAreForgottenAFewAtATime) {
    std::vector<InsightVector> vectors;
    for (const char* show : {"a", "b", "c"}) vectors.push_back({add(show).id, {1, {1}}});
    save("old", vectors);
    save("new", vectors);
    EXPECT_EQ(run(io, database->vectors().forget_other_vectors("new", 2)), 2u);
    EXPECT_EQ(run(io, database->vectors().forget_other_vectors("new", 2)), 1u);
    EXPECT_EQ(run(io, database->vectors().forget_other_vectors("new", 2)), 0u);
    EXPECT_EQ(all("new").size(), 3u);
    EXPECT_EQ(run(io, database->vectors().forget_vectors("new", 2)), 2u);
    EXPECT_EQ(all("new").size(), 1u);
}

}  // namespace
}  // namespace podbrief::sqlite
