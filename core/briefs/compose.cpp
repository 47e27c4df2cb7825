#include "core/briefs/compose.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/briefs/profile.hpp"

namespace podbrief::briefs {
namespace {

using Place = CandidatePool::Place;

constexpr double refused_interest = -0.3;  // below: not sent at all; a little below 0 is only pushed down

struct Option {
    Place place = 0;
    double value = 0;  // score with fairness among shows
    double fairness = 1;
    bool matched = false;
    bool update = false;
    bool outside = false;
    const Dispute* dispute = nullptr;
    const Watch* watch = nullptr;  // it is news of that
};

// How much telling `b` after `a` repeats it: 0..1.
double likeness(const CandidatePool::Entry& a, const CandidatePool::Entry& b) {
    double likeness = std::min(1.0, 2 * jaccard(a.words, b.words));
    std::size_t shared = 0;
    for (const CandidatePool::Number topic : b.topics) {
        shared += std::find(a.topics.begin(), a.topics.end(), topic) != a.topics.end() ? 1 : 0;
    }
    const std::size_t fewer = std::min(a.topics.size(), b.topics.size());
    if (fewer > 0) likeness = std::max(likeness, 0.7 * static_cast<double>(shared) / static_cast<double>(fewer));
    if (a.episode == b.episode) return std::max(likeness, 0.5);
    if (a.podcast == b.podcast) return std::max(likeness, 0.15);
    return likeness;
}

// Insights that say what was sent before in other words.
std::vector<bool> told_before(const ComposeInput& input, const ComposeRules& rules) {
    std::vector<bool> told(input.pool->size(), false);
    Overlaps overlaps(*input.pool);
    for (const SentIdea& idea : input.sent) {
        for (const auto& same : overlaps.with(idea.stems, rules.same_idea)) told[same.place] = true;
    }
    return told;
}

// The state of a brief while it is filled.
class Filling {
public:
    Filling(const ComposeInput& input, const ComposeRules& rules)
        : pool_(*input.pool), rules_(rules), told_(told_before(input, rules)) {}

    // Adds the best of `options` again and again, until `size` are chosen or none is left that may stand beside them.
    void fill(const std::vector<Option>& options, std::size_t size, bool outside) {
        std::vector<Standing> standings(options.size());
        while (chosen_.size() < size) {
            std::size_t best = options.size();
            double best_value = 0;
            for (std::size_t i = 0; i < options.size(); ++i) {
                if (standings[i].refused) continue;
                // Ordered by value, so what follows cannot win any more.
                if (best < options.size() && options[i].value <= best_value) break;
                compare(options[i], standings[i]);
                if (standings[i].refused) continue;
                const double value = options[i].value * (1 - rules_.diversity * standings[i].nearest);
                if (best == options.size() || value > best_value) {
                    best = i;
                    best_value = value;
                }
            }
            if (best == options.size()) return;
            standings[best].refused = true;
            chosen_.push_back(options[best]);
            chosen_.back().outside = outside;
        }
    }

    const std::vector<Option>& chosen() const { return chosen_; }

private:
    // An option next to those chosen so far.
    struct Standing {
        std::size_t compared = 0;  // with how many of them
        std::size_t of_show = 0;
        double nearest = 0;
        bool refused = false;
    };

    void compare(const Option& option, Standing& standing) const {
        const CandidatePool::Entry& entry = pool_[option.place];
        // The same idea in other words, under a cluster of its own. New evidence was let through by its cluster.
        if (!option.update && option.dispute == nullptr && told_[option.place]) standing.refused = true;
        for (; standing.compared < chosen_.size() && !standing.refused; ++standing.compared) {
            const CandidatePool::Entry& other = pool_[chosen_[standing.compared].place];
            standing.of_show += other.podcast == entry.podcast ? 1 : 0;
            standing.refused = jaccard(other.words, entry.words) >= rules_.same_idea;
            standing.nearest = std::max(standing.nearest, likeness(other, entry));
        }
        if (standing.of_show >= rules_.most_per_show) standing.refused = true;
    }

    const CandidatePool& pool_;
    const ComposeRules& rules_;
    std::vector<bool> told_;
    std::vector<Option> chosen_;
};

int sources_of(const ComposeInput& input, const CandidatePool::Entry& entry) {
    const auto counted = input.sources.find(entry.insight);
    return counted == input.sources.end() ? entry.sources : counted->second;
}

// By claim: how many sources the reader was told of; 0: not known, which nothing exceeds. Absent: not sent.
std::map<CandidatePool::Number, int> sources_sent(const ComposeInput& input) {
    std::map<CandidatePool::Number, int> sent;
    for (const SentIdea& idea : input.sent) {
        const CandidatePool::Number claim = input.pool->claim(idea.cluster);
        if (claim == CandidatePool::unknown) continue;
        const auto [known, fresh] = sent.emplace(claim, idea.sources);
        if (!fresh && known->second != 0) known->second = idea.sources == 0 ? 0 : std::max(known->second, idea.sources);
    }
    return sent;
}

// What may be sent at all: good, not muted, not wished away, not sent before unless there is new evidence; the best of
// each claim; best first.
std::vector<Option> good_ones(const ComposeInput& input, const Ranking& ranking, const ComposeRules& rules) {
    const CandidatePool& pool = *input.pool;
    const std::map<CandidatePool::Number, int> sent = sources_sent(input);
    std::vector<Option> good;
    std::vector<std::size_t> of_show(pool.show_count(), 0);
    for (std::size_t place = 0; place < pool.size(); ++place) {
        const CandidatePool::Entry& entry = pool[place];
        if (!entry.usable || entry.quality < rules.least_quality) continue;
        const Ranked& ranked = ranking[place];
        if (ranked.muted || ranked.interest < refused_interest) continue;
        Option option;
        if (const auto known = sent.find(entry.claim); known != sent.end()) {
            const auto disputed = input.disputed.find(entry.claim);
            option.update = known->second != 0 && sources_of(input, entry) > known->second;
            if (disputed != input.disputed.end()) option.dispute = &disputed->second;
            if (!option.update && option.dispute == nullptr) continue;
        }
        option.place = static_cast<Place>(place);
        option.matched = ranked.matched;
        ++of_show[entry.show];
        good.push_back(option);
    }
    // Shows that seldom publish are not drowned by those with much to choose from.
    const auto shows = of_show.size() - static_cast<std::size_t>(std::count(of_show.begin(), of_show.end(), 0U));
    const double mean = shows == 0 ? 1 : static_cast<double>(good.size()) / static_cast<double>(shows);
    std::vector<double> fairness;
    for (const std::size_t count : of_show) {
        fairness.push_back(count == 0 ? 1 : std::clamp(std::pow(mean / static_cast<double>(count), 0.2), 0.85, 1.2));
    }
    for (Option& option : good) {
        option.fairness = fairness[pool[option.place].show];
        option.value = ranking[option.place].score * option.fairness;
        // What is new about a disputed one is the dispute.
        if (option.dispute != nullptr) {
            const WallTime published = pool[option.place].published_at;
            option.value *= freshness(option.dispute->at, input.now) / freshness(published, input.now);
        }
    }
    std::sort(good.begin(), good.end(), [&](const Option& a, const Option& b) {
        if (a.value != b.value) return a.value > b.value;
        return pool[a.place].insight > pool[b.place].insight;
    });
    std::vector<bool> seen(pool.claim_count(), false);
    std::erase_if(good, [&](const Option& option) {  // goes from the best on
        const CandidatePool::Number claim = pool[option.place].claim;
        if (claim == CandidatePool::unknown) return false;
        const bool again = seen[claim];
        seen[claim] = true;
        return again;
    });
    return good;
}

// What is new on a watched topic, best first.
std::vector<Option> news_of(const Watch& watch, const std::vector<Option>& good, const ComposeInput& input) {
    std::vector<Option> news;
    const auto hits = input.topics.find(watch.topic);
    if (hits == input.topics.end() || !hits->second) return news;
    for (const Option& option : good) {
        if ((*input.pool)[option.place].insight <= watch.after) continue;
        const auto hit = std::lower_bound(hits->second->begin(), hits->second->end(), option.place,
                                          [](const auto& one, Place place) { return one.first < place; });
        if (hit == hits->second->end() || hit->first != option.place || hit->second < muting_relevance) continue;
        news.push_back(option);
        news.back().watch = &watch;
    }
    return news;
}

std::string note_for(const std::vector<Option>& chosen, const ComposeInput& input, const ComposeRules& rules,
                     bool told_us) {
    const std::size_t count = chosen.size();
    if (count >= rules.most) return {};
    if (input.pool->size() == 0) {
        return "Nothing to send yet: no episode has been read so far. Insights come with the first ones.";
    }
    const std::string_view where = told_us ? " on what you follow" : "";
    if (count == 0) {
        return fmt::format(
            "Nothing new{} today: what there is was in your briefs before or is not good enough to send.", where);
    }
    if (count == 1 && chosen.front().outside) {
        return "Nothing new on what you follow today. One from elsewhere may be worth a look.";
    }
    constexpr std::array<std::string_view, 5> names = {"", "One", "Two", "Three", "Four"};
    const std::string number = count < names.size() ? std::string(names[count]) : std::to_string(count);
    return fmt::format("{} today instead of five: nothing else new{} was good enough to send.", number, where);
}

}  // namespace

Brief compose(const ComposeInput& input, const ComposeRules& rules) {
    const bool told_us = follows_anything(input.reader.profile);
    const Ranking ranking(*input.pool, input.topics, input.reader.profile, input.tastes, input.now);
    std::vector<Option> wanted = good_ones(input, ranking, rules);
    std::vector<Option> outside;
    const std::size_t all = wanted.size();
    // What the reader watches comes first, whatever else there is.
    Filling filling(input, rules);
    for (const Watch& watch : input.reader.profile.watches) {
        if (filling.chosen().size() == rules.most_watched) break;
        filling.fill(news_of(watch, wanted, input), filling.chosen().size() + 1, false);
    }
    if (told_us) {
        auto split = std::stable_partition(wanted.begin(), wanted.end(), [](const Option& o) { return o.matched; });
        outside.assign(split, wanted.end());
        wanted.erase(split, wanted.end());
    }
    const bool reserve = !outside.empty() && all >= rules.least_for_outside;

    filling.fill(wanted, reserve ? rules.most - 1 : rules.most, false);
    if (reserve) {
        const std::size_t before = filling.chosen().size();
        filling.fill(outside, before + 1, true);
        if (filling.chosen().size() == before) filling.fill(wanted, rules.most, false);
    }

    Brief brief;
    brief.reader = input.reader.id;
    brief.local_date = input.key;
    brief.composed_at = input.now;
    for (const Option& option : filling.chosen()) {
        const CandidatePool::Entry& entry = (*input.pool)[option.place];
        BriefItem item;
        item.insight = entry.insight;
        item.cluster = entry.cluster;
        item.score = option.value;
        item.reason = ranking.reason(option.place);
        item.reason.update = option.update;
        item.reason.fairness = option.fairness;
        if (option.dispute != nullptr) {
            item.reason.disputed_by = option.dispute->by;
            item.reason.freshness = freshness(option.dispute->at, input.now);
        }
        item.reason.outside_bubble = option.outside;
        if (option.watch != nullptr) item.reason.watched = option.watch->topic;
        item.sources = sources_of(input, entry);
        brief.items.push_back(std::move(item));
    }
    brief.note = note_for(filling.chosen(), input, rules, told_us);
    return brief;
}

}  // namespace podbrief::briefs
