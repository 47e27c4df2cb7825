#include "adapters/terminal/render.hpp"

#include "adapters/terminal/layout.hpp"
#include "core/commands/inert.hpp"
#include "core/commands/links.hpp"
#include "core/commands/wording.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::terminal {
namespace {

using commands::inert;

constexpr std::string_view dot = "\u00b7";

class Renderer {
public:
    explicit Renderer(const RenderOptions& options)
        : width_(std::clamp<std::size_t>(options.width, 40, 100)),
          colour_(options.colour),
          links_(options.links && options.colour) {}

    std::string all(const Reply& reply) {
        // As wide as the highest number needs.
        int highest = 0;
        for (const ReplyBlock& block : reply.blocks) {
            if (const auto* card = std::get_if<InsightCard>(&block)) highest = std::max(highest, card->number);
        }
        number_width_ = highest > 99 ? 3 : 2;
        bool after_heading = false;
        for (const ReplyBlock& block : reply.blocks) {
            const bool first = out_.empty();
            const std::size_t before = out_.size();
            if (!first && (!after_heading || std::holds_alternative<Heading>(block))) out_ += '\n';
            const std::size_t begin = out_.size();
            std::visit([this](const auto& one) { add(one); }, block);
            if (out_.size() == begin) out_.resize(before);  // nothing to show
            after_heading = std::holds_alternative<Heading>(block);
        }
        add_suggestions(reply.suggestions);
        return std::move(out_);
    }

private:
    std::string style(std::string_view sgr) const { return colour_ ? std::string(sgr) : std::string{}; }
    Run run(std::string text, std::string_view sgr = {}) const {
        return {std::move(text), style(sgr), {}, false, false};
    }
    Run whole(std::string text, std::string_view sgr = {}) const {
        return {std::move(text), style(sgr), {}, true, false};
    }
    Run mark_between() const { return {fmt::format(" {} ", dot), style("2"), {}, false, true}; }

    Run quoted(const std::string& words) const { return run("\"" + inert(words) + "\"", "3"); }

    void add(const Heading& heading) {
        const std::string text = inert(heading.text);
        out_ += wrap({run(text, "1")}, width_, {});
        if (!colour_) out_ += std::string(std::min(width_, text::display_width(text)), '-') + '\n';
    }

    void add(const Paragraph& paragraph) {
        const std::string text = inert(paragraph.text, true);
        for (std::size_t begin = 0; begin <= text.size();) {
            const std::size_t end = std::min(text.find('\n', begin), text.size());
            out_ += wrap({run(text.substr(begin, end - begin))}, width_, {});
            begin = end + 1;
        }
    }

    void add(const InsightCard& card) {
        const std::string number = fmt::format("{:>{}}", card.number, number_width_);
        const std::string blank(number.size() + 2, ' ');
        const Indent begin{styled(number, style("1")) + "  ", number.size() + 2};
        const Indent below{blank, blank.size()};

        std::vector<Run> runs;
        for (const std::string& label : commands::labels(card)) {
            runs.push_back(whole("[" + label + "]", colour_of(card, label)));
            runs.push_back(run(" "));
        }
        const bool verbatim = card.quote == card.text && !card.quote.empty();  // the claim is the quote
        runs.push_back(verbatim ? quoted(card.quote) : run(inert(card.text)));
        out_ += wrap(runs, width_, begin);
        if (!card.quote.empty() && !verbatim) out_ += wrap({quoted(card.quote)}, width_, below);
        add_source(card, below);
        if (!card.why.empty()) out_ += wrap({run("Why: " + inert(card.why), "2")}, width_, below);
    }

    void add_source(const InsightCard& card, const Indent& indent) {
        const bool linked = commands::is_web_address(card.link);
        std::vector<Run> runs;
        auto add_part = [&](Run part) {
            if (!runs.empty()) runs.push_back(mark_between());
            runs.push_back(std::move(part));
        };
        for (const std::string& part : commands::source_parts(card)) {
            std::string text = inert(part);
            const bool is_short = text::display_width(text) <= 16;  // a day or a moment reads badly in two halves
            add_part(is_short ? whole(std::move(text), "2") : run(std::move(text), "2"));
        }
        if (linked && links_) {
            Run open = whole(card.origin == InsightOrigin::show_notes ? "open" : "listen", "2;4");
            open.link = card.link;
            add_part(std::move(open));
        }
        if (!runs.empty()) out_ += wrap(runs, width_, indent);
        // An address stays in one piece, however long, so that it can be clicked and copied.
        if (linked && !links_) out_ += indent.first + styled(card.link, style("2")) + '\n';
    }

    void add(const Table& table) {
        std::size_t widest = 0;
        for (const Table::Row& row : table.rows) widest = std::max(widest, text::display_width(inert(row.label)));
        const std::size_t column = std::min(widest, width_ * 2 / 5) + 2;
        for (const Table::Row& row : table.rows) {
            const std::string label = inert(row.label);
            const std::size_t wide = text::display_width(label);
            const std::string shown = styled(label, style("1"));
            if (wide + 2 <= column) {
                const Indent indent{shown + std::string(column - wide, ' '), column};
                out_ += wrap({run(inert(row.value))}, width_, indent);
            } else {
                out_ += wrap({run(label, "1")}, width_, {});
                out_ += wrap({run(inert(row.value))}, width_, {std::string(column, ' '), column});
            }
        }
    }

    // What a terminal cannot press is shown as what can be typed.
    void add(const Choices& choices) {
        std::vector<Run> runs;
        for (const Choice& choice : choices.choices) {
            if (commands::is_web_address(choice.link)) {
                // An address stays in one piece, as those of cards do.
                Run open = whole(inert(choice.label), "2;4");
                open.link = choice.link;
                if (links_) out_ += wrap({std::move(open)}, width_, {});
                if (!links_) out_ += inert(choice.label) + "  " + styled(choice.link, style("2")) + '\n';
                continue;
            }
            const bool can_be_typed = choice.link.empty() && choice.action.kind == Action::Kind::say;
            if (!can_be_typed) continue;
            if (!runs.empty()) runs.push_back(mark_between());
            runs.push_back(whole(inert(choice.action.text), "36"));
        }
        if (!runs.empty()) out_ += wrap(runs, width_, {});
    }

    void add_suggestions(const std::vector<std::string>& suggestions) {
        if (suggestions.empty()) return;
        if (!out_.empty()) out_ += '\n';
        std::vector<Run> runs;
        for (const std::string& command : suggestions) {
            if (!runs.empty()) runs.push_back(mark_between());
            runs.push_back(whole(inert(command), "36"));
        }
        out_ += wrap(runs, width_, {styled("Try:", style("2")) + " ", 5});
    }

    static std::string_view colour_of(const InsightCard& card, std::string_view label) {
        if (label == "Update") return "1;33";
        if (label == "Outside your topics") return "1;35";
        if (!card.relation || label == "From the transcripts") return "1";
        switch (*card.relation) {
            case Relation::supports:
                return "1;32";
            case Relation::disputes:
                return "1;31";
            case Relation::adds_context:
                return "1;36";
        }
        return "1";
    }

    std::size_t width_;
    bool colour_;
    bool links_;
    int number_width_ = 2;
    std::string out_;
};

}  // namespace

std::string render(const Reply& reply, const RenderOptions& options) {
    return Renderer(options).all(reply);
}

std::string prompt(const RenderOptions& options) {
    return styled("podbrief>", options.colour ? "1;36" : "") + " ";
}

}  // namespace podbrief::terminal
