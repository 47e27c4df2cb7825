#pragma once
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/ids.hpp"
#include "core/model/time.hpp"

namespace podbrief {

enum class Cadence { daily, weekdays, weekly, twice_a_day };
std::string_view to_string(Cadence);
std::optional<Cadence> cadence_from(std::string_view);

// What likes and dislikes taught about a topic. It fades; what the reader said in words does not.
struct Learnt {
    double weight = 0;  // at that time
    WallTime at{};
    bool operator==(const Learnt&) const = default;
};

// A topic of which the reader is told when something new is said on it.
struct Watch {
    std::string topic;  // lower case
    InsightId after;    // the newest insight on it when it was asked for: what came later is new; 0: there was none
    bool operator==(const Watch&) const = default;
};

// What a reader follows, mutes and likes. The weight of a topic is what was said and what was learnt together
// (briefs::weight_of), bounded to [-3, 3].
struct Profile {
    std::map<std::string, double> topics;  // topic as typed, lower case -> weight; followed ones start at 1
    std::map<std::string, Learnt> learnt;  // from likes and dislikes; followed or not
    std::vector<PodcastId> shows;          // followed
    std::vector<std::string> persons;      // followed
    std::vector<std::string> muted_topics;
    std::vector<PodcastId> muted_shows;
    std::vector<Watch> watches = {};  // oldest first
    bool operator==(const Profile&) const = default;
};

// Local times of day between which nothing is sent; may span midnight (22:00 to 07:00). Begin included, end not.
struct QuietHours {
    std::chrono::minutes from{};
    std::chrono::minutes to{};
    bool operator==(const QuietHours&) const = default;
};

// A person we brief: one profile, however many platforms they are reached on.
struct Reader {
    ReaderId id;
    std::string name;                       // unique, as given; the key on the command line
    std::string time_zone = "UTC";          // IANA id
    std::chrono::minutes brief_at{8 * 60};  // local time of day of the brief, [0, 24 h)
    Cadence cadence = Cadence::daily;
    std::optional<WallTime> paused_until;
    std::optional<QuietHours> quiet;
    Profile profile;
    WallTime created_at{};
    bool operator==(const Reader&) const = default;
};

// True: the two are briefed at the same times.
bool same_schedule(const Reader& a, const Reader& b);

enum class FeedbackKind { like, less, save, report };
std::string_view to_string(FeedbackKind);
std::optional<FeedbackKind> feedback_kind_from(std::string_view);

// What a reader said of an insight. One row per (reader, insight, kind).
struct Feedback {
    ReaderId reader;
    InsightId insight;
    FeedbackKind kind = FeedbackKind::like;
    WallTime at{};
};

}  // namespace podbrief
