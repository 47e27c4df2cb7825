// Properties of every message that any reply becomes. PODBRIEF_REPLIES=100000 tries so many.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "adapters/telegram/limits.hpp"
#include "adapters/telegram/render.hpp"
#include "core/commands/links.hpp"
#include "core/rendering/buttons.hpp"
#include "core/rendering/measure.hpp"
#include "core/text/break_iterator.hpp"
#include "core/text/unicode.hpp"
#include "tests/support/any_reply.hpp"

namespace podbrief::telegram {
namespace {

using podbrief::testing::any_reply;
using podbrief::testing::letters_of;
using podbrief::testing::links_of;
using podbrief::testing::replies_to_try;
using podbrief::testing::worst_reply;
using rendering::utf16_units;

// Without the joiners that part what could be pressed.
std::string as_said(std::string text) {
    constexpr std::string_view joiner = "\u2060";
    for (auto at = text.find(joiner); at != std::string::npos; at = text.find(joiner, at))
        text.erase(at, joiner.size());
    return text;
}

std::string first_problem(const Rendered& shown, const std::set<std::string>& links, int plainness) {
    if (!text::is_valid_utf8(shown.text)) return "text is not UTF-8";
    const std::size_t units = utf16_units(shown.text);
    if (units == 0 || units > longest_text) return "length " + std::to_string(units);
    if (shown.entities.size() > most_entities) return "entities " + std::to_string(shown.entities.size());
    if (plainness > 0 && !(shown.entities.empty() && shown.keyboard.empty())) return "plain text is not plain";
    if (shown.text.front() == ' ' || shown.text.front() == '\n') return "begins with space, which moves the entities";
    std::size_t before = 0;
    for (const Entity& entity : shown.entities) {
        if (entity.offset < before || entity.length == 0 || entity.offset + entity.length > units)
            return "entity range";
        before = entity.offset;
        if (!entity.url.empty() && links.count(entity.url) == 0) return "foreign link " + entity.url;
        if (entity.url.empty() != (entity.type != Entity::Type::text_link)) return "entity without address";
    }
    std::size_t buttons = 0;
    for (const Row& row : shown.keyboard) {
        if (row.empty() || row.size() > most_buttons_in_a_row) return "row of " + std::to_string(row.size());
        for (const Button& button : row) {
            ++buttons;
            if (button.text.empty() || !text::is_valid_utf8(button.text)) return "button without text";
            if (button.data.empty() == button.url.empty()) return "button with " + button.data + button.url;
            if (button.data.size() > longest_callback_data || !text::is_valid_utf8(button.data)) return "button data";
            if (!button.url.empty() && links.count(button.url) == 0) return "foreign link " + button.url;
        }
    }
    if (buttons > most_buttons || shown.keyboard.size() > most_rows) return "buttons " + std::to_string(buttons);
    return {};
}

// What clients would make a link or a mention of, other than the addresses that are links.
std::string first_live(std::string text, const std::set<std::string>& links) {
    std::vector<std::string> by_length(links.begin(), links.end());
    std::sort(by_length.begin(), by_length.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
    for (const std::string& link : by_length) {
        for (auto at = text.find(link); at != std::string::npos; at = text.find(link))
            text.replace(at, link.size(), " ");
    }
    const auto word = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    };
    for (std::size_t at = 0; at + 1 < text.size(); ++at) {
        const bool joined = word(text[at + 1]);
        const bool parted = at == 0 || !word(text[at - 1]);
        if (text[at] == '@' && joined) return text.substr(at, 20);
        if (text[at] == '/' && joined && parted) return text.substr(at, 20);
        if (text.compare(at, 3, "://") == 0) return text.substr(at, 20);
        const bool letters = joined && !parted && !(text[at + 1] >= '0' && text[at + 1] <= '9');
        if (text[at] == '.' && letters) return text.substr(at, 20);
    }
    return {};
}

// Every text that a reader must be able to read.
std::vector<std::string> texts_of(const Reply& reply) {
    std::vector<std::string> out;
    for (const ReplyBlock& block : reply.blocks) {
        if (const auto* paragraph = std::get_if<Paragraph>(&block)) out.push_back(paragraph->text);
        if (const auto* card = std::get_if<InsightCard>(&block)) {
            out.push_back(card->text);
            out.push_back(card->quote);
        }
        if (const auto* table = std::get_if<Table>(&block)) {
            for (const auto& row : table->rows) out.push_back(row.value);
        }
    }
    return out;
}

// The letters of everything, in order: texts that were divided go on in the next part.
void expect_nothing_is_lost(const Reply& reply, const std::string& shown) {
    for (const std::string& text : texts_of(reply)) {
        const std::string letters = letters_of(text);
        // Divided texts are broken by what the message says in between at most at their pieces: their beginning and
        // their end are whole.
        const std::string begin(rendering::beginning_of(letters, 300, rendering::code_points));
        EXPECT_NE(shown.find(begin), std::string::npos) << begin;
    }
}

void check(const Reply& reply) {
    std::set<std::string> links;
    for (const std::string& link : links_of(reply)) {
        if (commands::is_web_address(link)) links.insert(link);
    }
    std::string all;
    for (const Reply& part : split(reply)) {
        for (const int plainness : {0, 1, 2}) {
            const Rendered shown = render(part, plainness);
            ASSERT_EQ(first_problem(shown, links, plainness), "") << "plainness " << plainness << "\n" << shown.text;
            ASSERT_EQ(first_live(shown.text, links), "") << "plainness " << plainness << "\n" << shown.text;
            if (plainness == 0) all += as_said(shown.text);
        }
    }
    expect_nothing_is_lost(reply, letters_of(all));
}

TEST(TelegramRenderProperty, AnyReplyFitsAndIsInertAndWhole) {
    Random random(20'260'302);
    const std::size_t count = replies_to_try();
    for (std::size_t i = 0; i < count; ++i) {
        SCOPED_TRACE(i);
        check(any_reply(random));
        if (HasFailure()) return;
    }
}

// RELIABILITY 119.
TEST(TelegramRenderProperty, TheWorstBriefArrivesWhole) {
    const Reply worst = worst_reply();
    check(worst);
    std::string all;
    for (const Reply& part : split(worst)) all += as_said(render(part, 0).text) + "\n";
    for (const ReplyBlock& block : worst.blocks) {
        if (const auto* card = std::get_if<InsightCard>(&block)) {
            EXPECT_NE(letters_of(all).find(letters_of(card->text)), std::string::npos) << card->number;
        }
    }
}

// A card's name is cut at a grapheme, and so are labels.
TEST(TelegramRenderProperty, WhatIsCutIsCutBetweenGraphemes) {
    Random random(7);
    for (int i = 0; i < 500; ++i) {
        InsightCard card;
        card.number = 1;
        card.insight = InsightId{1};
        card.show = podbrief::testing::any_text(random, 400);
        card.topic = podbrief::testing::any_text(random, 60);
        Reply reply;
        reply.blocks.emplace_back(card);
        const std::string whole = untouchable(card.show);
        const std::string shown = render(reply, 0).text;
        const auto cut = shown.find("\u2026");
        if (cut == std::string::npos || whole.find("\u2026") != std::string::npos) continue;
        const std::string kept = shown.substr(3, cut - 3);
        const auto at = whole.find(kept);
        ASSERT_NE(at, std::string::npos);
        text::BreakIterator graphemes(text::BreakIterator::Kind::grapheme, whole);
        EXPECT_EQ(graphemes.at_or_before(at + kept.size()), at + kept.size()) << whole;
    }
}

}  // namespace
}  // namespace podbrief::telegram
