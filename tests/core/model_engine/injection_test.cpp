#include "tests/core/model_engine/world.hpp"
#include "tests/doubles/ai/attacks.hpp"

namespace podbrief::services {
namespace {

using testing::Attack;

void expect_free_of(const ExtractedInsights& out, const Attack& attack, const std::string& instructions) {
    for (const Insight& insight : out.insights) {
        std::vector<std::string> texts = insight.topics;
        texts.insert(texts.end(), insight.entities.begin(), insight.entities.end());
        texts.insert(texts.end(), {insight.text, insight.quote, insight.speaker});
        for (const std::string& text : texts) {
            EXPECT_EQ(text.find(attack.canary), std::string::npos) << text;
            EXPECT_EQ(text.find("instructions"), std::string::npos) << text;
        }
        for (std::size_t at = 0; at + 40 < 400; at += 10) {
            EXPECT_EQ(insight.text.find(instructions.substr(at, 40)), std::string::npos) << "a leak: " << insight.text;
        }
    }
}

// Row 111.
TEST(Injections, LeadToNoForeignLinkMentionOrLeakEvenThroughAModelThatObeys) {
    const std::vector<Attack> attacks = testing::all_attacks();
    ASSERT_GE(attacks.size(), 200u);
    int by_model = 0;
    for (const Attack& attack : attacks) {
        SCOPED_TRACE(attack.said);
        World w;
        w.server.brain = testing::obeying_brain(attack);
        const ExtractionRequest talk = testing::a_talk_with(attack.said);
        const ExtractedInsights out = w.extract(talk);
        expect_free_of(out, attack, insights::default_prompts().extract);
        check_insights(out, talk);
        by_model += static_cast<int>(w.count("model_episodes_total/model"));
        ASSERT_FALSE(w.server.asked.empty());
        EXPECT_TRUE(w.server.breaches.empty()) << w.server.breaches.front();
        if (::testing::Test::HasFailure()) break;
    }
    EXPECT_EQ(by_model, static_cast<int>(attacks.size())) << "the true claims among the obeyed orders are kept";
}

TEST(Injections, LeadNowhereFromTitlesNamesAndSpeakersEither) {
    for (const Attack& attack : testing::all_attacks()) {
        SCOPED_TRACE(attack.said);
        World w;
        w.server.brain = testing::obeying_brain(attack);
        ExtractionRequest talk = testing::a_talk_with("Nobody believes a word of that, and rightly so, to be honest.",
                                                      attack.said.substr(0, 70));
        talk.podcast.title = attack.said;
        talk.episode.title = attack.said;
        const ExtractedInsights out = w.extract(talk);
        expect_free_of(out, attack, insights::default_prompts().extract);
        check_insights(out, talk);
        EXPECT_EQ(w.server.asked.at(0).system.find(attack.canary), std::string::npos);
        if (::testing::Test::HasFailure()) break;
    }
}

}  // namespace
}  // namespace podbrief::services
