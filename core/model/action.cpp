#include "core/model/action.hpp"

#include <array>
#include <charconv>

namespace podbrief {
namespace {

using Kind = Action::Kind;

enum class Rest { insight, list, text };
struct Name {
    Kind kind;
    std::string_view word;
    Rest rest;
};
constexpr std::array<Name, 12> names{{{Kind::more, "more", Rest::insight},
                                      {Kind::against, "against", Rest::insight},
                                      {Kind::source, "source", Rest::insight},
                                      {Kind::like, "like", Rest::insight},
                                      {Kind::less, "less", Rest::insight},
                                      {Kind::save, "save", Rest::insight},
                                      {Kind::mute, "mute", Rest::insight},
                                      {Kind::why, "why", Rest::insight},
                                      {Kind::next, "next", Rest::list},
                                      {Kind::choose, "choose", Rest::text},
                                      {Kind::say, "say", Rest::text},
                                      {Kind::form, "form", Rest::text}}};

constexpr int base = 36;

std::string number(std::int64_t value) {
    std::array<char, 16> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, base).ptr;
    return {digits.data(), end};
}

std::optional<std::int64_t> number_from(std::string_view digits) {
    std::int64_t value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size() || value < 0) return std::nullopt;
    return value;
}

}  // namespace

std::optional<std::string> to_data(const Action& action) {
    for (const Name& name : names) {
        if (name.kind != action.kind) continue;
        std::string data = std::string(name.word) + ":";
        if (name.rest == Rest::insight) data += number(action.insight.value);
        if (name.rest == Rest::list) data += number(action.list);
        if (name.rest == Rest::text) data += action.text;
        if (data.size() > longest_action_data) return std::nullopt;
        return data;
    }
    return std::nullopt;
}

std::optional<Action> action_from(std::string_view data) {
    const auto colon = data.find(':');
    if (colon == std::string_view::npos || data.size() > longest_action_data) return std::nullopt;
    const std::string_view rest = data.substr(colon + 1);
    for (const Name& name : names) {
        if (name.word != data.substr(0, colon)) continue;
        Action action;
        action.kind = name.kind;
        if (name.rest == Rest::text) {
            action.text = rest;
            return action;
        }
        const auto value = number_from(rest);
        if (!value) return std::nullopt;
        if (name.rest == Rest::insight) action.insight = InsightId{*value};
        if (name.rest == Rest::list) action.list = *value;
        return action;
    }
    return std::nullopt;
}

}  // namespace podbrief
