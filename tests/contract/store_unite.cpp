// Two readers who are one person.
#include "tests/contract/intake_contract.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

TEST_P(AccountContract, OfTwoReadersOneIsLeftWithTheAccountsOfBoth) {
    const Reader ada = know(record("42"), "Ada");
    const Reader also_ada = know(record("U7", "slack"), "Ada");
    get(accounts.keep_link_code(also_ada.id, "hash 1", noon + 10min));
    const Onboarding asked{also_ada.id, Onboarding::Step::hour, "1"};
    const Onboarding done{ada.id, Onboarding::Step::done, "2"};
    get(accounts.save(asked));
    get(accounts.save(done));

    EXPECT_TRUE(get(accounts.unite(also_ada.id, ada.id, noon)));

    EXPECT_FALSE(get(readers.reader(also_ada.id)));
    EXPECT_FALSE(get(readers.reader_named("Ada 2")));
    EXPECT_EQ(get(readers.reader(ada.id)), ada);
    EXPECT_EQ(get(accounts.know(record("U7", "slack"), {})).reader, ada);
    EXPECT_EQ(get(accounts.accounts(ada.id)).size(), 2U);
    EXPECT_TRUE(get(accounts.accounts(also_ada.id)).empty());
    EXPECT_FALSE(get(accounts.take_link_code("hash 1", noon)));
    EXPECT_FALSE(get(accounts.onboarding(also_ada.id)));
    EXPECT_EQ(get(accounts.onboarding(ada.id)), done);
    EXPECT_FALSE(get(accounts.unite(also_ada.id, ada.id, noon))) << "it is no more";
    EXPECT_EQ(know(record("43"), "Ada").name, "Ada 2") << "the name is free";
}

TEST_P(AccountContract, DestinationsGoOverPaused) {
    const Reader bo = get(readers.save(daily_reader("bo")));
    const auto own = add_destination(anna.id, "1");
    auto theirs = add_destination(bo.id, "2");
    auto blocked = add_destination(bo.id, "3");
    get(outbox.set_destination(blocked.id, DestinationState::blocked, "left", noon));

    get(accounts.unite(bo.id, anna.id, noon + 1h));

    const auto all = get(outbox.destinations(anna.id));
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0], own);
    theirs.reader = blocked.reader = anna.id;
    theirs.state = DestinationState::paused;
    theirs.note = "two readers became one";
    theirs.changed_at = noon + 1h;
    EXPECT_EQ(all[1], theirs);
    blocked.state = DestinationState::blocked;
    blocked.note = "left";
    blocked.changed_at = noon;
    EXPECT_EQ(all[2], blocked);
    EXPECT_TRUE(get(outbox.destinations(bo.id)).empty());
    EXPECT_EQ(plan_of(anna.id).destinations, std::vector{own}) << "one brief arrives";
    EXPECT_EQ(add_destination(anna.id, "2").state, DestinationState::active) << "unless they choose it";
}

TEST_P(AccountContract, ADestinationThatBothHaveStaysAsItWas) {
    const Reader bo = get(readers.save(daily_reader("bo")));
    const auto own = add_destination(anna.id, "1");
    const auto twin = add_destination(bo.id, "1");
    Delivery reply = sample_delivery("key", bo.id);
    reply.kind = DeliveryKind::reply;
    reply.destination = twin.id;
    reply.address = twin.address;
    get(outbox.enqueue({reply}, noon));

    get(accounts.unite(bo.id, anna.id, noon));

    EXPECT_EQ(get(outbox.destinations(anna.id)), std::vector{own});
    EXPECT_FALSE(get(outbox.destination(twin.id)));
    const auto waiting = due();
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_EQ(waiting[0].reader, anna.id);
    EXPECT_EQ(waiting[0].destination, own.id);
}

TEST_P(AccountContract, WhatBelongsToNoSlotGoesOverAndIsStillSent) {
    const Reader bo = get(readers.save(daily_reader("bo")));
    const auto theirs = add_destination(bo.id, "2");
    Delivery reply = sample_delivery("key", bo.id);
    reply.kind = DeliveryKind::reply;
    reply.destination = theirs.id;
    reply.address = theirs.address;
    send_loose(reply, "17", noon);
    reply.key = "another key";
    get(outbox.enqueue({reply}, noon));

    get(accounts.unite(bo.id, anna.id, noon));

    const auto waiting = due();
    ASSERT_EQ(waiting.size(), 1U) << "the answer to `link` itself";
    EXPECT_EQ(waiting[0].reader, anna.id);
    EXPECT_EQ(get(outbox.sent_as(theirs.address, "17")).value_or(Delivery{}).reader, anna.id);

    get(readers.forget(anna.id));
    EXPECT_FALSE(get(outbox.sent_as(theirs.address, "17"))) << "they are forgotten with their new reader";
    EXPECT_TRUE(due().empty());
}

TEST_P(AccountContract, TheOpenSlotAndTheBriefsOfTheOtherEnd) {
    const Reader bo = get(readers.save(daily_reader("bo")));
    const auto own = add_destination(anna.id, "1");
    const auto theirs = add_destination(bo.id, "2");
    const SlotStory kept = composed_slot(anna.id, "2026-03-02", noon, {own});
    composed_slot(bo.id, "2026-03-02", noon, {theirs});

    get(accounts.unite(bo.id, anna.id, noon));

    EXPECT_FALSE(get(outbox.story(bo.id, "2026-03-02")));
    EXPECT_TRUE(get(outbox.slots(bo.id, 10)).empty());
    EXPECT_FALSE(get(readers.brief(bo.id, "2026-03-02")));
    EXPECT_EQ(story(anna.id, "2026-03-02"), kept);
    EXPECT_EQ(get(readers.briefs_since(anna.id, {})).size(), 1U);
    const auto waiting = due();
    ASSERT_EQ(waiting.size(), 1U) << "one brief is sent";
    EXPECT_EQ(waiting[0].destination, own.id);
}

TEST_P(AccountContract, APlanMadeForTheReaderWhoEndedIsNotWritten) {
    const Reader bo = get(readers.save(daily_reader("bo")));
    PlannedSlots planned;
    planned.reader = bo.id;
    get(accounts.unite(bo.id, anna.id, noon));
    EXPECT_FALSE(get(outbox.plan(planned, noon)));
    for (const ReaderPlan& plan : get(outbox.readers_to_plan(WallTime::max(), 100))) {
        EXPECT_EQ(plan.reader.id, anna.id);
    }
}

TEST_P(AccountContract, OfFeedbackTheNewerCounts) {
    const Reader bo = get(readers.save(daily_reader("bo")));
    const auto say = [&](const Reader& who, int insight, FeedbackKind kind, WallTime when) {
        get(readers.save(Feedback{who.id, InsightId{insight}, kind, when}));
    };
    say(anna, 1, FeedbackKind::like, noon);
    say(bo, 1, FeedbackKind::like, noon + 1h);
    say(anna, 2, FeedbackKind::like, noon + 4h);
    say(bo, 2, FeedbackKind::like, noon);
    say(bo, 2, FeedbackKind::save, noon + 2h);
    say(anna, 3, FeedbackKind::less, noon + 3h);

    get(accounts.unite(bo.id, anna.id, noon));

    std::vector<std::pair<std::int64_t, WallTime>> said;
    for (const Feedback& one : get(readers.feedback(anna.id))) said.emplace_back(one.insight.value, one.at);
    EXPECT_EQ(said, (std::vector<std::pair<std::int64_t, WallTime>>{
                        {2, noon + 4h}, {3, noon + 3h}, {2, noon + 2h}, {1, noon + 1h}}));
    EXPECT_TRUE(get(readers.feedback(bo.id)).empty());
}

TEST_P(AccountContract, WhatBothFollowAndMuteIsUnitedAndTheOneWhoStaysHasTheirWay) {
    Reader ada = anna;
    ada.profile.topics = {{"chips", 0.5}, {"tea", 1.0}};
    ada.profile.learnt = {{"chips", {0.25, noon}}};
    ada.profile.muted_topics = {"sport"};
    ada.profile.shows = {PodcastId{1}};
    ada.profile.muted_shows = {PodcastId{2}};
    ada.profile.persons = {"Ada Host"};
    ada.profile.watches = {{"kilns", InsightId{5}}};
    get(readers.save(ada));
    Reader bo = daily_reader("bo");
    bo.time_zone = "Asia/Tokyo";
    bo.profile.topics = {{"chips", 3.0}, {"rust", -1.5}, {"sport", 1.0}};
    bo.profile.learnt = {{"chips", {-1, noon}}, {"go", {0.5, noon}}, {"sport", {0.5, noon}}};
    bo.profile.muted_topics = {"tea", "war"};
    bo.profile.shows = {PodcastId{2}, PodcastId{3}, PodcastId{1}};
    bo.profile.muted_shows = {PodcastId{1}, PodcastId{4}};
    bo.profile.persons = {"Ada Host", "Bo Guest"};
    bo.profile.watches = {{"fusion", InsightId{2}}, {"kilns", InsightId{9}}};
    bo = get(readers.save(bo));

    get(accounts.unite(bo.id, anna.id, noon));

    ada.profile.topics = {{"chips", 0.5}, {"tea", 1.0}, {"rust", -1.5}};
    ada.profile.learnt = {{"chips", {0.25, noon}}, {"go", {0.5, noon}}};
    ada.profile.muted_topics = {"sport", "war"};
    ada.profile.shows = {PodcastId{1}, PodcastId{3}};
    ada.profile.muted_shows = {PodcastId{2}, PodcastId{4}};
    ada.profile.persons = {"Ada Host", "Bo Guest"};
    ada.profile.watches = {{"kilns", InsightId{5}}, {"fusion", InsightId{2}}};
    EXPECT_EQ(get(readers.reader(anna.id)), ada) << "with her own zone and hour";
}

TEST_P(AccountContract, TheConversationsOfTheOtherGoOver) {
    const Reader bo = get(readers.save(daily_reader("bo")));
    const ConversationState state{"chips", {InsightId{1}}, {InsightId{2}}};
    get(readers.save_conversation("telegram:2", bo.id, state));
    get(accounts.unite(bo.id, anna.id, noon));
    EXPECT_EQ(get(readers.conversation("telegram:2")), state);
    get(readers.forget(anna.id));
    EXPECT_EQ(get(readers.conversation("telegram:2")), ConversationState{});
}

}  // namespace
}  // namespace podbrief::testing
