#include "adapters/index/talk_scorer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "adapters/index/scoring.hpp"

namespace podbrief::index {
namespace {

// Widths of the windows, in words: standard deviations of the Gaussians. A window weighs about 2.5 times as much.
constexpr double near_width = 30;
constexpr double wide_width = 130;
constexpr std::size_t reach = 325;  // beyond two and a half widths nothing counts

struct Kernels {
    std::array<float, reach + 1> near{};
    std::array<float, reach + 1> wide{};
};

const Kernels& kernels() {
    static const Kernels all = [] {
        Kernels made;
        for (std::size_t distance = 0; distance <= reach; ++distance) {
            const auto words = static_cast<double>(distance);
            const auto of = [&](double width) {
                return words > 2.5 * width ? 0.0F : static_cast<float>(std::exp(-words * words / (2 * width * width)));
            };
            made.near[distance] = of(near_width);
            made.wide[distance] = of(wide_width);
        }
        return made;
    }();
    return all;
}

// What `frequency` occurrences are worth, from 0 to 1 + saturation.
double saturated(double frequency, double saturation_at) {
    return frequency * (saturation_at + 1) / (frequency + saturation_at);
}

constexpr double own_saturation = 1.2;
constexpr double near_saturation = 1.2;
constexpr double wide_saturation = 2;
constexpr double episode_saturation = 10;
constexpr double notes_saturation = 1.2;

// Words said together count for a segment when they stand in it, or this near, in words.
constexpr Place beside = 15;         // its ends
constexpr Place around_middle = 40;  // its middle
// What was said together before a segment counts for less with distance: a standard deviation.
constexpr double before_width = 200;
constexpr Place before_reach = 500;
// The rarity of words said together that is worth half of all that can be said.
constexpr double half_before = 10;
constexpr double half_in_episode = 15;

const std::array<float, before_reach>& worth_before() {
    static const auto all = [] {
        std::array<float, before_reach> made{};
        for (std::size_t distance = 0; distance < before_reach; ++distance) {
            const auto words = static_cast<double>(distance);
            made[distance] = static_cast<float>(std::exp(-words * words / (2 * before_width * before_width)));
        }
        return made;
    }();
    return all;
}

std::size_t distance(Place a, Place b) {
    return a > b ? a - b : b - a;
}

}  // namespace

struct TalkScorer::Held {
    Document unit;
    float count;
};

TalkScorer::TalkScorer(const TalkTables& tables, const PassageWeights& weights)
    : tables_(tables),
      weights_(weights),
      scores_(tables.units.size(), 0),
      covered_(tables.units.size(), 0),
      near_(tables.units.size(), 0),
      wide_(tables.units.size(), 0),
      is_touched_(tables.units.size(), false),
      said_(tables.units.size(), false),
      episodes_(static_cast<std::size_t>(std::count_if(tables.records.begin(), tables.records.end(),
                                                       [](const TalkRecord& record) { return !record.erased; }))) {}

void TalkScorer::touch(Document unit) {
    if (is_touched_[unit]) return;
    is_touched_[unit] = true;
    touched_.push_back(unit);
}

Document TalkScorer::unit_at(Place place) const {
    const auto after = std::upper_bound(tables_.units.begin(), tables_.units.end(), place,
                                        [](Place wanted, const TalkUnit& unit) { return wanted < unit.first_place; });
    return static_cast<Document>(after - tables_.units.begin()) - 1;
}

void TalkScorer::score(std::string_view text, const std::vector<QueryTerm>& terms, const std::vector<bool>& wanted) {
    std::map<int, std::vector<const QueryTerm*>> groups;
    for (const QueryTerm& term : terms) {
        if (term.weight > 0) groups[term.group].push_back(&term);
    }
    const std::size_t total = tables_.units.size();
    const bool phrases = weights_.in_order > 0 || weights_.any_order > 0;
    std::vector<TypedWord> typed;
    if (phrases) typed = typed_words(text, terms, tables_.vocabulary, tables_.places, total);
    for (const auto& [number, words] : groups) {
        std::size_t commonest = 0;
        const std::vector<Held> held = held_by(words, typed, wanted, commonest);
        if (commonest == 0) continue;
        double heaviest = 0;
        for (const QueryTerm* word : words) heaviest = std::max(heaviest, word->weight);
        add_group(held, rarity(commonest, total), heaviest);
    }
    for (const Document unit : touched_) scores_[unit] += static_cast<float>(weights_.coverage * coverage_of(unit));
    add_together(said_together(typed), wanted);
}

std::vector<TalkScorer::Held> TalkScorer::held_by(const std::vector<const QueryTerm*>& group,
                                                  const std::vector<TypedWord>& typed, const std::vector<bool>& wanted,
                                                  std::size_t& commonest) const {
    constexpr double least_weight = 0.5;   // of a term whose word may be written in parts
    constexpr float joined_weight = 0.9F;  // of that
    std::vector<Held> all;
    std::size_t joined = 0;
    for (const QueryTerm* word : group) {
        for (const TypedWord& one : typed) {
            if (one.stem != word->stem || word->weight < least_weight) continue;
            joined += one.joined.size();
            for (const Place place : one.joined) {
                const Document unit = unit_at(place);
                if (wanted[tables_.units[unit].record]) all.push_back({unit, joined_weight});
            }
        }
        const TermId term = tables_.vocabulary.find(word->stem);
        if (term == no_term) continue;
        commonest = std::max<std::size_t>(commonest, tables_.vocabulary[term].insights);
        for (const std::uint32_t packed : tables_.postings[term]) {
            const Document unit = PostingList::document(packed);
            if (!wanted[tables_.units[unit].record]) continue;
            all.push_back({unit, static_cast<float>(word->weight * PostingList::units(packed))});
        }
    }
    commonest += joined;
    std::stable_sort(all.begin(), all.end(), [](const Held& a, const Held& b) { return a.unit < b.unit; });
    std::vector<Held> held;
    for (const Held& one : all) {
        if (!held.empty() && held.back().unit == one.unit) {
            held.back().count += one.count;
        } else {
            held.push_back(one);
        }
    }
    return held;
}

void TalkScorer::add_group(const std::vector<Held>& held, double rarity_of_group, double weight) {
    const Kernels& kernel = kernels();
    const std::vector<TalkUnit>& units = tables_.units;
    const double worth = rarity_of_group * weight;
    all_rarity_ += worth;
    std::size_t in_episodes = 0;
    std::uint32_t last = UINT32_MAX;
    for (const Held& one : held) {
        const std::uint32_t record = units[one.unit].record;
        if (record == last || one.unit < tables_.records[record].first_said()) continue;
        last = record;
        ++in_episodes;
    }
    const double worth_of_episode = rarity(in_episodes, episodes_) * weight;
    std::vector<Document> reached;
    for (std::size_t at = 0; at < held.size();) {
        const TalkRecord& record = tables_.records[units[held[at].unit].record];
        double in_episode = 0;
        double in_title = 0;
        double in_notes = 0;
        reached.clear();
        for (; at < held.size() && held[at].unit < record.past_units; ++at) {
            const auto [unit, count] = held[at];
            if (unit == record.title) in_title = count;
            if (unit == record.notes()) in_notes = count;
            if (unit < record.first_said()) continue;
            in_episode += count;
            said_[unit] = true;
            scores_[unit] += static_cast<float>(weights_.own * worth * saturated(count, own_saturation));
            const Place middle = units[unit].middle();
            const auto spread = [&](Document other) {
                const std::size_t words = distance(units[other].middle(), middle);
                if (words > reach) return false;
                if (wide_[other] == 0) reached.push_back(other);
                near_[other] += count * kernel.near[words];
                wide_[other] += count * kernel.wide[words];
                return true;
            };
            for (Document other = unit; other < record.past_units && spread(other); ++other) {
            }
            for (Document other = unit; other-- > record.first_said() && spread(other);) {
            }
        }
        const double whole = worth_of_episode * weights_.episode * saturated(in_episode, episode_saturation) +
                             worth * (weights_.title * saturated(in_title, notes_saturation) +
                                      weights_.notes * saturated(in_notes, notes_saturation));
        for (const Document unit : reached) {
            const double around = weights_.near * saturated(near_[unit], near_saturation) +
                                  weights_.wide * saturated(wide_[unit], wide_saturation);
            scores_[unit] += static_cast<float>(worth * around);
            covered_[unit] += static_cast<float>(worth * std::min<double>(1, wide_[unit]));
            near_[unit] = 0;
            wide_[unit] = 0;
            touch(unit);
        }
        // What the episode as a whole speaks of lifts every place where anything of the query is said.
        if (whole > 0) {
            for (Document unit = record.first_said(); unit < record.past_units; ++unit) {
                scores_[unit] += static_cast<float>(whole);
            }
        }
    }
}

// People name what they turn to and go on to speak of it: so what was said together lifts what comes after.
void TalkScorer::add_together(const std::vector<Together>& together, const std::vector<bool>& wanted) {
    const std::vector<TalkUnit>& units = tables_.units;
    std::vector<float> in_order(units.size(), 0);
    std::vector<float> any_order(units.size(), 0);
    std::vector<float> before(units.size(), 0);
    std::vector<float> in_episode(tables_.records.size(), 0);
    for (const Together& one : together) {
        const Document own = unit_at(one.place);
        const std::uint32_t number = units[own].record;
        if (!wanted[number]) continue;
        const TalkRecord& record = tables_.records[number];
        in_episode[number] += one.others;
        const auto lift = [&](Document unit) {
            const bool counts =
                (units[unit].first_place <= one.place + beside && one.place < units[unit].past_place + beside) ||
                distance(units[unit].middle(), one.place) <= around_middle;
            if (!counts) return;
            in_order[unit] = std::max(in_order[unit], one.in_order);
            any_order[unit] = std::max(any_order[unit], one.share);
        };
        for (Document unit = own; unit < record.past_units; ++unit) {
            const Place middle = units[unit].middle();
            if (middle >= one.place + before_reach) break;
            if (middle >= one.place) before[unit] += one.others * worth_before()[middle - one.place];
            if (units[unit].first_place <= one.place + around_middle) lift(unit);
        }
        for (Document unit = own; unit-- > record.first_said();) {
            if (units[unit].past_place + around_middle < one.place) break;
            lift(unit);
        }
    }
    for (const Document unit : touched_) {
        const double whole = in_episode[units[unit].record];
        scores_[unit] += static_cast<float>(weights_.in_order * in_order[unit] + weights_.any_order * any_order[unit] +
                                            weights_.together_before * before[unit] / (before[unit] + half_before) +
                                            weights_.together_in_episode * whole / (whole + half_in_episode));
    }
}

double TalkScorer::coverage_of(Document unit) const {
    constexpr double all = 0.9999;  // sums of floats
    const double share = all_rarity_ > 0 ? covered_[unit] / all_rarity_ : 0;
    return share > all ? 1 : share;
}

std::vector<Document> TalkScorer::ranked() const {
    std::vector<Document> order = touched_;
    std::sort(order.begin(), order.end(),
              [this](Document a, Document b) { return scores_[a] != scores_[b] ? scores_[a] > scores_[b] : a < b; });
    return order;
}

}  // namespace podbrief::index
