#include "adapters/telegram/render.hpp"

#include <algorithm>
#include <utility>

#include "adapters/telegram/limits.hpp"
#include "adapters/telegram/render_block.hpp"
#include "core/commands/inert.hpp"
#include "core/commands/links.hpp"
#include "core/rendering/measure.hpp"
#include "core/rendering/parts.hpp"

namespace podbrief::telegram {
namespace {

using rendering::Size;
using rendering::utf16_units;

constexpr std::string_view between_blocks = "\n\n";
constexpr std::string_view nothing_to_read = "\u2026";
constexpr std::string_view something_to_press = "Choose:";

// One number for what a message has too many of: a row of buttons weighs as much as seven entities, so that 14 rows or
// 100 entities fill it.
constexpr std::size_t row_weight = most_entities / most_rows;

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \n") == std::string_view::npos;
}

std::vector<std::string> addresses_of(const Reply& reply) {
    std::vector<std::string> out;
    const auto add = [&](const std::string& link) {
        if (commands::is_web_address(link) && std::find(out.begin(), out.end(), link) == out.end()) out.push_back(link);
    };
    for (const ReplyBlock& block : reply.blocks) {
        if (const auto* card = std::get_if<InsightCard>(&block)) add(card->link);
        if (const auto* choices = std::get_if<Choices>(&block)) {
            for (const Choice& choice : choices->choices) add(choice.link);
        }
    }
    return out;
}

void append(FormattedText& message, const FormattedText& more) {
    if (more.empty()) return;
    if (!message.empty()) message.add(between_blocks);
    message.add(more);
}

// For what was not split: the end is left out rather than everything refused.
void keep_within_limits(FormattedText& text, Keyboard& keyboard) {
    if (text.units > longest_text) {
        text.text = rendering::cut(text.text, longest_text, utf16_units);
        text.units = utf16_units(text.text);
    }
    if (text.entities.size() > most_entities) text.entities.resize(most_entities);
    for (Entity& entity : text.entities) {
        const std::size_t end = std::min(entity.offset + entity.length, text.units);
        entity.length = end > entity.offset ? end - entity.offset : 0;
    }
    std::erase_if(text.entities, [](const Entity& entity) { return entity.length == 0; });
    std::size_t buttons = 0;
    std::erase_if(keyboard, [&](const Row& row) {
        buttons += row.size();
        return row.empty() || buttons > most_buttons;
    });
}

Size size_of(const Piece& rich, const Piece& plain) {
    Size size;
    size.text = std::max(rich.text.units, plain.text.units) + between_blocks.size();
    size.components = rich.rows.size() * row_weight + rich.text.entities.size();
    return size;
}

Size block_size(const ReplyBlock& block) {
    return size_of(render_block(block, true), render_block(block, false));
}

// ---- blocks that are too long for one message ----

void divide_text(std::vector<ReplyBlock>& out, const std::string& before, std::string_view text,
                 const std::string& after) {
    constexpr std::size_t room = longest_text - 96;
    const std::string plain = commands::inert(text, true);
    const std::size_t joiners = utf16_units(untouchable(plain, true)) - utf16_units(plain);  // at most one a character
    const auto pieces = rendering::pieces_of(plain, std::max(room / 2, room - std::min(room, joiners)), utf16_units);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const std::string begin = i == 0 ? before : std::string{};
        const std::string end = i + 1 == pieces.size() ? after : std::string{};
        out.emplace_back(Paragraph{begin + pieces[i] + end});
    }
}

std::vector<ReplyBlock> divide_card(InsightCard card) {
    std::vector<ReplyBlock> out;
    const bool verbatim = card.quote == card.text;
    std::string quote = std::exchange(card.quote, {});
    if (verbatim) quote.clear();
    if (block_size(card).text > longest_text) {
        const std::string number = card.number > 0 ? std::to_string(card.number) + ". " : std::string{};
        divide_text(out, number, card.text, {});
        card.text.clear();
    }
    out.emplace_back(std::move(card));
    if (!quote.empty()) divide_text(out, "\"", quote, "\"");
    return out;
}

std::vector<ReplyBlock> divide_table(const Table& table) {
    constexpr std::size_t longest_value = 1'500;
    std::vector<ReplyBlock> out;
    for (const Table::Row& row : table.rows) {
        bool first = true;
        for (std::string& piece : rendering::pieces_of(commands::inert(row.value), longest_value, utf16_units)) {
            Table one;
            one.rows.push_back({first ? row.label : std::string{}, std::move(piece)});
            first = false;
            out.emplace_back(std::move(one));
        }
    }
    return out;
}

std::vector<ReplyBlock> divide_choices(const Choices& choices) {
    constexpr std::size_t at_once = most_rows - 2;  // were each a row of its own
    std::vector<ReplyBlock> out;
    Choices some;
    Size size;
    for (const Choice& choice : choices.choices) {
        Choices one;
        one.choices.push_back(choice);
        const Size more = block_size(one);
        if (some.choices.size() == at_once || size.text + more.text > longest_text) {
            if (!some.choices.empty()) out.emplace_back(std::exchange(some, {}));
            size = {};
        }
        some.choices.push_back(choice);
        size.text += more.text;
    }
    if (!some.choices.empty()) out.emplace_back(std::move(some));
    return out;
}

std::vector<ReplyBlock> divide(const ReplyBlock& block) {
    std::vector<ReplyBlock> out;
    if (const auto* paragraph = std::get_if<Paragraph>(&block)) {
        divide_text(out, {}, paragraph->text, {});
    } else if (const auto* card = std::get_if<InsightCard>(&block)) {
        out = divide_card(*card);
    } else if (const auto* table = std::get_if<Table>(&block)) {
        out = divide_table(*table);
    } else if (const auto* choices = std::get_if<Choices>(&block)) {
        out = divide_choices(*choices);
    } else {
        out.push_back(block);
    }
    return out;
}

}  // namespace

Rendered render(const Reply& reply, int plainness) {
    const bool rich = plainness <= 0;
    FormattedText text;
    Keyboard keyboard;
    if (plainness >= 2) {
        for (const std::string& address : addresses_of(reply)) text.add(text.empty() ? "" : "\n").add(address);
    }
    if (text.empty()) {
        const auto add = [&](const Piece& piece) {
            append(text, piece.text);
            keyboard.insert(keyboard.end(), piece.rows.begin(), piece.rows.end());
        };
        for (const ReplyBlock& block : reply.blocks) add(render_block(block, rich));
        add(render_closing(reply, rich));
    }
    keep_within_limits(text, keyboard);
    if (is_blank(text.text)) {
        text = {};
        text.add(keyboard.empty() ? nothing_to_read : something_to_press);
    }
    return {std::move(text.entities), std::move(text.text), std::move(keyboard)};
}

std::vector<Reply> split(const Reply& reply) {
    const rendering::MessageLimits limits{longest_text, most_entities};
    rendering::PartSizes sizes;
    sizes.block = block_size;
    sizes.closing = [](const Reply& all) {
        Reply alone;  // beside cards there are fewer, but the last part may have none
        alone.suggestions = all.suggestions;
        return size_of(render_closing(alone, true), render_closing(alone, false));
    };
    sizes.divide = divide;
    return rendering::split_into_parts(reply, limits, sizes);
}

}  // namespace podbrief::telegram
