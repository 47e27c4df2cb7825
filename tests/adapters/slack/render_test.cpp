#include "adapters/slack/render.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "adapters/doubles/platform_model.hpp"
#include "adapters/doubles/slack_blocks.hpp"
#include "core/text/unicode.hpp"
#include "tests/support/any_reply.hpp"

namespace podbrief::slack {
namespace {

namespace doubles_of = podbrief::doubles::slack;
using nlohmann::json;
using podbrief::testing::letters_of;

InsightCard card() {
    InsightCard out;
    out.number = 3;
    out.insight = InsightId{100};
    out.text = "Export controls raise the price of <chips> & *memory*.";
    out.relation = Relation::disputes;
    out.speaker = "Jane Doe";
    out.show = "The Show";
    out.episode = "Episode 5";
    out.start = Millis{754'000};
    out.link = "https://example.org/e?a=1&b=2#t=754";
    out.why = "You follow chips.";
    out.topic = "chips";
    return out;
}

doubles_of::Shown shown(const Rendered& rendered) {
    if (!rendered.blocks.empty()) return doubles_of::shown_of_blocks(json::parse(rendered.blocks));
    return doubles_of::shown_of_mrkdwn(rendered.text, false);
}

TEST(SlackRender, ACardShowsClaimLabelSourceWhyAndButtons) {
    Reply reply;
    reply.blocks = {Heading{"Your brief"}, card()};
    reply.suggestions = {"saved"};
    EXPECT_EQ(shown(render(reply, 0)).text,
              "Your brief\n"
              "3. Disputes: Export controls raise the price of <chips> & *memory*.\n"
              "Jane Doe \u00b7 The Show \u00b7 Episode 5 \u00b7 12:34 \u00b7 Why: You follow chips. \u00b7 "
              "Listen at 12:34 (https://example.org/e?a=1&b=2#t=754)\n"
              "[More] [Other side] [Source] [\U0001F44D] [\U0001F44E] [\u22EF Save | Mute chips]\n"
              "[Saved]");
    EXPECT_EQ(render(reply, 1).text,
              "Your brief\n\n"
              "3. Disputes: Export controls raise the price of &lt;chips&gt; &amp; *memory*.\n"
              "Jane Doe \u00b7 The Show \u00b7 Episode 5 \u00b7 12:34\n"
              "<https://example.org/e?a=1&amp;b=2#t=754>\n"
              "Why: You follow chips.\n\n"
              "Try: saved");
    EXPECT_EQ(render(reply, 1).blocks, "");
    EXPECT_EQ(render(reply, 2).text, "3. <https://example.org/e?a=1&amp;b=2#t=754>");
}

TEST(SlackRender, WhatTheReaderDidShowsOnTheButtons) {
    InsightCard liked = card();
    liked.marks.liked = liked.marks.saved = true;
    Reply reply;
    reply.blocks = {liked};
    const auto all = shown(render(reply, 0)).pressable;
    ASSERT_EQ(all.size(), 7U);
    EXPECT_EQ(all[3].label, "\U0001F44D Liked");
    EXPECT_EQ(all[3].value, "like:2s");
    EXPECT_EQ(all[5].label, "Saved");
    EXPECT_EQ(all[5].type, "overflow");
}

TEST(SlackRender, TheFallbackTextFitsAnEditHoweverLongTheMessage) {
    Reply reply;
    reply.blocks = {Paragraph{std::string(9'000, '&')}};
    for (const Reply& part : split(reply)) {
        EXPECT_LE(doubles::utf16_units(render(part, 0).text), 4'000U);
        EXPECT_GT(doubles::utf16_units(render(part, 0).text), 3'000U);
    }
}

TEST(SlackRender, ALinkNeverShowsAnotherHost) {
    Choice to_bank;
    to_bank.label = "bank.com";
    to_bank.link = "https://evil.example/x";
    Choice with_userinfo;
    with_userinfo.label = "Open";
    with_userinfo.link = "https://bank.com@evil.example/";
    Choice honest;
    honest.label = "Open settings";
    honest.link = "https://example.org/settings";
    Reply reply;
    reply.blocks = {Choices{{to_bank, with_userinfo, honest}}};
    EXPECT_EQ(shown(render(reply, 0)).text,
              "[evil.example (https://evil.example/x)] [Open settings (https://example.org/settings)]");
}

// Found among 100,000 replies (the 20,815th).
TEST(SlackRender, LongAddressesBehindButtonsCountTowardsTheLengthOfAMessage) {
    Choice open;
    open.label = "Open";
    open.link = "https://example.org/" + std::string(1'500, 'a');
    Reply reply;
    reply.blocks = {Paragraph{std::string(2'900, 'b')}, Choices{{open, open, open, open, open}}};
    reply.blocks.push_back(reply.blocks[1]);
    for (const Reply& part : split(reply)) EXPECT_LE(doubles::utf16_units(shown(render(part, 0)).text), 13'200U);
    EXPECT_EQ(split(reply).size(), 2U);
}

// What holds of every message we send, in each form. RELIABILITY (c) K 117, 118, 119.
void expect_sound(const Reply& reply) {
    std::set<std::string> allowed;
    for (auto& link : podbrief::testing::links_of(reply)) allowed.insert(std::move(link));
    for (const Reply& part : split(reply)) {
        for (const int plainness : {0, 1, 2}) {
            const Rendered rendered = render(part, plainness);
            ASSERT_TRUE(text::is_valid_utf8(rendered.text));
            ASSERT_FALSE(rendered.text.empty());
            ASSERT_LE(doubles::utf16_units(rendered.text), plainness == 0 ? 4'000U : 40'000U);
            const auto of_text = doubles_of::shown_of_mrkdwn(rendered.text, false);
            ASSERT_TRUE(of_text.pings.empty()) << of_text.pings.front();
            const auto seen = shown(rendered);
            ASSERT_TRUE(seen.pings.empty()) << seen.pings.front();
            for (const auto& link : seen.links) ASSERT_EQ(allowed.count(link), 1U) << link;
            if (rendered.blocks.empty()) continue;
            const json blocks = json::parse(rendered.blocks);
            ASSERT_EQ(doubles_of::problem_of_blocks(blocks, doubles_of::Surface::message), "") << rendered.blocks;
            ASSERT_LE(doubles::utf16_units(seen.text), 13'200U);
            for (const json& block : blocks) {
                if (block["type"] != "context") continue;
                for (const json& element : block["elements"]) {  // ours alone is markup
                    const auto text = element["text"].get<std::string>();
                    ASSERT_TRUE(element["type"] != "mrkdwn" || (text.front() == '<' && text.back() == '>')) << text;
                }
            }
        }
    }
}

// Every claim is there, whole, in the parts together.
void expect_whole(const Reply& reply) {
    std::string all;
    for (const Reply& part : split(reply)) all += letters_of(shown(render(part, 0)).text);
    for (const ReplyBlock& block : reply.blocks) {
        const auto* one = std::get_if<InsightCard>(&block);
        if (one == nullptr) continue;
        ASSERT_NE(all.find(letters_of(one->text)), std::string::npos) << one->text;
    }
}

TEST(SlackRender, TenInsightsOfTheWorstKindArriveWholeAndInert) {
    const Reply worst = podbrief::testing::worst_reply();
    expect_sound(worst);
    expect_whole(worst);
    EXPECT_LE(split(worst).size(), 2U);
}

TEST(SlackRender, AnyReplyFitsIsInertAndLinksNowhereElse) {
    Random random(20'260'301);
    const std::size_t count = podbrief::testing::replies_to_try();
    for (std::size_t i = 0; i < count && !HasFatalFailure(); ++i) {
        SCOPED_TRACE(i);
        const Reply reply = podbrief::testing::any_reply(random);
        expect_sound(reply);
        expect_whole(reply);
    }
}

TEST(SlackRender, NoGraphemeIsSplitWhereTextIsCutOrDivided) {
    std::string family;
    for (int i = 0; i < 2'000; ++i) family += "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466";
    Reply reply;
    reply.blocks = {Heading{family}, Paragraph{family}};
    const std::string one = "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466";
    for (const Reply& part : split(reply)) {
        const json blocks = json::parse(render(part, 0).blocks);
        for (const json& block : blocks) {
            std::string text = block["type"] == "header"
                                   ? block["text"]["text"].get<std::string>()
                                   : block["elements"][0]["elements"][0]["text"].get<std::string>();
            if (text.ends_with("\u2026")) text.resize(text.size() - 3);
            EXPECT_EQ(text.size() % one.size(), 0U);
        }
    }
}

TEST(SlackRender, AnAppHomeFitsAHundredBlocks) {
    Reply page;
    for (int i = 0; i < 60; ++i) page.blocks.emplace_back(card());
    const json blocks = json::parse(home_blocks(page));
    EXPECT_EQ(doubles_of::problem_of_blocks(blocks, doubles_of::Surface::home), "");
    EXPECT_NE(doubles_of::shown_of_blocks(blocks).text.find("There is more in Messages"), std::string::npos);
}

}  // namespace
}  // namespace podbrief::slack
