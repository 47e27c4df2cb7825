#include "core/transcripts/waiting.hpp"

#include <gtest/gtest.h>

namespace podbrief::transcripts {
namespace {

using namespace std::chrono_literals;
using State = EpisodeState;

constexpr WallTime seen = std::chrono::sys_days{std::chrono::year{2026} / 3 / 2};

Episode episode_seen(State state, int attempts) {
    Episode episode;
    episode.first_seen_at = seen;
    episode.published_at = seen - 30min;
    episode.state = state;
    episode.attempts = attempts;
    return episode;
}

TEST(Waiting, GrowsUntilPatienceEndsThenFallsBackOnTheNotesAndLooksAgainDaily) {
    const struct {
        const char* name;
        Setback setback;
        int attempts;
        Millis age;
        std::optional<Millis> retry_after;
        bool notes;
        State state;
        std::optional<Millis> next;  // after now; nullopt: never
    } cases[] = {
        {"no transcript at first sight", Setback::none_offered, 1, 0min, {}, true, State::awaiting_transcript, 10min},
        {"nor later", Setback::none_offered, 2, 10min, {}, true, State::awaiting_transcript, 20min},
        {"nor much later", Setback::none_offered, 6, 6h, {}, true, State::awaiting_transcript, 320min},
        {"waits are capped", Setback::none_offered, 20, 24h, {}, true, State::awaiting_transcript, 6h},
        {"the decision falls when patience ends",
         Setback::none_offered,
         20,
         45h,
         {},
         true,
         State::awaiting_transcript,
         3h},
        {"then the notes must do", Setback::none_offered, 21, 48h, {}, true, State::from_notes, 24h},
        {"or nothing does", Setback::none_offered, 21, 48h, {}, false, State::without_transcript, 24h},
        {"looked at daily", Setback::none_offered, 30, 24h * 13, {}, true, State::from_notes, 24h},
        {"for two weeks", Setback::none_offered, 31, 24h * 13 + 1min, {}, true, State::from_notes, {}},
        {"a failed fetch is tried again soon", Setback::failed, 1, 0min, {}, true, State::awaiting_transcript, 1min},
        {"then later", Setback::failed, 4, 0min, {}, true, State::awaiting_transcript, 8min},
        {"the server may ask for more", Setback::failed, 1, 0min, 2h, true, State::awaiting_transcript, 2h},
        {"but not for less", Setback::failed, 4, 0min, 1s, true, State::awaiting_transcript, 8min},
        {"nor for years", Setback::failed, 1, 0min, 10000h, true, State::awaiting_transcript, 24h},
        {"nor for a time before now", Setback::failed, 1, 0min, -5h, true, State::awaiting_transcript, 1min},
        {"what the server asks goes beyond patience", Setback::failed, 9, 47h, 5h, true, State::awaiting_transcript,
         5h},
        {"a file that is no transcript may be replaced",
         Setback::unreadable,
         1,
         0min,
         {},
         true,
         State::awaiting_transcript,
         10min},
        {"a failing server has the same patience", Setback::failed, 50, 49h, {}, false, State::without_transcript, 24h},
        {"a huge number of attempts", Setback::failed, 2'000'000'000, 1h, {}, true, State::awaiting_transcript, 6h},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.name);
        const WallTime now = seen + c.age;
        const NextLook look =
            after_setback(episode_seen(State::awaiting_transcript, c.attempts), c.setback, c.retry_after, c.notes, now);
        EXPECT_EQ(look.state, c.state);
        EXPECT_EQ(look.at, c.next ? now + *c.next : never);
    }
}

TEST(Waiting, IsNotForEpisodesThatWereOldWhenFirstSeen) {
    Episode old = episode_seen(State::discovered, 1);
    old.published_at = seen - 24h * 300;
    EXPECT_EQ(after_setback(old, Setback::none_offered, {}, true, seen), (NextLook{State::from_notes, never}));
    EXPECT_EQ(after_setback(old, Setback::unreadable, {}, false, seen), (NextLook{State::without_transcript, never}));
    EXPECT_EQ(after_setback(old, Setback::failed, {}, true, seen), (NextLook{State::awaiting_transcript, seen + 1min}));
}

TEST(Waiting, LeavesInsightsAloneWhenANewVersionCannotBeFetched) {
    const Episode done = episode_seen(State::extracted, 2);
    EXPECT_EQ(after_setback(done, Setback::failed, {}, true, seen + 1h),
              (NextLook{State::extracted, seen + 1h + 2min}));
    EXPECT_EQ(after_setback(done, Setback::unreadable, {}, true, seen + 1h), (NextLook{State::extracted, never}));
}

TEST(FeedUpdate, MakesNewOffersDueAtOnce) {
    const TranscriptOffer vtt{"https://example.com/a.vtt", "text/vtt", "", ""};
    const TranscriptOffer json{"https://example.com/a.json", "application/json", "", ""};
    const WallTime now = seen + 3h;
    const struct {
        const char* name;
        State state;
        std::vector<TranscriptOffer> before;
        std::vector<TranscriptOffer> offered;
        bool due;
    } cases[] = {
        {"the first offer", State::awaiting_transcript, {}, {vtt}, true},
        {"after the notes were used", State::from_notes, {}, {vtt}, true},
        {"after it was given up", State::without_transcript, {}, {vtt}, true},
        {"a better one after insights were made", State::extracted, {vtt}, {vtt, json}, true},
        {"the same", State::awaiting_transcript, {vtt}, {vtt}, false},
        {"fewer", State::awaiting_transcript, {vtt, json}, {vtt}, false},
        {"none any more", State::awaiting_transcript, {vtt}, {}, false},
        {"of an episode that is not wanted", State::skipped, {}, {vtt}, false},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.name);
        Episode stored = episode_seen(c.state, 3);
        stored.transcripts = c.before;
        stored.next_attempt_at = never;
        EXPECT_EQ(after_feed_update(stored, c.offered, now), (NextLook{c.state, c.due ? now : never}));
    }
    Episode due_already = episode_seen(State::discovered, 0);
    due_already.next_attempt_at = seen;
    EXPECT_EQ(after_feed_update(due_already, {vtt}, now).at, seen);
}

}  // namespace
}  // namespace podbrief::transcripts
