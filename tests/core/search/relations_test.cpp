#include "core/search/relations.hpp"

#include <gtest/gtest.h>

namespace podbrief::search {
namespace {

Insight saying(const char* text) {
    Insight one;
    one.text = text;
    return one;
}

std::string name(const RelationGuess& guess) {
    return guess.relation ? std::string(to_string(*guess.relation)) : "none";
}

TEST(RelationToTopic, IsTheSideTakenTowardsIt) {
    const struct {
        const char* text;
        const char* topic;
        const char* relation;
    } cases[] = {
        {"Export controls work and slow rivals.", "chip export controls", "supports"},
        {"Export controls have backfired.", "chip export controls", "disputes"},
        {"The sanctions have backfired.", "export controls", "disputes"},
        {"Export controls cover forty countries.", "chip export controls", "adds context"},
        {"Gardening is wonderful.", "chip export controls", "none"},
        {"Kubernetes is overkill for a small team.", "kubernetes", "disputes"},
        {"Microservices are overkill for a small team.", "monolith", "supports"},
        {"Office mandates backfired.", "remote work", "supports"},
        {"Retrieval reduces hallucinations.", "hallucinations", "adds context"},
    };
    for (const auto& one : cases) {
        SCOPED_TRACE(one.text);
        EXPECT_EQ(name(relation_to_topic(saying(one.text), one.topic)), one.relation) << one.topic;
    }
}

TEST(RelationToInsight, NeedsASharedIssueAndTwoSides) {
    const struct {
        const char* text;
        const char* head;
        const char* relation;
    } cases[] = {
        {"Chip export controls are effective.", "Export controls on chips work.", "supports"},
        {"Chip export curbs have backfired.", "Export controls on chips work.", "disputes"},
        {"Chip export controls cover forty countries.", "Export controls on chips work.", "adds context"},
        {"Chips are made in forty countries.", "Export controls on chips work.", "none"},
        {"Meal kits have failed.", "Export controls on chips work.", "none"},
        {"Smaller reactors have failed as an export.", "Reactors sold for export are a success.", "disputes"},
        {"Office mandates backfired for engineers.", "Remote work helps engineers.", "supports"},
        {"Remote work fails engineers who are new.", "Remote work helps engineers.", "disputes"},
    };
    for (const auto& one : cases) {
        SCOPED_TRACE(one.text);
        EXPECT_EQ(name(relation_to(saying(one.text), saying(one.head))), one.relation);
    }
}

TEST(RelationToInsight, KeepsItsConfidenceWhereItIsTooLowForALabel) {
    const RelationGuess guess = relation_to(saying("Meal kits have failed."), saying("Trams work."));
    EXPECT_FALSE(guess.relation);
    EXPECT_EQ(guess.confidence, 0);
}

}  // namespace
}  // namespace podbrief::search
