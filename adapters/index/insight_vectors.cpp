#include "adapters/index/insight_vectors.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "adapters/index/archive.hpp"
#include "adapters/index/bit_distances.hpp"

namespace podbrief::index {
namespace {

constexpr std::size_t fewest_compared = 400;
constexpr std::size_t compared_for_each = 6;  // of those asked for
constexpr std::size_t bits = 64;

void append_signature(std::span<const float> vector, std::vector<std::uint64_t>& signature) {
    for (std::size_t begin = 0; begin < vector.size(); begin += bits) {
        std::uint64_t word = 0;
        const std::size_t end = std::min(begin + bits, vector.size());
        for (std::size_t i = begin; i < end; ++i) word |= std::uint64_t{vector[i] > 0} << (i - begin);
        signature.push_back(word);
    }
}

// The least distance within which there are `enough` of all.
std::size_t distance_that_holds(const std::vector<std::size_t>& at_distance, std::size_t enough) {
    std::size_t distance = 0;
    for (std::size_t sum = at_distance[0]; sum < enough && distance + 1 < at_distance.size();) {
        sum += at_distance[++distance];
    }
    return distance;
}

bool is_better(const InsightVectors::Near& a, const InsightVectors::Near& b) {
    return a.cosine != b.cosine ? a.cosine > b.cosine : a.insight > b.insight;
}

}  // namespace

InsightVectors::InsightVectors(std::size_t dimension)
    : dimension_(dimension), signature_words_((dimension + bits - 1) / bits) {
    if (dimension == 0) throw std::invalid_argument("vectors need a dimension");
}

void InsightVectors::put(InsightId insight, std::span<const float> vector) {
    erase(insight);
    if (vector.empty()) return;
    if (vector.size() != dimension_) throw std::invalid_argument("a vector of another dimension");
    float greatest = 0;
    for (const float one : vector) greatest = std::max(greatest, std::abs(one));
    const float scale = greatest > 0 ? greatest / 127 : 1;
    places_[insight] = static_cast<std::uint32_t>(insights_.size());
    insights_.push_back(insight);
    scales_.push_back(scale);
    for (const float one : vector) rows_.push_back(static_cast<std::int8_t>(std::lround(one / scale)));
    append_signature(vector, signatures_);
}

void InsightVectors::erase(InsightId insight) {
    const auto found = places_.find(insight);
    if (found == places_.end()) return;
    const std::size_t place = found->second;
    const std::size_t last = insights_.size() - 1;
    const auto move_last = [&](auto& values, std::size_t each) {
        std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(last * each), each,
                    values.begin() + static_cast<std::ptrdiff_t>(place * each));
        values.resize(last * each);
    };
    places_[insights_[last]] = static_cast<std::uint32_t>(place);
    places_.erase(insight);
    move_last(insights_, 1);
    move_last(scales_, 1);
    move_last(rows_, dimension_);
    move_last(signatures_, signature_words_);
}

std::vector<InsightVectors::Near> InsightVectors::nearest(std::span<const float> vector, std::size_t limit,
                                                          const Wanted& wanted) const {
    std::vector<Near> found;
    if (vector.size() != dimension_ || limit == 0 || insights_.empty()) return found;
    std::vector<std::uint64_t> signature;
    append_signature(vector, signature);
    const std::vector<std::uint16_t> distances = bit_distances(signatures_, signature);
    std::vector<std::size_t> at_distance(signature_words_ * bits + 1);
    for (const std::uint16_t distance : distances) ++at_distance[distance];

    // Whoever asks for few of many (one show's) makes us look further.
    const std::size_t enough = std::max(fewest_compared, compared_for_each * limit);
    std::size_t from = 0;
    for (std::size_t sought = enough; from < at_distance.size(); sought *= 8) {
        const std::size_t to = distance_that_holds(at_distance, sought);
        for (std::size_t place = 0; place < distances.size(); ++place) {
            if (distances[place] < from || distances[place] > to || !wanted(insights_[place])) continue;
            found.push_back({insights_[place], cosine_at(vector, place)});
        }
        from = std::max(from, to + 1);
        if (found.size() >= enough) break;
    }
    const std::size_t kept = std::min(limit, found.size());
    std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(kept), found.end(), is_better);
    found.resize(kept);
    return found;
}

float InsightVectors::cosine(std::span<const float> vector, InsightId insight) const {
    const auto found = places_.find(insight);
    return found == places_.end() || vector.size() != dimension_ ? 0 : cosine_at(vector, found->second);
}

float InsightVectors::cosine_at(std::span<const float> vector, std::size_t place) const {
    const std::int8_t* row = rows_.data() + place * dimension_;
    float sums[4] = {};  // side by side, so that none waits for the other
    std::size_t i = 0;
    for (; i + 4 <= dimension_; i += 4) {
        for (std::size_t k = 0; k < 4; ++k) sums[k] += vector[i + k] * static_cast<float>(row[i + k]);
    }
    for (; i < dimension_; ++i) sums[0] += vector[i] * static_cast<float>(row[i]);
    return (sums[0] + sums[1] + sums[2] + sums[3]) * scales_[place];
}

std::vector<float> InsightVectors::vector_of(InsightId insight) const {
    std::vector<float> vector;
    const auto found = places_.find(insight);
    if (found == places_.end()) return vector;
    const std::size_t place = found->second;
    for (std::size_t i = place * dimension_; i < (place + 1) * dimension_; ++i) {
        vector.push_back(scales_[place] * static_cast<float>(rows_[i]));
    }
    return vector;
}

std::size_t InsightVectors::bytes() const {
    return insights_.capacity() * sizeof(InsightId) + signatures_.capacity() * sizeof(std::uint64_t) +
           rows_.capacity() + scales_.capacity() * sizeof(float);
}

void InsightVectors::save(Saving& to) const {
    to.numbers(insights_);
    to.numbers(signatures_);
    to.numbers(rows_);
    to.numbers(scales_);
}

bool InsightVectors::load(Loading& from) {
    from.numbers(insights_);
    from.numbers(signatures_);
    from.numbers(rows_);
    from.numbers(scales_);
    const std::size_t count = insights_.size();
    places_.clear();
    for (const InsightId insight : insights_) places_.emplace(insight, static_cast<std::uint32_t>(places_.size()));
    return places_.size() == count && scales_.size() == count && rows_.size() == count * dimension_ &&
           signatures_.size() == count * signature_words_;
}

}  // namespace podbrief::index
