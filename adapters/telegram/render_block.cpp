#include "adapters/telegram/render_block.hpp"

#include "core/commands/links.hpp"
#include "core/commands/wording.hpp"
#include "core/rendering/buttons.hpp"
#include "core/rendering/measure.hpp"

namespace podbrief::telegram {
namespace {

using rendering::utf16_units;
using Type = Entity::Type;

// UTF-16 units of what a label or a name may take; the claim and the quote are never cut.
constexpr std::size_t longest_heading = 300;
constexpr std::size_t longest_name = 200;
constexpr std::size_t longest_why = 300;
constexpr std::size_t longest_label = 200;

std::string trimmed(const std::string& text) {
    const auto begin = text.find_first_not_of(" \n");
    if (begin == std::string::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \n") - begin + 1);
}

std::string shown(std::string_view text, bool keep_lines = false) {
    return trimmed(untouchable(text, keep_lines));
}

std::string shortened(std::string_view text, std::size_t limit) {
    return rendering::cut(shown(text), limit, utf16_units);
}

class BlockRenderer {
public:
    explicit BlockRenderer(bool rich) : rich_(rich) {}

    Piece operator()(const Heading& heading) const {
        Piece out;
        add(out.text, shortened(heading.text, longest_heading), Type::bold);
        return out;
    }

    Piece operator()(const Paragraph& paragraph) const {
        Piece out;
        out.text.add(shown(paragraph.text, true));
        return out;
    }

    Piece operator()(const InsightCard& card) const {
        Piece out;
        FormattedText& text = out.text;
        if (card.number > 0) add(text, std::to_string(card.number) + ".", Type::bold);
        for (const std::string& label : commands::labels(card)) {
            text.add(text.empty() ? "" : " ");
            add(text, "[" + label + "]", Type::italic);
        }
        const bool verbatim = !card.quote.empty() && card.quote == card.text;  // the claim is the quote
        const std::string claim = verbatim ? "\"" + shown(card.text) + "\"" : shown(card.text);
        text.add(text.empty() || claim.empty() ? "" : " ").add(claim);
        if (!card.quote.empty() && !verbatim) {
            begin_line(text);
            add(text, "\"" + shown(card.quote) + "\"", Type::blockquote);
        }
        add_source(text, card);
        if (!card.why.empty()) {
            begin_line(text);
            add(text, "Why: " + shortened(card.why, longest_why), Type::italic);
        }
        if (rich_) out.rows = card_rows(card);
        return out;
    }

    Piece operator()(const Table& table) const {
        Piece out;
        for (const Table::Row& row : table.rows) {
            const std::string label = shortened(row.label, longest_label);
            const std::string value = shown(row.value);
            if (label.empty() && value.empty()) continue;
            begin_line(out.text);
            if (!label.empty()) add(out.text, label + ":", Type::bold);
            out.text.add(label.empty() || value.empty() ? "" : " ").add(value);
        }
        return out;
    }

    // What cannot be pressed is shown as what can be typed or opened instead.
    Piece operator()(const Choices& choices) const {
        Piece out;
        if (rich_) {
            out.rows = choice_rows(choices);
            return out;
        }
        for (const Choice& choice : choices.choices) {
            if (!choice.link.empty()) {
                if (!commands::is_web_address(choice.link)) continue;
                begin_line(out.text);
                out.text.add(shortened(choice.label, longest_label) + ":").add("\n").add(choice.link);
            } else if (choice.action.kind == Action::Kind::say) {
                begin_line(out.text);
                out.text.add(shown(choice.action.text));
            }
        }
        return out;
    }

private:
    void add(FormattedText& text, const std::string& words, Type type) const {
        if (rich_) {
            text.add(words, type);
        } else {
            text.add(words);
        }
    }

    static void begin_line(FormattedText& text) {
        if (!text.empty()) text.add("\n");
    }

    void add_source(FormattedText& text, const InsightCard& card) const {
        std::string line;
        for (const std::string& part : commands::source_parts(card)) {
            const std::string name = shortened(part, longest_name);
            if (!name.empty()) line += (line.empty() ? "" : " \u00b7 ") + name;
        }
        const bool linked = commands::is_web_address(card.link);
        if (line.empty() && !linked) return;
        begin_line(text);
        text.add(line);
        if (!linked) return;
        if (!rich_) {
            if (!line.empty()) text.add("\n");
            text.add(card.link);
            return;
        }
        if (!line.empty()) text.add(" \u00b7 ");
        // A label that cannot be taken for the name of another host.
        text.add(card.origin == InsightOrigin::show_notes ? "Open" : "Listen", Type::text_link, card.link);
    }

    bool rich_;
};

std::string suggestion_line(const std::vector<std::string>& suggestions) {
    std::string line;
    for (const std::string& suggestion : suggestions) {
        const std::string words = shortened(suggestion, longest_label);
        if (!words.empty()) line += (line.empty() ? "Try: " : " \u00b7 ") + words;
    }
    return line;
}

}  // namespace

Piece render_block(const ReplyBlock& block, bool rich) {
    return std::visit(BlockRenderer(rich), block);
}

Piece render_closing(const Reply& reply, bool rich) {
    Piece out;
    if (rich) out.rows = suggestion_rows(reply);
    out.text.add(suggestion_line(rich ? suggestions_without_button(reply) : reply.suggestions));
    return out;
}

}  // namespace podbrief::telegram
