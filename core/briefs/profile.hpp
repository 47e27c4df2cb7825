#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/insight.hpp"
#include "core/model/reader.hpp"

namespace podbrief::briefs {

// Changes of a profile. What is followed is not muted and the other way round; every list has an upper size.
inline constexpr std::size_t most_topics = 100;  // followed and learnt together; muted ones apart
inline constexpr std::size_t most_shows = 500;
inline constexpr std::size_t most_persons = 100;
inline constexpr std::size_t most_watches = 20;
inline constexpr double least_weight = -3;
inline constexpr double most_weight = 3;

enum class Change { done, was_so, full };

// A topic as it is kept: lower case, single spaces, at most 80 code points; empty when nothing is left.
std::string topic_key(std::string_view typed);
// As the profile has it already, where it has it under another name of the same topic ("chips", "Chip"); else
// topic_key.
std::string kept_topic(const Profile& profile, std::string_view typed);
bool follows_topic(const Profile& profile, std::string_view topic);  // and weighs it above 0, by what was said
bool mutes_topic(const Profile& profile, std::string_view topic);

// What was learnt is worth half after this time, and forgotten when it is fainter than `least_learnt`. What the reader
// said in words stays.
inline constexpr std::chrono::days learnt_half_life{30};
inline constexpr double least_learnt = 0.05;
double faded(const Learnt& learnt, WallTime now);

// What a topic weighs now: what was said and what was learnt, within [-3, 3]. 0: nothing.
double weight_of(const Profile& profile, std::string_view key, WallTime now);
// Of all topics that weigh anything.
std::map<std::string, double> weights(const Profile& profile, WallTime now);

Change follow_topic(Profile& profile, std::string_view topic);    // weight at least 1 from now on
Change unfollow_topic(Profile& profile, std::string_view topic);  // neither followed nor muted any more
Change mute_topic(Profile& profile, std::string_view topic);
// Exactly this from now on, within [-3, 3]; what was learnt is put aside. 0 is unfollowing.
Change weigh_topic(Profile& profile, std::string_view topic, double weight);
Change follow_show(Profile& profile, PodcastId show);
Change unfollow_show(Profile& profile, PodcastId show);
Change mute_show(Profile& profile, PodcastId show);
Change follow_person(Profile& profile, std::string_view name);
Change unfollow_person(Profile& profile, std::string_view name);

// Watched from now on: what is newer than `after` is told. A topic that is watched already stays as it is.
Change watch_topic(Profile& profile, std::string_view topic, InsightId after);
Change unwatch_topic(Profile& profile, std::string_view topic);
bool watches(const Profile& profile, std::string_view topic);

// Whether the reader has told us of anything they want, in words or by likes.
bool has_interests(const Profile& profile);
// The same in words only: there is something that their brief is about.
bool follows_anything(const Profile& profile);

// What a like or a less changed, to be shown to the reader at once.
struct Learned {
    std::string topic;
    double before = 0;
    double after = 0;
    bool operator==(const Learned&) const = default;
};

// A like lifts, a less lowers: `matched` (the reader's topic that brought the insight; may be empty) by half a point,
// the insight's own first topic by a quarter. Weights stay within [-3, 3]. What is learnt is kept apart from what was
// said, with its time, and fades. `times` is 2 when the opposite was said before and is taken back with it.
std::vector<Learned> learn(Profile& profile, const Insight& insight, std::string_view matched, FeedbackKind kind,
                           WallTime now, int times = 1);

}  // namespace podbrief::briefs
