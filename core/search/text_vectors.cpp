#include "core/search/text_vectors.hpp"

#include <cmath>

#include "core/text/words.hpp"

namespace podbrief::search {
namespace {

// False: it points nowhere.
bool make_unit(std::vector<float>& vector) {
    double squares = 0;
    for (const float one : vector) squares += static_cast<double>(one) * one;
    if (!(squares > 1e-20)) return false;
    const auto by = static_cast<float>(1 / std::sqrt(squares));
    for (float& one : vector) one *= by;
    return true;
}

}  // namespace

std::vector<float> AveragedWords::vector_of(std::string_view text) const {
    std::vector<float> sum(words_.dimension());
    bool known = false;
    for (const std::string& stem : text::stems(text)) known = words_.add(stem, sum) || known;
    if (!known || !make_unit(sum)) sum.clear();
    return sum;
}

double cosine(std::span<const float> a, std::span<const float> b) {
    if (a.size() != b.size()) return 0;
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * b[i];
    return sum;
}

std::vector<float> middle_of(const std::vector<std::vector<float>>& vectors) {
    std::vector<float> sum;
    for (const std::vector<float>& one : vectors) {
        if (sum.empty()) sum.resize(one.size());
        for (std::size_t i = 0; i < sum.size() && i < one.size(); ++i) sum[i] += one[i];
    }
    if (!make_unit(sum)) sum.clear();
    return sum;
}

}  // namespace podbrief::search
