#include "adapters/discord/render.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/discord/markdown.hpp"
#include "adapters/doubles/discord_checks.hpp"
#include "adapters/doubles/discord_shown.hpp"
#include "core/text/unicode.hpp"
#include "tests/adapters/discord/world.hpp"
#include "tests/support/any_reply.hpp"

namespace podbrief::discord {
namespace {

using Json = nlohmann::json;
using doubles::discord::MessageUse;
using podbrief::testing::letters_of;

constexpr const char* key = "abcdefghijklmnopqrstuvwx";

Json rendered(const Reply& reply, int plainness = 0, bool components_only = false) {
    Shape shape;
    shape.plainness = plainness;
    shape.components_v2_only = components_only;
    shape.key = key;
    return message_of(reply, shape);
}

std::size_t components_in(const Json& components) {
    std::size_t count = 0;
    for (const Json& one : components) {
        ++count;
        if (one.contains("components")) count += components_in(one.at("components"));
    }
    return count;
}

std::string shown(const Json& message) {
    return doubles::discord::transcript_of(message);
}

TEST(DiscordRender, ABriefOfFiveIsOneMessageWithAllThatCanBeDone) {
    const auto parts = split(five_insights());
    ASSERT_EQ(parts.size(), 1U);
    const Json message = rendered(parts.front());
    EXPECT_LE(components_in(message.at("components")), 40U);
    const auto seen = doubles::discord::shown_message(message);
    for (const char* label :
         {"More", "Other side", "\U0001F44D", "\U0001F44E", "Save", "1: Source", "5: Mute chip exports"}) {
        EXPECT_NE(std::find(seen.buttons.begin(), seen.buttons.end(), label), seen.buttons.end()) << label;
    }
}

TEST(DiscordRender, ShowsACardAsItIsRead) {
    Reply reply;
    InsightCard card = card_of(3, "Chip curbs cut *both* ways.");
    card.relation = Relation::disputes;
    card.why = "you follow chips";
    card.marks.liked = true;
    reply.blocks.emplace_back(card);
    EXPECT_EQ(shown(rendered(reply)),
              "3. Disputes Chip curbs cut *both* ways.\n"
              "Jane Doe \u00b7 The Show \u00b7 Episode 3 \u00b7 12:34\n"
              "Listen at 12:34 \u00b7 example.org\n"
              "Why: you follow chips\n"
              "[More] [Other side] [Source] [*\U0001F44D Liked*] [\U0001F44E]\n"
              "[Save] [Mute chip exports]");
    EXPECT_EQ(doubles::discord::shown_message(rendered(reply)).opens,
              std::vector<std::string>{"https://example.org/e3#t=754"});
}

TEST(DiscordRender, PlainFormsHaveNoComponentsAndNoMarkup) {
    const Json plain = rendered(five_insights(), 1);
    EXPECT_FALSE(plain.contains("components"));
    EXPECT_EQ(plain.at("content").get<std::string>().find("**"), std::string::npos);
    EXPECT_NE(shown(plain).find("Claim 5."), std::string::npos);
    const Json links = rendered(five_insights(), 2);
    EXPECT_EQ(shown(links).find("Claim"), std::string::npos);
    EXPECT_EQ(doubles::discord::shown_message(links).opens.size(), 5U);
}

// A message with Components V2 can never be without them again.
TEST(DiscordRender, WhatReplacesAMessageKeepsItsKind) {
    constexpr int components_v2 = 1 << 15;
    for (const int plainness : {0, 1, 2}) {
        const Json message = rendered(five_insights(), plainness, true);
        EXPECT_NE(message.at("flags").get<int>() & components_v2, 0);
        EXPECT_EQ(doubles::discord::wrong_in_message(message, MessageUse::edit), "");
    }
}

TEST(DiscordRender, AMessageIsFoundByItsMarkInEveryForm) {
    for (const int plainness : {0, 1, 2}) {
        const Json message = rendered(five_insights(), plainness);
        EXPECT_TRUE(has_mark(message, key));
        EXPECT_FALSE(has_mark(message, "zyxwvutsrqponmlkjihgfedc"));
    }
}

TEST(DiscordRender, ButtonsOfQuestionsShowWhatWasChosen) {
    Reply reply = saying("When?");
    Choices hours;
    for (const char* hour : {"7:00", "8:00"}) {
        Choice choice;
        choice.label = hour;
        choice.action = {Action::Kind::choose, {}, 0, std::string("hour:") + hour};
        choice.chosen = std::string(hour) == "8:00";
        hours.choices.push_back(choice);
    }
    Choice site;
    site.label = "All shows";
    site.link = "https://example.org/shows";
    hours.choices.push_back(site);
    reply.blocks.emplace_back(hours);
    EXPECT_EQ(shown(rendered(reply)), "When?\n[7:00] [*8:00*] [All shows]");
}

TEST(DiscordRender, AnEmptyReplyIsStillAMessage) {
    for (const int plainness : {0, 1, 2}) {
        EXPECT_EQ(doubles::discord::wrong_in_message(rendered(Reply{}, plainness), MessageUse::respond), "");
    }
}

// RELIABILITY rows 117 and 118.
TEST(DiscordMarkdown, TextFromOutsideIsShownAsItIs) {
    for (const char* text :
         {"@everyone @here <@1> <@&2> <#3> </brief:4> <t:1:F> <:x:5>", "[bank.com](https://evil.example)",
          "https://evil.example/x and HTTP://EVIL.example discord.gg/abc discord.com/invite/x",
          "**b** _i_ __u__ ~~s~~ ||sp|| `code` ```block```", "# h1", "## h2", "-# small", "> quote", ">>> all",
          "- list", "+ list", "* list", "1. list", "12) list", "\\*not\\*", "a_b_c 2*3*4", "<https://evil.example>",
          "[x](<https://evil.example>)"}) {
        const auto seen = doubles::discord::shown_markdown(escaped(text));
        EXPECT_EQ(seen.text, text);
        EXPECT_TRUE(seen.opens.empty()) << text;
        EXPECT_TRUE(seen.mentions.empty()) << text;
    }
    EXPECT_EQ(doubles::discord::shown_markdown(escaped("one\n# two\n- three", true)).text, "one\n# two\n- three");
}

TEST(DiscordMarkdown, ALinkOpensWhatItShows) {
    const auto seen = doubles::discord::shown_markdown(masked_link("Listen", "https://en.example/a_(b)?c=*d*"));
    EXPECT_EQ(seen.text, "Listen");
    EXPECT_EQ(seen.links, std::vector<std::string>{"https://en.example/a_%28b%29?c=*d*"});
    EXPECT_EQ(host_of("https://xn--pple-43d.com/x"), "xn--pple-43d.com");
}

void expect_good(const Reply& part, std::size_t number) {
    std::vector<std::string> allowed = podbrief::testing::links_of(part);
    const std::vector<std::string> raw = allowed;  // as buttons open them; in text, brackets are percent-encoded
    for (const std::string& link : raw) {
        const std::string bare = bare_link(link);
        allowed.push_back(bare.substr(1, bare.size() - 2));
    }
    for (const auto& [plainness, components_only] :
         {std::pair{0, false}, {1, false}, {2, false}, {1, true}, {2, true}}) {
        const Json message = rendered(part, plainness, components_only);
        const MessageUse use = components_only ? MessageUse::edit : MessageUse::create;
        ASSERT_EQ(doubles::discord::wrong_in_message(message, use), "") << "reply " << number;
        ASSERT_TRUE(number % 16 != 0 || text::is_valid_utf8(message.dump()));
        const auto seen = doubles::discord::shown_message(message);
        ASSERT_TRUE(seen.mentions.empty()) << "reply " << number << " pings " << seen.mentions.front();
        for (const std::string& opened : seen.opens) {
            const bool known =
                std::any_of(allowed.begin(), allowed.end(), [&](const std::string& one) { return one == opened; });
            ASSERT_TRUE(known) << "reply " << number << " opens " << opened;
        }
    }
}

// RELIABILITY rows 117 to 119: $PODBRIEF_REPLIES for more.
TEST(DiscordRender, AnyReplyArrivesWithinAllLimitsAndOpensNothingForeign) {
    Random random(20'260'312);
    const std::size_t tries = podbrief::testing::replies_to_try();
    for (std::size_t i = 0; i < tries; ++i) {
        const Reply reply = podbrief::testing::any_reply(random);
        std::string all;
        for (const Reply& part : split(reply)) {
            expect_good(part, i);
            if (::testing::Test::HasFatalFailure()) return;
            all += shown(rendered(part));
        }
        const std::string letters = letters_of(all);
        for (const ReplyBlock& block : reply.blocks) {
            const auto* card = std::get_if<InsightCard>(&block);
            if (card == nullptr) continue;
            ASSERT_NE(letters.find(letters_of(card->text)), std::string::npos) << "reply " << i << "\n" << card->text;
        }
    }
}

TEST(DiscordRender, TheWorstReplyArrivesWhole) {
    const Reply worst = podbrief::testing::worst_reply();
    std::string all;
    for (const Reply& part : split(worst)) {
        expect_good(part, 0);
        all += shown(rendered(part));
    }
    const std::string letters = letters_of(all);
    for (const ReplyBlock& block : worst.blocks) {
        const auto* card = std::get_if<InsightCard>(&block);
        if (card == nullptr) continue;
        EXPECT_NE(letters.find(letters_of(card->text)), std::string::npos) << card->text;
        EXPECT_NE(letters.find(letters_of(card->quote)), std::string::npos) << card->quote;
    }
}

TEST(DiscordRender, LongParagraphsAndTablesAreDividedNotCut) {
    Reply reply;
    std::string words;
    for (int i = 0; i < 3'000; ++i) words += "word" + std::to_string(i) + (i % 7 == 0 ? ". " : " ");
    reply.blocks.emplace_back(Paragraph{words});
    Table table;
    for (int i = 0; i < 300; ++i) table.rows.push_back({"label " + std::to_string(i), "value " + std::to_string(i)});
    reply.blocks.emplace_back(table);
    std::string all;
    for (const Reply& part : split(reply)) all += shown(rendered(part)) + " ";
    const std::string letters = letters_of(all);
    for (int i = 0; i < 3'000; i += 100) EXPECT_NE(letters.find("word" + std::to_string(i)), std::string::npos) << i;
    for (int i = 0; i < 300; ++i) EXPECT_NE(letters.find("value" + std::to_string(i)), std::string::npos) << i;
}

}  // namespace
}  // namespace podbrief::discord
