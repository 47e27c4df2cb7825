#include "core/services/known_people.hpp"

#include <algorithm>

#include "core/text/unicode.hpp"

namespace podbrief::services {
namespace {

constexpr std::size_t most_names = 100'000;

std::string name_key(std::string_view name) {
    return text::collapse_white_space(text::fold(name));
}

// "Speaker 1", "Unidentified", "Host".
bool is_nobody(std::string_view key) {
    for (const std::string_view role : {"speaker", "unknown", "unidentified", "host", "guest", "interviewer"}) {
        if (key.starts_with(role)) return true;
    }
    return key.empty();
}

}  // namespace

void KnownPeople::heard(const InsightChange& change) {
    const std::string& name = change.insight.speaker;
    if (name.empty() || change.insight.superseded || names_.size() >= most_names) return;
    const std::string key = name_key(name);
    if (is_nobody(key)) return;
    const auto [person, is_new] = names_.emplace(key, Person{name, 0});
    ++person->second.heard;
    if (!is_new) return;
    const auto space = key.find(' ');
    if (space == std::string::npos) return;
    partial_.emplace(key.substr(0, space), key);
    partial_.emplace(key.substr(key.rfind(' ') + 1), key);
}

std::optional<std::string> KnownPeople::find(std::string_view typed, bool by_part) const {
    const std::string key = name_key(typed);
    const auto exact = names_.find(key);
    if (exact != names_.end()) return exact->second.name;
    if (!by_part) return std::nullopt;
    const auto [first, last] = partial_.equal_range(key);
    const Person* most = nullptr;
    std::size_t all = 0;
    for (auto at = first; at != last; ++at) {
        const Person& person = names_.at(at->second);
        if (most == nullptr || person.heard > most->heard) most = &person;
        all += person.heard;
    }
    const bool is_meant = most != nullptr && (std::next(first) == last || most->heard >= 3 * (all - most->heard));
    if (!is_meant) return std::nullopt;
    return most->name;
}

}  // namespace podbrief::services
