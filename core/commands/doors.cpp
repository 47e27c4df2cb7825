#include "core/commands/doors.hpp"

#include "core/commands/wording.hpp"
#include "core/model/action.hpp"

namespace podbrief::commands {
namespace {

constexpr std::string_view mark = "i_";
constexpr std::string_view more =
    "more:";  // an action that names an insight: the one way in which its number is written
constexpr std::size_t longest_number = 13;  // 2^63 in base 36

}  // namespace

std::string door_number(InsightId insight) {
    Action action;
    action.kind = Action::Kind::more;
    action.insight = insight;
    return to_data(action).value_or(std::string(more)).substr(more.size());
}

std::optional<InsightId> insight_of_number(std::string_view number) {
    if (number.empty() || number.size() > longest_number) return std::nullopt;
    const std::optional<Action> action = action_from(std::string(more) + std::string(number));
    if (!action || action->insight.value <= 0) return std::nullopt;
    return action->insight;
}

std::string door_payload(InsightId insight) {
    return std::string(mark) + door_number(insight);
}

std::optional<InsightId> insight_of_payload(std::string_view payload) {
    if (!payload.starts_with(mark)) return std::nullopt;
    return insight_of_number(payload.substr(mark.size()));
}

void offer_topics(Reply& reply, const std::vector<std::string>& topics) {
    if (topics.empty()) return;
    Paragraph words;
    words.text = "What you come from is about " + listed(topics) + ". Follow it, and more of it comes in your brief.";
    reply.blocks.emplace_back(std::move(words));
    Choices choices;
    for (const std::string& topic : topics) {
        Choice choice;
        choice.label = "Follow " + topic;
        choice.action.kind = Action::Kind::say;
        choice.action.text = "follow topic " + topic;
        if (to_data(choice.action)) choices.choices.push_back(std::move(choice));
    }
    if (!choices.choices.empty()) reply.blocks.emplace_back(std::move(choices));
}

}  // namespace podbrief::commands
