#include <gtest/gtest.h>

#include "core/commands/reply_builder.hpp"
#include "tests/core/services/chat_library.hpp"

namespace podbrief::services {
namespace {

using namespace std::chrono_literals;
using podbrief::testing::ChatLibrary;
using podbrief::testing::Claim;

class Watching : public ::testing::Test {
protected:
    Watching() { library.add_sample(); }

    Reply ask(const std::string& text) { return library.ask("anna", text); }
    std::string words(const std::string& text) {
        std::string words;
        for (const ReplyBlock& block : ask(text).blocks) {
            if (const auto* one = std::get_if<Paragraph>(&block)) words += one->text + "\n";
        }
        return words;
    }
    std::vector<Table::Row> rows(const std::string& text) {
        for (const ReplyBlock& block : ask(text).blocks) {
            if (const auto* table = std::get_if<Table>(&block)) return table->rows;
        }
        return {};
    }
    Insight say_something_of_kilns(int number) {
        return library.add(
            {"Timber Talk",
             "Rui Costa",
             fmt::format("Timber kilns of type {} dry planks with heat from below, which pays back within {} "
                         "years in small sawmills.",
                         number, number + 2),
             {"timber kilns"},
             {},
             Stance::neutral,
             Modality::said,
             1h});
    }
    Brief brief() { return library.get(library.composer.preview(library.reader("anna"))); }

    ChatLibrary library;
};

TEST_F(Watching, WhatIsNotThereIsToldOnceItIsAndComesFirst) {
    ask("follow chip export controls");
    EXPECT_EQ(
        words("watch timber kilns"),
        "You watch timber kilns from now on: the next brief after something new is said on it begins with that.\n");
    for (const BriefItem& item : brief().items) EXPECT_EQ(item.reason.watched, "");
    const Insight news = say_something_of_kilns(1);
    const Brief told = brief();
    ASSERT_FALSE(told.items.empty());
    EXPECT_EQ(told.items[0].insight, news.id);
    EXPECT_EQ(told.items[0].reason.watched, "timber kilns");
    const Reply shown = ask("brief");
    for (const ReplyBlock& block : shown.blocks) {
        if (const auto* card = std::get_if<InsightCard>(&block)) {
            EXPECT_EQ(card->why, "you watch timber kilns");
            break;
        }
    }
}

TEST_F(Watching, WhatWasThereBeforeIsNoNews) {
    say_something_of_kilns(1);
    EXPECT_NE(words("watch timber kilns").find("There is one insight on it already."), std::string::npos);
    for (const BriefItem& item : brief().items) EXPECT_EQ(item.reason.watched, "");
    const Insight news =
        library.add({"Pot Luck",
                     "Ada Moor",
                     "Scottish winters defeat timber kilns: six degrees of warmth leave planks wet for "
                     "half a year.",
                     {"timber kilns"},
                     {},
                     Stance::critical,
                     Modality::said,
                     1h});
    EXPECT_EQ(brief().items.at(0).insight, news.id);
}

TEST_F(Watching, IsShownAmongTopicsAndSettingsAndInTheExport) {
    ask("watch Timber Kilns");
    const auto topics = rows("topics");
    ASSERT_EQ(topics.size(), 1U);
    EXPECT_EQ(topics[0], (Table::Row{"timber kilns", "watched"}));
    const auto settings = rows("settings");
    EXPECT_EQ(std::count(settings.begin(), settings.end(), Table::Row{"Watched", "timber kilns"}), 1);
    EXPECT_NE(words("export").find("\nwatch timber kilns"), std::string::npos);
}

TEST_F(Watching, EndsByUnwatchAndByUnfollow) {
    ask("watch timber kilns");
    EXPECT_NE(words("watch timber kilns").find("already"), std::string::npos);
    EXPECT_EQ(words("unwatch timber kilns"), "Not watched any more: timber kilns.\n");
    EXPECT_EQ(words("unwatch timber kilns"), "You do not watch timber kilns.\n");
    ask("watch timber kilns");
    EXPECT_EQ(words("unfollow timber kilns"), "Neither followed nor muted any more: timber kilns.\n");
    EXPECT_TRUE(library.reader("anna").profile.watches.empty());
    say_something_of_kilns(1);
    for (const BriefItem& item : brief().items) EXPECT_EQ(item.reason.watched, "");
}

TEST_F(Watching, ANumberMeansItsTopic) {
    ask("more on chip export controls");
    ask("watch 1");
    EXPECT_EQ(library.reader("anna").profile.watches.at(0).topic, "chip export controls");
}

TEST_F(Watching, IsOfferedWhereNothingWasFoundAndThenNotAgain) {
    const Reply reply = ask("more on timber kilns");
    EXPECT_EQ(std::count(reply.suggestions.begin(), reply.suggestions.end(), "watch timber kilns"), 1);
    EXPECT_NE(words("more on timber kilns").find("Say watch timber kilns"), std::string::npos);
    ask("watch timber kilns");
    EXPECT_NE(words("more on timber kilns").find("You watch it"), std::string::npos);
}

TEST_F(Watching, HasAnUpperEnd) {
    for (int i = 0; i < 20; ++i) ask(fmt::format("watch topic number {}x", i));
    EXPECT_NE(words("watch one more").find("as many topics as can be watched"), std::string::npos);
}

}  // namespace
}  // namespace podbrief::services
