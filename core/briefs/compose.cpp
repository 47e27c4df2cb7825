#include "core/briefs/compose.hpp"

#include <cmath>
#include <set>

#include "core/briefs/local_time.hpp"
#include "core/briefs/profile.hpp"
#include "core/text/words.hpp"

namespace podbrief::briefs {
namespace {

struct Option {
    const Candidate* candidate = nullptr;
    Ranked ranked;
    double value = 0;  // score with fairness among shows
};

// How much telling `b` after `a` repeats it: 0..1.
double likeness(const Candidate& a, const Candidate& b) {
    double likeness = std::min(1.0, 2 * text::jaccard(a.stems, b.stems));
    const auto& topics = a.insight.topics;
    std::size_t shared = 0;
    for (const std::string& topic : b.insight.topics) {
        shared += std::find(topics.begin(), topics.end(), topic) != topics.end() ? 1 : 0;
    }
    const std::size_t fewer = std::min(topics.size(), b.insight.topics.size());
    if (fewer > 0) likeness = std::max(likeness, 0.7 * static_cast<double>(shared) / static_cast<double>(fewer));
    if (a.insight.episode == b.insight.episode) return std::max(likeness, 0.5);
    if (a.insight.podcast == b.insight.podcast) return std::max(likeness, 0.15);
    return likeness;
}

// The state of a brief while it is filled.
class Filling {
public:
    Filling(const ComposeInput& input, const ComposeRules& rules) : input_(input), rules_(rules) {}

    // Adds the best of `options` again and again, until `size` are chosen or none is left that may stand beside them.
    void fill(const std::vector<Option>& options, std::size_t size, bool outside) {
        std::vector<bool> refused(options.size(), false);
        while (chosen_.size() < size) {
            std::size_t best = options.size();
            double best_value = 0;
            for (std::size_t i = 0; i < options.size(); ++i) {
                if (refused[i]) continue;
                // Ordered by value, so what follows cannot win any more.
                if (best < options.size() && options[i].value <= best_value) break;
                if (!fits(options[i])) {
                    refused[i] = true;
                    continue;
                }
                const double value = options[i].value * (1 - rules_.diversity * nearest(options[i]));
                if (best == options.size() || value > best_value) {
                    best = i;
                    best_value = value;
                }
            }
            if (best == options.size()) return;
            refused[best] = true;
            chosen_.push_back(options[best]);
            chosen_.back().ranked.reason.outside_bubble = outside;
        }
    }

    const std::vector<Option>& chosen() const { return chosen_; }

private:
    bool fits(const Option& option) const {
        const Candidate& candidate = *option.candidate;
        std::size_t of_show = 0;
        for (const Option& other : chosen_) {
            of_show += other.candidate->insight.podcast == candidate.insight.podcast ? 1 : 0;
            if (text::jaccard(other.candidate->stems, candidate.stems) >= rules_.same_idea) return false;
        }
        if (of_show >= rules_.most_per_show) return false;
        // The same idea in other words, under a cluster of its own. An update was let through by its cluster.
        return option.ranked.reason.update ||
               std::none_of(input_.sent.begin(), input_.sent.end(), [&](const SentIdea& idea) {
                   return text::jaccard(idea.stems, candidate.stems) >= rules_.same_idea;
               });
    }

    double nearest(const Option& option) const {
        double most = 0;
        for (const Option& other : chosen_) most = std::max(most, likeness(*other.candidate, *option.candidate));
        return most;
    }

    const ComposeInput& input_;
    const ComposeRules& rules_;
    std::vector<Option> chosen_;
};

bool better(const Option& a, const Option& b) {
    if (a.value != b.value) return a.value > b.value;
    return a.candidate->insight.id > b.candidate->insight.id;
}

// What may be sent at all: good, not muted, not wished away, not sent before unless there is new evidence; the best of
// each claim; best first.
std::vector<Option> good_ones(const ComposeInput& input, const ComposeRules& rules) {
    std::map<ClaimClusterId, int> sources_sent;
    for (const SentIdea& idea : input.sent) {
        if (!idea.cluster) continue;
        const auto [known, fresh] = sources_sent.emplace(idea.cluster, idea.sources);
        if (!fresh && known->second != 0) known->second = idea.sources == 0 ? 0 : std::max(known->second, idea.sources);
    }
    std::vector<Option> good;
    for (const Candidate& candidate : input.candidates) {
        const Insight& insight = candidate.insight;
        if (insight.superseded || insight.text.empty() || insight.scores.quality < rules.least_quality) continue;
        Option option{&candidate, rank(candidate, input.reader.profile, input.tastes, input.now), 0};
        if (option.ranked.muted || option.ranked.reason.interest < 0) continue;
        if (const auto sent = sources_sent.find(insight.cluster); sent != sources_sent.end()) {
            if (sent->second == 0 || candidate.sources <= sent->second) continue;
            option.ranked.reason.update = true;
        }
        good.push_back(std::move(option));
    }
    // Shows that seldom publish are not drowned by those with much to choose from.
    std::map<PodcastId, std::size_t> of_show;
    for (const Option& option : good) ++of_show[option.candidate->insight.podcast];
    const double mean = of_show.empty() ? 1 : static_cast<double>(good.size()) / static_cast<double>(of_show.size());
    for (Option& option : good) {
        const double share = mean / static_cast<double>(of_show[option.candidate->insight.podcast]);
        option.value = option.ranked.score * std::clamp(std::pow(share, 0.2), 0.85, 1.2);
    }
    std::sort(good.begin(), good.end(), better);
    std::set<ClaimClusterId> seen;
    std::erase_if(good, [&](const Option& option) {
        const ClaimClusterId cluster = option.candidate->insight.cluster;
        return cluster && !seen.insert(cluster).second;
    });
    return good;
}

std::string note_for(const std::vector<Option>& chosen, const ComposeInput& input, const ComposeRules& rules,
                     bool told_us) {
    const std::size_t count = chosen.size();
    if (count >= rules.most) return {};
    if (input.candidates.empty()) {
        return "Nothing to send yet: no episode has been read so far. Insights come with the first ones.";
    }
    const std::string_view where = told_us ? " on what you follow" : "";
    if (count == 0) {
        return fmt::format(
            "Nothing new{} today: what there is was in your briefs before or is not good enough to send.", where);
    }
    if (count == 1 && chosen.front().ranked.reason.outside_bubble) {
        return "Nothing new on what you follow today. One from elsewhere may be worth a look.";
    }
    constexpr std::array<std::string_view, 5> names = {"", "One", "Two", "Three", "Four"};
    const std::string number = count < names.size() ? std::string(names[count]) : std::to_string(count);
    return fmt::format("{} today instead of five: nothing else new{} was good enough to send.", number, where);
}

}  // namespace

Brief compose(const ComposeInput& input, const ComposeRules& rules) {
    const bool told_us = has_interests(input.reader.profile) ||
                         std::any_of(input.tastes.begin(), input.tastes.end(), [](const Taste& t) { return t.liked; });
    std::vector<Option> wanted = good_ones(input, rules);
    std::vector<Option> outside;
    const std::size_t all = wanted.size();
    if (told_us) {
        auto split =
            std::stable_partition(wanted.begin(), wanted.end(), [](const Option& o) { return o.ranked.matched; });
        outside.assign(split, wanted.end());
        wanted.erase(split, wanted.end());
    }
    const bool reserve = !outside.empty() && all >= rules.least_for_outside;

    Filling filling(input, rules);
    filling.fill(wanted, reserve ? rules.most - 1 : rules.most, false);
    if (reserve) {
        const std::size_t before = filling.chosen().size();
        filling.fill(outside, before + 1, true);
        if (filling.chosen().size() == before) filling.fill(wanted, rules.most, false);
    }

    Brief brief;
    brief.reader = input.reader.id;
    brief.local_date = brief_key(input.reader, input.now);
    brief.composed_at = input.now;
    for (const Option& option : filling.chosen()) {
        BriefItem item;
        item.insight = option.candidate->insight.id;
        item.cluster = option.candidate->insight.cluster;
        item.score = option.value;
        item.reason = option.ranked.reason;
        item.sources = option.candidate->sources;
        brief.items.push_back(std::move(item));
    }
    brief.note = note_for(filling.chosen(), input, rules, told_us);
    return brief;
}

}  // namespace podbrief::briefs
