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
constexpr double episode_saturation = 3;
constexpr double notes_saturation = 1.2;

}  // namespace

struct TalkScorer::Held {
    Document unit;
    float count;
};

TalkScorer::TalkScorer(const Vocabulary& vocabulary, const ListsByTerm<PostingList>& postings,
                       const std::vector<TalkRecord>& records, const std::vector<TalkUnit>& units,
                       const PassageWeights& weights)
    : vocabulary_(vocabulary),
      postings_(postings),
      records_(records),
      units_(units),
      weights_(weights),
      scores_(units.size(), 0),
      covered_(units.size(), 0),
      near_(units.size(), 0),
      wide_(units.size(), 0),
      is_touched_(units.size(), false),
      said_(units.size(), false) {}

void TalkScorer::touch(Document unit) {
    if (is_touched_[unit]) return;
    is_touched_[unit] = true;
    touched_.push_back(unit);
}

void TalkScorer::score(const std::vector<QueryTerm>& terms, const std::vector<bool>& wanted) {
    std::map<int, std::vector<const QueryTerm*>> groups;
    for (const QueryTerm& term : terms) {
        if (term.weight > 0) groups[term.group].push_back(&term);
    }
    const auto total = units_.size();
    for (const auto& [number, words] : groups) {
        std::map<Document, float> counts;
        std::size_t commonest = 0;
        double heaviest = 0;
        for (const QueryTerm* word : words) {
            heaviest = std::max(heaviest, word->weight);
            const TermId term = vocabulary_.find(word->stem);
            if (term == no_term) continue;
            commonest = std::max<std::size_t>(commonest, vocabulary_[term].insights);
            for (const std::uint32_t packed : postings_[term]) {
                const Document unit = PostingList::document(packed);
                if (!wanted[units_[unit].record]) continue;
                counts[unit] += static_cast<float>(word->weight * PostingList::units(packed));
            }
        }
        if (commonest == 0) continue;
        std::vector<Held> held;
        held.reserve(counts.size());
        for (const auto& [unit, count] : counts) held.push_back({unit, count});
        add_group(held, rarity(commonest, total), heaviest);
    }
    for (const Document unit : touched_) {
        scores_[unit] *= static_cast<float>(1 + weights_.coverage * coverage_of(unit));
    }
}

void TalkScorer::add_group(const std::vector<Held>& held, double rarity, double weight) {
    const Kernels& kernel = kernels();
    const double worth = rarity * weight;
    all_rarity_ += worth;
    std::vector<Document> reached;
    for (std::size_t at = 0; at < held.size();) {
        const TalkRecord& record = records_[units_[held[at].unit].record];
        double in_episode = 0;
        double in_notes = 0;
        reached.clear();
        for (; at < held.size() && held[at].unit < record.past_units; ++at) {
            const auto [unit, count] = held[at];
            if (unit == record.first_unit) {
                in_notes = count;
                continue;
            }
            in_episode += count;
            said_[unit] = true;
            scores_[unit] += static_cast<float>(weights_.own * worth * saturated(count, own_saturation));
            const float middle = units_[unit].middle;
            const auto spread = [&](Document other) {
                const auto distance = static_cast<std::size_t>(std::abs(units_[other].middle - middle));
                if (distance > reach) return false;
                if (wide_[other] == 0) reached.push_back(other);
                near_[other] += count * kernel.near[distance];
                wide_[other] += count * kernel.wide[distance];
                return true;
            };
            for (Document other = unit; other < record.past_units && spread(other); ++other) {
            }
            for (Document other = unit; other-- > record.first_unit + 1 && spread(other);) {
            }
        }
        const double whole = weights_.episode * saturated(in_episode, episode_saturation) +
                             weights_.notes * saturated(in_notes, notes_saturation);
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
            for (Document unit = record.first_unit + 1; unit < record.past_units; ++unit) {
                scores_[unit] += static_cast<float>(worth * whole);
            }
        }
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
