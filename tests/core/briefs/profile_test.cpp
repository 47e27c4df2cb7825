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

TEST(Profile, FollowingRaisesALearntWeightToOne) {
    Profile profile;
    profile.topics["chips"] = -0.5;
    EXPECT_EQ(follow_topic(profile, "chips"), Change::done);
    EXPECT_EQ(profile.topics["chips"], 1);
    profile.topics["chips"] = 2;
    EXPECT_EQ(follow_topic(profile, "chips"), Change::was_so);
    EXPECT_EQ(profile.topics["chips"], 2);
}

Insight about(std::vector<std::string> topics) {
    Insight insight;
    insight.topics = std::move(topics);
    return insight;
}

TEST(Learning, MovesTheTopicThatBroughtTheInsightAndTheInsightsOwn) {
    Profile profile;
    profile.topics["chips"] = 1;
    const auto learned = learn(profile, about({"export controls", "nvidia"}), "chips", FeedbackKind::like);
    EXPECT_EQ(learned, (std::vector<Learned>{{"chips", 1, 1.5}, {"export controls", 0, 0.25}}));
    EXPECT_EQ(profile.topics.size(), 2u);
}

TEST(Learning, PushesBelowZero) {
    Profile profile;
    learn(profile, about({"celebrity gossip"}), "", FeedbackKind::less);
    learn(profile, about({"celebrity gossip"}), "", FeedbackKind::less);
    EXPECT_EQ(profile.topics["celebrity gossip"], -0.5);
}

TEST(Learning, StaysWithinItsBounds) {
    Profile profile;
    profile.topics["chips"] = 1;
    for (int i = 0; i < 100; ++i) learn(profile, about({"chips"}), "chips", FeedbackKind::like);
    EXPECT_EQ(profile.topics["chips"], most_weight);
    EXPECT_TRUE(learn(profile, about({"chips"}), "chips", FeedbackKind::like).empty())
        << "nothing changed: nothing to show";
    for (int i = 0; i < 100; ++i) learn(profile, about({"chips"}), "chips", FeedbackKind::less);
    EXPECT_EQ(profile.topics["chips"], least_weight);
}

TEST(Learning, IsTakenBackByTheOppositeSaidTwice) {
    Profile profile;
    profile.topics["chips"] = 1;
    learn(profile, about({"gpus"}), "chips", FeedbackKind::like);
    learn(profile, about({"gpus"}), "chips", FeedbackKind::less, 2);
    EXPECT_EQ(profile.topics["chips"], 0.5);
    EXPECT_EQ(profile.topics["gpus"], -0.25);
}

TEST(Learning, LeavesMutedTopicsAlone) {
    Profile profile;
    mute_topic(profile, "chips");
    EXPECT_TRUE(learn(profile, about({"chips"}), "", FeedbackKind::like).empty());
    EXPECT_TRUE(profile.topics.empty());
}

}  // namespace
}  // namespace podbrief::briefs
