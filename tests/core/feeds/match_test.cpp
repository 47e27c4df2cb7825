#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/feeds/identity.hpp"
#include "core/ports/random.hpp"

namespace podbrief::feeds {
namespace {

using namespace std::chrono_literals;

const WallTime day_one = std::chrono::sys_days{std::chrono::year{2025} / 6 / 1};

// Episode number `n` of a weekly show.
Episode numbered(int n) {
    Episode e;
    e.guid = "guid-" + std::to_string(n);
    e.title = "Episode number " + std::to_string(n);
    e.notes = "On " + std::to_string(n);
    e.enclosure_url = "https://cdn.example.com/show/" + std::to_string(n) + ".mp3";
    e.published_at = day_one + n * 168h;
    e.first_seen_at = day_one;
    e.duration = 3000s + n * 60s;
    return e;
}

std::vector<EpisodeIdentity> known_of(const std::vector<Episode>& episodes) {
    std::vector<EpisodeIdentity> known;
    for (const Episode& e : episodes) {
        known.push_back(identify(e));
        known.back().id = EpisodeId{static_cast<std::int64_t>(known.size())};
    }
    return known;
}

Episode with(Episode e, const std::function<void(Episode&)>& change) {
    change(e);
    return e;
}

std::vector<std::string> guids(const std::vector<IdentifiedEpisode>& list) {
    std::vector<std::string> out;
    for (const auto& e : list) {
        EXPECT_EQ(e.episode.guid, e.identity.guid);
        EXPECT_EQ(e.episode.id, e.identity.id);
        out.push_back(e.identity.guid);
    }
    return out;
}

TEST(Match, TellsNewChangedAndUnchangedApart) {
    const auto known = known_of({numbered(1), numbered(2)});
    const Episode edited = with(numbered(2), [](Episode& e) { e.notes = "edited"; });
    const MatchResult r = match(known, {numbered(3), edited, numbered(1)});
    EXPECT_EQ(guids(r.added), std::vector<std::string>{"guid-3"});
    EXPECT_EQ(r.added[0].identity.id, EpisodeId{});
    ASSERT_EQ(r.changed.size(), 1u);
    EXPECT_EQ(r.changed[0].episode.id, EpisodeId{2});
    EXPECT_EQ(r.changed[0].episode.notes, "edited");
    EXPECT_EQ(r.unchanged, 1u);
    EXPECT_TRUE(r.lower_rungs.empty());
}

TEST(Match, AFirstPollGivesAllAsNew) {
    const MatchResult r = match({}, {numbered(2), numbered(1)});
    EXPECT_EQ(guids(r.added), (std::vector<std::string>{"guid-2", "guid-1"}));
    EXPECT_TRUE(match(known_of({numbered(1)}), {}).added.empty());
}

TEST(Match, WalksDownTheLadder) {
    const struct {
        const char* name;
        std::function<void(Episode&)> change;
        std::optional<MatchRung> rung;  // nullopt: a new episode
    } cases[] = {
        {"nothing changed", [](Episode&) {}, MatchRung::guid},
        {"all but the guid changed, same day",
         [](Episode& e) {
             e.title = "x";
             e.enclosure_url = "http://y/2.mp3";
         },
         MatchRung::guid},
        {"re-dated", [](Episode& e) { *e.published_at += 2400h; }, MatchRung::guid},
        {"re-dated with a new title",
         [](Episode& e) {
             *e.published_at += 2400h;
             e.title = "x";
         },
         MatchRung::guid},
        {"a guid used again for something else",
         [](Episode& e) {
             *e.published_at += 2400h;
             e.title = "x";
             e.enclosure_url = "http://y/2.mp3";
         },
         std::nullopt},
        {"new guid", [](Episode& e) { e.guid = "n"; }, MatchRung::enclosure},
        {"guid gone", [](Episode& e) { e.guid.clear(); }, MatchRung::enclosure},
        {"new guid, tracker and token",
         [](Episode& e) {
             e.guid = "n";
             e.enclosure_url = "https://op3.dev/e/cdn.example.com/show/1.mp3?token=7";
         },
         MatchRung::enclosure},
        {"new guid, re-dated",
         [](Episode& e) {
             e.guid = "n";
             *e.published_at += 2400h;
         },
         MatchRung::enclosure},
        {"new guid, new title, same day",
         [](Episode& e) {
             e.guid = "n";
             e.title = "x";
             *e.published_at += 5h;
         },
         MatchRung::enclosure},
        {"a file name used again",
         [](Episode& e) {
             e.guid = "n";
             e.title = "x";
             *e.published_at += 48h;
         },
         std::nullopt},
        {"new guid, new host",
         [](Episode& e) {
             e.guid = "n";
             e.enclosure_url = "http://y/2.mp3";
         },
         MatchRung::title},
        {"new guid, new host, a little longer",
         [](Episode& e) {
             e.guid = "n";
             e.enclosure_url = "http://y/2.mp3";
             e.duration += 9min;
         },
         MatchRung::title},
        {"new guid, new host, much longer",
         [](Episode& e) {
             e.guid = "n";
             e.enclosure_url = "http://y/2.mp3";
             e.duration += 11min;
         },
         std::nullopt},
        {"new guid, new host, length unknown",
         [](Episode& e) {
             e.guid = "n";
             e.enclosure_url.clear();
             e.duration = 0s;
         },
         MatchRung::title},
        {"new guid, new host, another zone",
         [](Episode& e) {
             e.guid = "n";
             e.enclosure_url.clear();
             *e.published_at -= 11h;
         },
         MatchRung::title},
        {"new guid, new host, another day",
         [](Episode& e) {
             e.guid = "n";
             e.enclosure_url.clear();
             *e.published_at += 25h;
         },
         std::nullopt},
        {"a day later and as long",
         [](Episode& e) {
             e.guid = "n";
             e.enclosure_url.clear();
             *e.published_at += 23h;
         },
         MatchRung::title},
        {"a day later and not as long: tomorrow's news",
         [](Episode& e) {
             e.guid = "n";
             e.enclosure_url.clear();
             *e.published_at += 23h;
             e.duration += 1min;
         },
         std::nullopt},
        {"title in capitals",
         [](Episode& e) {
             e.guid = "n";
             e.enclosure_url.clear();
             e.title = "EPISODE  NUMBER 1";
         },
         MatchRung::title},
        {"no date any more",
         [](Episode& e) {
             e.guid = "n";
             e.enclosure_url.clear();
             e.published_at.reset();
         },
         MatchRung::title},
    };
    const auto known = known_of({numbered(1)});
    for (const auto& c : cases) {
        SCOPED_TRACE(c.name);
        const MatchResult r = match(known, {with(numbered(1), c.change)});
        EXPECT_EQ(r.added.empty(), c.rung.has_value());
        EXPECT_EQ(r.added.size() + r.changed.size() + r.reidentified.size() + r.unchanged, 1u);
        if (c.rung && *c.rung != MatchRung::guid) {
            ASSERT_EQ(r.lower_rungs.size(), 1u);
            EXPECT_EQ(r.lower_rungs[0].rung, *c.rung);
            EXPECT_EQ(r.lower_rungs[0].id, EpisodeId{1});
        } else {
            EXPECT_TRUE(r.lower_rungs.empty());
        }
        if (!c.rung) {
            EXPECT_NE(r.added.at(0).identity.guid, "guid-1") << "the store has that guid already";
        }
    }
}

TEST(Match, WhatOnlyTheIdentityConcernsIsNotLookedAtAgain) {
    const auto known = known_of({numbered(1)});
    const MatchResult r = match(known, {with(numbered(1), [](Episode& e) { e.guid = "new"; })});
    EXPECT_TRUE(r.changed.empty());
    ASSERT_EQ(r.reidentified.size(), 1u);
    EXPECT_EQ(r.reidentified[0].identity.guid, "new");
    // A guid that is gone is not forgotten.
    EXPECT_EQ(match(known, {with(numbered(1), [](Episode& e) { e.guid.clear(); })}).unchanged, 1u);
    // And a re-dated one is.
    EXPECT_EQ(match(known, {with(numbered(1), [](Episode& e) { *e.published_at += 1h; })}).reidentified.size(), 1u);
}

TEST(Match, AKeyThatManyShareIsNoEvidence) {
    // play.php?id=1, play.php?id=2: the key is the same for all.
    const auto play = [](int n) {
        return with(numbered(n),
                    [&](Episode& e) { e.enclosure_url = "https://example.com/play.php?id=" + std::to_string(n); });
    };
    const auto known = known_of({play(1), play(2)});
    EXPECT_EQ(guids(match(known, {play(3), play(2), play(1)}).added), std::vector<std::string>{"guid-3"});
    // Even when the older ones have left the feed.
    EXPECT_EQ(guids(match(known, {play(4), play(3)}).added), (std::vector<std::string>{"guid-4", "guid-3"}));
    EXPECT_EQ(guids(match(known_of({play(1)}), {play(2)}).added), std::vector<std::string>{"guid-2"});
}

TEST(Match, AKnownEpisodeIsMatchedOnce) {
    const Episode again = with(numbered(1), [](Episode& e) { e.guid = "other"; });
    const MatchResult r = match(known_of({numbered(1)}), {again, numbered(1)});
    EXPECT_EQ(r.unchanged, 1u);
    EXPECT_EQ(guids(r.added), std::vector<std::string>{"other"});
}

TEST(Match, OfTheSameGuidTwiceTheNewestIsKept) {
    const Episode older = with(numbered(1), [](Episode& e) {
        e.notes = "older";
        *e.published_at -= 1h;
    });
    const MatchResult r = match({}, {numbered(1), older});
    EXPECT_EQ(guids(r.added), std::vector<std::string>{"guid-1"});
    EXPECT_EQ(r.added[0].episode.notes, "On 1");
    EXPECT_EQ(r.repeated, 1u);
    EXPECT_EQ(match(known_of({numbered(1)}), {numbered(1), older}).unchanged, 1u);
}

TEST(Match, TheSameGuidWithOtherRecordingsIsSeveralEpisodes) {
    const auto constant = [](int n) { return with(numbered(n), [](Episode& e) { e.guid = "same"; }); };
    MatchResult r = match({}, {constant(2), constant(1)});
    EXPECT_EQ(guids(r.added), (std::vector<std::string>{"same", "same|cdn.example.com/show/1.mp3"}));

    // They stay what they are while the feed goes on.
    std::vector<EpisodeIdentity> known = {r.added[0].identity, r.added[1].identity};
    known[0].id = EpisodeId{20};
    known[1].id = EpisodeId{10};
    r = match(known, {constant(3), constant(2), constant(1)});
    EXPECT_EQ(r.unchanged, 2u);
    EXPECT_EQ(guids(r.added), std::vector<std::string>{"same|cdn.example.com/show/3.mp3"});

    // Also when only the newest is left in it.
    known.push_back(r.added[0].identity);
    known.back().id = EpisodeId{30};
    r = match(known, {constant(4)});
    EXPECT_EQ(guids(r.added), std::vector<std::string>{"same|cdn.example.com/show/4.mp3"});
    EXPECT_EQ(match(known, {constant(3)}).unchanged, 1u);
    EXPECT_EQ(match(known, {constant(2)}).unchanged, 1u);
}

TEST(Match, AFeedThatMovedHostsHasNothingNew) {
    std::vector<Episode> before, after;
    for (int n = 60; n > 0; --n) {
        before.push_back(numbered(n));
        after.push_back(with(numbered(n), [&](Episode& e) {
            e.guid = "uuid-" + std::to_string(1000 - n);
            e.enclosure_url = "https://new.example.net/x/" + std::to_string(7 * n) + "/audio.mp3";
            e.duration += 20s;
            *e.published_at += n % 3 * 1h;
        }));
    }
    const MatchResult r = match(known_of(before), after);
    EXPECT_TRUE(r.added.empty());
    EXPECT_EQ(r.lower_rungs.size(), 60u);
}

// Feeds as they misbehave: each old item keeps or changes guid, enclosure, date, title in ways that leave some
// evidence, and new ones are among them. Whatever happens, old is old and new is new.
TEST(Match, NeverTakesOldForNewNorNewForOld) {
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        const int old_count = 1 + static_cast<int>(random.below(40));
        const int new_count = static_cast<int>(random.below(5));
        std::vector<Episode> old_ones, parsed;
        for (int n = 1; n <= old_count; ++n) old_ones.push_back(numbered(n));
        auto known = known_of(old_ones);
        for (int n = old_count + new_count; n > 0; --n) {
            Episode e = numbered(n);
            if (n <= old_count) {
                switch (random.below(9)) {
                    case 0:
                        e.guid = "renewed-" + std::to_string(n);
                        break;
                    case 1:
                        e.guid.clear();
                        break;
                    case 2:
                        *e.published_at += std::chrono::hours{random.below(5000)};
                        break;
                    case 3:
                        e.enclosure_url = "https://pdst.fm/e/cdn.example.com/show/" + std::to_string(n) +
                                          ".mp3?t=" + std::to_string(random.next());
                        break;
                    case 4:
                        e.guid = "moved-" + std::to_string(n);
                        e.enclosure_url = "https://elsewhere.example.com/" + std::to_string(random.next());
                        *e.published_at -= std::chrono::hours{random.below(12)};
                        break;
                    case 5:
                        e.guid = "renewed-" + std::to_string(n);
                        *e.published_at += std::chrono::hours{random.below(5000)};
                        break;
                    case 6:
                        e.title = "Renamed";
                        e.notes = "Rewritten";
                        break;
                    case 7:
                        continue;  // has left the feed
                    default:
                        break;
                }
            }
            parsed.push_back(e);
        }
        const MatchResult r = match(known, parsed);
        ASSERT_EQ(static_cast<int>(r.added.size()), new_count);
        for (const auto& e : r.added) {
            const bool is_newer = *e.identity.published_at > *numbered(old_count).published_at;
            ASSERT_TRUE(is_newer);
        }
        std::set<std::int64_t> seen;
        for (const auto* list : {&r.changed, &r.reidentified}) {
            for (const auto& e : *list) {
                ASSERT_TRUE(seen.insert(e.episode.id.value).second);
                const Episode original = numbered(static_cast<int>(e.episode.id.value));
                const bool is_the_same = e.episode.title == original.title || e.identity.guid == original.guid;
                ASSERT_TRUE(is_the_same);
            }
        }
        ASSERT_EQ(r.changed.size() + r.reidentified.size() + r.unchanged + r.added.size(), parsed.size());

        // Seen once more, nothing is new or changed.
        std::int64_t next_id = 1000;
        for (const auto* list : {&r.changed, &r.reidentified}) {
            for (const auto& e : *list)
                *std::find_if(known.begin(), known.end(), [&](const auto& k) { return k.id == e.episode.id; }) =
                    e.identity;
        }
        for (const auto& e : r.added) {
            known.push_back(e.identity);
            known.back().id = EpisodeId{next_id++};
        }
        const MatchResult again = match(known, parsed);
        ASSERT_TRUE(again.added.empty());
        ASSERT_TRUE(again.changed.empty());
        ASSERT_EQ(again.unchanged, parsed.size());
    }
}

}  // namespace
}  // namespace podbrief::feeds
