#include "adapters/slack/render.hpp"

#include <nlohmann/json.hpp>

#include "adapters/slack/blocks.hpp"
#include "adapters/slack/limits.hpp"
#include "adapters/slack/text.hpp"
#include "core/commands/inert.hpp"
#include "core/commands/wording.hpp"
#include "core/rendering/buttons.hpp"
#include "core/rendering/measure.hpp"

namespace podbrief::slack {
namespace {

using commands::inert;

// Beyond what an insight may have; what comes longer nevertheless is cut, so that a card always fits a message.
constexpr std::size_t longest_claim = 3'000;
constexpr std::size_t longest_quote = 4'500;
constexpr std::string_view nothing = "There is nothing to show here.";

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string out;
    for (const std::string& part : parts) {
        if (part.empty()) continue;
        if (!out.empty()) out += between;
        out += part;
    }
    return out;
}

std::string number_and_labels(const InsightCard& card) {
    std::string out = card.number > 0 ? std::to_string(card.number) + ". " : "";
    const std::string labels = joined(commands::labels(card), ", ");
    return labels.empty() ? out : out + labels + ": ";
}

bool is_verbatim(const InsightCard& card) {  // the claim is the quote: shown once, as one
    return !card.quote.empty() && card.quote == card.text;
}

std::string claim_of(const InsightCard& card) {
    const std::string claim = rendering::cut(inert(card.text), longest_claim, escaped_units);
    return is_verbatim(card) ? "\u201C" + claim + "\u201D" : claim;
}

std::string quote_of(const InsightCard& card) {
    if (card.quote.empty() || is_verbatim(card)) return {};
    return "\u201C" + rendering::cut(inert(card.quote, true), longest_quote, escaped_units) + "\u201D";
}

std::string source_of(const InsightCard& card) {
    std::vector<std::string> parts = commands::source_parts(card);
    for (std::string& part : parts) part = inert(part);
    return joined(parts, " \u00b7 ");
}

std::string why_of(const InsightCard& card) {
    return card.why.empty() ? std::string() : "Why: " + inert(card.why);
}

std::string link_label(const InsightCard& card) {
    const std::string moment = commands::moment(card);
    return moment.empty() ? "Open the episode" : "Listen at " + moment;
}

struct ToBlocks {
    Blocks operator()(const Heading& heading) const { return header(heading.text); }
    Blocks operator()(const Paragraph& paragraph) const { return rich_text({{paragraph.text}}); }
    Blocks operator()(const InsightCard& card) const {
        Blocks out = rich_text({{number_and_labels(card), true}, {claim_of(card)}});
        out.add(rich_text({{quote_of(card)}}, true));
        out.add(context({source_of(card), why_of(card)}, card.link, link_label(card)));
        out.add(card_buttons(card));
        return out;
    }
    Blocks operator()(const Table& table) const {
        std::vector<Run> runs;
        for (const Table::Row& row : table.rows) {
            if (!runs.empty()) runs.push_back({"\n"});
            if (!inert(row.label).empty()) runs.push_back({inert(row.label) + ": ", true});
            runs.push_back({inert(row.value)});
        }
        return rich_text(runs);
    }
    Blocks operator()(const Choices& choices) const {
        std::vector<Choice> shown = choices.choices;
        for (Choice& choice : shown) {
            if (choice.chosen) choice.label = "\u2713 " + choice.label;
        }
        return buttons(shown);
    }
};

Blocks closing(const Reply& reply) {
    Blocks out = buttons(rendering::suggestion_buttons(reply));
    Reply rest;  // those too long to be carried by a button are said
    for (const std::string& suggestion : reply.suggestions) {
        Action say;
        say.kind = Action::Kind::say;
        say.text = suggestion;
        if (!to_data(say)) rest.suggestions.push_back(suggestion);
    }
    out.add(context({rendering::suggestions_line(rest)}, {}, {}));
    return out;
}

// ---- without blocks ----
struct Line {
    std::string text;  // inert, not escaped
    std::string link;
};
using Lines = std::vector<Line>;

struct ToLines {
    Lines operator()(const Heading& heading) const { return {{inert(heading.text), {}}}; }
    Lines operator()(const Paragraph& paragraph) const { return {{inert(paragraph.text, true), {}}}; }
    Lines operator()(const InsightCard& card) const {
        Lines out{{number_and_labels(card) + claim_of(card), {}}};
        for (std::string text : {quote_of(card), source_of(card)}) {
            if (!text.empty()) out.push_back({std::move(text), {}});
        }
        if (const std::string link = mrkdwn_link(card.link, {}); !link.empty()) out.push_back({{}, link});
        if (std::string why = why_of(card); !why.empty()) out.push_back({std::move(why), {}});
        return out;
    }
    Lines operator()(const Table& table) const {
        Lines out;
        for (const Table::Row& row : table.rows) out.push_back({inert(row.label) + ": " + inert(row.value), {}});
        return out;
    }
    Lines operator()(const Choices& choices) const {
        std::vector<std::string> words;  // what can be typed instead
        Lines out;
        for (const Choice& choice : choices.choices) {
            if (!choice.link.empty()) {
                if (const std::string link = mrkdwn_link(choice.link, {}); !link.empty()) out.push_back({{}, link});
            } else if (choice.action.kind == Action::Kind::say) {
                words.push_back(inert(choice.action.text));
            }
        }
        if (!words.empty()) out.push_back({"Try: " + joined(words, " \u00b7 "), {}});
        return out;
    }
};

std::string text_of(const Reply& reply, bool with_links) {
    std::string out;
    for (const ReplyBlock& block : reply.blocks) {
        if (!out.empty()) out += "\n";
        for (const Line& line : std::visit(ToLines{}, block)) {
            if (line.link.empty()) {
                out += (out.empty() ? "" : "\n") + (with_links ? escaped(line.text) : line.text);
            } else if (with_links) {
                out += (out.empty() ? "" : "\n") + line.link;
            }
        }
    }
    if (std::string end = rendering::suggestions_line(reply); !end.empty())
        out += (out.empty() ? "" : "\n\n") + (with_links ? escaped(end) : end);
    return out;
}

std::string only_links(const Reply& reply) {
    std::string out;
    for (const ReplyBlock& block : reply.blocks) {
        const auto* card = std::get_if<InsightCard>(&block);
        if (card == nullptr) continue;
        const std::string link = mrkdwn_link(card->link, {});
        if (link.empty()) continue;
        if (!out.empty()) out += "\n";
        if (card->number > 0) out += std::to_string(card->number) + ". ";
        out += link;
    }
    return out;
}

std::string shortened(const std::string& text, std::size_t limit) {
    return escaped(rendering::cut(text, limit, escaped_units));
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \n") == std::string_view::npos;
}

std::string plain(const Reply& reply, int plainness) {
    std::string out;
    if (plainness >= 2) out = only_links(reply);
    if (out.empty()) out = text_of(reply, true);
    if (rendering::utf16_units(out) > limits::plain_text) out = shortened(text_of(reply, false), limits::plain_text);
    return is_blank(out) ? std::string(nothing) : out;
}

// ---- parts ----
rendering::Size size_of(const ReplyBlock& block) {
    const Blocks made = std::visit(ToBlocks{}, block);
    return {made.text, made.json.size()};
}

std::vector<ReplyBlock> pieces(const std::string& text) {
    std::vector<ReplyBlock> out;
    for (std::string& piece : rendering::pieces_of(inert(text, true), limits::block_text, escaped_units))
        out.emplace_back(Paragraph{std::move(piece)});
    return out;
}

std::vector<ReplyBlock> divide(const ReplyBlock& block) {
    if (const auto* paragraph = std::get_if<Paragraph>(&block)) return pieces(paragraph->text);
    std::vector<ReplyBlock> out;
    if (const auto* table = std::get_if<Table>(&block)) {
        for (const Table::Row& row : table->rows) {
            Table one;
            one.rows.push_back(row);
            if (size_of(one).text <= limits::all_text) {
                out.emplace_back(std::move(one));
                continue;
            }
            for (ReplyBlock& piece : pieces(row.label + ": " + row.value)) out.push_back(std::move(piece));
        }
        return out;
    }
    out.push_back(block);
    return out;
}

}  // namespace

std::vector<Reply> split(const Reply& reply) {
    rendering::PartSizes sizes;
    sizes.block = size_of;
    sizes.closing = [](const Reply& part) {
        const Blocks made = closing(part);
        return rendering::Size{made.text, made.json.size()};
    };
    sizes.divide = divide;
    return rendering::split_into_parts(reply, {limits::all_text, limits::blocks}, sizes);
}

Rendered render(const Reply& reply, int plainness) {
    Rendered out;
    if (plainness > 0) {
        out.text = plain(reply, plainness);
        return out;
    }
    Blocks all;
    for (const ReplyBlock& block : reply.blocks) all.add(std::visit(ToBlocks{}, block));
    all.add(closing(reply));
    out.text = shortened(text_of(reply, false), limits::fallback_text);
    if (is_blank(out.text)) out.text = nothing;
    if (all.json.empty()) return out;
    name_parts(all.json);
    out.blocks = Json(std::move(all.json)).dump();
    return out;
}

std::string home_blocks(const Reply& page) {
    Blocks all;
    bool whole = true;
    for (const ReplyBlock& block : page.blocks) {
        Blocks more = std::visit(ToBlocks{}, block);
        whole = whole && all.json.size() + more.json.size() <= limits::home_blocks - 3;
        if (!whole) break;
        all.add(std::move(more));
    }
    if (!whole) all.add(context({"There is more in Messages: type saved, or a topic."}, {}, {}));
    if (Blocks end = closing(page); end.json.size() <= 2) all.add(std::move(end));
    if (all.json.empty()) all.add(rich_text({{std::string(nothing)}}));
    name_parts(all.json);
    return Json(std::move(all.json)).dump();
}

}  // namespace podbrief::slack
