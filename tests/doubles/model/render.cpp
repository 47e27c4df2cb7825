#include "tests/doubles/model/render.hpp"

#include <string_view>

namespace podbrief::testing {
namespace {

std::string escaped(std::string_view text, Markup markup) {
    if (markup == Markup::none) return std::string(text);
    std::string out;
    out.reserve(text.size() + 16);
    for (const char c : text) {
        if (markup == Markup::markdown) {
            if (std::string_view(R"(\*_~`|>#[]())").find(c) != std::string_view::npos) out += '\\';
            out += c;
        } else if (c == '&') {
            out += "&amp;";
        } else if (c == '<') {
            out += "&lt;";
        } else if (c == '>') {
            out += "&gt;";
        } else {
            out += c;
        }
    }
    return out;
}

std::string bold(const std::string& text, Markup markup) {
    switch (markup) {
        case Markup::none:
            return text;
        case Markup::mrkdwn:
            return "*" + text + "*";
        case Markup::html:
            return "<b>" + text + "</b>";
        case Markup::markdown:
            return "**" + text + "**";
    }
    return text;
}

struct ToText {
    Markup markup;

    std::string operator()(const Heading& heading) const { return bold(escaped(heading.text, markup), markup); }
    std::string operator()(const Paragraph& paragraph) const { return escaped(paragraph.text, markup); }
    std::string operator()(const InsightCard& card) const {
        std::string out = std::to_string(card.number) + ". " + escaped(card.text, markup);
        if (!card.quote.empty()) out += "\n\"" + escaped(card.quote, markup) + "\"";
        std::string source;
        for (const auto* part : {&card.speaker, &card.show, &card.episode}) {
            if (part->empty()) continue;
            source += (source.empty() ? "" : ", ") + escaped(*part, markup);
        }
        if (!source.empty()) out += "\n" + source;
        if (!card.link.empty()) {
            // An address is no text: nothing in it is escaped but what would end the markup.
            out += "\n" + (markup == Markup::markdown ? card.link : escaped(card.link, markup));
        }
        if (!card.why.empty()) out += "\n" + escaped(card.why, markup);
        return out;
    }
    std::string operator()(const Choices& choices) const {
        std::string out;
        for (const auto& choice : choices.choices) {
            out += (out.empty() ? "[" : " [") + escaped(choice.label, markup) + "]";
        }
        return out;
    }
    std::string operator()(const Table& table) const {
        std::string out;
        for (const auto& row : table.rows) {
            if (!out.empty()) out += "\n";
            out += bold(escaped(row.label, markup), markup) + ": " + escaped(row.value, markup);
        }
        return out;
    }
};

}  // namespace

std::string block_text(const ReplyBlock& block, Markup markup) {
    return std::visit(ToText{markup}, block);
}

std::string suggestions_text(const Reply& reply, Markup markup) {
    std::string out;
    for (const auto& suggestion : reply.suggestions) {
        out += (out.empty() ? "Try: " : ", ") + escaped(suggestion, markup);
    }
    return out;
}

std::string reply_text(const Reply& reply, Markup markup, int plainness) {
    std::string out;
    if (plainness >= 2) {
        for (const auto& block : reply.blocks) {
            const auto* card = std::get_if<InsightCard>(&block);
            if (card != nullptr && !card->link.empty()) out += (out.empty() ? "" : "\n") + escaped(card->link, markup);
        }
        if (!out.empty()) return out;
    }
    for (const auto& block : reply.blocks) out += (out.empty() ? "" : "\n\n") + block_text(block, markup);
    if (const auto end = suggestions_text(reply, markup); !end.empty()) out += (out.empty() ? "" : "\n\n") + end;
    return out;
}

std::vector<Reply> split_blocks(const Reply& reply, const PartLimits& limits,
                                const std::function<std::size_t(const ReplyBlock&)>& size_of,
                                std::size_t suggestions_size) {
    std::vector<Reply> parts(1);
    std::size_t size = 0;
    const auto fits = [&](std::size_t more) {
        return parts.back().blocks.empty() ||
               (size + more <= limits.limit && parts.back().blocks.size() < limits.most_blocks);
    };
    for (const auto& block : reply.blocks) {
        const auto more = size_of(block) + limits.gap;
        if (!fits(more)) {
            parts.emplace_back();
            size = 0;
        }
        parts.back().blocks.push_back(block);
        size += more;
    }
    if (!reply.suggestions.empty()) {
        if (!fits(suggestions_size + limits.gap)) parts.emplace_back();
        parts.back().suggestions = reply.suggestions;
    }
    return parts;
}

}  // namespace podbrief::testing
