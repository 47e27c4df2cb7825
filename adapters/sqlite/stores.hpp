#pragma once
#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <utility>

#include "adapters/sqlite/job.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/outbox_store.hpp"
#include "core/ports/reader_store.hpp"

namespace podbrief::sqlite {

// The ways to the database's threads.
struct Threads {
    asio::any_io_executor io;
    JobQueue& writer;
    JobQueue& readers;

    template <class R>
    asio::awaitable<R> write(std::function<R(Connection&)> work) const {
        return run_in<R>(writer, io, std::move(work));
    }
    template <class R>
    asio::awaitable<R> read(std::function<R(Connection&)> work) const {
        return run_in<R>(readers, io, std::move(work));
    }
};

class SqliteLibrary final : public LibraryStore {
public:
    explicit SqliteLibrary(Threads threads) : threads_(std::move(threads)) {}

    asio::awaitable<Added> add_podcast(Podcast podcast, PollState poll) override;
    asio::awaitable<bool> remove_podcast(PodcastId id) override;
    asio::awaitable<std::vector<Subscription>> subscriptions() override;
    asio::awaitable<std::optional<Subscription>> subscription(PodcastId id) override;
    asio::awaitable<std::vector<Subscription>> feeds_due(WallTime now, std::size_t limit) override;
    asio::awaitable<std::optional<WallTime>> next_feed_due() override;
    asio::awaitable<std::vector<EpisodeIdentity>> identities(PodcastId podcast) override;
    asio::awaitable<std::vector<Episode>> apply(FeedUpdate update) override;
    asio::awaitable<std::optional<Episode>> episode(EpisodeId id) override;
    asio::awaitable<std::vector<Episode>> episodes(PodcastId podcast) override;
    asio::awaitable<std::vector<Episode>> episodes_due(WallTime now, std::size_t limit) override;
    asio::awaitable<std::optional<WallTime>> next_episode_due() override;
    asio::awaitable<void> update_progress(Episode episode) override;
    asio::awaitable<ExtractionSaved> save(Extraction extraction) override;
    asio::awaitable<std::vector<Insight>> add_insights(EpisodeId episode, TranscriptId transcript,
                                                       std::vector<Insight> insights) override;
    asio::awaitable<std::optional<Transcript>> transcript(EpisodeId episode) override;
    asio::awaitable<std::vector<InsightChange>> changes_since(std::int64_t sequence, std::size_t limit) override;
    asio::awaitable<std::vector<InsightDetail>> details(std::vector<InsightId> ids) override;
    asio::awaitable<std::vector<Insight>> insights_since(WallTime since, std::size_t limit) override;
    asio::awaitable<std::vector<Insight>> insights_of(EpisodeId episode) override;
    asio::awaitable<LibraryCounts> counts() override;

private:
    Threads threads_;
};

class SqliteReaders final : public ReaderStore {
public:
    explicit SqliteReaders(Threads threads) : threads_(std::move(threads)) {}

    asio::awaitable<std::vector<Reader>> readers() override;
    asio::awaitable<std::optional<Reader>> reader_named(std::string name) override;
    asio::awaitable<std::optional<Reader>> reader(ReaderId id) override;
    asio::awaitable<Reader> save(Reader reader) override;
    asio::awaitable<bool> forget(ReaderId id) override;
    asio::awaitable<Brief> save(Brief brief) override;
    asio::awaitable<std::optional<Brief>> brief(ReaderId reader, std::string local_date) override;
    asio::awaitable<std::vector<Brief>> briefs_since(ReaderId reader, WallTime since) override;
    asio::awaitable<void> save(Feedback feedback) override;
    asio::awaitable<void> remove(ReaderId reader, InsightId insight, FeedbackKind kind) override;
    asio::awaitable<std::vector<Feedback>> feedback(ReaderId reader) override;
    asio::awaitable<ConversationState> conversation(std::string key) override;
    asio::awaitable<void> save_conversation(std::string key, ReaderId reader, ConversationState state) override;

private:
    Threads threads_;
};

class SqliteOutbox final : public OutboxStore {
public:
    explicit SqliteOutbox(Threads threads) : threads_(std::move(threads)) {}

    asio::awaitable<DestinationRecord> add_destination(DestinationRecord destination, WallTime now) override;
    asio::awaitable<std::vector<DestinationRecord>> destinations(ReaderId reader) override;
    asio::awaitable<std::optional<DestinationRecord>> destination(DestinationId id) override;
    asio::awaitable<bool> set_destination(DestinationId id, DestinationState state, std::string note,
                                          WallTime now) override;
    asio::awaitable<void> move_destination(Destination from, Destination to, WallTime now) override;
    asio::awaitable<std::vector<ReaderPlan>> readers_to_plan(WallTime now, std::size_t limit) override;
    asio::awaitable<std::optional<WallTime>> next_plan_at() override;
    asio::awaitable<bool> plan(PlannedSlots planned, WallTime now) override;
    asio::awaitable<void> replan_all() override;
    asio::awaitable<std::int64_t> herd(std::string platform, std::string workspace, WallTime due) override;
    asio::awaitable<std::vector<Slot>> claim_slots(std::string worker, WallTime due_before, WallTime now,
                                                   WallTime lease_until, std::size_t limit) override;
    asio::awaitable<std::optional<WallTime>> next_slot_due() override;
    asio::awaitable<std::vector<SlotStory>> undelivered(ReaderId reader, std::int64_t before_sequence) override;
    asio::awaitable<bool> freeze(FrozenSlot frozen, WallTime now) override;
    asio::awaitable<bool> give_up_slot(SlotId slot, std::string worker, std::string note, WallTime now) override;
    asio::awaitable<std::vector<LaneWork>> lanes_with_work() override;
    asio::awaitable<std::optional<LaneLease>> acquire_lane(std::string lane, std::string worker, WallTime now,
                                                           WallTime until) override;
    asio::awaitable<bool> renew_lane(std::string lane, std::int64_t epoch, WallTime until) override;
    asio::awaitable<void> release_lane(std::string lane, std::int64_t epoch) override;
    asio::awaitable<void> end_other_leases(std::string worker, WallTime now) override;
    asio::awaitable<Recovered> recover_lane(std::string lane, std::int64_t epoch, WallTime now) override;
    asio::awaitable<std::vector<DeliveryId>> enqueue(std::vector<Delivery> deliveries, WallTime now) override;
    asio::awaitable<std::vector<Delivery>> due(std::string lane, WallTime now, std::string after_tenant,
                                               std::size_t per_tenant, std::size_t limit) override;
    asio::awaitable<std::optional<WallTime>> next_due(std::string lane) override;
    asio::awaitable<std::vector<Delivery>> claim(std::string lane, std::int64_t epoch, std::string worker,
                                                 std::vector<DeliveryId> ids, WallTime now) override;
    asio::awaitable<bool> advance(Advance step) override;
    asio::awaitable<void> hold_lane(std::string lane, std::int64_t epoch, WallTime not_before) override;
    asio::awaitable<bool> withdraw(InsightId insight, std::string reason, WallTime now) override;
    asio::awaitable<std::vector<Delivery>> sent_with(InsightId insight, std::size_t limit) override;
    asio::awaitable<std::vector<Withdrawal>> withdrawals(std::vector<InsightId> insights) override;
    asio::awaitable<std::vector<Withdrawal>> open_withdrawals(std::size_t limit) override;
    asio::awaitable<void> close_withdrawal(InsightId insight) override;
    asio::awaitable<bool> first_seen(std::string platform, std::string tenant, std::string event_id,
                                     WallTime now) override;
    asio::awaitable<std::optional<Delivery>> sent_as(Destination chat, std::string message_ref) override;
    asio::awaitable<std::optional<Delivery>> delivery_with(std::string key) override;
    asio::awaitable<std::vector<DestinationRecord>> destinations_in(Destination chat) override;
    asio::awaitable<std::optional<SlotStory>> story(ReaderId reader, std::string key) override;
    asio::awaitable<std::vector<Slot>> slots(ReaderId reader, std::size_t limit) override;
    asio::awaitable<OutboxCounts> outbox_counts() override;
    asio::awaitable<std::vector<Delivery>> parked(std::size_t limit) override;
    asio::awaitable<std::string> note(std::string name) override;
    asio::awaitable<void> set_note(std::string name, std::string value) override;
    asio::awaitable<int> doubt_all(WallTime now) override;
    asio::awaitable<int> prune(WallTime before, WallTime now, std::size_t limit) override;

private:
    void heard(WallTime now);

    Threads threads_;
    std::atomic<std::int64_t> latest_claim_ms_ = 0;  // the latest `now` of claim_slots and end_other_leases
};

}  // namespace podbrief::sqlite
