#include "core/services/composer.hpp"

#include <gtest/gtest.h>

#include <boost/asio/thread_pool.hpp>
#include <set>

#include "tests/core/services/chat_library.hpp"

namespace podbrief::services {
namespace {

using namespace std::chrono_literals;
using podbrief::testing::ChatLibrary;
using podbrief::testing::Claim;

std::set<ClaimClusterId> clusters(const Brief& brief) {
    std::set<ClaimClusterId> all;
    for (const BriefItem& item : brief.items) all.insert(item.cluster);
    return all;
}

TEST(Composer, MakesTheBriefOfADayOnce) {
    ChatLibrary library;
    library.add_sample();
    const Brief first = library.brief("anna");
    EXPECT_TRUE(first.id);
    EXPECT_EQ(first.items.size(), 5u);
    library.clock.advance(3h);
    library.add(
        {"Silicon Ledger", "Mara Quist", "A brand new claim about memory prices that beats all others.", {"memory"}});
    EXPECT_EQ(library.brief("anna"), first);
}

TEST(Composer, GivesTwoCallersAtOnceTheSameBrief) {
    ChatLibrary library;
    library.add_sample();
    const Reader anna = library.reader("anna");
    std::optional<Brief> first, second;
    auto compose_into = [&](std::optional<Brief>& out) -> asio::awaitable<void> {
        out = co_await library.composer.brief_for(anna);
    };
    asio::co_spawn(library.context, compose_into(first), [](std::exception_ptr) {});
    asio::co_spawn(library.context, compose_into(second), [](std::exception_ptr) {});
    library.context.restart();
    library.context.run();
    ASSERT_TRUE(first && second);
    EXPECT_EQ(*first, *second);
    EXPECT_EQ(library.get(library.store.briefs_since(anna.id, WallTime{})).size(), 1u);
}

TEST(Composer, GoesByTheReadersOwnDay) {
    ChatLibrary library;
    library.add_sample();
    library.clock.set_wall(std::chrono::sys_days{std::chrono::year{2026} / 3 / 12} + 23h);
    library.reader("anna", "Asia/Tokyo");
    EXPECT_EQ(library.brief("anna").local_date, "2026-03-13");
}

TEST(Composer, NeverBringsTheSameIdeaOnTheFollowingDays) {
    ChatLibrary library;
    library.add_sample();
    std::set<ClaimClusterId> seen;
    for (int day = 0; day < 4; ++day) {
        const Brief brief = library.brief("anna");
        for (const ClaimClusterId cluster : clusters(brief)) {
            EXPECT_TRUE(seen.insert(cluster).second) << "again on day " << day;
        }
        EXPECT_TRUE(brief.items.size() == 5 || !brief.note.empty());
        library.clock.advance(24h);
    }
    EXPECT_EQ(library.brief("anna").items.size(), 0u);
}

TEST(Composer, BringsAClaimBackWhenMoreIndependentSourcesCarryIt) {
    ChatLibrary library;
    const Insight first =
        library.add({"Silicon Ledger", "Mara Quist", "Chip tools are what becomes scarce first.", {"chips"}});
    EXPECT_EQ(library.brief("anna").items.size(), 1u);
    library.clock.advance(24h);
    EXPECT_TRUE(library.brief("anna").items.empty());

    library.clock.advance(24h);
    Claim echo{"Supply Lines", "Tobias Renn", "What becomes scarce first is chip tools.", {"chips"}};
    echo.same_as = first.cluster;
    library.add(echo);
    const Brief third = library.brief("anna");
    ASSERT_EQ(third.items.size(), 1u);
    EXPECT_TRUE(third.items[0].reason.update);
    EXPECT_EQ(third.items[0].sources, 2);

    library.clock.advance(24h);
    EXPECT_TRUE(library.brief("anna").items.empty()) << "an update is told once";
}

const Claim controls_work{"Silicon Ledger",
                          "Mara Quist",
                          "Export controls on advanced chips work: they slow down rival chip makers for years.",
                          {"chips"}};
Claim controls_backfire() {
    Claim claim{"Supply Lines",
                "Tobias Renn",
                "Export controls on advanced chips backfire and hurt the chip makers at home.",
                {"chips"}};
    claim.age = 1h;
    return claim;
}

const BriefItem* item_of(const Brief& brief, InsightId insight) {
    for (const BriefItem& item : brief.items) {
        if (item.insight == insight) return &item;
    }
    return nullptr;
}

TEST(Composer, BringsAClaimBackOnceWhenAnotherShowDisputesIt) {
    ChatLibrary library;
    const Insight told = library.add(controls_work);
    EXPECT_NE(item_of(library.brief("anna"), told.id), nullptr);
    library.clock.advance(24h);
    EXPECT_EQ(item_of(library.brief("anna"), told.id), nullptr);

    library.clock.advance(24h);
    library.add(controls_backfire());
    const Brief third = library.brief("anna");
    const BriefItem* item = item_of(third, told.id);
    ASSERT_NE(item, nullptr);
    EXPECT_EQ(item->reason.disputed_by, "Tobias Renn in Supply Lines");
    const Reply reply = library.ask("anna", "brief");
    bool marked = false;
    for (const ReplyBlock& block : reply.blocks) {
        const auto* card = std::get_if<InsightCard>(&block);
        if (card == nullptr || card->insight != told.id) continue;
        marked = card->now_disputed;
        EXPECT_EQ(card->why, "you had it before; disputed since by Tobias Renn in Supply Lines");
    }
    EXPECT_TRUE(marked);

    library.clock.advance(24h);
    EXPECT_EQ(item_of(library.brief("anna"), told.id), nullptr) << "a dispute is told once";
}

TEST(Composer, CallsNothingDisputedByItsOwnShowOrByWhatWasThereBefore) {
    const struct {
        const char* name;
        const char* show;
        bool before;
    } cases[] = {{"its own show", "Silicon Ledger", false},
                 {"it was there when the brief was made", "Supply Lines", true}};
    for (const auto& c : cases) {
        SCOPED_TRACE(c.name);
        ChatLibrary library;
        Claim other = controls_backfire();
        other.show = c.show;
        const Insight told = library.add(controls_work);
        if (c.before) library.add(other);
        EXPECT_NE(item_of(library.brief("anna"), told.id), nullptr);
        library.clock.advance(24h);
        if (!c.before) library.add(other);
        EXPECT_EQ(item_of(library.brief("anna"), told.id), nullptr);
    }
}

TEST(Composer, CallsNothingDisputedByWhatOnlySpeaksOfTheSame) {
    ChatLibrary library;
    const Insight told = library.add(controls_work);
    library.brief("anna");
    library.clock.advance(24h);
    Claim agrees = controls_backfire();
    agrees.text = "Export controls on advanced chips work well and slow down the rival chip makers at home.";
    library.add(agrees);
    EXPECT_EQ(item_of(library.brief("anna"), told.id), nullptr);
}

TEST(Composer, FindsTopicsInOtherWordsThanTheReaders) {
    ChatLibrary library;
    library.add_sample();
    library.ask("anna", "follow chip export curbs");
    const Brief brief = library.brief("anna");
    ASSERT_FALSE(brief.items.empty());
    EXPECT_EQ(brief.items[0].reason.matched, "chip export curbs");
}

TEST(Composer, LooksAtOlderInsightsWhereTheLibraryHasNothingNew) {
    ChatLibrary library;
    Claim old{"Silicon Ledger", "Mara Quist", "Chip tools are what becomes scarce first.", {"chips"}};
    old.age = 24h * 700;
    library.add(old);
    EXPECT_EQ(library.brief("anna").items.size(), 1u);
}

TEST(Composer, MakesTwoBriefsADayForThoseWhoWantTwo) {
    ChatLibrary library;
    library.add_sample();
    library.ask("anna", "twice a day");
    const Brief morning = library.brief("anna");
    library.clock.advance(13h + 30min);
    const Brief evening = library.brief("anna");
    EXPECT_EQ(morning.local_date + "#2", evening.local_date);
    for (const ClaimClusterId cluster : clusters(evening)) EXPECT_FALSE(clusters(morning).contains(cluster));
}

TEST(Composer, KeepsOutWhatTheReaderMutedOrWantedLessOf) {
    ChatLibrary library;
    library.add_sample();
    library.ask("anna", "mute energy");
    library.ask("anna", "mute show Slow Wave");
    const Brief brief = library.brief("anna");
    const auto details = library.get(library.store.details([&] {
        std::vector<InsightId> ids;
        for (const BriefItem& item : brief.items) ids.push_back(item.insight);
        return ids;
    }()));
    ASSERT_FALSE(details.empty());
    for (const InsightDetail& detail : details) {
        EXPECT_NE(detail.show, "Base Load");
        EXPECT_NE(detail.show, "Slow Wave");
    }
}

TEST(Composer, PreviewsWithoutStoring) {
    ChatLibrary library;
    library.add_sample();
    const Reader anna = library.reader("anna");
    const Brief preview = library.get(library.composer.preview(anna));
    EXPECT_FALSE(preview.id);
    EXPECT_TRUE(library.get(library.store.briefs_since(anna.id, WallTime{})).empty());
    Brief stored = library.brief("anna");
    stored.id = {};
    EXPECT_EQ(stored, preview);
}

TEST(Composer, ComposesFromASharedPoolAsItWouldAlone) {
    ChatLibrary library;
    library.add_sample();
    const char* wishes[] = {"follow chip export controls", "mute energy", "follow show Street Level",
                            "follow person Karin Holt", "follow semiconductors"};
    std::vector<Reader> readers;
    for (const char* wish : wishes) {
        const std::string name = fmt::format("reader {}", readers.size());
        library.ask(name, wish);
        library.ask(name, "follow cities");
        if (readers.size() % 2 == 0) library.ask(name, "brief");
        if (readers.size() % 2 == 0) library.ask(name, "like 1");
        readers.push_back(library.reader(name));
    }
    library.clock.advance(24h);
    asio::thread_pool workers(2);
    Composer shared(library.store, library.store, library.search, library.clock, workers.get_executor());
    for (int round = 0; round < 2; ++round) {
        for (const Reader& reader : readers) {
            Composer alone(library.store, library.store, library.search, library.clock, library.context.get_executor());
            const Brief expected = library.get(alone.preview(reader));
            EXPECT_FALSE(expected.items.empty());
            EXPECT_EQ(library.get(shared.preview(reader)), expected);
        }
    }
}

TEST(Composer, LoadsTheLibraryOnceForManyReadersAndAgainWhenItChanged) {
    ChatLibrary library;
    library.add_sample();
    Candidates candidates(library.store, library.search, library.clock, library.context.get_executor());
    const auto first = library.get(candidates.now());
    library.clock.advance(10min);
    EXPECT_EQ(library.get(candidates.now()), first);
    library.clock.advance(1min);
    const auto later = library.get(candidates.now());
    EXPECT_NE(later, first) << "ten minutes at most";

    const Insight added =
        library.add({"Silicon Ledger", "Mara Quist", "Memory prices double before each shortage.", {"memory"}});
    const auto grown = library.get(candidates.now());
    EXPECT_NE(grown, later);
    EXPECT_EQ(grown->pool()->size(), later->pool()->size() + 1);
    library.search.erase(added.id);
    EXPECT_NE(library.get(candidates.now()), grown);
}

// Makes loading take a second for each insight.
class SlowIndex final : public SearchIndex {
public:
    explicit SlowIndex(ChatLibrary& library) : library_(library) {}
    void put(const Insight&, std::string_view) override { ++changes_; }
    void erase(InsightId) override { ++changes_; }
    std::size_t size() const override { return size_; }
    void grow_to(std::size_t size) { size_ = size, ++changes_; }
    std::uint64_t changes() const override { return changes_; }
    std::vector<SearchHit> search(const SearchQuery&, std::size_t) const override { return {}; }
    std::size_t document_frequency(std::string_view) const override { return 0; }
    std::vector<std::string> near_stems(std::string_view, int) const override { return {}; }
    std::vector<std::string> stems_of(InsightId) const override {
        library_.clock.advance(1s);
        return {"chip"};
    }

private:
    ChatLibrary& library_;
    std::size_t size_ = 0;
    std::uint64_t changes_ = 0;
};

TEST(Composer, DoesNotSpendItsTimeLoadingWhereTheLibraryChangesAllTheTime) {
    ChatLibrary library;
    library.add_sample();  // twelve insights
    SlowIndex index(library);
    Candidates candidates(library.store, index, library.clock, library.context.get_executor());
    const auto first = library.get(candidates.now());
    index.erase({});
    EXPECT_EQ(library.get(candidates.now()), first);
    library.clock.advance(20 * 12s);
    EXPECT_NE(library.get(candidates.now()), first);
}

TEST(Composer, LooksAnewWhereTheIndexHasGrownMuchSinceAsAfterAStart) {
    ChatLibrary library;
    library.add_sample();
    SlowIndex index(library);
    Candidates candidates(library.store, index, library.clock, library.context.get_executor());
    const auto empty = library.get(candidates.now());
    index.grow_to(1'000);
    const auto full = library.get(candidates.now());
    EXPECT_NE(full, empty) << "what was found while the index was still being read is not kept";
    index.grow_to(1'050);
    EXPECT_EQ(library.get(candidates.now()), full);
}

TEST(Composer, LoadsOnceForAllWhoAskAtTheSameTime) {
    ChatLibrary library;
    library.add_sample();
    Candidates candidates(library.store, library.search, library.clock, library.context.get_executor());
    std::vector<std::shared_ptr<Moment>> given;
    auto ask = [&]() -> asio::awaitable<void> { given.push_back(co_await candidates.now()); };
    for (int i = 0; i < 5; ++i) asio::co_spawn(library.context, ask, [](std::exception_ptr) {});
    library.context.restart();
    library.context.run();
    ASSERT_EQ(given.size(), 5u);
    for (const auto& one : given) EXPECT_EQ(one, given.front());
}

TEST(Composer, IsHonestAboutAnEmptyLibrary) {
    ChatLibrary library;
    const Brief brief = library.brief("anna");
    EXPECT_TRUE(brief.items.empty());
    EXPECT_NE(brief.note, "");
}

}  // namespace
}  // namespace podbrief::services
