#include "adapters/index/insight_vectors.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "adapters/index/archive.hpp"
#include "adapters/index/close_signatures.hpp"
#include "adapters/index/dot_product.hpp"

namespace podbrief::index {
namespace {

constexpr std::size_t fewest_compared = 400;
constexpr std::size_t compared_for_each = 5;  // of those asked for
constexpr std::size_t most_dimensions = 4096;
constexpr std::size_t most_bits = 512;  // of a signature; more are not worth reading them
constexpr std::size_t block = 256;      // signatures looked at together
constexpr std::size_t bits = 64;

// A vector of more dimensions than a signature has bits, folded onto itself: each number goes to one of the places,
// about half of them with their sign turned.
std::vector<float> folded(std::span<const float> vector) {
    std::vector<float> sums(most_bits);
    for (std::size_t i = 0; i < vector.size(); ++i) {
        const bool turned = (i * 0x9E3779B97F4A7C15ULL >> 63) != 0;
        sums[i % most_bits] += turned ? -vector[i] : vector[i];
    }
    return sums;
}

void append_signature(std::span<const float> vector, std::vector<std::uint64_t>& signature) {
    std::vector<float> sums;
    if (vector.size() > most_bits) vector = sums = folded(vector);
    for (std::size_t begin = 0; begin < vector.size(); begin += bits) {
        std::uint64_t word = 0;
        const std::size_t end = std::min(begin + bits, vector.size());
        for (std::size_t i = begin; i < end; ++i) word |= std::uint64_t{vector[i] > 0} << (i - begin);
        signature.push_back(word);
    }
}

// A vector in whole numbers, small enough that their products with bytes can be summed up.
std::vector<std::int16_t> in_whole_numbers(std::span<const float> vector, float& scale) {
    float greatest = 0;
    for (const float one : vector) greatest = std::max(greatest, std::abs(one));
    scale = greatest > 0 ? greatest / static_cast<float>(greatest_factor(vector.size())) : 1;
    std::vector<std::int16_t> whole;
    whole.reserve(vector.size());
    for (const float one : vector) whole.push_back(static_cast<std::int16_t>(std::lround(one / scale)));
    return whole;
}

// Collects places by their distance, in one pass: once there are enough, only what is at most as far as the last that
// is still needed is let in. What is kept in the end is all that is within one distance, whatever the order.
class Closest {
public:
    Closest(std::size_t enough, std::size_t distances)
        : enough_(enough), at_distance_(distances), bound_(static_cast<std::uint16_t>(distances - 1)) {
        kept_.reserve(8 * enough);
    }

    std::uint16_t bound() const { return bound_; }
    void add(const CloseSignature& one) {
        if (one.distance > bound_) return;
        kept_.push_back(one);
        ++at_distance_[one.distance];
        ++within_;
        while (bound_ > 0 && within_ - at_distance_[bound_] >= enough_) within_ -= at_distance_[bound_--];
    }
    // Where many are equally far (a claim that a thousand repeat), not all of them are needed to choose from.
    std::vector<std::uint32_t> take() {
        std::erase_if(kept_, [&](const CloseSignature& one) { return one.distance > bound_; });
        const std::size_t most = 4 * enough_;
        if (kept_.size() > most) {
            const auto nearer = [](const CloseSignature& a, const CloseSignature& b) {
                return a.distance != b.distance ? a.distance < b.distance : a.place > b.place;
            };
            std::nth_element(kept_.begin(), kept_.begin() + static_cast<std::ptrdiff_t>(most), kept_.end(), nearer);
            kept_.resize(most);
        }
        std::vector<std::uint32_t> places;
        places.reserve(kept_.size());
        for (const CloseSignature& one : kept_) places.push_back(one.place);
        return places;
    }

private:
    std::size_t enough_;
    std::vector<std::size_t> at_distance_;
    std::vector<CloseSignature> kept_;  // some of them farther than the bound by now
    std::size_t within_ = 0;            // how many are not
    std::uint16_t bound_;
};

bool is_better(const InsightVectors::Near& a, const InsightVectors::Near& b) {
    return a.cosine != b.cosine ? a.cosine > b.cosine : a.insight > b.insight;
}

}  // namespace

InsightVectors::InsightVectors(std::size_t dimension)
    : dimension_(dimension), signature_words_((std::min(dimension, most_bits) + bits - 1) / bits) {
    if (dimension == 0 || dimension > most_dimensions) throw std::invalid_argument("vectors of a strange dimension");
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

std::vector<std::uint32_t> InsightVectors::closest(std::span<const float> vector, std::size_t enough,
                                                   const Wanted& wanted) const {
    std::vector<std::uint64_t> signature;
    append_signature(vector, signature);
    Closest closest(enough, signature_words_ * bits + 1);
    std::vector<CloseSignature> let_in;
    for (std::size_t begin = 0; begin < insights_.size(); begin += block) {
        const std::size_t count = std::min(block, insights_.size() - begin);
        let_in.clear();
        append_close(std::span(signatures_).subspan(begin * signature_words_, count * signature_words_), signature,
                     closest.bound(), static_cast<std::uint32_t>(begin), let_in);
        for (const CloseSignature& one : let_in) {
            if (!wanted || wanted(insights_[one.place])) closest.add(one);
        }
    }
    return closest.take();
}

std::vector<InsightVectors::Near> InsightVectors::nearest(std::span<const float> vector, std::size_t limit,
                                                          const Wanted& wanted) const {
    std::vector<Near> found;
    if (vector.size() != dimension_ || limit == 0) return found;
    const std::size_t enough = std::max(fewest_compared, compared_for_each * limit);
    // Most filters leave most of the closest; asking them of all that pass by is for those that do not.
    std::vector<std::uint32_t> places = closest(vector, enough, nullptr);
    if (wanted) {
        const bool were_all = places.size() == insights_.size();
        std::erase_if(places, [&](std::uint32_t place) { return !wanted(insights_[place]); });
        if (places.size() < enough / 2 && !were_all) places = closest(vector, enough, wanted);
    }
    float scale = 1;
    const std::vector<std::int16_t> whole = in_whole_numbers(vector, scale);
    found.reserve(places.size());
    constexpr std::size_t soon = 8;
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (i + soon < places.size()) prefetch(places[i + soon]);
        found.push_back({insights_[places[i]], cosine_at(whole, scale, places[i])});
    }
    const std::size_t kept = std::min(limit, found.size());
    std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(kept), found.end(), is_better);
    found.resize(kept);
    return found;
}

std::vector<float> InsightVectors::cosines(std::span<const float> vector, std::span<const InsightId> insights) const {
    constexpr std::uint32_t nowhere = UINT32_MAX;
    std::vector<float> found(insights.size(), 0.0F);
    if (vector.size() != dimension_) return found;
    std::vector<std::uint32_t> places;
    places.reserve(insights.size());
    for (const InsightId insight : insights) {
        const auto place = places_.find(insight);
        places.push_back(place == places_.end() ? nowhere : place->second);
        if (places.back() != nowhere) prefetch(places.back());
    }
    float scale = 1;
    const std::vector<std::int16_t> whole = in_whole_numbers(vector, scale);
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (places[i] != nowhere) found[i] = cosine_at(whole, scale, places[i]);
    }
    return found;
}

// Asks for what will be compared in a moment: it lies far from the last one.
void InsightVectors::prefetch(std::size_t place) const {
    constexpr std::size_t cache_line = 64;
    const std::int8_t* row = rows_.data() + place * dimension_;
    for (std::size_t at = 0; at < dimension_; at += cache_line) __builtin_prefetch(row + at);
    __builtin_prefetch(&scales_[place]);
}

float InsightVectors::cosine_at(std::span<const std::int16_t> whole, float scale, std::size_t place) const {
    const std::int32_t sum = dot_product(whole.data(), rows_.data() + place * dimension_, dimension_);
    return static_cast<float>(sum) * scale * scales_[place];
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
