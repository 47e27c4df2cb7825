#include "bot/quality/baselines.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <random>
#include <unordered_map>

#include "core/text/sentences.hpp"
#include "core/text/words.hpp"

namespace podbrief::bot::quality {
namespace {

using Edges = std::vector<std::vector<std::pair<std::size_t, double>>>;

constexpr std::size_t least_words = 4;  // of a sentence: "Mm - hmm ." is no sentence for anybody

std::vector<std::size_t> best_first(const std::vector<double>& scores) {
    std::vector<std::size_t> order(scores.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
    return order;
}

}  // namespace

Baselines::Baselines(const Meeting& meeting) {
    std::unordered_map<std::string, std::size_t> ids;
    for (const Segment& turn : meeting.turns) {
        for (const text::ByteRange& range : text::sentences(turn.text)) {
            Sentence sentence;
            sentence.text = range.in(turn.text);
            sentence.words = scored_words(sentence.text);
            if (sentence.words.size() < least_words) continue;
            std::map<std::size_t, double> counted;
            for (const std::string& stem : text::stems(sentence.text)) {
                const auto [found, fresh] = ids.emplace(stem, stems_.size());
                if (fresh) stems_.push_back(stem);
                ++counted[found->second];
            }
            sentence.stems.assign(counted.begin(), counted.end());
            said_in_.resize(stems_.size());
            for (const auto& [stem, count] : sentence.stems) said_in_[stem].push_back(sentences_.size());
            sentences_.push_back(std::move(sentence));
        }
    }
}

double Baselines::rarity(std::size_t stem) const {
    return std::log(static_cast<double>(sentences_.size()) / static_cast<double>(said_in_[stem].size()));
}

std::string Baselines::fill(const std::vector<std::size_t>& ranked, std::size_t words) const {
    std::vector<std::size_t> chosen;
    std::size_t taken = 0;
    for (const std::size_t i : ranked) {
        if (taken + sentences_[i].words.size() > words) continue;
        taken += sentences_[i].words.size();
        chosen.push_back(i);
    }
    std::sort(chosen.begin(), chosen.end());
    std::string text;
    for (const std::size_t i : chosen) text += sentences_[i].text + " ";
    return text;
}

std::string Baselines::lead(std::size_t words) const {
    std::vector<std::size_t> order(sentences_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    return fill(order, words);
}

std::string Baselines::random(std::size_t words, std::uint64_t seed) const {
    std::vector<std::size_t> order(sentences_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::mt19937_64 chance(seed);
    // Not std::shuffle, which differs between libraries.
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[chance() % i]);
    return fill(order, words);
}

std::string Baselines::by_rank(const Edges& neighbours, std::size_t words) const {
    const auto n = static_cast<double>(sentences_.size());
    constexpr double damping = 0.85;
    std::vector<double> out(sentences_.size(), 0);
    for (std::size_t i = 0; i < neighbours.size(); ++i) {
        for (const auto& [j, weight] : neighbours[i]) out[i] += weight;
    }
    std::vector<double> rank(sentences_.size(), 1 / n);
    for (int round = 0; round < 30; ++round) {
        std::vector<double> next(sentences_.size(), (1 - damping) / n);
        for (std::size_t i = 0; i < neighbours.size(); ++i) {
            for (const auto& [j, weight] : neighbours[i]) next[j] += damping * rank[i] * weight / out[i];
        }
        rank = std::move(next);
    }
    return fill(best_first(rank), words);
}

std::string Baselines::text_rank(std::size_t words) const {
    Edges edges(sentences_.size());
    for (std::size_t i = 0; i < sentences_.size(); ++i) {
        std::map<std::size_t, double> shared;
        for (const auto& [stem, count] : sentences_[i].stems) {
            for (const std::size_t j : said_in_[stem]) ++shared[j];
        }
        for (const auto& [j, count] : shared) {
            if (j == i) continue;
            const double lengths = std::log(static_cast<double>(sentences_[i].words.size())) +
                                   std::log(static_cast<double>(sentences_[j].words.size()));
            edges[i].emplace_back(j, count / lengths);
        }
    }
    return by_rank(edges, words);
}

std::string Baselines::lex_rank(std::size_t words) const {
    std::vector<double> norms(sentences_.size(), 0);
    for (std::size_t i = 0; i < sentences_.size(); ++i) {
        for (const auto& [stem, count] : sentences_[i].stems) norms[i] += std::pow(count * rarity(stem), 2);
    }
    Edges edges(sentences_.size());
    for (std::size_t i = 0; i < sentences_.size(); ++i) {
        std::map<std::size_t, double> product;
        for (const auto& [stem, count] : sentences_[i].stems) {
            for (const std::size_t j : said_in_[stem]) {
                const auto& other = sentences_[j].stems;
                const auto at = std::lower_bound(other.begin(), other.end(), std::pair<std::size_t, double>{stem, 0});
                product[j] += count * at->second * std::pow(rarity(stem), 2);
            }
        }
        for (const auto& [j, value] : product) {
            const double norm = std::sqrt(norms[i] * norms[j]);
            if (j != i && norm > 0 && value / norm > 0.1) edges[i].emplace_back(j, 1);
        }
    }
    return by_rank(edges, words);
}

std::string Baselines::bm25(std::size_t words, std::string_view query) const {
    double average = 0;
    for (const Sentence& sentence : sentences_) average += static_cast<double>(sentence.words.size());
    average /= static_cast<double>(std::max<std::size_t>(1, sentences_.size()));
    std::vector<double> scores(sentences_.size(), 0);
    const std::vector<std::string> wanted = text::unique_stems(query);
    for (std::size_t i = 0; i < sentences_.size(); ++i) {
        const double length = static_cast<double>(sentences_[i].words.size()) / average;
        for (const auto& [stem, count] : sentences_[i].stems) {
            if (!std::binary_search(wanted.begin(), wanted.end(), stems_[stem])) continue;
            scores[i] += rarity(stem) * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * length));
        }
    }
    return fill(best_first(scores), words);
}

std::string Baselines::oracle(std::size_t words, std::string_view reference) const {
    std::unordered_map<std::string, int> wanted;
    const std::vector<std::string> of_reference = scored_words(reference);
    for (const std::string& word : of_reference) ++wanted[word];
    std::vector<std::size_t> chosen;
    std::size_t taken = 0;
    double shared = 0;
    double best = 0;
    while (true) {
        std::size_t next = sentences_.size();
        double next_shared = 0;
        for (std::size_t i = 0; i < sentences_.size(); ++i) {
            const auto& said = sentences_[i].words;
            if (taken + said.size() > words || std::find(chosen.begin(), chosen.end(), i) != chosen.end()) continue;
            std::unordered_map<std::string_view, int> used;
            double gained = 0;
            for (const std::string& word : said) {
                const auto found = wanted.find(word);
                if (found != wanted.end() && used[word]++ < found->second) ++gained;
            }
            const double f1 = 2 * (shared + gained) / static_cast<double>(taken + said.size() + of_reference.size());
            if (f1 > best) {
                best = f1;
                next = i;
                next_shared = shared + gained;
            }
        }
        if (next == sentences_.size()) break;
        chosen.push_back(next);
        shared = next_shared;
        taken += sentences_[next].words.size();
        for (const std::string& word : sentences_[next].words) {
            if (const auto found = wanted.find(word); found != wanted.end() && found->second > 0) --found->second;
        }
    }
    return fill(chosen, words);
}

}  // namespace podbrief::bot::quality
