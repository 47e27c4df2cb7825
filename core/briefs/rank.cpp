#include "core/briefs/rank.hpp"

#include <algorithm>
#include <cmath>

#include "core/briefs/leaning.hpp"
#include "core/briefs/profile.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::briefs {
namespace {

using Place = CandidatePool::Place;

// What following something is worth, next to a topic of weight 1 that fits fully.
constexpr double worth_of_show = 0.8;
constexpr double worth_of_speaker = 1.0;
constexpr double worth_of_mention = 0.8;
constexpr double worth_of_liking = 0.9;
constexpr double cost_of_disliking = 0.3;
constexpr double least_match = 0.1;

const std::string what_was_liked = "what you liked";

// What speaks for and against one insight. What speaks for it adds up to the best in full, the others by a quarter.
struct Match {
    double best = 0;
    double total = 0;
    double against = 0;
    double liked = 0;
    double disliked = 0;
    const std::string* by = nullptr;

    void add(double worth, const std::string& name) {
        if (worth <= 0) return;
        total += worth;
        if (worth > best) {
            best = worth;
            by = &name;
        }
    }
    double sum() const { return best + 0.25 * (total - best); }
};

// Calls `take(place, relevance)` for all that a topic fits: fully where it is the insight's own.
template <class Take>
void for_each_on(const CandidatePool& pool, const TopicsFound& topics, const std::string& topic, Take take) {
    const std::vector<Place>& own = pool.with_topic(topic);
    for (const Place place : own) take(place, 1.0);
    const auto found = topics.find(topic);
    if (found == topics.end()) return;
    auto next = own.begin();
    for (const auto& [place, relevance] : *found->second) {
        while (next != own.end() && *next < place) ++next;
        if (next == own.end() || *next != place) take(place, std::clamp(relevance, 0.0, 1.0));
    }
}

void match_persons(const CandidatePool& pool, const Profile& profile, std::vector<Match>& matches) {
    for (const std::string& person : profile.persons) {
        const CandidatePool::Number name = pool.name(text::fold(person));
        if (name == CandidatePool::unknown) continue;
        for (std::size_t place = 0; place < pool.size(); ++place) {
            const CandidatePool::Entry& entry = pool[place];
            if (entry.speaker == name) {
                matches[place].add(worth_of_speaker, person);
            } else if (std::find(entry.entities.begin(), entry.entities.end(), name) != entry.entities.end()) {
                matches[place].add(worth_of_mention, person);
            }
        }
    }
}

}  // namespace

double freshness(WallTime published_at, WallTime now) {
    const double age_h = std::chrono::duration<double, std::ratio<3600>>(now - published_at).count();
    if (age_h <= 0) return 1;
    return std::max(least_freshness, std::exp2(-age_h / static_cast<double>(freshness_half_life.count())));
}

// The order of what is added is that of the profile, for every insight: the same input gives the same sums.
Ranking::Ranking(const CandidatePool& pool, const TopicsFound& topics, const Profile& profile,
                 const std::vector<Taste>& tastes, WallTime now)
    : pool_(pool), now_(now), weights_(weights(profile, now)), ranked_(pool.size()) {
    std::vector<Match> matches(pool.size());
    for (const auto& entry : weights_) {
        const std::string& topic = entry.first;
        const double weight = entry.second;
        // What was only learnt holds for what is of that very topic; what was said, for all that fits it.
        static const TopicsFound nowhere;
        const TopicsFound& found = profile.topics.contains(topic) ? topics : nowhere;
        for_each_on(pool, found, topic, [&, weight](Place place, double relevance) {
            // Twice the wish is not twice the worth: beyond 1 a weight counts half.
            if (weight > 0) matches[place].add(relevance * (weight <= 1 ? weight : 1 + (weight - 1) / 2), topic);
            if (weight < 0) matches[place].against -= relevance * weight;
        });
    }
    for (std::size_t place = 0; place < pool.size(); ++place) {
        const PodcastId podcast = pool[place].podcast;
        const auto& followed = profile.shows;
        if (std::find(followed.begin(), followed.end(), podcast) != followed.end()) {
            matches[place].add(worth_of_show, pool.title(pool[place].show));
        }
        const auto& muted = profile.muted_shows;
        ranked_[place].muted = std::find(muted.begin(), muted.end(), podcast) != muted.end();
    }
    match_persons(pool, profile, matches);
    for (const std::string& topic : profile.muted_topics) {
        for_each_on(pool, topics, topic, [&](Place place, double relevance) {
            if (relevance >= muting_relevance) ranked_[place].muted = true;
        });
    }

    bool likes = false;
    std::vector<bool> unwanted(pool.claim_count(), false);
    for (const Taste& taste : tastes) {
        likes = likes || taste.liked;
        const CandidatePool::Number claim = taste.liked ? CandidatePool::unknown : pool.claim(taste.cluster);
        if (claim != CandidatePool::unknown) unwanted[claim] = true;
    }
    const Leaning lean = leaning(pool, tastes, now);
    for (std::size_t place = 0; place < pool.size(); ++place) {
        matches[place].liked = lean.liked[place];
        matches[place].disliked = lean.disliked[place];
    }

    const bool told_us = likes || has_interests(profile);
    for (std::size_t place = 0; place < pool.size(); ++place) {
        const CandidatePool::Entry& entry = pool[place];
        Match& match = matches[place];
        Ranked& ranked = ranked_[place];
        if (entry.claim != CandidatePool::unknown && unwanted[entry.claim]) ranked.muted = true;
        const double without = match.sum();
        match.add(worth_of_liking * match.liked, what_was_liked);
        ranked.liked = match.sum() - without;
        match.against += cost_of_disliking * match.disliked;
        ranked.against = match.against;
        ranked.interest = std::clamp((told_us ? match.sum() : 1.0) - match.against, -3.0, 3.0);
        ranked.matched = told_us && match.sum() >= least_match && ranked.interest > 0;
        if (ranked.matched) ranked.by = match.by;
        const double pull = ranked.interest >= 0 ? 0.2 + ranked.interest : 0.2 * std::exp2(3 * ranked.interest);
        ranked.score = pull * std::clamp<double>(entry.quality, 0, 1) * freshness(entry.published_at, now);
    }
}

Reason Ranking::reason(std::size_t place) const {
    const Ranked& ranked = ranked_[place];
    Reason reason;
    reason.interest = ranked.interest;
    reason.quality = std::clamp<double>(pool_[place].quality, 0, 1);
    reason.freshness = freshness(pool_[place].published_at, now_);
    reason.liked = ranked.liked;
    reason.against = ranked.against;
    if (ranked.by != nullptr) {
        reason.matched = *ranked.by;
        const auto weight = weights_.find(*ranked.by);
        if (weight != weights_.end()) {
            reason.weight = weight->second;
            reason.matched = pool_.topic_shown(*ranked.by);
        }
    }
    return reason;
}

}  // namespace podbrief::briefs
