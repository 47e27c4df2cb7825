#include "core/search/word_vectors.hpp"

#include <bit>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "core/search/number_at.hpp"
#include "core/text/digest.hpp"

namespace podbrief::search {
namespace {

constexpr std::string_view mark = "podbrief vectors";
constexpr std::uint32_t version = 1;
constexpr std::size_t model_bytes = 32;
constexpr std::size_t digest_digits = 16;
constexpr std::uint32_t most_words = 1'000'000;
constexpr std::uint32_t most_dimensions = 1024;
constexpr std::size_t header_bytes = mark.size() + 4 * 4 + model_bytes + digest_digits;

[[noreturn]] void refuse(const std::string& what) {
    throw std::runtime_error("word vectors: " + what);
}

}  // namespace

WordVectors::WordVectors(std::string_view file) {
    if (file.size() < header_bytes) refuse("the file is cut off in its header");
    if (!file.starts_with(mark)) refuse("this is no file of word vectors");
    std::size_t at = mark.size();
    const auto next = [&] { return number_at(file, std::exchange(at, at + 4)); };
    if (const std::uint32_t found = next(); found != version) {
        refuse("version " + std::to_string(found) + " of the format is not known");
    }
    const std::uint32_t words = next();
    dimension_ = next();
    const std::size_t text_bytes = next();
    if (words == 0 || words > most_words || dimension_ == 0 || dimension_ > most_dimensions) {
        refuse("the header makes no sense");
    }
    const std::string_view model = file.substr(at, model_bytes);
    model_ = model.substr(0, model.find('\0'));
    const std::string_view digest = file.substr(at + model_bytes, digest_digits);
    const std::string_view body = file.substr(header_bytes);
    if (body.size() != words * (8 + dimension_) + text_bytes) refuse("the file is not as long as its header says");
    if (text::sha256_hex(body).substr(0, digest_digits) != digest) refuse("the file is damaged");

    scales_.resize(words);
    ends_.resize(words);
    std::uint32_t end = 0;
    for (std::uint32_t i = 0; i < words; ++i) {
        scales_[i] = std::bit_cast<float>(number_at(body, 4 * i));
        ends_[i] = number_at(body, 4 * (std::size_t{words} + i));
        if (!std::isfinite(scales_[i]) || ends_[i] <= end || ends_[i] > text_bytes) refuse("its words make no sense");
        end = ends_[i];
    }
    rows_ = body.substr(8 * std::size_t{words}, words * dimension_);
    text_ = body.substr(body.size() - text_bytes);
    make_slots();
}

std::string_view WordVectors::word(std::uint32_t number) const {
    const std::uint32_t begin = number == 0 ? 0 : ends_[number - 1];
    return text_.substr(begin, ends_[number] - begin);
}

void WordVectors::make_slots() {
    slots_.assign(std::bit_ceil(2 * size()), none);
    for (std::uint32_t number = 0; number < size(); ++number) {
        std::size_t at = text::fnv1a(word(number)) & (slots_.size() - 1);
        for (; slots_[at] != none; at = (at + 1) & (slots_.size() - 1)) {
            if (word(slots_[at]) == word(number)) refuse("a word comes twice");
        }
        slots_[at] = number;
    }
}

std::uint32_t WordVectors::find(std::string_view stem) const {
    std::size_t at = text::fnv1a(stem) & (slots_.size() - 1);
    while (slots_[at] != none && word(slots_[at]) != stem) at = (at + 1) & (slots_.size() - 1);
    return slots_[at];
}

bool WordVectors::add(std::string_view stem, std::span<float> sum) const {
    const std::uint32_t number = find(stem);
    if (number == none) return false;
    const char* row = rows_.data() + number * dimension_;
    for (std::size_t i = 0; i < dimension_; ++i) {
        sum[i] += scales_[number] * static_cast<float>(static_cast<signed char>(row[i]));
    }
    return true;
}

}  // namespace podbrief::search
