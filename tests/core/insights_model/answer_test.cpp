#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/insights/model_answer.hpp"
#include "tests/doubles/ai/request_checks.hpp"

namespace podbrief::insights {
namespace {

constexpr const char* one = R"({"claim":"Chips matter.","quote":"chips matter a lot","segment_ids":[1,2]})";
const ModelClaim parsed{"Chips matter.", "chips matter a lot", {1, 2}};

std::string answer(const std::string& entries) {
    return "{\"insights\":[" + entries + "]}";
}

TEST(ModelAnswer, IsReadFromJson) {
    const auto read = read_model_answer(answer(std::string(one) + "," + one));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->claims, (std::vector<ModelClaim>{parsed, parsed}));
    EXPECT_EQ(read->unreadable, 0u);
}

TEST(ModelAnswer, IsFoundInFencesProseAndBehindThoughts) {
    const std::string json = answer(one);
    for (const std::string& text : {
             "```json\n" + json + "\n```",
             "Sure! Here are the insights:\n\n" + json + "\n\nI hope that helps {really}.",
             "<think>The user wants {\"insights\":[]} but I should look.</think>\n" + json,
             "{\"note\":\"first\"} " + json,
             "{ not json } " + json,
         }) {
        SCOPED_TRACE(text);
        const auto read = read_model_answer(text);
        ASSERT_TRUE(read);
        EXPECT_EQ(read->claims, std::vector<ModelClaim>{parsed});
    }
}

TEST(ModelAnswer, KeepsTheEntriesThatCameWholeWhenItIsCutOff) {
    const std::string whole = answer(std::string(one) + "," + one + "," + one);
    for (std::size_t size = whole.size() - 3; size > std::string(one).size() + 20; size -= 7) {
        const auto read = read_model_answer(whole.substr(0, size));
        ASSERT_TRUE(read) << size;
        EXPECT_GE(read->claims.size(), 1u);
        for (const ModelClaim& claim : read->claims) EXPECT_EQ(claim, parsed);
    }
    EXPECT_FALSE(read_model_answer(whole.substr(0, 40)));
}

TEST(ModelAnswer, IsNoneInAnythingElse) {
    for (const char* text : {"", "I cannot help with that.", "{}", "[]", "null", "{\"insights\":7}",
                             "{\"insights\":", "{{{{", "{\"insights\":{\"claim\":1}}"}) {
        EXPECT_FALSE(read_model_answer(text)) << text;
    }
    EXPECT_FALSE(read_model_answer(std::string(2 << 20, '{')));
}

TEST(ModelAnswer, CountsEntriesOfTheWrongTypes) {
    for (const char* entry : {
             "7",
             "\"text\"",
             "null",
             "[]",
             "{}",
             R"({"claim":1,"quote":"a","segment_ids":[]})",
             R"({"claim":"a","quote":null,"segment_ids":[1]})",
             R"({"claim":"a","quote":"b","segment_ids":"1"})",
             R"({"claim":"a","quote":"b","segment_ids":["1"]})",
             R"({"claim":"a","quote":"b","segment_ids":[-1]})",
             R"({"claim":"a","quote":"b","segment_ids":[1.5]})",
             R"({"claim":"a","quote":"b","segment_ids":[99999999999]})",
             R"({"claim":"","quote":"b","segment_ids":[1]})",
         }) {
        SCOPED_TRACE(entry);
        const auto read = read_model_answer(answer(std::string(entry) + "," + one));
        ASSERT_TRUE(read);
        EXPECT_EQ(read->unreadable, 1u);
        EXPECT_EQ(read->claims, std::vector<ModelClaim>{parsed});
    }
}

TEST(ModelAnswer, TakesNoMoreThanAnybodyWouldWrite) {
    std::string entries = one;
    for (int i = 0; i < 99; ++i) entries += std::string(",") + one;
    EXPECT_EQ(read_model_answer(answer(entries))->claims.size(), 64u);
    const std::string endless = R"({"claim":")" + std::string(100'000, 'a') + R"(","quote":"b","segment_ids":[1]})";
    EXPECT_EQ(read_model_answer(answer(endless))->unreadable, 1u);
}

TEST(ModelChoice, IsTheNumbersThatAreThereEachOnce) {
    EXPECT_EQ(read_model_choice(R"({"best":[2,0,2,9,-1,"1",1]})", 3), (std::vector<std::size_t>{2, 0, 1}));
    EXPECT_TRUE(read_model_choice("{\"best\":\"all\"}", 3).empty());
    EXPECT_TRUE(read_model_choice("all of them", 3).empty());
}

TEST(Schemas, AreOnesThatEveryProviderTakes) {
    for (const std::string& schema : {claims_schema(), choice_schema()}) {
        const auto breaches = podbrief::testing::breaches_of_schema(nlohmann::json::parse(schema));
        EXPECT_TRUE(breaches.empty()) << breaches.front();
    }
}

TEST(ModelRelations, AreReadAsFarAsTheyAreWellFormed) {
    const auto judged = read_model_relations(
        "<think>{\"relations\":[]}</think>```json\n"
        R"({"relations":[{"pair":1,"relation":"disputes","confidence":85},{"pair":0,"relation":"unrelated","confidence":100},
            {"pair":1,"relation":"supports","confidence":99},{"pair":7,"relation":"supports","confidence":90},
            {"pair":2,"relation":"agrees","confidence":90},{"pair":2,"relation":"supports","confidence":900},
            {"pair":2,"relation":"supports"},{"pair":"2","relation":"supports","confidence":5},"x",
            {"pair":3,"relation":"adds_context","confidence":0}]})"
        "\n```",
        4);
    EXPECT_EQ(judged, (std::vector<JudgedPair>{
                          {1, Relation::disputes, 0.85}, {0, std::nullopt, 1.0}, {3, Relation::adds_context, 0.0}}));
    EXPECT_TRUE(read_model_relations("They disagree.", 4).empty());
    EXPECT_TRUE(read_model_relations(R"({"relations":"none"})", 4).empty());
}

}  // namespace
}  // namespace podbrief::insights
