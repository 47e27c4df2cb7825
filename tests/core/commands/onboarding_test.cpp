#include "core/commands/onboarding.hpp"

#include <gtest/gtest.h>

namespace podbrief::commands {
namespace {

using namespace std::chrono_literals;
using Step = Onboarding::Step;

OnboardingView view() {
    OnboardingView view;
    view.reader.name = "Ada";
    view.topics = {"chips", "energy", std::string(80, 'x')};
    view.shows = {
        {PodcastId{1}, "Base Load", ""}, {PodcastId{2}, "Silicon Ledger", ""}, {PodcastId{3}, "Silicon Wave", ""}};
    return view;
}

std::vector<Choice> buttons(const Reply& reply) {
    std::vector<Choice> all;
    for (const ReplyBlock& block : reply.blocks) {
        if (const auto* choices = std::get_if<Choices>(&block)) {
            all.insert(all.end(), choices->choices.begin(), choices->choices.end());
        }
    }
    return all;
}

TEST(Onboarding, AsksThreeQuestionsAndTheZoneOnlyWhereItIsNotTold) {
    EXPECT_EQ(step_after(Step::topics, false), Step::shows);
    EXPECT_EQ(step_after(Step::shows, true), Step::hour);
    EXPECT_EQ(step_after(Step::hour, false), Step::done);
    EXPECT_EQ(step_after(Step::hour, true), Step::zone);
    EXPECT_EQ(step_after(Step::zone, true), Step::done);
}

TEST(Onboarding, EveryButtonFitsTheNarrowestPlatformAndIsUnderstood) {
    for (const Step step : {Step::topics, Step::shows, Step::hour, Step::zone}) {
        SCOPED_TRACE(to_string(step));
        const Reply asked = question(step, view());
        EXPECT_TRUE(asks(asked, step));
        EXPECT_FALSE(asks(answered_question(step, view()), step));
        const std::vector<Choice> all = buttons(asked);
        EXPECT_GT(all.size(), 2u);
        for (const Choice& button : all) {
            EXPECT_TRUE(to_data(button.action)) << button.label;
            const auto answer = pressed_answer(button.action.text, view());
            ASSERT_TRUE(answer) << button.label;
            EXPECT_EQ(answer->step, step);
        }
    }
}

TEST(Onboarding, APressedTopicIsFollowedAndPressedAgainNotAnyMore) {
    OnboardingView now = view();
    auto answer = pressed_answer("topics:chips", now);
    ASSERT_TRUE(answer);
    EXPECT_FALSE(answer->goes_on);
    EXPECT_TRUE(answer->follow);
    now.reader = answer->reader;
    EXPECT_TRUE(buttons(question(Step::topics, now))[0].chosen);
    answer = pressed_answer("topics:chips", now);
    EXPECT_TRUE(answer->reader.profile.topics.empty());
    EXPECT_EQ(pressed_answer("topics:chips", now, true)->reader, now.reader) << "carried out again, it means the same";
}

TEST(Onboarding, TypedAnswersAreTakenAndCommandsAreNot) {
    struct Case {
        Step step;
        const char* typed;
        bool answer;
        bool goes_on = false;
        bool ends = false;
    };
    const Case cases[] = {
        {Step::topics, "chips, Energy;sleep", true, true},
        {Step::topics, "help", false},
        {Step::topics, "follow chips", false},
        {Step::topics, "more on chips", false},
        {Step::topics, "Skip", true, true},
        {Step::topics, "skip the rest", true, true, true},
        {Step::shows, "base load", true, true},
        {Step::shows, "silicon", true, false},  // two are named so
        {Step::shows, "ledger, nothing of ours", true, true},
        {Step::shows, "brief", false},
        {Step::hour, "7:30", true, true},
        {Step::hour, "at 6pm", true, true},
        {Step::hour, "8", true, true},
        {Step::hour, "25:99", true, false},
        {Step::hour, "settings", false},
        {Step::zone, "UTC", true, true},
        {Step::zone, "in utc", true, true},
        {Step::zone, "Atlantis", true, false},
        {Step::zone, "places", false},
        {Step::done, "chips", false},
    };
    for (const Case& c : cases) {
        SCOPED_TRACE(c.typed);
        const auto answer = typed_answer(c.step, c.typed, view());
        ASSERT_EQ(answer.has_value(), c.answer);
        if (!answer) continue;
        EXPECT_EQ(answer->goes_on, c.goes_on);
        EXPECT_EQ(answer->ends, c.ends);
        EXPECT_EQ(answer->words.empty(),
                  c.goes_on && std::string_view(c.typed).find("nothing of") == std::string::npos);
    }
    EXPECT_EQ(typed_answer(Step::topics, "chips, Energy;sleep", view())->reader.profile.topics.size(), 3u);
    EXPECT_EQ(typed_answer(Step::hour, "at 6pm", view())->reader.brief_at, 18h);
}

TEST(Onboarding, ForeignChoicesAreNoAnswers) {
    for (const char* choice : {"", "topics", "planets:mars", "shows:77", "shows:x", "hour:late", "zone:Nowhere/Land",
                               "done:planets", "done:done", "end:"}) {
        EXPECT_FALSE(pressed_answer(choice, view())) << choice;
    }
}

}  // namespace
}  // namespace podbrief::commands
