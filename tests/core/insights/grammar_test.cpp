#include "core/insights/grammar.hpp"

#include <gtest/gtest.h>

#include <string>

namespace podbrief::insights {
namespace {

bool with(bool (*rule)(std::span<const Token>), std::string_view sentence) {
    const Tokens tokens(sentence);
    return rule(tokens.list);
}

TEST(Grammar, SeesWordsThatCannotStandSideBySide) {
    for (const char* sentence : {
             "Data centers move because of the we're using so much water.",
             "They go down to the point of for minimal risk a rule.",
             "The lake have always have been cold.",
             "When you're taking something is new for a team.",
             "Ada thinks that boats, the attempt there was to make it simple.",
             "Most of the readers, they might read the headline only.",
             "The market is are slow in winter.",
             "The plan is really - now the boats leave at noon.",
             "A harbour that's full, but not safe - it's also no good.",
             "The boats which - they leave at noon - are full.",
             "For a small boat in the ice, yes.",
         }) {
        EXPECT_TRUE(with(is_broken, sentence)) << sentence;
    }
}

TEST(Grammar, LeavesWholeSentencesAlone) {
    for (const char* sentence : {
             "What they have is a harbour for the boats of the island.",
             "The boats that leave in winter carry freight, and they return with the mail.",
             "In most harbours, it takes a year to build a quay.",
             "If you pay for the boat, it's yours to use.",
             "The price of tickets, which rose by half, is still low.",
             "As the ice melts, they open the harbour again.",
             "That is very very slow for a boat of the size.",
             "It's not freight - it's mail that pays for the line.",
         }) {
        EXPECT_FALSE(with(is_broken, sentence)) << sentence;
    }
}

TEST(Grammar, FindsTheMainClause) {
    for (const char* sentence : {
             "The boats that leave in winter carry freight.",
             "If the harbour freezes, the islands lose their mail.",
             "What makes boats slow is the ice.",
             "Freight boats slow the mail in winter.",
             "A pilot decides what the captain sees.",
             "Building a quay takes a year.",
             "Ferry captains favour wide harbours, because the ice drifts along the quay.",
             "In the year 2015 this saved 12 percent of the budget.",
             "If you look at the harbour, boats leave in winter.",
             "If the boats are slow, and nobody cares about them, the islands lose their mail.",
             "To reach the islands, boats wait for the ice.",
             "Captains who know the ice leave in winter, because the harbour pays them.",
         }) {
        EXPECT_TRUE(with(has_main_clause, sentence)) << sentence;
    }
    for (const char* sentence : {
             "The fact that the boats can leave in winter.",
             "All the important boats that people are using today for freight and mail.",
             "Store the freight in a warehouse of the harbour.",
             "Eventually settled on a harbour in the north.",
             "Even the small boats; most of the captains leave in winter.",
             "Having ways to control the boats in the ice, but they sink.",
             "When you're running out of boats, or don't have the crew, and you need a ferry.",
             "To help captains with the task of finding the care that's needed in winter.",
             "Graduated as a captain, which means you don't need a pilot.",
             "Captains who would leave in winter, because they know the ice so well that they can see it.",
             "If the boats are slow, like when they are old and leave late, and nobody cares about them.",
             "Vet its captains, and see whether or not the boats would leave in winter.",
             "Unstick you from the ice, because the boats that help make you a better captain.",
         }) {
        EXPECT_FALSE(with(has_main_clause, sentence)) << sentence;
    }
}

TEST(Grammar, TellsWhatIsToldInThePast) {
    EXPECT_TRUE(with(is_told_in_the_past, "The first captain was a baker who came from the north."));
    EXPECT_FALSE(with(is_told_in_the_past, "Captains know the ice, because they learned it as children and use it."));
}

TEST(Grammar, TellsAdviceFromAStatement) {
    EXPECT_TRUE(with(gives_advice, "You should check the boats each morning."));
    EXPECT_TRUE(with(gives_advice, "In winter you need to check the boats each morning."));
    EXPECT_TRUE(with(gives_advice, "Just use a boat with a heated deck."));
    EXPECT_FALSE(with(gives_advice, "If you need to cross the ice, a boat is too slow."));
}

}  // namespace
}  // namespace podbrief::insights
