#include "core/briefs/profile.hpp"

#include <cmath>

#include "core/text/topic_words.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::briefs {
namespace {

template <class T>
bool holds(const std::vector<T>& list, const T& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

template <class T>
bool drop(std::vector<T>& list, const T& value) {
    return std::erase(list, value) > 0;
}

template <class T>
Change add(std::vector<T>& list, const T& value, std::size_t most) {
    if (holds(list, value)) return Change::was_so;
    if (list.size() >= most) return Change::full;
    list.push_back(value);
    return Change::done;
}

bool drop_topic(std::vector<std::string>& list, std::string_view topic) {
    return std::erase_if(list, [&](const std::string& kept) { return text::is_same_topic(kept, topic); }) > 0;
}

bool drop_said_and_learnt(Profile& profile, std::string_view topic) {
    const auto same = [&](const auto& entry) { return text::is_same_topic(entry.first, topic); };
    const std::size_t said = std::erase_if(profile.topics, same);
    return said + std::erase_if(profile.learnt, same) > 0;
}

std::string person_name(std::string_view typed) {
    return std::string(text::prefix_of(text::collapse_white_space(text::to_valid_utf8(typed)), 80));
}

bool drop_person(std::vector<std::string>& list, std::string_view name) {
    const std::string folded = text::fold(person_name(name));
    return std::erase_if(list, [&](const std::string& known) { return text::fold(known) == folded; }) > 0;
}

}  // namespace

std::string topic_key(std::string_view typed) {
    constexpr std::string_view around = " \"'.,;:!?#()[]<>*_`";
    std::string key = text::to_lower(text::collapse_white_space(text::to_valid_utf8(typed)));
    key = std::string(text::prefix_of(key, 80));
    const auto begin = key.find_first_not_of(around);
    if (begin == std::string::npos) return {};
    // "c++" and "c#" keep their marks.
    auto end = key.find_last_not_of(around) + 1;
    if (end < key.size() && key[end] == '#') ++end;
    return key.substr(begin, end - begin);
}

std::string kept_topic(const Profile& profile, std::string_view typed) {
    std::string key = topic_key(typed);
    const std::string identity = text::topic_identity(key);
    if (identity.empty()) return key;
    const auto same = [&](const std::string& kept) { return kept == key || text::topic_identity(kept) == identity; };
    const auto same_entry = [&](const auto& entry) { return same(entry.first); };
    if (profile.topics.contains(key)) return key;
    const auto said = std::find_if(profile.topics.begin(), profile.topics.end(), same_entry);
    if (said != profile.topics.end()) return said->first;
    const auto muted = std::find_if(profile.muted_topics.begin(), profile.muted_topics.end(), same);
    if (muted != profile.muted_topics.end()) return *muted;
    const auto learnt = std::find_if(profile.learnt.begin(), profile.learnt.end(), same_entry);
    return learnt != profile.learnt.end() ? learnt->first : key;
}

bool follows_topic(const Profile& profile, std::string_view topic) {
    const auto known = profile.topics.find(kept_topic(profile, topic));
    return known != profile.topics.end() && known->second > 0;
}

bool mutes_topic(const Profile& profile, std::string_view topic) {
    return std::any_of(profile.muted_topics.begin(), profile.muted_topics.end(),
                       [&](const std::string& muted) { return text::is_same_topic(muted, topic); });
}

double faded(const Learnt& learnt, WallTime now) {
    double weight = learnt.weight;
    // Learnt before times were kept: as fresh as ever, until it is touched again.
    if (learnt.at != WallTime{} && now > learnt.at) {
        const double age_h = std::chrono::duration<double, std::ratio<3600>>(now - learnt.at).count();
        weight *= std::exp2(-age_h / static_cast<double>(std::chrono::hours(learnt_half_life).count()));
    }
    return std::abs(weight) < least_learnt ? 0 : weight;
}

double weight_of(const Profile& profile, std::string_view key, WallTime now) {
    const auto said = profile.topics.find(std::string(key));
    const auto learnt = profile.learnt.find(std::string(key));
    const double sum = (said == profile.topics.end() ? 0 : said->second) +
                       (learnt == profile.learnt.end() ? 0 : faded(learnt->second, now));
    return std::clamp(sum, least_weight, most_weight);
}

std::map<std::string, double> weights(const Profile& profile, WallTime now) {
    std::map<std::string, double> all;
    for (const auto& [topic, weight] : profile.topics) all[topic] = weight_of(profile, topic, now);
    for (const auto& [topic, learnt] : profile.learnt) {
        if (faded(learnt, now) != 0) all[topic] = weight_of(profile, topic, now);
    }
    return all;
}

Change follow_topic(Profile& profile, std::string_view topic) {
    const std::string key = kept_topic(profile, topic);
    if (key.empty()) return Change::was_so;
    const bool was_muted = drop_topic(profile.muted_topics, key);
    const auto known = profile.topics.find(key);
    if (known == profile.topics.end() && profile.topics.size() >= most_topics) return Change::full;
    const auto learnt = profile.learnt.find(key);
    const bool was_down = learnt != profile.learnt.end() && learnt->second.weight < 0;
    if (was_down) profile.learnt.erase(learnt);
    if (known != profile.topics.end() && known->second >= 1) {
        return was_muted || was_down ? Change::done : Change::was_so;
    }
    profile.topics[key] = 1;
    return Change::done;
}

Change unfollow_topic(Profile& profile, std::string_view topic) {
    const std::string key = topic_key(topic);
    const bool was_muted = drop_topic(profile.muted_topics, key);
    const bool was_known = drop_said_and_learnt(profile, key);
    return was_known || was_muted ? Change::done : Change::was_so;
}

Change mute_topic(Profile& profile, std::string_view topic) {
    const std::string key = kept_topic(profile, topic);
    if (key.empty()) return Change::was_so;
    const Change change = mutes_topic(profile, key) ? Change::was_so : add(profile.muted_topics, key, most_topics);
    if (change != Change::full) drop_said_and_learnt(profile, key);
    return change;
}

Change weigh_topic(Profile& profile, std::string_view topic, double weight) {
    const std::string key = kept_topic(profile, topic);
    if (key.empty()) return Change::was_so;
    weight = std::clamp(weight, least_weight, most_weight);
    if (std::abs(weight) < 0.01) return unfollow_topic(profile, key);
    const auto known = profile.topics.find(key);
    if (known == profile.topics.end() && profile.topics.size() >= most_topics) return Change::full;
    const bool was_muted = drop_topic(profile.muted_topics, key);
    const bool was_learnt = profile.learnt.erase(key) > 0;
    if (known != profile.topics.end() && known->second == weight && !was_muted && !was_learnt) return Change::was_so;
    profile.topics[key] = weight;
    return Change::done;
}

bool watches(const Profile& profile, std::string_view topic) {
    const std::string key = topic_key(topic);
    return std::any_of(profile.watches.begin(), profile.watches.end(),
                       [&](const Watch& w) { return text::is_same_topic(w.topic, key); });
}

Change watch_topic(Profile& profile, std::string_view topic, InsightId after) {
    const std::string key = topic_key(topic);
    if (key.empty()) return Change::was_so;
    const bool was_muted = drop_topic(profile.muted_topics, key);
    if (watches(profile, key)) return was_muted ? Change::done : Change::was_so;
    if (profile.watches.size() >= most_watches) return Change::full;
    profile.watches.push_back({key, after});
    return Change::done;
}

Change unwatch_topic(Profile& profile, std::string_view topic) {
    const std::string key = topic_key(topic);
    return std::erase_if(profile.watches, [&](const Watch& w) { return text::is_same_topic(w.topic, key); }) > 0
               ? Change::done
               : Change::was_so;
}

Change follow_show(Profile& profile, PodcastId show) {
    const bool was_muted = drop(profile.muted_shows, show);
    const Change change = add(profile.shows, show, most_shows);
    return was_muted && change == Change::was_so ? Change::done : change;
}

Change unfollow_show(Profile& profile, PodcastId show) {
    const bool was_muted = drop(profile.muted_shows, show);
    return drop(profile.shows, show) || was_muted ? Change::done : Change::was_so;
}

Change mute_show(Profile& profile, PodcastId show) {
    const Change change = add(profile.muted_shows, show, most_shows);
    if (change != Change::full) drop(profile.shows, show);
    return change;
}

Change follow_person(Profile& profile, std::string_view name) {
    const std::string kept = person_name(name);
    const std::string folded = text::fold(kept);
    if (kept.empty()) return Change::was_so;
    for (const std::string& known : profile.persons) {
        if (text::fold(known) == folded) return Change::was_so;
    }
    return add(profile.persons, kept, most_persons);
}

Change unfollow_person(Profile& profile, std::string_view name) {
    return drop_person(profile.persons, name) ? Change::done : Change::was_so;
}

bool has_interests(const Profile& profile) {
    return follows_anything(profile) || std::any_of(profile.learnt.begin(), profile.learnt.end(),
                                                    [](const auto& topic) { return topic.second.weight > 0; });
}

bool follows_anything(const Profile& profile) {
    return !profile.shows.empty() || !profile.persons.empty() ||
           std::any_of(profile.topics.begin(), profile.topics.end(),
                       [](const auto& topic) { return topic.second > 0; });
}

std::vector<Learned> learn(Profile& profile, const Insight& insight, std::string_view matched, FeedbackKind kind,
                           WallTime now, int times) {
    if (kind != FeedbackKind::like && kind != FeedbackKind::less) return {};
    std::erase_if(profile.learnt, [&](const auto& topic) { return faded(topic.second, now) == 0; });
    const double sign = kind == FeedbackKind::like ? 1 : -1;
    std::vector<Learned> learned;
    auto move = [&](const std::string& topic, double step) {
        if (topic.empty() || holds(profile.muted_topics, topic)) return;
        const auto known = profile.learnt.find(topic);
        if (known == profile.learnt.end() && profile.learnt.size() >= most_topics) return;
        const double before = weight_of(profile, topic, now);
        const double after = std::clamp(before + sign * step * times, least_weight, most_weight);
        if (std::abs(after - before) < 0.01) return;
        const double kept = known == profile.learnt.end() ? 0 : faded(known->second, now);
        const double learnt = kept + after - before;
        if (std::abs(learnt) < least_learnt) {
            profile.learnt.erase(topic);
        } else {
            profile.learnt[topic] = {learnt, now};
        }
        learned.push_back({topic, before, after});
    };
    const std::string brought_by = kept_topic(profile, matched);
    const bool is_topic = profile.topics.contains(brought_by) || profile.learnt.contains(brought_by);
    if (is_topic) move(brought_by, 0.5);
    if (!insight.topics.empty()) {
        const std::string own = kept_topic(profile, insight.topics.front());
        if (!is_topic || own != brought_by) move(own, 0.25);
    }
    return learned;
}

}  // namespace podbrief::briefs
