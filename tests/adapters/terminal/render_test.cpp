#include "adapters/terminal/render.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "core/text/unicode.hpp"

namespace podbrief::terminal {
namespace {

using namespace std::chrono_literals;

InsightCard card() {
    InsightCard card;
    card.number = 1;
    card.text =
        "Export controls slow chip makers less than expected, because tools bought before the rules still run. "
        "Replacement parts are what becomes scarce first.";
    card.relation = Relation::disputes;
    card.speaker = "Zoe Baker";
    card.modality = Modality::argued;
    card.show = "Chip Talk";
    card.episode = "Controls at work";
    card.start = 754s;
    card.published_at = std::chrono::sys_days{std::chrono::year{2026} / 3 / 3};
    card.link = "https://cdn.example/1.mp3#t=754";
    card.sources = 2;
    card.why = "you follow chips";
    return card;
}

RenderOptions plain(std::size_t width = 80) {
    return {width, false, false};
}

TEST(Terminal, ShowsAnInsightWithItsSource) {
    Reply reply;
    reply.blocks = {Heading{"On chips"}, card(), Paragraph{"No opposing view found in the library so far."}};
    reply.suggestions = {"more on 1", "quote 1"};
    EXPECT_EQ(
        render(reply, plain()),
        "On chips\n"
        "--------\n"
        " 1  [Disputes] Export controls slow chip makers less than expected, because\n"
        "    tools bought before the rules still run. Replacement parts are what becomes\n"
        "    scarce first.\n"
        "    argued by Zoe Baker \u00b7 Chip Talk \u00b7 Controls at work \u00b7 12:34 \u00b7 3 Mar 2026 \u00b7 2\n"
        "    independent sources\n"
        "    https://cdn.example/1.mp3#t=754\n"
        "    Why: you follow chips\n"
        "\n"
        "No opposing view found in the library so far.\n"
        "\n"
        "Try: more on 1 \u00b7 quote 1\n");
}

TEST(Terminal, ShowsWhereLinksLead) {
    Reply reply;
    Choices links;
    for (const char* link : {"https://cdn.example/2.mp3#t=95", "javascript:alert(1)"}) {
        Choice open;
        open.label = "Open Trade Winds";
        open.link = link;
        links.choices.push_back(std::move(open));
    }
    reply.blocks = {links};
    EXPECT_EQ(render(reply, plain()), "Open Trade Winds  https://cdn.example/2.mp3#t=95\n");
}

TEST(Terminal, ShowsTablesInColumns) {
    Reply reply;
    reply.blocks = {Heading{"Settings"},
                    Table{{{"Brief at", "08:00"},
                           {"A label that is far too long for its column here", "its value comes below"},
                           {"Topics", "one topic, another topic, a third topic and a fourth topic"}}}};
    EXPECT_EQ(render(reply, plain(60)),
              "Settings\n"
              "--------\n"
              "Brief at                  08:00\n"
              "A label that is far too long for its column here\n"
              "                          its value comes below\n"
              "Topics                    one topic, another topic, a third\n"
              "                          topic and a fourth topic\n");
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

TEST(Terminal, NeverGoesBeyondTheWidth) {
    Reply reply;
    InsightCard wide = card();
    wide.link.clear();
    wide.text =
        "半導体の輸出規制は思ったより効いていない " + std::string(150, 'x') + " 🎉🎉🎉 e\u0301te\u0301 " + wide.text;
    wide.episode = std::string(90, 'y');
    reply.blocks = {Heading{std::string(120, 'h') + " end"}, wide, Paragraph{std::string(200, 'p')},
                    Table{{{std::string(70, 'l'), std::string(130, 'v')},
                           {"半導体", "規制規制規制規制規制規制規制規制規制規制規制規制規制規制規制規制"}}}};
    reply.suggestions = {"follow " + std::string(100, 's'), "more"};
    for (const std::size_t width : {40u, 57u, 80u, 100u}) {
        for (const std::string& line : lines_of(render(reply, plain(width)))) {
            EXPECT_LE(text::display_width(line), width) << line;
        }
    }
}

TEST(Terminal, LosesNoWord) {
    Reply reply;
    reply.blocks = {card()};
    for (const std::size_t width : {40u, 63u, 100u}) {
        std::string shown;
        for (const std::string& line : lines_of(render(reply, plain(width)))) shown += line + " ";
        EXPECT_NE(text::collapse_white_space(shown).find(text::collapse_white_space(card().text)), std::string::npos);
    }
}

TEST(Terminal, KeepsAnAddressInOnePiece) {
    Reply reply;
    InsightCard with_link = card();
    with_link.link = "https://cdn.example/" + std::string(150, 'a') + ".mp3#t=754";
    reply.blocks = {with_link};
    EXPECT_NE(render(reply, plain()).find("    " + with_link.link + "\n"), std::string::npos);
}

TEST(Terminal, WritesNotOneEscapeSequenceWithoutColour) {
    Reply reply;
    reply.blocks = {Heading{"On chips"}, card(), Table{{{"a", "b"}}}};
    reply.suggestions = {"more"};
    RenderOptions options = plain();
    options.links = true;
    EXPECT_EQ(render(reply, options).find('\x1b'), std::string::npos);
    EXPECT_EQ(prompt(options), "podbrief> ");
}

std::string without_sequences(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\x1b') {
            out += text[i];
        } else if (text[i + 1] == '[') {
            i = text.find('m', i);
        } else {
            i = text.find('\\', i);
        }
    }
    return out;
}

TEST(Terminal, SaysTheSameInColour) {
    Reply reply;
    reply.blocks = {card(), Paragraph{"p"}, Table{{{"a", "b"}}}};
    reply.suggestions = {"more", "quote 1"};
    const std::string coloured = render(reply, {80, true, false});
    EXPECT_EQ(without_sequences(coloured), render(reply, plain()));
    for (const std::string& line : lines_of(coloured)) {
        const auto last = line.rfind("\x1b[");
        if (last == std::string::npos) continue;
        EXPECT_EQ(line.substr(last, 4), "\x1b[0m") << "no style reaches over the end of a line";
    }
}

TEST(Terminal, LinksTheMomentWhereAskedTo) {
    Reply reply;
    reply.blocks = {card()};
    const std::string shown = render(reply, {80, true, true});
    EXPECT_NE(shown.find("\x1b]8;;https://cdn.example/1.mp3#t=754\x1b\\"), std::string::npos);
    EXPECT_EQ(without_sequences(shown).find("https://"), std::string::npos);
}

TEST(Terminal, MakesTextFromOutsideInert) {
    const std::string evil =
        "a\x1b]8;;http://evil\x1b\\b\x1b[2J\xc2\x9b"
        "31m\u202ec\r\nd";
    Reply reply;
    InsightCard hostile = card();
    hostile.text = hostile.speaker = hostile.show = hostile.episode = hostile.why = hostile.quote = evil;
    hostile.link = "https://x/\x1b[2J";
    reply.blocks = {Heading{evil}, hostile, Paragraph{evil}, Table{{{evil, evil}}}};
    reply.suggestions = {evil};
    const std::string shown = render(reply, plain());
    EXPECT_EQ(shown.find('\x1b'), std::string::npos);
    EXPECT_EQ(shown.find('\r'), std::string::npos);
    EXPECT_EQ(shown.find("\xc2\x9b"), std::string::npos);
    EXPECT_EQ(shown.find("\u202e"), std::string::npos);
    EXPECT_EQ(shown.find("https://x/"), std::string::npos);
}

TEST(Terminal, CopesWithHugeAndStrangeText) {
    Reply reply;
    std::string marks = "e";
    for (int i = 0; i < 5000; ++i) marks += "\u0301";
    reply.blocks = {Paragraph{marks}, Paragraph{std::string(100000, 'x')}, Paragraph{""}, Table{}};
    EXPECT_GT(render(reply, plain()).size(), 100000u);
    EXPECT_EQ(render(Reply{}, plain()), "");
}

TEST(Terminal, NeverBeginsALineWithTheMarkBetweenParts) {
    Reply reply;
    reply.blocks = {card()};
    reply.suggestions = {"more on 1", "quote 1", "against 1", "follow chip export controls"};
    for (std::size_t width = 40; width <= 100; ++width) {
        for (const std::string& line : lines_of(render(reply, plain(width)))) {
            const auto first = line.find_first_not_of(' ');
            if (first == std::string::npos) continue;
            EXPECT_NE(line.substr(first, 2), "\u00b7") << width;
        }
    }
}

TEST(Terminal, ShowsAClaimThatIsTheQuoteOnce) {
    Reply reply;
    InsightCard verbatim = card();
    verbatim.text = verbatim.quote = "Chips are scarce.";
    reply.blocks = {verbatim};
    EXPECT_EQ(render(reply, plain()).find(" 1  [Disputes] \"Chips are scarce.\"\n    argued by"), 0u);
    verbatim.quote = "chips, you know, they are scarce";
    reply.blocks = {verbatim};
    EXPECT_EQ(render(reply, plain()).find(" 1  [Disputes] Chips are scarce.\n    \"chips, you know"), 0u);
}

TEST(Terminal, KeepsTheLinesOfAParagraph) {
    Reply reply;
    reply.blocks = {Paragraph{"at 08:00\nin UTC"}};
    EXPECT_EQ(render(reply, plain()), "at 08:00\nin UTC\n");
}

}  // namespace
}  // namespace podbrief::terminal
