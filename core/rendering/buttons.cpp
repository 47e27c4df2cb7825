#include "core/rendering/buttons.hpp"

#include <algorithm>

#include "core/commands/command.hpp"
#include "core/commands/inert.hpp"
#include "core/rendering/measure.hpp"

namespace podbrief::rendering {
namespace {

Choice button(std::string label, Action::Kind kind, InsightId insight, bool chosen = false) {
    Choice choice;
    choice.label = std::move(label);
    choice.action.kind = kind;
    choice.action.insight = insight;
    choice.chosen = chosen;
    return choice;
}

bool has_next(const Reply& reply) {
    return std::any_of(reply.blocks.begin(), reply.blocks.end(), [](const ReplyBlock& block) {
        const auto* choices = std::get_if<Choices>(&block);
        return choices != nullptr &&
               std::any_of(choices->choices.begin(), choices->choices.end(),
                           [](const Choice& choice) { return choice.action.kind == Action::Kind::next; });
    });
}

std::string capitalised(std::string text) {
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 32);
    return text;
}

}  // namespace

std::vector<Choice> card_buttons(const InsightCard& card) {
    if (card.number <= 0 || !card.insight || (card.link.empty() && card.speaker.empty() && card.show.empty()))
        return {};
    using Kind = Action::Kind;
    const CardMarks& marks = card.marks;
    std::vector<Choice> buttons;
    buttons.push_back(button("More", Kind::more, card.insight));
    buttons.push_back(button("Other side", Kind::against, card.insight));
    buttons.push_back(button("Source", Kind::source, card.insight));
    buttons.push_back(button(marks.liked ? "\U0001F44D Liked" : "\U0001F44D", Kind::like, card.insight, marks.liked));
    buttons.push_back(
        button(marks.disliked ? "\U0001F44E Less" : "\U0001F44E", Kind::less, card.insight, marks.disliked));
    buttons.push_back(button(marks.saved ? "Saved" : "Save", Kind::save, card.insight, marks.saved));
    if (!card.topic.empty()) {
        buttons.push_back(
            button((marks.muted ? "Muted: " : "Mute ") + card.topic, Kind::mute, card.insight, marks.muted));
    }
    return buttons;
}

bool has_card_buttons(const Reply& reply) {
    return std::any_of(reply.blocks.begin(), reply.blocks.end(), [](const ReplyBlock& block) {
        const auto* card = std::get_if<InsightCard>(&block);
        return card != nullptr && !card_buttons(*card).empty();
    });
}

std::vector<std::string> suggestions_worth_showing(const Reply& reply) {
    const bool cards = has_card_buttons(reply);
    const bool next = has_next(reply);
    std::vector<std::string> kept;
    for (const std::string& suggestion : reply.suggestions) {
        const commands::Command command = commands::parse_command(suggestion);
        if (cards && command.number > 0) continue;
        if (next && command.verb == commands::Verb::more) continue;
        kept.push_back(suggestion);
    }
    return kept;
}

std::vector<Choice> suggestion_buttons(const Reply& reply) {
    std::vector<Choice> buttons;
    for (const std::string& suggestion : suggestions_worth_showing(reply)) {
        Choice choice;
        choice.label = capitalised(suggestion);
        choice.action.kind = Action::Kind::say;
        choice.action.text = suggestion;
        if (to_data(choice.action)) buttons.push_back(std::move(choice));
    }
    return buttons;
}

std::string suggestions_line(const Reply& reply) {
    std::string line;
    for (const std::string& suggestion : reply.suggestions) {
        line += (line.empty() ? "Try: " : " \u00b7 ") + commands::inert(suggestion);
    }
    return line;
}

std::string button_label(std::string_view label, std::size_t limit) {
    return cut(commands::inert(label), limit, code_points);
}

}  // namespace podbrief::rendering
