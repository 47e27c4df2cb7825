#include "core/briefs/profile.hpp"

#include <gtest/gtest.h>

namespace podbrief::briefs {
namespace {

TEST(TopicKey, IsTheTopicWithoutCaseSpacesAndMarksAround) {
    EXPECT_EQ(topic_key("  Chip   Export Controls. "), "chip export controls");
    EXPECT_EQ(topic_key("\"AI\""), "ai");
    EXPECT_EQ(topic_key("C#"), "c#");
    EXPECT_EQ(topic_key("C++"), "c++");
    EXPECT_EQ(topic_key("?!"), "");
    EXPECT_EQ(topic_key(std::string(500, 'a')).size(), 80u);
}

TEST(Profile, FollowingEndsMutingAndTheOtherWayRound) {
    Profile profile;
    EXPECT_EQ(follow_topic(profile, "Chips"), Change::done);
    EXPECT_EQ(follow_topic(profile, "chips"), Change::was_so);
    EXPECT_EQ(mute_topic(profile, "chips"), Change::done);
    EXPECT_TRUE(profile.topics.empty());
    EXPECT_EQ(follow_topic(profile, "chips"), Change::done);
    EXPECT_TRUE(profile.muted_topics.empty());
    EXPECT_EQ(unfollow_topic(profile, "chips"), Change::done);
    EXPECT_EQ(unfollow_topic(profile, "chips"), Change::was_so);
    EXPECT_EQ(profile, Profile{});

    EXPECT_EQ(follow_show(profile, PodcastId{3}), Change::done);
    EXPECT_EQ(mute_show(profile, PodcastId{3}), Change::done);
    EXPECT_TRUE(profile.shows.empty());
    EXPECT_EQ(unfollow_show(profile, PodcastId{3}), Change::done);
    EXPECT_EQ(profile, Profile{});
}

TEST(Profile, TakesSingularAndPluralForOneTopic) {
    Profile profile;
    EXPECT_EQ(follow_topic(profile, "Chips"), Change::done);
    EXPECT_EQ(follow_topic(profile, "chip"), Change::was_so);
    EXPECT_TRUE(follows_topic(profile, "chip"));
    EXPECT_EQ(mute_topic(profile, "chip"), Change::done);
    EXPECT_TRUE(profile.topics.empty());
    EXPECT_TRUE(mutes_topic(profile, "Chips"));
    EXPECT_EQ(mute_topic(profile, "chip"), Change::was_so);
    EXPECT_EQ(watch_topic(profile, "llms", InsightId{1}), Change::done);
    EXPECT_EQ(watch_topic(profile, "LLM", InsightId{1}), Change::was_so);
    EXPECT_EQ(unwatch_topic(profile, "LLM"), Change::done);
    EXPECT_EQ(unfollow_topic(profile, "chip"), Change::done);
    EXPECT_EQ(profile, Profile{});
}

TEST(Profile, UnfollowsBothNamesThatWereKeptBeforeTheyWereOneTopic) {
    Profile profile;
    profile.topics = {{"chip", 1}, {"chips", 1}};
    EXPECT_EQ(unfollow_topic(profile, "chips"), Change::done);
    EXPECT_EQ(profile, Profile{});
}

TEST(Profile, KnowsPersonsByNameWhateverTheCase) {
    Profile profile;
    EXPECT_EQ(follow_person(profile, "Zoë  Baker"), Change::done);
    EXPECT_EQ(follow_person(profile, "zoe baker"), Change::was_so);
    EXPECT_EQ(profile.persons, std::vector<std::string>{"Zoë Baker"});
    EXPECT_EQ(unfollow_person(profile, "ZOE BAKER"), Change::done);
    EXPECT_EQ(unfollow_person(profile, "Zoe Baker"), Change::was_so);
}

TEST(Profile, HasAnUpperSize) {
    Profile profile;
    for (std::size_t i = 0; i < most_topics; ++i)
        EXPECT_EQ(follow_topic(profile, "t" + std::to_string(i)), Change::done);
    EXPECT_EQ(follow_topic(profile, "one more"), Change::full);
    EXPECT_EQ(profile.topics.size(), most_topics);
}

using namespace std::chrono_literals;

const WallTime now = std::chrono::sys_days{std::chrono::year{2026} / 3 / 12} + 7h;

TEST(Profile, FollowingRaisesAWeightToOneAndPutsAsideThatItWasPushedDown) {
    Profile profile;
    profile.learnt["chips"] = {-0.5, now};
    EXPECT_EQ(follow_topic(profile, "chips"), Change::done);
    EXPECT_EQ(weight_of(profile, "chips", now), 1);
    profile.topics["chips"] = 2;
    EXPECT_EQ(follow_topic(profile, "chips"), Change::was_so);
    EXPECT_EQ(profile.topics["chips"], 2);
}

TEST(Profile, FollowingKeepsWhatLikesAdded) {
    Profile profile;
    profile.learnt["chips"] = {0.5, now};
    follow_topic(profile, "chips");
    EXPECT_EQ(weight_of(profile, "chips", now), 1.5);
}

TEST(Profile, UnfollowingAndMutingForgetWhatWasLearnt) {
    Profile profile;
    profile.learnt["chips"] = {0.5, now};
    EXPECT_EQ(unfollow_topic(profile, "chips"), Change::done);
    EXPECT_EQ(weight_of(profile, "chips", now), 0);
    profile.learnt["chips"] = {0.5, now};
    EXPECT_EQ(mute_topic(profile, "chips"), Change::done);
    EXPECT_TRUE(profile.learnt.empty());
}

TEST(Weighing, SetsAWeightExactlyWhateverWasLearnt) {
    Profile profile;
    follow_topic(profile, "chips");
    profile.learnt["chips"] = {0.75, now};
    EXPECT_EQ(weigh_topic(profile, "Chips", 2), Change::done);
    EXPECT_EQ(weight_of(profile, "chips", now), 2);
    EXPECT_EQ(weigh_topic(profile, "chips", 2), Change::was_so);
    EXPECT_EQ(weigh_topic(profile, "chips", -1), Change::done);
    EXPECT_EQ(weight_of(profile, "chips", now), -1);
}

TEST(Weighing, StaysWithinTheBoundsAndEndsMuting) {
    Profile profile;
    mute_topic(profile, "chips");
    EXPECT_EQ(weigh_topic(profile, "chips", 50), Change::done);
    EXPECT_EQ(weight_of(profile, "chips", now), most_weight);
    EXPECT_TRUE(profile.muted_topics.empty());
    EXPECT_EQ(weigh_topic(profile, "chips", -50), Change::done);
    EXPECT_EQ(weight_of(profile, "chips", now), least_weight);
}

TEST(Weighing, WithNothingIsUnfollowing) {
    Profile profile;
    follow_topic(profile, "chips");
    EXPECT_EQ(weigh_topic(profile, "chips", 0), Change::done);
    EXPECT_EQ(profile, Profile{});
    EXPECT_EQ(weigh_topic(profile, "chips", 0), Change::was_so);
}

TEST(Weighing, HasTheUpperSizeOfTheList) {
    Profile profile;
    for (std::size_t i = 0; i < most_topics; ++i) follow_topic(profile, "t" + std::to_string(i));
    EXPECT_EQ(weigh_topic(profile, "one more", 2), Change::full);
    EXPECT_EQ(weigh_topic(profile, "t5", 2), Change::done);
}

Insight about(std::vector<std::string> topics) {
    Insight insight;
    insight.topics = std::move(topics);
    return insight;
}

TEST(Learning, MovesTheTopicThatBroughtTheInsightAndTheInsightsOwn) {
    Profile profile;
    profile.topics["chips"] = 1;
    const auto learned = learn(profile, about({"export controls", "nvidia"}), "chips", FeedbackKind::like, now);
    EXPECT_EQ(learned, (std::vector<Learned>{{"chips", 1, 1.5}, {"export controls", 0, 0.25}}));
    EXPECT_EQ(weights(profile, now), (std::map<std::string, double>{{"chips", 1.5}, {"export controls", 0.25}}));
}

TEST(Learning, IsKeptApartFromWhatWasSaid) {
    Profile profile;
    profile.topics["chips"] = 1;
    learn(profile, about({"gpus"}), "chips", FeedbackKind::like, now);
    EXPECT_EQ(profile.topics, (std::map<std::string, double>{{"chips", 1}}));
    EXPECT_EQ(profile.learnt, (std::map<std::string, Learnt>{{"chips", {0.5, now}}, {"gpus", {0.25, now}}}));
}

TEST(Learning, FadesByHalfInThirtyDaysAndWhatWasSaidStays) {
    Profile profile;
    profile.topics["chips"] = 1;
    learn(profile, about({}), "chips", FeedbackKind::like, now);
    EXPECT_NEAR(weight_of(profile, "chips", now + 24h * 30), 1.25, 1e-9);
    EXPECT_NEAR(weight_of(profile, "chips", now + 24h * 60), 1.125, 1e-9);
    EXPECT_EQ(weight_of(profile, "chips", now + 24h * 3000), 1);
}

TEST(Learning, IsForgottenWhenItIsFaint) {
    Profile profile;
    learn(profile, about({"gpus"}), "", FeedbackKind::less, now);
    EXPECT_LT(weight_of(profile, "gpus", now + 24h * 60), -least_learnt);
    EXPECT_EQ(weight_of(profile, "gpus", now + 24h * 80), 0);
    EXPECT_TRUE(weights(profile, now + 24h * 80).empty());
    learn(profile, about({"tea"}), "", FeedbackKind::like, now + 24h * 80);
    EXPECT_FALSE(profile.learnt.contains("gpus")) << "and makes room";
}

TEST(Learning, AddsToWhatIsLeftOfItAndBeginsItsTimeAnew) {
    Profile profile;
    learn(profile, about({"gpus"}), "", FeedbackKind::like, now);
    const WallTime later = now + 24h * 30;
    learn(profile, about({"gpus"}), "", FeedbackKind::like, later);
    // The topic is among the reader's by now, but did not bring it: a quarter again.
    EXPECT_NEAR(profile.learnt["gpus"].weight, 0.375, 1e-9);
    EXPECT_EQ(profile.learnt["gpus"].at, later);
}

TEST(Learning, OfUnknownTimeDoesNotFadeUntilItIsTouched) {
    Profile profile;
    profile.learnt["gpus"] = {-0.5, WallTime{}};
    EXPECT_EQ(weight_of(profile, "gpus", now), -0.5);
    learn(profile, about({"gpus"}), "", FeedbackKind::less, now);
    EXPECT_EQ(profile.learnt["gpus"], (Learnt{-0.75, now}));
}

TEST(Learning, PushesBelowZero) {
    Profile profile;
    learn(profile, about({"celebrity gossip"}), "", FeedbackKind::less, now);
    learn(profile, about({"celebrity gossip"}), "", FeedbackKind::less, now);
    EXPECT_EQ(weight_of(profile, "celebrity gossip", now), -0.5);
}

TEST(Learning, StaysWithinItsBounds) {
    Profile profile;
    profile.topics["chips"] = 1;
    for (int i = 0; i < 100; ++i) learn(profile, about({"chips"}), "chips", FeedbackKind::like, now);
    EXPECT_EQ(weight_of(profile, "chips", now), most_weight);
    EXPECT_EQ(profile.learnt["chips"].weight, most_weight - 1) << "nothing is heaped up beyond the bound";
    EXPECT_TRUE(learn(profile, about({"chips"}), "chips", FeedbackKind::like, now).empty())
        << "nothing changed: nothing to show";
    for (int i = 0; i < 100; ++i) learn(profile, about({"chips"}), "chips", FeedbackKind::less, now);
    EXPECT_EQ(weight_of(profile, "chips", now), least_weight);
}

TEST(Learning, IsTakenBackByTheOppositeSaidTwice) {
    Profile profile;
    profile.topics["chips"] = 1;
    learn(profile, about({"gpus"}), "chips", FeedbackKind::like, now);
    learn(profile, about({"gpus"}), "chips", FeedbackKind::less, now, 2);
    EXPECT_EQ(weight_of(profile, "chips", now), 0.5);
    EXPECT_EQ(weight_of(profile, "gpus", now), -0.25);
}

TEST(Learning, LeavesMutedTopicsAlone) {
    Profile profile;
    mute_topic(profile, "chips");
    EXPECT_TRUE(learn(profile, about({"chips"}), "", FeedbackKind::like, now).empty());
    EXPECT_TRUE(weights(profile, now).empty());
}

TEST(Interests, AreWhatWasSaidAndWhatWasLikedButOnlyWordsMakeABriefAboutSomething) {
    Profile profile;
    EXPECT_FALSE(has_interests(profile));
    learn(profile, about({"chips"}), "", FeedbackKind::like, now);
    EXPECT_TRUE(has_interests(profile));
    EXPECT_FALSE(follows_anything(profile));
    weigh_topic(profile, "tea", -1);
    EXPECT_FALSE(follows_anything(profile));
    weigh_topic(profile, "tea", 0.5);
    EXPECT_TRUE(follows_anything(profile));
}

}  // namespace
}  // namespace podbrief::briefs
