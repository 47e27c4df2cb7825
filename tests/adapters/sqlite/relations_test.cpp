#include <gtest/gtest.h>

#include "adapters/sqlite/database.hpp"
#include "tests/support/files.hpp"
#include "tests/support/run.hpp"

namespace podbrief::sqlite {
namespace {

using podbrief::testing::run;

class Relations : public ::testing::Test {
protected:
    void SetUp() override { open(); }
    void open() {
        Database::Options options;
        options.path = folder.path() / "podbrief.db";
        database = Database::open(io.get_executor(), options);
    }
    Insight add(const std::string& show) {
        Podcast podcast;
        podcast.title = show;
        podcast.feed_url = "https://feeds.example/" + show;
        const PodcastId id = run(io, database->library().add_podcast(podcast, {})).id;
        Episode episode;
        episode.podcast = id;
        episode.guid = show;
        FeedUpdate update;
        update.podcast = id;
        update.added.push_back({episode, EpisodeIdentity{{}, show, {}, {}, {}, {}, {}}});
        Extraction extraction;
        extraction.episode = run(io, database->library().apply(update)).at(0).id;
        extraction.transcript.content_hash = show;
        Insight insight;
        insight.podcast = id;
        insight.text = "A claim of " + show;
        extraction.insights.push_back(insight);
        return run(io, database->library().save(extraction)).insights.at(0);
    }

    podbrief::testing::TemporaryFolder folder;
    asio::io_context io;
    std::unique_ptr<Database> database;
};

TEST_F(Relations, AreKeptByTheirHeadAndReplaced) {
    const Insight a = add("a");
    const Insight b = add("b");
    const Insight c = add("c");
    std::vector<InsightRelation> relations = {{b.id, a.id, Relation::disputes, 0.75, "rules"},
                                              {c.id, a.id, std::nullopt, 0.25, "rules"},
                                              {a.id, b.id, Relation::adds_context, 0.5, "rules"}};
    run(io, database->relations().save_relations(relations));
    EXPECT_EQ(run(io, database->relations().relations_to(a.id)),
              (std::vector<InsightRelation>{relations[0], relations[1]}));
    relations[1] = {c.id, a.id, Relation::supports, 0.9, "openai gpt"};
    run(io, database->relations().save_relations({relations[1]}));
    database.reset();
    open();
    EXPECT_EQ(run(io, database->relations().relations_to(a.id)),
              (std::vector<InsightRelation>{relations[0], relations[1]}));
    EXPECT_TRUE(run(io, database->relations().relations_to(c.id)).empty());
}

TEST_F(Relations, GoWithTheirInsightsAndAreNotMadeOfWhatIsGone) {
    const Insight a = add("a");
    const Insight b = add("b");
    run(io, database->relations().save_relations({{b.id, a.id, Relation::supports, 0.8, "rules"},
                                                  {InsightId{999}, a.id, Relation::supports, 0.8, "rules"},
                                                  {a.id, InsightId{999}, Relation::supports, 0.8, "rules"}}));
    EXPECT_EQ(run(io, database->relations().relations_to(a.id)).size(), 1u);
    EXPECT_TRUE(run(io, database->relations().relations_to(InsightId{999})).empty());
    run(io, database->library().remove_podcast(b.podcast));
    EXPECT_TRUE(run(io, database->relations().relations_to(a.id)).empty());
    run(io, database->check());
}

}  // namespace
}  // namespace podbrief::sqlite
