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

TEST(RelationToTopic, IsNotTakenFromWhatIsSaidOfOtherThings) {
    const struct {
        const char* text;
        const char* topic;
        const char* relation;
    } cases[] = {
        // praise and blame of something else in the same breath
        {"She gave the best talk on Kubernetes, and it was great.", "kubernetes", "adds context"},
        {"You have dozens of machines that run Kubernetes. That is a terrible hour.", "kubernetes", "adds context"},
        {"People waste money while Rust programs compile.", "rust", "adds context"},
        // a word of the topic is not the topic
        {"Good code is worth the effort.", "AI coding", "none"},
        {"A closed source of water is dangerous.", "open source", "none"},
        // what a topic is part of, or came from
        {"Generics are a part of the problem that languages have.", "generics", "adds context"},
        {"Generics came as a result of improvements elsewhere.", "generics", "adds context"},
        // its own verdicts
        {"There are situations where retrieval is the wrong choice.", "retrieval", "disputes"},
        {"Retrieval is old. It helps teams avoid mistakes.", "retrieval", "supports"},
        {"Linters help solve the problem of style.", "linters", "supports"},
    };
    for (const auto& one : cases) {
        SCOPED_TRACE(one.text);
        EXPECT_EQ(name(relation_to_topic(saying(one.text), one.topic)), one.relation) << one.topic;
    }
}

TEST(RelationToTopic, IsReadFromWhatIsSaidOfTheThingItself) {
    const struct {
        const char* rule;
        const char* text;
        const char* topic;
        bool has_side;
    } cases[] = {
        {"a verdict", "AWS is a great platform today.", "AWS", true},
        {"a topic of two words", "Open source has really worked for databases.", "open source", true},
        {"of a part of it", "The speed of LLMs is a problem.", "LLMs", true},
        {"of another noun", "AI coding agents make code reviews everyone's big problem.", "AI", false},
        {"of another name", "The Linux Foundation is terrible.", "linux", false},
        {"of what is made with it", "AI-generated images are terrible.", "AI", false},
        {"in a condition", "If Rust is great, that remains to be seen.", "rust", false},
        {"a question of how", "People ask how Kubernetes works.", "kubernetes", false},
        {"a reason that is denied", "The rewrite is not fast because Rust is fast.", "rust", false},
        {"what a but takes back", "Kubernetes is great, but that is not the point.", "kubernetes", false},
        {"of one of many", "The conference is cheap.", "conferences", false},
    };
    for (const auto& one : cases) {
        SCOPED_TRACE(one.rule);
        const RelationGuess guess = relation_to_topic(saying(one.text), one.topic);
        const bool has_side = guess.relation && *guess.relation != Relation::adds_context;
        EXPECT_EQ(has_side, one.has_side) << one.text << ' ' << guess.confidence;
    }
}

TEST(RelationToTopic, TurnsRoundWhatASpeakerDoesNotThink) {
    EXPECT_EQ(name(relation_to_topic(saying("Kris Brandow does not think that generics are bad."), "generics")),
              "supports");
    EXPECT_EQ(name(relation_to_topic(saying("Kris Brandow thinks that generics are bad."), "generics")), "disputes");
}

TEST(RelationToInsight, IsOnAThingThatIsATopicOfBoth) {
    Insight head = saying("Trams make streets quiet, and trams are worth the money for a city.");
    Insight other = saying("Trams are a costly mistake for a city.");
    EXPECT_EQ(name(relation_to(other, head)), "disputes");
    head.topics = {"trams"};
    other.topics = {"trams"};
    EXPECT_EQ(name(relation_to(other, head)), "disputes");
    other.topics = {"budgets"};
    EXPECT_NE(name(relation_to(other, head)), "disputes");
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

TEST(RelationTo, IsTheSameForAHeadThatWasReadBefore) {
    const std::vector<Insight> claims{
        saying("Export controls work and slow rivals."), saying("Export controls have backfired."),
        saying("The ban on exports has failed."), saying("Microservices are overkill for a small team."),
        saying("A monolith works well for a small team.")};
    for (const Insight& head : claims) {
        const ReadInsight read(head);
        for (const Insight& one : claims) {
            EXPECT_EQ(relation_to(ReadInsight(one), read), relation_to(one, head)) << one.text << " | " << head.text;
        }
    }
}

}  // namespace
}  // namespace podbrief::search
