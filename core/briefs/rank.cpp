#include "core/briefs/rank.hpp"

#include <cmath>

#include "core/briefs/profile.hpp"
#include "core/text/unicode.hpp"
#include "core/text/words.hpp"

namespace podbrief::briefs {
namespace {

// What following something is worth, next to a topic of weight 1 that fits fully.
constexpr double worth_of_show = 0.8;
constexpr double worth_of_speaker = 1.0;
constexpr double worth_of_mention = 0.8;
constexpr double worth_of_liking = 0.6;
constexpr double cost_of_disliking = 1.0;
constexpr double least_match = 0.15;

// How alike two claims are for taste: a quarter of the words shared is a lot.
double likeness(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    const double shared = text::jaccard(a, b);
    return shared < 0.12 ? 0 : std::min(1.0, shared * 2.5);
}

// The sum of what speaks for an insight: the best in full, the others by a quarter.
class Matches {
public:
    void add(double worth, const std::string& by) {
        if (worth <= 0) return;
        total_ += worth;
        if (worth > best_) {
            best_ = worth;
            by_ = by;
        }
    }
    double sum() const { return best_ + 0.25 * (total_ - best_); }
    const std::string& by() const { return by_; }

private:
    double best_ = 0;
    double total_ = 0;
    std::string by_;
};

double relevance_of(const Candidate& candidate, const std::string& topic) {
    const auto& topics = candidate.insight.topics;
    if (std::find(topics.begin(), topics.end(), topic) != topics.end()) return 1;
    const auto known = candidate.topic_relevance.find(topic);
    return known == candidate.topic_relevance.end() ? 0 : std::clamp(known->second, 0.0, 1.0);
}

bool is_muted(const Candidate& candidate, const Profile& profile, const std::vector<Taste>& tastes) {
    const auto& shows = profile.muted_shows;
    if (std::find(shows.begin(), shows.end(), candidate.insight.podcast) != shows.end()) return true;
    for (const std::string& topic : profile.muted_topics) {
        if (relevance_of(candidate, topic) >= muting_relevance) return true;
    }
    return std::any_of(tastes.begin(), tastes.end(), [&](const Taste& taste) {
        return !taste.liked && taste.cluster && taste.cluster == candidate.insight.cluster;
    });
}

void match_persons(const Insight& insight, const Profile& profile, Matches& matches) {
    if (profile.persons.empty()) return;
    const std::string speaker = text::fold(insight.speaker);
    for (const std::string& person : profile.persons) {
        const std::string folded = text::fold(person);
        if (folded == speaker) {
            matches.add(worth_of_speaker, person);
        } else if (std::any_of(insight.entities.begin(), insight.entities.end(),
                               [&](const std::string& entity) { return text::fold(entity) == folded; })) {
            matches.add(worth_of_mention, person);
        }
    }
}

}  // namespace

double freshness(WallTime published_at, WallTime now) {
    const double age_h = std::chrono::duration<double, std::ratio<3600>>(now - published_at).count();
    if (age_h <= 0) return 1;
    return std::max(least_freshness, std::exp2(-age_h / static_cast<double>(freshness_half_life.count())));
}

Ranked rank(const Candidate& candidate, const Profile& profile, const std::vector<Taste>& tastes, WallTime now) {
    const Insight& insight = candidate.insight;
    Ranked ranked;
    ranked.muted = is_muted(candidate, profile, tastes);

    Matches matches;
    double against = 0;
    for (const auto& [topic, weight] : profile.topics) {
        const double relevance = relevance_of(candidate, topic);
        // Twice the wish is not twice the worth: beyond 1 a weight counts half.
        if (weight > 0) matches.add(relevance * (weight <= 1 ? weight : 1 + (weight - 1) / 2), topic);
        if (weight < 0) against -= relevance * weight;
    }
    if (std::find(profile.shows.begin(), profile.shows.end(), insight.podcast) != profile.shows.end()) {
        matches.add(worth_of_show, candidate.show);
    }
    match_persons(insight, profile, matches);
    bool likes = false;
    double liked = 0, disliked = 0;
    for (const Taste& taste : tastes) {
        likes = likes || taste.liked;
        double& most = taste.liked ? liked : disliked;
        most = std::max(most, likeness(candidate.stems, taste.stems));
    }
    matches.add(worth_of_liking * liked, "what you liked");
    against += cost_of_disliking * disliked;

    const bool told_us = likes || has_interests(profile);
    Reason& reason = ranked.reason;
    reason.interest = std::clamp((told_us ? matches.sum() : 1.0) - against, -3.0, 3.0);
    reason.quality = std::clamp<double>(insight.scores.quality, 0, 1);
    reason.freshness = freshness(insight.published_at, now);
    ranked.matched = told_us && matches.sum() >= least_match && reason.interest > 0;
    if (ranked.matched) reason.matched = matches.by();
    const double pull = reason.interest >= 0 ? 0.2 + reason.interest : 0.2 * std::exp2(3 * reason.interest);
    ranked.score = pull * reason.quality * reason.freshness;
    return ranked;
}

}  // namespace podbrief::briefs
