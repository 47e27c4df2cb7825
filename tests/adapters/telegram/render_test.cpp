#include "adapters/telegram/render.hpp"

#include <gtest/gtest.h>

#include "adapters/telegram/limits.hpp"
#include "core/rendering/measure.hpp"

namespace podbrief::telegram {
namespace {

using rendering::utf16_units;

InsightCard card(int number) {
    InsightCard out;
    out.number = number;
    out.insight = InsightId{100 + number};
    out.text = "Export controls slowed the buyers, not the makers.";
    out.speaker = "Jane Doe";
    out.show = "Silicon Ledger";
    out.episode = "The revenue that left";
    out.start = Millis{754'000};
    out.link = "https://example.com/e/1#t=754";
    out.topic = "chip export controls";
    return out;
}

Reply reply_of(std::vector<ReplyBlock> blocks, std::vector<std::string> suggestions = {}) {
    Reply out;
    out.blocks = std::move(blocks);
    out.suggestions = std::move(suggestions);
    return out;
}

// What an entity covers.
std::string covered(const Rendered& rendered, const Entity& entity) {
    std::size_t begin = 0;
    while (utf16_units(std::string_view(rendered.text).substr(0, begin)) < entity.offset) ++begin;
    std::size_t end = begin;
    while (utf16_units(std::string_view(rendered.text).substr(begin, end - begin)) < entity.length) ++end;
    while (end < rendered.text.size() && (static_cast<unsigned char>(rendered.text[end]) & 0xC0U) == 0x80U) ++end;
    return rendered.text.substr(begin, end - begin);
}

std::vector<std::string> labels(const Row& row) {
    std::vector<std::string> out;
    for (const Button& button : row) out.push_back(button.text);
    return out;
}

TEST(TelegramRender, ShowsAClaimItsSourceAndItsButtons) {
    InsightCard one = card(1);
    one.relation = Relation::disputes;
    one.quote = "it was the buyers who paid";
    one.why = "you follow chip export controls";
    const Rendered shown = render(reply_of({Heading{"Your brief"}, one}), 0);
    EXPECT_EQ(shown.text,
              "Your brief\n\n"
              "1. [Disputes] Export controls slowed the buyers, not the makers.\n"
              "\"it was the buyers who paid\"\n"
              "Jane Doe \u00b7 Silicon Ledger \u00b7 The revenue that left \u00b7 12:34 \u00b7 Listen\n"
              "Why: you follow chip export controls");
    const std::vector<std::pair<Entity::Type, std::string>> expected{
        {Entity::Type::bold, "Your brief"},   {Entity::Type::bold, "1."},
        {Entity::Type::italic, "[Disputes]"}, {Entity::Type::blockquote, "\"it was the buyers who paid\""},
        {Entity::Type::text_link, "Listen"},  {Entity::Type::italic, "Why: you follow chip export controls"}};
    ASSERT_EQ(shown.entities.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_EQ(shown.entities[i].type, expected[i].first) << i;
        EXPECT_EQ(covered(shown, shown.entities[i]), expected[i].second) << i;
    }
    EXPECT_EQ(shown.entities[4].url, one.link);
    ASSERT_EQ(shown.keyboard.size(), 2U);
    EXPECT_EQ(labels(shown.keyboard[0]), (std::vector<std::string>{"1 More", "Other side", "Source"}));
    EXPECT_EQ(labels(shown.keyboard[1]),
              (std::vector<std::string>{"1 \U0001F44D", "\U0001F44E", "Save", "Mute chip export\u2026"}));
    EXPECT_EQ(shown.keyboard[0][0].data, "more:2t");
}

TEST(TelegramRender, WhatTheReaderDidShowsOnTheButtons) {
    InsightCard one = card(2);
    one.marks.liked = true;
    one.marks.saved = true;
    const Rendered shown = render(reply_of({one}), 0);
    EXPECT_EQ(labels(shown.keyboard[1]).front(), "2 \U0001F44D Liked");
    EXPECT_EQ(labels(shown.keyboard[1])[2], "Saved");
}

TEST(TelegramRender, PlainTextHasNoEntitiesAndNoButtonsAndLosesNothing) {
    Choices choices;
    choices.choices.push_back({"Eight", Action{Action::Kind::say, {}, 0, "at 8:00"}, {}, false});
    choices.choices.push_back({"Page", {}, "https://example.com/me", false});
    const Rendered shown = render(reply_of({card(1), Table{{{"Hour", "8:00"}}}, choices}, {"why 1"}), 1);
    EXPECT_TRUE(shown.entities.empty());
    EXPECT_TRUE(shown.keyboard.empty());
    for (const char* text : {"1. Export controls", "https://example.com/e/1#t=754", "Hour: 8:00", "at 8:00",
                             "https://example.com/me", "Try: why 1"}) {
        EXPECT_NE(shown.text.find(text), std::string::npos) << text << "\n" << shown.text;
    }
}

TEST(TelegramRender, LinksAloneAreTheLastResort) {
    const Rendered shown = render(reply_of({card(1), card(1), Paragraph{"words"}}), 2);
    EXPECT_EQ(shown.text, "https://example.com/e/1#t=754");
    EXPECT_EQ(render(reply_of({Paragraph{"words"}}), 2).text, "words");
}

TEST(TelegramRender, ChoicesAreButtonsThatCanBeReadOnATelephone) {
    Choices hours;
    for (int hour = 6; hour < 12; ++hour) {
        hours.choices.push_back({std::to_string(hour) + ":00",
                                 Action{Action::Kind::choose, {}, 0, "hour:" + std::to_string(hour)},
                                 {},
                                 hour == 8});
    }
    const Rendered shown = render(reply_of({Paragraph{"When?"}, hours}), 0);
    ASSERT_EQ(shown.keyboard.size(), 2U);
    EXPECT_EQ(labels(shown.keyboard[0]), (std::vector<std::string>{"6:00", "7:00", "\u2713 8:00", "9:00"}));
    EXPECT_EQ(shown.keyboard[0][0].data, "choose:hour:6");
}

TEST(TelegramRender, ASuggestionThatNoButtonCanCarryIsText) {
    const std::string lengthy = "more on " + std::string(60, 'x');
    const Rendered shown = render(reply_of({Paragraph{"Hello."}}, {"saved", lengthy}), 0);
    EXPECT_EQ(labels(shown.keyboard.at(0)), (std::vector<std::string>{"Saved"}));
    EXPECT_NE(shown.text.find("Try: " + lengthy), std::string::npos) << shown.text;
}

TEST(TelegramRender, IsNeverBlank) {
    EXPECT_EQ(render(Reply{}, 0).text, "\u2026");
    Choices choices;
    choices.choices.push_back({"Yes", Action{Action::Kind::say, {}, 0, "forget me now"}, {}, false});
    EXPECT_EQ(render(reply_of({choices}), 0).text, "Choose:");
    EXPECT_EQ(render(reply_of({Paragraph{" \n "}}), 1).text, "\u2026");
}

// RELIABILITY 117: nobody is called, and nothing said can be pressed.
TEST(TelegramRender, NothingThatWasSaidCanBePressed) {
    const struct {
        const char* said;
        const char* shown;
    } cases[] = {
        {"@everyone", "@\u2060everyone"},
        {"write to a@b.com", "write to a@\u2060b.\u2060com"},
        {"/start now", "/\u2060start now"},
        {"and/or", "and/or"},
        {"#chips", "#\u2060chips"},
        {"it is #1", "it is #1"},
        {"see evil.example", "see evil.\u2060example"},
        {"2.5 percent. Then", "2.5 percent. Then"},
        {"https://evil.example/a", "https:\u2060/\u2060/evil.\u2060example/a"},
        {"tg://user?id=1", "tg:\u2060/\u2060/user?id=1"},
        {"at 12:34", "at 12:34"},
    };
    for (const auto& c : cases) {
        const std::string shown = untouchable(c.said);
        std::string expected = c.shown;
        // The second slash is parted as well; where exactly does not matter.
        if (std::string(c.said).find("://") != std::string::npos) {
            EXPECT_EQ(shown.find("://"), std::string::npos) << shown;
            continue;
        }
        EXPECT_EQ(shown, expected) << c.said;
    }
}

// RELIABILITY 118: the label is ours, and the host that opens is the one that the platform shows.
TEST(TelegramRender, ALinkIsNeverLabelledByWhatWasSaid) {
    InsightCard one = card(1);
    one.show = "bank.com";
    one.link = "https://evil.example/";
    const Rendered shown = render(reply_of({one}), 0);
    for (const Entity& entity : shown.entities) {
        if (entity.type != Entity::Type::text_link) continue;
        EXPECT_EQ(covered(shown, entity), "Listen");
    }
    one.link = "javascript:alert(1)";
    for (const Entity& entity : render(reply_of({one}), 0).entities) EXPECT_NE(entity.type, Entity::Type::text_link);
    EXPECT_EQ(render(reply_of({one}), 1).text.find("javascript"), std::string::npos);
}

TEST(TelegramSplit, PutsAFewInsightsIntoAMessageAndNeverCutsOne) {
    Reply brief = reply_of({Heading{"Your brief"}});
    for (int number = 1; number <= 10; ++number) {
        InsightCard one = card(number);
        one.why = "you follow chip export controls";
        brief.blocks.emplace_back(one);
    }
    brief.suggestions = {"more on chip export controls"};
    const auto parts = split(brief);
    ASSERT_EQ(parts.size(), 2U);
    EXPECT_EQ(parts[0].blocks.size(), 6U) << "the heading and five";
    EXPECT_EQ(parts[1].suggestions, brief.suggestions);
    for (const Reply& part : parts) {
        const Rendered shown = render(part, 0);
        EXPECT_LE(shown.keyboard.size(), most_rows);
        EXPECT_LE(utf16_units(shown.text), longest_text);
    }
}

TEST(TelegramSplit, AFiveInsightBriefIsOneMessage) {
    Reply brief = reply_of({Heading{"Your brief for Monday"}});
    for (int number = 1; number <= 5; ++number) {
        InsightCard one = card(number);
        one.text = std::string(350, 'x');
        one.why = "you follow chip export controls";
        brief.blocks.emplace_back(one);
    }
    EXPECT_EQ(split(brief).size(), 1U);
}

TEST(TelegramSplit, DividesWhatIsLongerThanAMessage) {
    std::string words;
    for (int i = 0; i < 2'500; ++i) words += "word" + std::to_string(i) + (i % 20 == 19 ? ".\n" : " ");
    const auto parts = split(reply_of({Paragraph{words}, Table{{{"Export", words}}}}));
    ASSERT_GT(parts.size(), 3U);
    for (const Reply& part : parts) {
        for (const int plainness : {0, 1, 2}) EXPECT_LE(utf16_units(render(part, plainness).text), longest_text);
    }
}

TEST(TelegramRender, WhatWasNotSplitLosesItsEndRatherThanAll) {
    Reply reply;
    for (int i = 1; i <= 60; ++i) reply.blocks.emplace_back(card(i));
    const Rendered shown = render(reply, 0);
    EXPECT_LE(utf16_units(shown.text), longest_text);
    EXPECT_LE(shown.entities.size(), most_entities);
    std::size_t buttons = 0;
    for (const Row& row : shown.keyboard) buttons += row.size();
    EXPECT_LE(buttons, most_buttons);
    for (const Entity& entity : shown.entities) EXPECT_LE(entity.offset + entity.length, utf16_units(shown.text));
}

}  // namespace
}  // namespace podbrief::telegram
