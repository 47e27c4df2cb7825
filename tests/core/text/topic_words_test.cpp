#include "core/text/topic_words.hpp"

#include <gtest/gtest.h>

namespace podbrief::text {
namespace {

TEST(TopicWords, PutsPluralsIntoTheSingularAndLeavesWhatOnlyLooksLikeOne) {
    const struct {
        const char* word;
        const char* expected;
    } cases[] = {{"chips", "chip"},        {"llms", "llm"},         {"companies", "company"},
                 {"gpus", "gpu"},          {"apis", "api"},         {"databases", "database"},
                 {"processes", "process"}, {"boxes", "box"},        {"viruses", "virus"},
                 {"analyses", "analysis"}, {"repos", "repo"},       {"metrics", "metric"},
                 {"licenses", "license"},  {"indexes", "index"},    {"women", "woman"},
                 {"movies", "movie"},      {"aws", "aws"},          {"kubernetes", "kubernetes"},
                 {"sales", "sales"},       {"news", "news"},        {"https", "https"},
                 {"css", "css"},           {"ios", "ios"},          {"redis", "redis"},
                 {"physics", "physics"},   {"status", "status"},    {"business", "business"},
                 {"series", "series"},     {"windows", "windows"},  {"devops", "devops"},
                 {"macos", "macos"},       {"postgres", "postgres"}};
    for (const auto& c : cases) EXPECT_EQ(singular(c.word), c.expected) << c.word;
}

TEST(TopicWords, TakeNamesOfOneTopicForTheSame) {
    EXPECT_TRUE(is_same_topic("chips", "Chip"));
    EXPECT_TRUE(is_same_topic("Language Models", "language-model"));
    EXPECT_TRUE(is_same_topic("open source", "Open-Source"));
    EXPECT_FALSE(is_same_topic("c", "c++"));
    EXPECT_FALSE(is_same_topic("windows", "window"));
    EXPECT_FALSE(is_same_topic("?", "!"));
    EXPECT_EQ(topic_identity("distributed systems"), "distributed-system");
    EXPECT_EQ(topic_identity("United States"), "united-states");
}

TEST(TopicWords, TellHowATextWritesATopicUnlessItsSentenceMayHaveMadeTheCapital) {
    EXPECT_EQ(written_form("ai", "He says AI's cost falls."), "AI");
    EXPECT_EQ(written_form("llms", "LLMs are cheap."), "LLMs");
    EXPECT_EQ(written_form("open source", "Money for open source is scarce."), "open source");
    EXPECT_EQ(written_form("rust", "Rust is quick."), "");
    EXPECT_EQ(written_form("rust", "Rust is quick. Many choose Rust."), "Rust");
    EXPECT_EQ(written_form("ai", "He said that aid helps."), "");
    EXPECT_EQ(written_form("ai", "It is \u201cAI\u201d, and AI\u2019s cost."), "AI");
    EXPECT_EQ(written_form("rust", "\"Rust is quick,\" he says."), "");
    EXPECT_EQ(written_form("rust", "They choose \u00e9Rust or Rusty."), "");
}

TEST(TopicForms, CallATopicAsItIsWrittenMostOften) {
    TopicForms forms;
    EXPECT_EQ(forms.most_frequent(), "");
    forms.add("llm", "One LLM is enough.", {});
    forms.add("llms", "Many use LLMs.", {});
    forms.add("llms", "Few trust LLMs.", {});
    EXPECT_EQ(forms.most_frequent(), "LLMs");
    TopicForms names;
    names.add("china", "China buys chips.", {"China"});
    EXPECT_EQ(names.most_frequent(), "China");
}

}  // namespace
}  // namespace podbrief::text
