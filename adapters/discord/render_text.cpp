#include "adapters/discord/render_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "adapters/discord/limits.hpp"
#include "adapters/discord/markdown.hpp"
#include "core/commands/inert.hpp"
#include "core/commands/links.hpp"
#include "core/commands/wording.hpp"
#include "core/rendering/measure.hpp"

namespace podbrief::discord {
namespace {

using commands::inert;

constexpr std::string_view dot = " \u00b7 ";
// So that all of a card fits one message, however long its names are.
constexpr std::size_t longest_heading = 250;
constexpr std::size_t longest_name = 100;
constexpr std::size_t longest_why = 200;
constexpr std::size_t longest_label = 200;
constexpr std::size_t longest_suggestion = 100;
constexpr std::size_t longest_link = 1'900;
constexpr std::size_t piece = 3'300;  // of what is divided
constexpr std::size_t most_choices = 20;

std::string cut_to(std::string_view text, std::size_t limit) {
    return rendering::cut(inert(text), limit, cost);
}

bool may_link(std::string_view url) {
    return commands::is_web_address(url) && cost(url) <= longest_link;
}

std::string quoted(std::string_view words) {
    return "\"" + escaped(words) + "\"";
}

// Names first cut, then put together: who, where, when.
std::string source_line(const InsightCard& card) {
    InsightCard named = card;
    named.speaker = cut_to(card.speaker, longest_name);
    named.show = cut_to(card.show, longest_name);
    named.episode = cut_to(card.episode, longest_name);
    std::string line;
    for (const std::string& part : commands::source_parts(named)) {
        line += (line.empty() ? "" : std::string(dot)) + escaped(part);
    }
    return line;
}

std::string link_line(const InsightCard& card, bool rich) {
    if (!may_link(card.link)) return {};
    if (!rich) return bare_link(card.link);
    const std::string moment = commands::moment(card);
    const std::string label = moment.empty() ? "Open" : "Listen at " + moment;
    return masked_link(label, card.link) + std::string(dot) + escaped(cut_to(host_of(card.link), longest_name));
}

std::string with_labels(const InsightCard& card, bool rich) {
    std::string out;
    for (const std::string& label : commands::labels(card)) {
        out += rich ? fmt::format("`{}` ", label) : escaped("[" + label + "]") + " ";
    }
    return out;
}

void add_line(std::string& text, std::string_view before, const std::string& line) {
    if (line.empty()) return;
    if (!text.empty()) text += '\n';
    text += before;
    text += line;
}

}  // namespace

std::size_t cost(std::string_view utf8) {
    const std::size_t by_bytes = (utf8.size() * limits::text + limits::text_bytes - 1) / limits::text_bytes;
    return std::max(rendering::utf16_units(utf8), by_bytes);
}

std::size_t escaped_cost(std::string_view utf8) {
    // Asked of every single grapheme of a long text; most are a plain letter.
    if (utf8.size() == 1 && std::isalpha(static_cast<unsigned char>(utf8.front())) != 0) return 1;
    return cost(escaped(utf8, true));
}

std::string heading_text(const Heading& heading, bool rich) {
    const std::string text = escaped(cut_to(heading.text, longest_heading));
    if (text.find_first_not_of(' ') == std::string::npos) return {};
    return rich ? "## " + text : text;
}

std::string paragraph_text(const Paragraph& paragraph) {
    const std::string text = escaped(paragraph.text, true);
    return text.find_first_not_of(" \n") == std::string::npos ? std::string{} : text;
}

std::string card_text(const InsightCard& card, bool rich) {
    std::string text;
    if (card.number > 0) text += rich ? fmt::format("**{}.** ", card.number) : fmt::format("{}\\. ", card.number);
    text += with_labels(card, rich);
    const bool verbatim = card.quote == card.text && !card.quote.empty();  // the claim is the quote
    text += verbatim ? quoted(card.quote) : escaped(card.text);
    if (!card.quote.empty() && !verbatim) add_line(text, rich ? "> " : "", quoted(card.quote));
    const std::string_view small = rich ? "-# " : "";
    add_line(text, small, source_line(card));
    add_line(text, small, link_line(card, rich));
    if (!card.why.empty()) add_line(text, small, "Why: " + escaped(cut_to(card.why, longest_why)));
    return text;
}

std::string table_text(const Table& table, bool rich) {
    std::string text;
    for (const Table::Row& row : table.rows) {
        const std::string label = escaped(cut_to(row.label, longest_label));
        const std::string value = escaped(row.value);
        if (label.find_first_not_of(' ') == std::string::npos) {
            add_line(text, "", value);
        } else {
            add_line(text, "", rich ? fmt::format("**{}:** {}", label, value) : fmt::format("{}: {}", label, value));
        }
    }
    return text;
}

std::string choices_text(const Choices& choices) {
    std::string text;
    for (const Choice& choice : choices.choices) {
        if (!choice.link.empty()) {
            if (!may_link(choice.link)) continue;
            add_line(text, "", escaped(cut_to(choice.label, limits::label)) + ": " + bare_link(choice.link));
        } else if (choice.action.kind == Action::Kind::say || choice.action.kind == Action::Kind::form) {
            add_line(text, "", escaped(cut_to(choice.action.text, limits::label)));
        }
    }
    return text;
}

std::string long_links_text(const Choices& choices) {
    Choices long_ones;
    for (const Choice& choice : choices.choices) {
        if (choice.link.size() > limits::link_button) long_ones.choices.push_back(choice);
    }
    return choices_text(long_ones);
}

std::string suggestions_text(const Reply& reply, bool rich) {
    std::string line;
    for (const std::string& suggestion : reply.suggestions) {
        line += (line.empty() ? "Try: " : std::string(dot)) + escaped(cut_to(suggestion, longest_suggestion));
    }
    return line.empty() || !rich ? line : "-# " + line;
}

std::string links_only_text(const Reply& reply, std::size_t room) {
    std::string text;
    const auto add = [&](int number, const std::string& link) {
        if (!may_link(link)) return;
        std::string line = number > 0 ? fmt::format("{}\\. {}", number, bare_link(link)) : bare_link(link);
        const std::size_t more = cost(line) + 1;
        if (cost(text) + more <= room) add_line(text, "", line);
    };
    for (const ReplyBlock& block : reply.blocks) {
        if (const auto* card = std::get_if<InsightCard>(&block)) add(card->number, card->link);
        if (const auto* choices = std::get_if<Choices>(&block)) {
            for (const Choice& choice : choices->choices) add(0, choice.link);
        }
    }
    return text.empty() ? "podbrief has an answer that cannot be shown here." : text;
}

namespace {

std::vector<ReplyBlock> divided_card(InsightCard card) {
    std::vector<ReplyBlock> blocks;
    std::vector<std::string> after;
    if (card.quote != card.text && !card.quote.empty()) {
        after = rendering::pieces_of(inert("\"" + card.quote + "\""), piece, escaped_cost);
        card.quote.clear();
    }
    if (escaped_cost(card.text) > piece / 2) {
        card.quote.clear();
        auto pieces = rendering::pieces_of(inert(card.text), piece / 2, escaped_cost);
        card.text = pieces.front();
        after.insert(after.begin(), pieces.begin() + 1, pieces.end());
    }
    blocks.emplace_back(std::move(card));
    for (std::string& text : after) blocks.emplace_back(Paragraph{std::move(text)});
    return blocks;
}

std::vector<ReplyBlock> divided_table(const Table& table) {
    std::vector<ReplyBlock> blocks;
    Table part;
    std::size_t size = 0;
    const auto finish = [&] {
        if (!part.rows.empty()) blocks.emplace_back(std::move(part));
        part = {};
        size = 0;
    };
    for (const Table::Row& row : table.rows) {
        std::string label = row.label;
        for (std::string& value : rendering::pieces_of(inert(row.value), piece - 500, escaped_cost)) {
            Table one;
            one.rows.push_back({std::exchange(label, {}), std::move(value)});
            const std::size_t more = cost(table_text(one, true)) + 1;
            if (size + more > piece) finish();
            size += more;
            part.rows.push_back(std::move(one.rows.front()));
        }
    }
    finish();
    return blocks;
}

std::vector<ReplyBlock> divided_choices(const Choices& choices) {
    std::vector<ReplyBlock> blocks;
    std::size_t size = 0;
    for (const Choice& choice : choices.choices) {
        Choices one;
        one.choices.push_back(choice);
        const std::size_t more = cost(choices_text(one)) + 2;
        const bool full = blocks.empty() || size + more > piece / 2 ||
                          std::get<Choices>(blocks.back()).choices.size() == most_choices;
        if (full) {
            blocks.emplace_back(Choices{});
            size = 0;
        }
        std::get<Choices>(blocks.back()).choices.push_back(choice);
        size += more;
    }
    return blocks;
}

}  // namespace

std::vector<ReplyBlock> divided(const ReplyBlock& block) {
    if (const auto* card = std::get_if<InsightCard>(&block)) return divided_card(*card);
    if (const auto* table = std::get_if<Table>(&block)) return divided_table(*table);
    if (const auto* choices = std::get_if<Choices>(&block)) return divided_choices(*choices);
    if (const auto* paragraph = std::get_if<Paragraph>(&block)) {
        std::vector<ReplyBlock> blocks;
        for (std::string& text : rendering::pieces_of(inert(paragraph->text, true), piece, escaped_cost)) {
            blocks.emplace_back(Paragraph{std::move(text)});
        }
        return blocks;
    }
    return {block};
}

}  // namespace podbrief::discord
