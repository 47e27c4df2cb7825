#include "core/services/lookup.hpp"

#include <gtest/gtest.h>

#include <set>

#include "adapters/index/memory_index.hpp"
#include "adapters/index/talk_index.hpp"
#include "core/services/known_people.hpp"
#include "core/services/responder.hpp"
#include "tests/doubles/memory_store.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/run.hpp"

namespace podbrief::services {
namespace {

using namespace std::chrono_literals;

constexpr auto on_kilns =
    "Solar kilns cut the cost of drying timber by 40 percent because the sun replaces the gas that heats the chamber, "
    "and small sawmills in Portugal get their money back within two years.";
constexpr auto on_glazes =
    "Lead glazes were banned in most potteries of Europe after the war because the workers who dipped the plates fell "
    "ill, and the substitutes that replaced them needed hotter ovens.";

// Ten minutes of talk of nothing much, with these sentences said in the middle of them by somebody.
std::vector<Segment> talk_with(const std::vector<std::pair<std::string, std::string>>& said) {
    std::vector<Segment> segments;
    const auto say = [&](std::string speaker, std::string text) {
        const Millis start = segments.empty() ? 0ms : segments.back().end;
        segments.push_back({std::move(speaker), std::move(text), start, start + 12s, SegmentKind::speech});
    };
    const auto chat = [&](int lines) {
        for (int i = 0; i < lines; ++i) {
            say(i % 2 == 0 ? "Host One" : "Host Two",
                fmt::format("Yeah, I mean, right, number {} was nice, was it not?", i));
        }
    };
    chat(25);
    for (const auto& [speaker, text] : said) say(speaker, text);
    chat(25);
    return segments;
}

// A library whose episodes hold more than was made insights of.
class LookingUp : public ::testing::Test {
protected:
    LookingUp() {
        clock.set_wall(std::chrono::sys_days{std::chrono::year{2026} / 3 / 12} + 7h);
        indexer.tell(talks);
        indexer.tell(people);
        responder.use(lookup);
        responder.use(people);
    }

    static TalkIndexer::Settings when_asked() {
        TalkIndexer::Settings settings;
        settings.when_asked = true;
        return settings;
    }

    // An episode with one insight, on something else than what is said in it.
    EpisodeId add(const std::string& show, std::vector<Segment> segments, std::chrono::hours age = 24h) {
        const int number = ++episodes;
        Podcast podcast;
        podcast.title = show;
        podcast.feed_url = "https://feeds.example/" + show;
        Episode episode;
        episode.podcast = get(store.add_podcast(podcast, PollState())).id;
        episode.guid = "episode-" + std::to_string(number);
        episode.title = "Episode " + std::to_string(number);
        episode.enclosure_url = fmt::format("https://audio.example/{}.mp3", number);
        episode.published_at = clock.wall_now() - age;
        episode.first_seen_at = clock.wall_now();
        FeedUpdate update;
        update.podcast = episode.podcast;
        update.added.push_back({episode, EpisodeIdentity{{}, episode.guid, {}, {}, {}, {}, {}}});
        const Episode stored = get(store.apply(update)).at(0);
        read(stored, std::move(segments), "first");
        return stored.id;
    }

    void read(const Episode& episode, std::vector<Segment> segments, const std::string& version) {
        Extraction extraction;
        extraction.episode = episode.id;
        extraction.transcript.content_hash = version + std::to_string(episode.id.value);
        extraction.transcript.timed = true;
        extraction.transcript.segments = std::move(segments);
        Insight insight;
        insight.podcast = episode.podcast;
        insight.text = fmt::format("Ferry number {} runs late when the tide turns before noon.", episode.id.value);
        insight.quote = "Yeah";
        insight.speaker = "Host One";
        insight.topics = {"ferries"};
        insight.scores = {0.7f, 0.7f, 0.5f, 0.8f, 0.6f, 0.65f};
        insight.published_at = ordering_time(episode);
        extraction.insights.push_back(std::move(insight));
        get(store.save(std::move(extraction)));
        get(indexer.catch_up());
    }

    Reply ask(const std::string& text) {
        Reader reader;
        reader.name = "anna";
        return get(responder.answer(get(store.save(reader)), "test:anna", text));
    }
    std::vector<InsightCard> cards(const std::string& text) {
        std::vector<InsightCard> cards;
        for (const ReplyBlock& block : ask(text).blocks) {
            if (const auto* card = std::get_if<InsightCard>(&block)) cards.push_back(*card);
        }
        return cards;
    }
    std::string words(const std::string& text) {
        std::string words;
        for (const ReplyBlock& block : ask(text).blocks) {
            if (const auto* one = std::get_if<Paragraph>(&block)) words += one->text + "\n";
            if (const auto* one = std::get_if<Heading>(&block)) words += one->text + "\n";
        }
        return words;
    }
    std::int64_t stored_insights() { return get(store.counts()).insights; }

    template <class T>
    T get(boost::asio::awaitable<T> work) {
        return testing::run(context, std::move(work));
    }

    boost::asio::io_context context;
    testing::ManualClock clock;
    NullLog log;
    testing::MemoryStore store;
    index::MemoryIndex index;
    index::TalkIndex talk_index;
    Indexer indexer{store, index};
    TalkIndexer talks{store, talk_index, clock, log, context.get_executor(), context.get_executor(), when_asked()};
    KnownPeople people;
    Lookup lookup{{store, indexer, index, talks, context.get_executor()}, {}};
    Composer composer{store, store, index, clock, context.get_executor()};
    Responder responder{store, store, index, composer, clock, nullptr, context.get_executor()};
    int episodes = 0;
};

TEST_F(LookingUp, ATopicWithoutInsightsIsAnsweredFromTheTranscripts) {
    add("Timber Talk", talk_with({{"Rui Costa", on_kilns}}));
    add("Pot Luck", talk_with({{"Ada Moor", on_glazes}}));
    const auto shown = cards("more on solar kilns");
    ASSERT_EQ(shown.size(), 1U);
    EXPECT_EQ(shown[0].origin, InsightOrigin::asked);
    EXPECT_EQ(shown[0].speaker, "Rui Costa");
    EXPECT_EQ(shown[0].show, "Timber Talk");
    EXPECT_EQ(shown[0].link, "https://audio.example/1.mp3#t=300");
    EXPECT_NE(shown[0].text.find("40 percent"), std::string::npos);
}

TEST_F(LookingUp, WhatWasLookedUpIsQuotedByteForByte) {
    add("Timber Talk", talk_with({{"Rui Costa", on_kilns}}));
    const auto shown = cards("more on solar kilns");
    ASSERT_EQ(shown.size(), 1U);
    const Insight insight = get(store.details({shown[0].insight})).at(0).insight;
    const auto transcript = get(store.transcript(insight.episode));
    std::string joined;
    for (int i = insight.first_segment; i <= insight.last_segment; ++i) {
        joined += (joined.empty() ? "" : " ") + transcript->segments.at(static_cast<std::size_t>(i)).text;
    }
    EXPECT_EQ(joined.substr(static_cast<std::size_t>(insight.quote_begin), insight.quote.size()), insight.quote);
    EXPECT_FALSE(insight.quote.empty());
}

TEST_F(LookingUp, NumbersWorkOnWhatWasLookedUp) {
    add("Timber Talk", talk_with({{"Rui Costa", on_kilns}}));
    ASSERT_EQ(cards("more on solar kilns").size(), 1U);
    EXPECT_FALSE(cards("quote 1").at(0).quote.empty());
    EXPECT_NE(words("save 1").find("Saved"), std::string::npos);
    EXPECT_EQ(cards("saved").at(0).origin, InsightOrigin::asked);
}

TEST_F(LookingUp, AskedTwiceItIsTheSameInsightAndNothingNewIsStored) {
    add("Timber Talk", talk_with({{"Rui Costa", on_kilns}}));
    const auto first = cards("more on solar kilns");
    const auto stored = stored_insights();
    const auto again = cards("more on solar kilns");
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again[0].insight, first.at(0).insight);
    EXPECT_EQ(cards("more on the cost of drying timber").at(0).insight, first[0].insight);
    EXPECT_EQ(stored_insights(), stored);
    Lookup::Question question;
    question.text = "solar kilns";
    EXPECT_EQ(get(lookup.look_up(question)).insights, std::vector<InsightId>{first[0].insight});
    EXPECT_EQ(stored_insights(), stored);
}

TEST_F(LookingUp, WhatNobodySpokeOfIsNotFoundAndMayBeWatched) {
    add("Timber Talk", talk_with({{"Rui Costa", on_kilns}}));
    const auto stored = stored_insights();
    const Reply reply = ask("more on quantum gardening");
    EXPECT_TRUE(cards("more on quantum gardening").empty());
    EXPECT_NE(words("more on quantum gardening").find("Nothing on quantum gardening"), std::string::npos);
    EXPECT_EQ(std::count(reply.suggestions.begin(), reply.suggestions.end(), "watch quantum gardening"), 1);
    EXPECT_TRUE(cards("more on solar gardening").empty());  // half of it was said, of something else
    EXPECT_EQ(stored_insights(), stored);
}

TEST_F(LookingUp, WhatIsSaidWithoutAnyClaimIsShownInItsOwnWords) {
    add("Timber Talk", talk_with({{"Rui Costa", "Oh. I love my solar kiln, I really do. Do you?"}}));
    const auto stored = stored_insights();
    const Reply reply = ask("more on solar kilns");
    EXPECT_NE(
        words("more on solar kilns").find("No insight on solar kilns in the library so far. It is spoken of here:"),
        std::string::npos);
    const Table* table = nullptr;
    const Choices* choices = nullptr;
    for (const ReplyBlock& block : reply.blocks) {
        if (table == nullptr) table = std::get_if<Table>(&block);
        if (choices == nullptr) choices = std::get_if<Choices>(&block);
    }
    ASSERT_NE(table, nullptr);
    ASSERT_EQ(table->rows.size(), 1U);
    EXPECT_EQ(table->rows[0].label, "Timber Talk, 5:00");
    EXPECT_EQ(table->rows[0].value, "\"I love my solar kiln, I really do.\" (Rui Costa, 11 Mar 2026)");
    ASSERT_NE(choices, nullptr);
    EXPECT_EQ(choices->choices.at(0).link, "https://audio.example/1.mp3#t=300");
    EXPECT_EQ(reply.suggestions.at(0), "watch solar kilns");
    EXPECT_EQ(stored_insights(), stored);
}

TEST_F(LookingUp, AWordThatIsSaidIsNotTakenForAMisspeltOne) {
    add("Sea Lines",
        talk_with({{"Rui Costa",
                    "Tidy workshops cut accidents by 30 percent because nobody trips over offcuts, and "
                    "insurers in Norway now ask for photographs of the floor before they lower the price."}}));
    // An insight speaks of the tide, one letter away.
    const auto shown = cards("more on tidy workshops");
    ASSERT_EQ(shown.size(), 1U);
    EXPECT_NE(shown[0].text.find("Tidy workshops"), std::string::npos);
    EXPECT_EQ(words("more on tidy").find("Showing results"), std::string::npos);
    EXPECT_NE(words("more on tidde").find("Showing results for tide"), std::string::npos);
}

TEST_F(LookingUp, NobodysBriefBringsIt) {
    add("Timber Talk", talk_with({{"Rui Costa", on_kilns}}));
    add("Pot Luck", talk_with({{"Ada Moor", on_glazes}}));
    const auto asked = cards("more on solar kilns");
    ASSERT_EQ(asked.size(), 1U);
    Reader reader;
    reader.name = "anna";
    const Brief brief = get(composer.brief_for(get(store.save(reader))));
    ASSERT_FALSE(brief.items.empty());
    for (const BriefItem& item : brief.items) EXPECT_NE(item.insight, asked[0].insight);
}

TEST_F(LookingUp, WhoSaidItCanBeAskedFor) {
    add("Timber Talk", talk_with({{"Rui Costa", on_kilns}}));
    add("Pot Luck", talk_with({{"Ada Moor",
                                "Solar kilns disappoint in Scotland because the winter sun lifts the chamber by only 6 "
                                "degrees, so the timber needs half a year where a gas kiln needs three weeks."}}));
    // Known as speakers once an insight of theirs is there.
    ASSERT_EQ(cards("more on solar kilns").size(), 2U);
    const auto shown = cards("what did Ada Moor say about solar kilns");
    ASSERT_EQ(shown.size(), 1U);
    EXPECT_EQ(shown[0].speaker, "Ada Moor");
    EXPECT_EQ(cards("what did Costa say about solar kilns").at(0).speaker, "Rui Costa");
}

TEST_F(LookingUp, DaysAndShowsNarrowTheAnswerAndTheHeadingSaysSo) {
    add("Timber Talk", talk_with({{"Rui Costa", on_kilns}}), 24h);
    add("Pot Luck",
        talk_with({{"Ada Moor",
                    "Solar kilns disappoint in Scotland because the winter sun lifts the chamber by only 6 "
                    "degrees, so the timber needs half a year where a gas kiln needs three weeks."}}),
        24h * 30);
    EXPECT_EQ(cards("more on solar kilns since monday").at(0).speaker, "Rui Costa");
    const std::string said = words("more on solar kilns in pot luck");
    EXPECT_NE(said.find("On solar kilns, in Pot Luck"), std::string::npos) << said;
    EXPECT_EQ(cards("more on solar kilns in pot luck").at(0).speaker, "Ada Moor");
}

TEST_F(LookingUp, AFilterThatLeavesNothingIsSaidAndTheRestIsShown) {
    add("Timber Talk", talk_with({{"Rui Costa", on_kilns}}), 24h * 30);
    const std::string said = words("more on solar kilns since monday");
    EXPECT_NE(said.find("Nothing on solar kilns since 9 Mar 2026 in the library. Without that there is:"),
              std::string::npos)
        << said;
    EXPECT_EQ(cards("more on solar kilns since monday").size(), 1U);
}

TEST_F(LookingUp, AnEpisodeOfWhichNoInsightWasMadeIsLookedIntoToo) {
    const EpisodeId first = add("Timber Talk", talk_with({{"Rui Costa", on_glazes}}));
    Extraction without;
    without.episode = first;
    without.transcript.content_hash = "without";
    without.transcript.timed = true;
    without.transcript.segments = talk_with({{"Rui Costa", on_kilns}});
    get(store.save(without));
    get(indexer.catch_up());
    EXPECT_EQ(cards("more on solar kilns").size(), 1U);  // read before this process looked around

    const EpisodeId second = add("Pot Luck", talk_with({}));
    without.episode = second;
    without.transcript.segments = talk_with({{"Ada Moor", on_glazes}});
    get(store.save(without));
    get(indexer.catch_up());
    indexer.tell_without_insights(*get(store.episode(second)));  // read meanwhile
    EXPECT_EQ(cards("more on lead glazes").size(), 1U);
}

TEST_F(LookingUp, ANewVersionOfATranscriptTakesThePlaceOfTheOld) {
    const EpisodeId id = add("Timber Talk", talk_with({{"Rui Costa", on_kilns}}));
    ASSERT_EQ(cards("more on solar kilns").size(), 1U);
    read(*get(store.episode(id)), talk_with({{"Rui Costa", on_glazes}}), "second");
    EXPECT_TRUE(cards("more on solar kilns").empty());
    EXPECT_EQ(cards("more on lead glazes").size(), 1U);
}

TEST_F(LookingUp, ARemovedShowIsNotSpokenOfAnyMore) {
    add("Timber Talk", talk_with({{"Rui Costa", on_kilns}}));
    add("Pot Luck", talk_with({{"Ada Moor", on_glazes}}));
    get(talks.catch_up());
    EXPECT_EQ(talk_index.episodes(), 2U);
    const auto shows = get(store.subscriptions());
    const auto gone =
        std::find_if(shows.begin(), shows.end(), [](const auto& s) { return s.podcast.title == "Timber Talk"; });
    get(store.remove_podcast(gone->podcast.id));
    get(indexer.catch_up());
    EXPECT_TRUE(cards("more on solar kilns").empty());
    EXPECT_EQ(talk_index.episodes(), 1U);
}

TEST_F(LookingUp, OnlyTheNewestEpisodesAreKept) {
    TalkIndexer::Settings settings;
    settings.most_episodes = 2;
    index::TalkIndex few;
    TalkIndexer newest(store, few, clock, log, context.get_executor(), context.get_executor(), settings);
    Indexer from_the_start(store, index);
    from_the_start.tell(newest);
    add("Old", talk_with({{"Rui Costa", on_kilns}}), 24h * 9);
    add("Timber Talk", talk_with({{"Rui Costa", on_kilns}}), 48h);
    const EpisodeId third = add("Pot Luck", talk_with({{"Ada Moor", on_glazes}}), 24h);
    get(from_the_start.catch_up());
    EXPECT_EQ(newest.missing(), 2U);
    get(newest.catch_up());
    EXPECT_EQ(few.episodes(), 2U);
    EXPECT_EQ(newest.missing(), 0U);
    const EpisodeId fourth = add("Newer", talk_with({{"Ada Moor", on_glazes}}), 1h);
    get(from_the_start.catch_up());
    get(newest.catch_up());
    EXPECT_EQ(few.episodes(), 2U);
    PassageQuery query;
    query.terms = {{"glaze", 1, 0}};
    std::set<EpisodeId> found;
    for (const Passage& passage : few.find(query, 10)) found.insert(passage.episode);
    EXPECT_EQ(found, (std::set<EpisodeId>{third, fourth}));
}

TEST_F(LookingUp, SwitchedOffNothingIsKeptOrLookedUp) {
    TalkIndexer::Settings settings;
    settings.most_episodes = 0;
    index::TalkIndex none;
    TalkIndexer off(store, none, clock, log, context.get_executor(), context.get_executor(), settings);
    Indexer from_the_start(store, index);
    from_the_start.tell(off);
    add("Timber Talk", talk_with({{"Rui Costa", on_kilns}}));
    get(from_the_start.catch_up());
    get(off.catch_up());
    EXPECT_EQ(none.episodes(), 0U);
    Lookup idle({store, from_the_start, index, off, context.get_executor()}, {});
    Lookup::Question question;
    question.text = "solar kilns";
    EXPECT_TRUE(get(idle.look_up(question)).insights.empty());
}

TEST(KnownPeopleTest, ARoleIsNobodyAndAPartOfANameIsWhoAloneHasIt) {
    KnownPeople people;
    for (const char* name : {"Ada Moor", "Rui Costa", "Ben Moor", "Speaker 2", "José Ortega"}) {
        InsightChange change;
        change.insight.speaker = name;
        people.heard(change);
    }
    EXPECT_EQ(people.size(), 4U);
    EXPECT_EQ(people.find("ada moor", false), "Ada Moor");
    EXPECT_EQ(people.find("Costa", true), "Rui Costa");
    EXPECT_EQ(people.find("Costa", false), std::nullopt);
    EXPECT_EQ(people.find("Moor", true), std::nullopt);  // which of them?
    EXPECT_EQ(people.find("Jose Ortega", false), "José Ortega");
    EXPECT_EQ(people.find("Speaker 2", true), std::nullopt);
}

TEST(KnownPeopleTest, AFirstNameOfSeveralIsThatOfWhoIsHeardFarMoreThanTheOthers) {
    KnownPeople people;
    const auto hear = [&](const char* name) {
        InsightChange change;
        change.insight.speaker = name;
        people.heard(change);
    };
    hear("Ada Moor");
    hear("Ada Costa");
    for (int i = 0; i < 2; ++i) hear("Ada Moor");
    EXPECT_EQ(people.find("Ada", true), "Ada Moor");
    hear("Ada Costa");
    EXPECT_EQ(people.find("Ada", true), std::nullopt);
    EXPECT_EQ(people.find("Ada", false), std::nullopt);
}

}  // namespace
}  // namespace podbrief::services
