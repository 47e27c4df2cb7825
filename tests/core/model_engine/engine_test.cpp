#include "core/insights/gates.hpp"
#include "core/insights/model_gates.hpp"
#include "tests/core/model_engine/world.hpp"

namespace podbrief::services {
namespace {

using testing::Asked;
using testing::good_sentences;
using testing::WrittenClaim;

bool same_insights(const ExtractedInsights& a, const ExtractedInsights& b) {
    return a.insights == b.insights && a.wanted == b.wanted;
}

class EveryProvider : public ::testing::TestWithParam<Dialect> {};
INSTANTIATE_TEST_SUITE_P(Dialects, EveryProvider,
                         ::testing::Values(Dialect::openai, Dialect::anthropic, Dialect::ollama));

TEST_P(EveryProvider, WritesInsightsThatPassEveryCheck) {
    World w(GetParam());
    const ExtractedInsights out = w.extract();
    check_insights(out, testing::a_talk());
    EXPECT_EQ(out.wanted, w.by_itself().wanted);
    EXPECT_EQ(out.insights.size(), 2 * out.wanted);
    EXPECT_EQ(w.count("model_episodes_total/model"), 1);
    EXPECT_TRUE(w.server.breaches.empty()) << w.server.breaches.front();
    EXPECT_EQ(out.report.dropped.at("advert, intro or outro"), 1u);
}

TEST_P(EveryProvider, ReadsALongTalkWindowByWindowAndChooses) {
    ModelEngine::Settings settings;
    settings.windows.tokens = 2'000;
    World w(GetParam(), {1'000'000'000, 1'000'000'000}, settings);
    const ExtractionRequest talk = testing::a_long_talk(60'000);
    const ExtractedInsights out = w.extract(talk);
    check_insights(out, talk);
    EXPECT_GE(w.server.asked.size(), 8u);
    EXPECT_GE(out.insights.size() * 3, out.wanted);
    EXPECT_GT(out.report.dropped.at("said already"), 0u) << "the same is said over and over";
    EXPECT_TRUE(w.server.breaches.empty()) << w.server.breaches.front();
}

TEST_P(EveryProvider, FallsBackToTheBuiltInEngineWhateverGoesWrong) {
    for (int t = static_cast<int>(Trouble::rate_limit_seconds); t <= static_cast<int>(Trouble::too_large); ++t) {
        SCOPED_TRACE(t);
        if (static_cast<Trouble>(t) == Trouble::cut_answer) continue;  // an answer all the same
        World w(GetParam());
        w.server.always = static_cast<Trouble>(t);
        const ExtractedInsights out = w.extract();
        EXPECT_TRUE(same_insights(out, w.by_itself()));
        EXPECT_FALSE(out.insights.empty());
        EXPECT_LE(w.elapsed(), ModelEngine::Settings{}.patience);
        EXPECT_LE(w.server.requests.size(), 8u);
        // A refusal of Ollama is an answer like others.
        EXPECT_EQ(w.count("model_episodes_total/failed") + w.count("model_episodes_total/too_few"), 1);
        for (const std::string& line : w.log.lines) EXPECT_EQ(line.find("canary"), std::string::npos) << line;
    }
}

TEST_P(EveryProvider, GoesOnAfterTroubleThatPasses) {
    for (const Trouble trouble :
         {Trouble::rate_limit_seconds, Trouble::rate_limit_ms, Trouble::rate_limit_date, Trouble::rate_limit_garbage,
          Trouble::rate_limit_silent, Trouble::please_retry, Trouble::overloaded, Trouble::conflict,
          Trouble::server_error, Trouble::gateway_html, Trouble::loading, Trouble::lost, Trouble::no_connection}) {
        SCOPED_TRACE(static_cast<int>(trouble));
        World w(GetParam());
        w.server.troubles = {trouble, trouble};
        const ExtractedInsights out = w.extract();
        EXPECT_EQ(w.count("model_episodes_total/model"), 1);
        check_insights(out, testing::a_talk());
    }
}

TEST_P(EveryProvider, IsOnTimeWhenTheServerHangs) {
    World w(GetParam());
    for (const char* path : {"/chat/completions", "/v1/messages", "/api/chat"}) {
        w.http.hang(test_url + std::string(path));
    }
    const ExtractedInsights out = w.extract();
    EXPECT_TRUE(same_insights(out, w.by_itself()));
    EXPECT_LE(w.elapsed(), std::chrono::minutes{5});
}

TEST(ModelEngine, LeavesAModelThatFailsAgainAndAgainAloneForAWhile) {
    World w;
    w.server.always = Trouble::server_error;
    for (int i = 0; i < 3; ++i) w.extract();
    const std::size_t asked = w.server.requests.size();
    const SteadyTime before = w.clock.steady_now();
    EXPECT_TRUE(same_insights(w.extract(), w.by_itself()));
    EXPECT_EQ(w.server.requests.size(), asked);
    EXPECT_EQ(w.clock.steady_now(), before) << "at once";
    w.server.always = Trouble::none;
    w.clock.advance(std::chrono::minutes{6});
    w.extract();
    EXPECT_EQ(w.count("model_episodes_total/model"), 1);
}

// Row 108.
TEST(ModelEngine, ReadsAnswersInFencesProseAndThoughts) {
    const std::pair<const char*, const char*> wrappings[] = {
        {"```json\n", "\n```"}, {"Here you are:\n", "\nEnjoy {them}!"}, {"<think>Hm, {\"insights\":[]}?</think>", ""}};
    for (const auto& [opening, closing] : wrappings) {
        World w;
        w.server.brain = [honest = testing::honest_brain(), before = opening, after = closing](const Asked& a, int n) {
            return before + honest(a, n) + after;
        };
        w.extract();
        EXPECT_EQ(w.count("model_episodes_total/model"), 1) << opening;
    }
}

TEST(ModelEngine, KeepsWhatCameWholeOfAnAnswerThatIsCutAtTheLastToken) {
    World w;
    w.server.troubles = {Trouble::cut_answer};
    const ExtractedInsights out = w.extract();
    check_insights(out, testing::a_talk());
    EXPECT_EQ(w.count("model_episodes_total/model"), 1);
}

TEST(ModelEngine, AsksOnceMoreForJsonThenFallsBack) {
    World w;
    w.server.brain = [honest = testing::honest_brain()](const Asked& a, int n) {
        return n == 1 ? std::string("I would rather talk about it.") : honest(a, n);
    };
    w.extract();
    EXPECT_EQ(w.count("model_episodes_total/model"), 1);
    EXPECT_NE(w.server.asked[1].user.find("no JSON"), std::string::npos);

    World never;
    never.server.brain = [](const Asked&, int) { return std::string("{\"insights\": [{\"claim\": 7}, \"x\"]"); };
    const ExtractedInsights out = never.extract();
    EXPECT_TRUE(same_insights(out, never.by_itself()));
    EXPECT_EQ(never.server.asked.size(), 2u);
    EXPECT_EQ(out.report.dropped.at("model: unreadable answer"), 1u);
}

TEST(ModelEngine, LeavesAModelAloneThatNeverWritesWhatWasAskedFor) {
    ModelEngine::Settings settings;
    settings.windows.tokens = 300;  // many windows
    World w(Dialect::openai, {1'000'000'000, 1'000'000'000}, settings);
    w.server.brain = [](const Asked&, int) { return std::string("I would rather talk about it."); };
    EXPECT_TRUE(same_insights(w.extract(), w.by_itself()));
    EXPECT_EQ(w.server.asked.size(), 4u) << "two windows, each asked twice";
    for (int i = 0; i < 4; ++i) w.extract();
    EXPECT_GT(w.count("model_episodes_total/paused"), 0);
}

// Row 109.
TEST(ModelEngine, FallsBackOnEmptyForeignAndEndlessAnswers) {
    const std::pair<const char*, testing::Brain> brains[] = {
        {"empty list", [](const Asked&, int) { return std::string("{\"insights\":[]}"); }},
        {"another language", testing::spoilt_brain([](std::vector<WrittenClaim>& claims, const Asked&) {
             for (WrittenClaim& one : claims) {
                 one.claim =
                     "Exportkontrollen bremsen das Training gro\u00DFer Modelle, weil kein anderer Anbieter die "
                     "Bandbreite liefert, von der die Rechenzentren jede Woche abh\u00E4ngen, sagt man dort.";
             }
         })},
        {"100 kB",
         [](const Asked&, int) { return "{\"insights\":[{\"claim\":\"" + std::string(100'000, 'a') + "\"}]}"; }},
    };
    for (const auto& [name, brain] : brains) {
        SCOPED_TRACE(name);
        World w;
        w.server.brain = brain;
        EXPECT_TRUE(same_insights(w.extract(), w.by_itself()));
        EXPECT_EQ(w.count("model_episodes_total/too_few"), 1);
    }
}

// Row 110.
TEST(ModelEngine, LetsNoInventionReachAnybody) {
    World w;
    w.server.brain = testing::spoilt_brain([](std::vector<WrittenClaim>& claims, const Asked&) {
        std::vector<WrittenClaim> invented;
        for (const WrittenClaim& one : claims) {
            invented.push_back({one.claim, one.quote, {99'999}});
            invented.push_back(
                {one.claim, "these are words that nobody in this show ever said to anyone", one.segments});
            invented.push_back({one.claim + " Zorblax Industries agrees.", one.quote, one.segments});
            invented.push_back({one.claim + " It costs 777 dollars.", one.quote, one.segments});
            invented.push_back({one.claim + " See zorblax.example now.", one.quote, one.segments});
            invented.push_back({"Zorblax " + one.claim, one.quote, one.segments});
        }
        claims = std::move(invented);
    });
    const ExtractedInsights out = w.extract();
    for (const Insight& insight : out.insights) {
        for (const char* part : {"Zorblax", "zorblax", "777"}) {
            EXPECT_EQ(insight.text.find(part), std::string::npos) << insight.text;
            EXPECT_EQ(insight.quote.find(part), std::string::npos) << insight.quote;
        }
    }
    check_insights(out, testing::a_talk());
    const auto& dropped = out.report.dropped;
    EXPECT_TRUE(dropped.contains("model: quote not in what it cites") ||
                dropped.contains("quote not in what it cites"));
}

TEST(ModelEngine, HasWhatFailedMendedOnceAndCountsTheRest) {
    World w;
    const auto sentences = good_sentences();
    w.server.brain = [&sentences](const Asked& a, int) {
        const bool mending = a.user.starts_with("Mend");
        std::vector<WrittenClaim> claims;
        for (const auto& [segment, text] : sentences) {
            if (mending && segment != 1) break;
            // At first without the words that carry it; then as it is.
            claims.push_back({text, mending ? text : "not a word of this was ever said by anybody here", {segment}});
        }
        return testing::claims_as_json(claims);
    };
    const ExtractedInsights out = w.extract();
    ASSERT_EQ(w.server.asked.size(), 2u);
    EXPECT_NE(w.server.asked[1].user.find("the quote is not word for word in the cited segments"), std::string::npos);
    ASSERT_EQ(out.insights.size(), 1u);
    EXPECT_EQ(out.insights[0].text, sentences[0].text);
    EXPECT_EQ(out.report.dropped.at(std::string(insights::gate::invented_quote)), sentences.size() - 1);
}

TEST(ModelEngine, PrefersWhatTheModelChooses) {
    ModelEngine::Settings settings;
    settings.engine.one_per = std::chrono::seconds{190};  // one is wanted, two are kept
    World w(Dialect::openai, {1'000'000'000, 1'000'000'000}, settings);
    w.server.brain = [honest = testing::honest_brain()](const Asked& a, int n) {
        return testing::most_asked(a) > 0 ? honest(a, n) : std::string("{\"best\":[2,1]}");
    };
    const ExtractedInsights out = w.extract();
    ASSERT_EQ(out.insights.size(), 2u);
    EXPECT_EQ(out.insights[0].text, good_sentences()[1].text);
    EXPECT_EQ(out.insights[1].text, good_sentences()[2].text);
}

TEST(ModelEngine, DoesWithoutTheModelsChoiceWhenItIsNone) {
    ModelEngine::Settings settings;
    settings.engine.one_per = std::chrono::seconds{190};
    for (const char* nonsense : {"", "{\"best\":[99,-1,\"x\"]}", "none of them"}) {
        World w(Dialect::openai, {1'000'000'000, 1'000'000'000}, settings);
        w.server.brain = [honest = testing::honest_brain(), nonsense](const Asked& a, int n) {
            return testing::most_asked(a) > 0 ? honest(a, n) : std::string(nonsense);
        };
        const ExtractedInsights out = w.extract();
        EXPECT_EQ(out.insights.size(), 2u);
        check_insights(out, testing::a_talk());
    }
}

TEST(ModelEngine, ReadsInSmallerWindowsWhereTheContextIsSmall) {
    World w;
    w.server.context = 8'000;
    const ExtractionRequest talk = testing::a_long_talk(60'000);
    const ExtractedInsights out = w.extract(talk);
    EXPECT_EQ(w.count("model_episodes_total/model"), 1);
    check_insights(out, talk);
    w.extract(talk);
    EXPECT_EQ(w.count("model_calls_total/context_too_long"), 1) << "what was learnt is kept";
}

TEST(ModelEngine, GivesUpOnAContextThatHoldsNothing) {
    World w;
    w.server.context = 4'100;
    EXPECT_TRUE(same_insights(w.extract(), w.by_itself()));
    EXPECT_LE(w.server.requests.size(), 4u);
}

TEST(ModelEngine, AsksNobodyAboutShowNotesOrSilence) {
    World w;
    ExtractionRequest notes = testing::a_talk();
    notes.transcript.format = TranscriptFormat::show_notes;
    w.extract(notes);
    ExtractionRequest silence = testing::a_talk();
    silence.transcript.segments.clear();
    w.extract(silence);
    EXPECT_TRUE(w.server.requests.empty());
}

// Answers with bytes changed, cut out, doubled and moved.
TEST(ModelEngine, KeepsEveryPromiseWhateverBytesTheModelSends) {
    Random random(11);
    for (int round = 0; round < 400; ++round) {
        World w;
        w.server.brain = [&random, honest = testing::honest_brain()](const Asked& a, int n) {
            std::string text = honest(a, n);
            for (std::uint64_t i = random.below(6); i > 0 && !text.empty(); --i) {
                const std::size_t at = random.below(text.size());
                const std::size_t size = random.below(40);
                switch (random.below(4)) {
                    case 0:
                        text[at] = static_cast<char>(32 + random.below(224));
                        break;
                    case 1:
                        text.erase(at, size);
                        break;
                    case 2:
                        text.insert(random.below(text.size()), text.substr(at, size));
                        break;
                    default:
                        text.insert(at, random.below(2) == 0 ? "\"},{\"" : "\\u202e<@U1> evil.example ");
                        break;
                }
            }
            return text;
        };
        const ExtractedInsights out = w.extract();
        check_insights(out, testing::a_talk());
        EXPECT_FALSE(out.insights.empty());
        if (HasFailure()) break;
    }
}

TEST(ModelEngine, TellsInOneLineWhatAnEpisodeTook) {
    World w;
    w.extract();
    ASSERT_EQ(w.log.lines.size(), 1u);
    for (const char* part :
         {"model read an episode", "episode=Chips, houses and code", "calls=", "input_tokens=", "cost=0.0", "kept="}) {
        EXPECT_NE(w.log.lines[0].find(part), std::string::npos) << w.log.lines[0];
    }
    EXPECT_EQ(w.log.lines[0].find(test_key), std::string::npos);
}

}  // namespace
}  // namespace podbrief::services
