#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The measures of `podbrief bench quality`, as the scorers beside the data define them: a test holds both together.
namespace podbrief::bot::quality {

// First and last, both inside.
using Span = std::pair<std::size_t, std::size_t>;

// One ranking against the items that answer the query (binary gain).
struct RankingMeasures {
    double hit_5 = 0;
    double hit_10 = 0;
    double recall_10 = 0;
    double recall_20 = 0;
    double ndcg_10 = 0;  // log2 discount, against the best possible first ten
    double reciprocal_rank = 0;
    double average_precision = 0;
};
// `ranked`: item numbers, best first, each once. `gold` must not be empty.
RankingMeasures measure_ranking(const std::vector<std::size_t>& ranked, const std::vector<Span>& gold);

// F1 of ROUGE-1, ROUGE-2 and ROUGE-L (longest common subsequence of the whole texts); lower-cased runs of ASCII letters
// and digits, no stemming, no stop list (Lin 2004).
std::vector<std::string> scored_words(std::string_view text);  // those that are counted
struct Rouge {
    double one = 0;
    double two = 0;
    double l = 0;
};
Rouge measure_rouge(std::string_view candidate, std::string_view reference);

RankingMeasures& operator+=(RankingMeasures& sum, const RankingMeasures& one);
RankingMeasures operator/(const RankingMeasures& sum, double by);
Rouge& operator+=(Rouge& sum, const Rouge& one);
Rouge operator/(const Rouge& sum, double by);

// Of the measures of many queries; all 0 of none.
template <class Measures>
class Mean {
public:
    void add(const Measures& one) {
        sum_ += one;
        ++count_;
    }
    Measures mean() const { return sum_ / (count_ == 0 ? 1.0 : static_cast<double>(count_)); }
    std::size_t count() const { return count_; }

private:
    Measures sum_;
    std::size_t count_ = 0;
};

}  // namespace podbrief::bot::quality
