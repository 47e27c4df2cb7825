#include "core/ports/account_rules.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace podbrief::accounts {
namespace {

constexpr std::size_t most_entries = 500;

template <class T>
bool holds(const std::vector<T>& list, const T& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

template <class T>
void add(std::vector<T>& list, const T& value) {
    if (list.size() < most_entries && !holds(list, value)) list.push_back(value);
}

}  // namespace

std::string free_name(const std::string& name, const std::function<bool(const std::string&)>& taken) {
    if (!taken(name)) return name;
    const auto numbered = [&](std::int64_t number) { return name + " " + std::to_string(number); };
    std::int64_t used = 1;
    std::int64_t free = 2;
    while (taken(numbered(free))) {
        used = free;
        free *= 2;
    }
    while (free - used > 1) {
        const std::int64_t middle = used + (free - used) / 2;
        (taken(numbered(middle)) ? used : free) = middle;
    }
    return numbered(free);
}

Profile united(Profile into, const Profile& from) {
    const Profile own = into;
    for (const auto& [topic, weight] : from.topics) {
        if (into.topics.size() < most_entries && !holds(own.muted_topics, topic)) into.topics.emplace(topic, weight);
    }
    for (const auto& [topic, learnt] : from.learnt) {
        if (into.learnt.size() < most_entries && !holds(own.muted_topics, topic)) into.learnt.emplace(topic, learnt);
    }
    for (const std::string& topic : from.muted_topics) {
        if (!own.topics.contains(topic)) add(into.muted_topics, topic);
    }
    for (const PodcastId show : from.shows) {
        if (!holds(own.muted_shows, show)) add(into.shows, show);
    }
    for (const PodcastId show : from.muted_shows) {
        if (!holds(own.shows, show)) add(into.muted_shows, show);
    }
    for (const std::string& person : from.persons) add(into.persons, person);
    constexpr std::size_t most_watches = 20;  // as core/briefs/profile.hpp has it
    for (const Watch& watch : from.watches) {
        const bool there = std::any_of(own.watches.begin(), own.watches.end(),
                                       [&](const Watch& other) { return other.topic == watch.topic; });
        if (!there && into.watches.size() < most_watches) into.watches.push_back(watch);
    }
    return into;
}

}  // namespace podbrief::accounts
