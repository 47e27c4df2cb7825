#pragma once
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/ports/account_store.hpp"
#include "core/ports/inbox_store.hpp"
#include "core/ports/key_store.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/outbox_store.hpp"
#include "core/ports/reader_store.hpp"
#include "core/ports/tenant_rules.hpp"
#include "core/ports/tenant_store.hpp"
#include "tests/doubles/memory_accounts.hpp"
#include "tests/doubles/memory_briefs.hpp"
#include "tests/doubles/memory_inbox.hpp"
#include "tests/doubles/memory_keys.hpp"
#include "tests/doubles/memory_outbox.hpp"

namespace podbrief::testing {

// All stores in memory, without threads: every call is done when it is awaited. Passes the store contract
// (tests/contract), so what holds here holds for the real stores.
class MemoryStore : public LibraryStore,
                    public ReaderStore,
                    public OutboxStore,
                    public InboxStore,
                    public AccountStore,
                    public TenantStore,
                    public KeyStore {
public:
    MemoryStore() = default;
    MemoryStore(const MemoryStore&) = delete;
    MemoryStore& operator=(const MemoryStore&) = delete;

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

    asio::awaitable<DestinationRecord> add_destination(DestinationRecord destination, WallTime now) override;
    asio::awaitable<std::vector<DestinationRecord>> destinations(ReaderId reader) override;
    asio::awaitable<std::optional<DestinationRecord>> destination(DestinationId id) override;
    asio::awaitable<std::vector<DestinationRecord>> destinations_in(Destination chat) override;
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
    asio::awaitable<std::optional<SlotStory>> story(ReaderId reader, std::string key) override;
    asio::awaitable<std::vector<Slot>> slots(ReaderId reader, std::size_t limit) override;
    asio::awaitable<OutboxCounts> outbox_counts() override;
    asio::awaitable<std::vector<Delivery>> parked(std::size_t limit) override;
    asio::awaitable<std::string> note(std::string name) override;
    asio::awaitable<void> set_note(std::string name, std::string value) override;
    asio::awaitable<int> doubt_all(WallTime now) override;
    asio::awaitable<int> prune(WallTime before, WallTime now, std::size_t limit) override;

    asio::awaitable<std::optional<std::int64_t>> accept(Incoming incoming, WallTime now) override;
    asio::awaitable<std::vector<Item>> claim_items(std::string worker, WallTime now, WallTime lease_until,
                                                   std::size_t limit) override;
    asio::awaitable<void> end_other_claims(std::string worker) override;
    asio::awaitable<void> close_item(std::int64_t id) override;
    asio::awaitable<std::size_t> open_items() override;
    asio::awaitable<int> prune_inbox(WallTime before, std::size_t limit) override;

    asio::awaitable<std::optional<AccountRecord>> account(Account account, bool channel) override;
    asio::awaitable<Known> know(AccountRecord record, Reader reader) override;
    asio::awaitable<std::vector<AccountRecord>> accounts(ReaderId reader) override;
    asio::awaitable<void> keep_link_code(ReaderId reader, std::string code_hash, WallTime until) override;
    asio::awaitable<std::optional<ReaderId>> take_link_code(std::string code_hash, WallTime now) override;
    asio::awaitable<bool> unite(ReaderId from, ReaderId into, WallTime now) override;
    asio::awaitable<std::optional<Onboarding>> onboarding(ReaderId reader) override;
    asio::awaitable<void> save(Onboarding onboarding) override;

    asio::awaitable<std::optional<Tenant>> tenant(std::string platform, std::string workspace) override;
    asio::awaitable<std::vector<Tenant>> tenants(std::string platform) override;
    asio::awaitable<Tenant> save(Tenant tenant) override;
    asio::awaitable<bool> rotate(std::string platform, std::string workspace, std::string former, Tenant next) override;
    asio::awaitable<bool> revoke(std::string platform, std::string workspace, std::string note, WallTime at) override;

    asio::awaitable<void> keep_page(ReaderId reader, std::string hash, WallTime now) override;
    asio::awaitable<std::optional<ReaderId>> page(std::string hash) override;
    asio::awaitable<int> pages(ReaderId reader) override;
    asio::awaitable<int> end_pages(ReaderId reader, std::string except) override;
    asio::awaitable<void> keep_operator(Operator what, std::string hash, WallTime until) override;
    asio::awaitable<bool> take_link(std::string hash, WallTime now) override;
    asio::awaitable<bool> session(std::string hash, WallTime now) override;
    asio::awaitable<bool> end_session(std::string hash) override;
    asio::awaitable<int> end_operator() override;

    // All there is, for whoever checks a whole run.
    const std::map<std::int64_t, MemoryInbox::Row>& all_items() const { return inbound_.all(); }
    const std::map<std::pair<Account, bool>, AccountRecord>& all_accounts() const { return accounts_.all(); }
    const std::map<SlotId, Slot>& all_slots() const { return outbox_.all_slots(); }
    const std::map<DeliveryId, Delivery>& all_deliveries() const { return outbox_.deliveries().all(); }
    // Of the lane's present or latest lease; 0: nobody ever took it.
    std::int64_t lane_epoch(const std::string& lane) const {
        const auto found = outbox_.all_lanes().find(lane);
        return found == outbox_.all_lanes().end() ? 0 : found->second.epoch;
    }
    const std::map<std::int64_t, DeliveryEvent>& all_events() const { return outbox_.all_events(); }  // in order
    const std::map<DestinationId, DestinationRecord>& all_destinations() const { return outbox_.all_destinations(); }
    const std::map<std::string, LaneLease>& all_lanes() const { return outbox_.all_lanes(); }
    const std::map<ReaderId, Reader>& all_readers() const { return readers_; }
    const std::map<BriefId, Brief>& all_briefs() const { return briefs_.all(); }

private:
    using FeedbackKey = std::tuple<ReaderId, InsightId, FeedbackKind>;
    using InboxKey = std::tuple<std::string, std::string, std::string>;
    struct Conversation {
        ReaderId reader;
        ConversationState state;
    };
    struct Withdrawn {
        Withdrawal what;
        bool open = true;
    };

    Reader insert(Reader reader);  // its name is free
    void end(ReaderId reader);     // with all that is stored of them

    bool taken(PodcastId podcast, const EpisodeIdentity& identity, EpisodeId except) const;
    void change(PodcastId podcast, IdentifiedEpisode changed);
    void insert(Insight& insight, const Episode& episode, TranscriptId transcript);
    void note_change(InsightId id);  // a step of the change feed; it replaces an earlier one of the same insight
    InsightDetail detail_of(const Insight& insight) const;
    const Transcript* newest_transcript(EpisodeId episode) const;

    std::map<PodcastId, Subscription> podcasts_;
    std::map<std::string, PodcastId> feed_urls_;  // aliases too
    std::map<EpisodeId, IdentifiedEpisode> episodes_;
    std::map<TranscriptId, Transcript> transcripts_;
    std::map<InsightId, Insight> insights_;
    std::map<std::int64_t, InsightId> changes_;
    std::map<ReaderId, Reader> readers_;
    std::map<std::string, ReaderId, std::less<>> reader_names_;
    MemoryBriefs briefs_;
    MemoryOutbox outbox_{readers_, briefs_};
    std::map<FeedbackKey, WallTime> feedback_;
    std::map<std::string, Conversation> conversations_;
    std::map<InsightId, Withdrawn> withdrawals_;
    std::set<InboxKey> inbox_;
    std::set<std::pair<WallTime, InboxKey>> inbox_by_time_;
    std::map<std::string, std::string> notes_;
    MemoryInbox inbound_;
    MemoryAccounts accounts_;
    MemoryKeys keys_;
    std::map<std::pair<std::string, std::string>, tenants::Known> tenants_;  // by platform, workspace

    // The last ids given; never given again.
    PodcastId last_podcast_;
    EpisodeId last_episode_;
    TranscriptId last_transcript_;
    InsightId last_insight_;
    ClaimClusterId last_cluster_;
    ReaderId last_reader_;
    std::int64_t last_change_ = 0;
};

}  // namespace podbrief::testing
