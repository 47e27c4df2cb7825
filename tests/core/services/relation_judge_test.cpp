#include "core/services/relation_judge.hpp"

#include <gmock/gmock.h>

#include "tests/core/services/chat_library.hpp"
#include "tests/doubles/memory_relations.hpp"

namespace podbrief::services {
namespace {

using namespace std::chrono_literals;
using testing::Claim;
using ::testing::HasSubstr;

class ScriptedModel final : public LanguageModel {
public:
    std::function<ChatResult(const ChatRequest&)> answer;
    std::vector<ChatRequest> asked;
    asio::awaitable<ChatResult> chat(ChatRequest request) override {
        asked.push_back(request);
        co_return answer(request);
    }
    std::string name() const override { return "scripted model"; }
};

ChatResult written(std::string text) {
    ChatAnswer answer;
    answer.text = std::move(text);
    return answer;
}

struct World : testing::ChatLibrary {
    explicit World(bool with_model = false) {
        RelationJudge::Ports ports{store,
                                   relations,
                                   store,
                                   search,
                                   with_model ? &model : nullptr,
                                   clock,
                                   log,
                                   metrics,
                                   context.get_executor()};
        judge = std::make_unique<RelationJudge>(std::move(ports), RelationJudge::Settings{});
        works = add(claim("Chip Talk", "Ada Byron",
                          "Export controls on advanced chips work: they slow the training of Chinese models by years.",
                          Stance::favourable));
        fails =
            add(claim("Trade Winds", "Bo Chen",
                      "Export controls on advanced chips have backfired: they forced Chinese firms to build chips of "
                      "their own.",
                      Stance::critical));
    }
    static Claim claim(std::string show, std::string speaker, std::string text, Stance stance) {
        Claim out;
        out.show = std::move(show);
        out.speaker = std::move(speaker);
        out.text = std::move(text);
        out.topics = {"export controls", "chips"};
        out.stance = stance;
        return out;
    }
    std::size_t catch_up() { return get(judge->catch_up()); }
    InsightRelation of(const Insight& insight, const Insight& head) { return relations.all.at({head.id, insight.id}); }

    testing::MemoryRelations relations;
    NullLog log;
    NullMetrics metrics;
    ScriptedModel model;
    std::unique_ptr<RelationJudge> judge;
    Insight works;
    Insight fails;
};

TEST(RelationJudge, KeepsHowNewInsightsStandTowardsThoseTheyAreRelatedTo) {
    World world;
    EXPECT_GT(world.catch_up(), 0u);
    const InsightRelation found = world.of(world.fails, world.works);
    EXPECT_EQ(found.relation, Relation::disputes);
    EXPECT_GT(found.confidence, 0.3);
    EXPECT_EQ(found.judge, "rules");
    EXPECT_EQ(world.of(world.works, world.fails).relation, Relation::disputes);
    EXPECT_EQ(world.catch_up(), 0u) << "each change is looked at once";
}

TEST(RelationJudge, TakesTheModelsJudgementAndItsConfidence) {
    World world(true);
    world.model.answer = [](const ChatRequest&) {
        return written(R"({"relations":[{"pair":0,"relation":"disputes","confidence":93},
                                        {"pair":1,"relation":"disputes","confidence":88}]})");
    };
    world.catch_up();
    ASSERT_EQ(world.model.asked.size(), 1u);
    EXPECT_THAT(world.model.asked[0].user, HasSubstr("have backfired"));
    EXPECT_THAT(world.model.asked[0].schema, HasSubstr("adds_context"));
    const InsightRelation found = world.of(world.fails, world.works);
    EXPECT_EQ(found.judge, "scripted model");
    EXPECT_EQ(found.relation, Relation::disputes);
    EXPECT_GE(found.confidence, 0.88);
}

TEST(RelationJudge, ShowsNoLabelThatTheModelIsNotSureOfOrThatTheRulesSeeTheOtherWay) {
    for (const char* answer : {R"({"relations":[{"pair":0,"relation":"disputes","confidence":40},
                                                {"pair":1,"relation":"disputes","confidence":59}]})",
                               R"({"relations":[{"pair":0,"relation":"supports","confidence":95},
                                                {"pair":1,"relation":"supports","confidence":95}]})",
                               R"({"relations":[{"pair":0,"relation":"unrelated","confidence":95},
                                                {"pair":1,"relation":"unrelated","confidence":95}]})"}) {
        World world(true);
        world.model.answer = [answer](const ChatRequest&) { return written(answer); };
        world.catch_up();
        EXPECT_EQ(world.of(world.fails, world.works).relation, std::nullopt) << answer;
        EXPECT_EQ(world.of(world.works, world.fails).relation, std::nullopt) << answer;
    }
}

TEST(RelationJudge, GoesByTheRulesWhereTheModelTalksOrFailsAndLeavesItAloneForAWhile) {
    World world(true);
    world.model.answer = [](const ChatRequest&) { return written("I think they disagree, don't they?"); };
    world.catch_up();
    EXPECT_EQ(world.of(world.fails, world.works).judge, "rules");

    World down(true);
    down.model.answer = [](const ChatRequest&) -> ChatResult {
        ChatFailure failure;
        failure.kind = ChatFailure::Kind::retry_later;
        return failure;
    };
    down.catch_up();
    EXPECT_EQ(down.of(down.fails, down.works).relation, Relation::disputes);
    down.add(World::claim("Third Show", "Cy Young", "Export controls on advanced chips hurt allied firms most of all.",
                          Stance::critical));
    down.catch_up();
    EXPECT_EQ(down.model.asked.size(), 1u);
    down.clock.advance(31min);
    down.add(World::claim("Fourth Show", "Di Wu", "Export controls on advanced chips work better than tariffs.",
                          Stance::favourable));
    down.catch_up();
    EXPECT_EQ(down.model.asked.size(), 2u);
}

TEST(RelationJudge, AsksNoModelAboutOldInsightsAndKeepsNothingOfVeryOldOnes) {
    World world(true);
    world.model.answer = [](const ChatRequest&) { return written("{}"); };
    world.catch_up();
    const std::size_t asked = world.model.asked.size();
    Claim old =
        World::claim("Archive", "Eve Fox", "Export controls on advanced chips fail without allies.", Stance::critical);
    old.age = 24h * 5;
    world.add(old);
    EXPECT_GT(world.catch_up(), 0u);
    EXPECT_EQ(world.model.asked.size(), asked);
    old.text = "Export controls on advanced chips failed in the last century too.";
    old.age = 24h * 30;
    world.add(old);
    EXPECT_EQ(world.catch_up(), 0u);
}

TEST(RelationJudge, WhatWasJudgedIsWhatReadersSee) {
    World world;
    world.catch_up();
    Responder responder(world.store, world.store, world.search, world.composer, world.clock, nullptr);
    responder.use(world.relations);
    const Reader reader = world.reader("ann");
    const auto label_of_first = [&] {
        world.get(responder.answer(reader, "c", std::string("more on export controls")));
        const Reply reply = world.get(responder.answer(reader, "c", std::string("more on 1")));
        for (const ReplyBlock& block : reply.blocks) {
            if (const auto* card = std::get_if<InsightCard>(&block)) return card->relation;
        }
        return std::optional<Relation>();
    };
    EXPECT_EQ(label_of_first(), Relation::disputes);
    for (auto& [pair, relation] : world.relations.all) relation.relation = std::nullopt;
    EXPECT_EQ(label_of_first(), std::nullopt) << "what is not sure shows no label";
}

}  // namespace
}  // namespace podbrief::services
