#include "bot/quality/measures.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>

namespace podbrief::bot::quality {
namespace {

double f1(std::size_t shared, std::size_t a, std::size_t b) {
    return shared == 0 ? 0 : 2.0 * static_cast<double>(shared) / static_cast<double>(a + b);
}

std::map<std::string, std::size_t> grams(const std::vector<std::string>& words, std::size_t n) {
    std::map<std::string, std::size_t> counted;
    for (std::size_t i = 0; i + n <= words.size(); ++i) {
        std::string gram = words[i];
        for (std::size_t k = 1; k < n; ++k) gram += ' ' + words[i + k];
        ++counted[gram];
    }
    return counted;
}

double rouge_n(const std::vector<std::string>& a, const std::vector<std::string>& b, std::size_t n) {
    const auto of_a = grams(a, n);
    std::size_t shared = 0;
    std::size_t all_a = 0;
    std::size_t all_b = 0;
    for (const auto& [gram, count] : of_a) all_a += count;
    for (const auto& [gram, count] : grams(b, n)) {
        all_b += count;
        const auto found = of_a.find(gram);
        if (found != of_a.end()) shared += std::min(found->second, count);
    }
    return f1(shared, all_a, all_b);
}

std::size_t longest_common_subsequence(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    std::vector<std::size_t> row(b.size() + 1, 0);
    for (const std::string& word : a) {
        std::size_t diagonal = 0;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = word == b[j - 1] ? diagonal + 1 : std::max(above, row[j - 1]);
            diagonal = above;
        }
    }
    return row.back();
}

}  // namespace

std::vector<std::string> scored_words(std::string_view text) {
    std::vector<std::string> found;
    std::string word;
    const auto end_word = [&] {
        if (!word.empty()) found.push_back(std::move(word));
        word.clear();
    };
    for (const char c : text) {
        if (c >= 'A' && c <= 'Z') {
            word += static_cast<char>(c - 'A' + 'a');
        } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            word += c;
        } else {
            end_word();
        }
    }
    end_word();
    return found;
}

RankingMeasures measure_ranking(const std::vector<std::size_t>& ranked, const std::vector<Span>& gold) {
    std::set<std::size_t> wanted;
    for (const auto& [first, last] : gold) {
        for (std::size_t item = first; item <= last; ++item) wanted.insert(item);
    }
    RankingMeasures measures;
    std::size_t found = 0;
    double gain = 0;
    for (std::size_t place = 0; place < ranked.size(); ++place) {
        if (!wanted.contains(ranked[place])) continue;
        ++found;
        if (found == 1) measures.reciprocal_rank = 1.0 / static_cast<double>(place + 1);
        if (place < 5) measures.hit_5 = 1;
        if (place < 10) {
            measures.hit_10 = 1;
            measures.recall_10 += 1;
            gain += 1 / std::log2(static_cast<double>(place) + 2);
        }
        if (place < 20) measures.recall_20 += 1;
        measures.average_precision += static_cast<double>(found) / static_cast<double>(place + 1);
    }
    double best = 0;
    for (std::size_t place = 0; place < std::min<std::size_t>(10, wanted.size()); ++place) {
        best += 1 / std::log2(static_cast<double>(place) + 2);
    }
    const auto all = static_cast<double>(wanted.size());
    measures.ndcg_10 = gain / best;
    measures.recall_10 /= all;
    measures.recall_20 /= all;
    measures.average_precision /= all;
    return measures;
}

Rouge measure_rouge(std::string_view candidate, std::string_view reference) {
    const auto a = scored_words(candidate);
    const auto b = scored_words(reference);
    return {rouge_n(a, b, 1), rouge_n(a, b, 2), f1(longest_common_subsequence(a, b), a.size(), b.size())};
}

RankingMeasures& operator+=(RankingMeasures& sum, const RankingMeasures& one) {
    sum.hit_5 += one.hit_5;
    sum.hit_10 += one.hit_10;
    sum.recall_10 += one.recall_10;
    sum.recall_20 += one.recall_20;
    sum.ndcg_10 += one.ndcg_10;
    sum.reciprocal_rank += one.reciprocal_rank;
    sum.average_precision += one.average_precision;
    return sum;
}

RankingMeasures operator/(const RankingMeasures& sum, double by) {
    return {sum.hit_5 / by,   sum.hit_10 / by,          sum.recall_10 / by,        sum.recall_20 / by,
            sum.ndcg_10 / by, sum.reciprocal_rank / by, sum.average_precision / by};
}

Rouge& operator+=(Rouge& sum, const Rouge& one) {
    sum.one += one.one;
    sum.two += one.two;
    sum.l += one.l;
    return sum;
}

Rouge operator/(const Rouge& sum, double by) {
    return {sum.one / by, sum.two / by, sum.l / by};
}

}  // namespace podbrief::bot::quality
