#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace podbrief::search {

// Vectors of words, as config/vectors/train.py writes them to a file. A word is a stem (core/text/words.hpp). A row has
// the weight of its word in it already, and what all texts share has been taken out of it, so that the sum of the rows
// of a text's words points where the text does (see README.md beside the script).
//
// The file, little-endian: "podbrief vectors" | version u32 | words u32 | dimension u32 | bytes of text u32 |
// model, 32 bytes, padded with zeros | the first 16 hex digits of the SHA-256 of all that follows |
// scales f32[words] | ends of the words in the text u32[words] | rows i8[words][dimension] | text.
class WordVectors {
public:
    // Not copied: `file` must outlive this. Throws std::runtime_error that says what is wrong with it.
    explicit WordVectors(std::string_view file);

    std::size_t size() const { return scales_.size(); }
    std::size_t dimension() const { return dimension_; }
    const std::string& model() const { return model_; }  // changes with every training

    bool knows(std::string_view stem) const { return find(stem) != none; }
    // Adds the row of a stem to `sum`, which has `dimension` numbers. False: not known, nothing happens.
    bool add(std::string_view stem, std::span<float> sum) const;

private:
    static constexpr std::uint32_t none = UINT32_MAX;

    std::string_view word(std::uint32_t number) const;
    std::uint32_t find(std::string_view stem) const;
    void make_slots();

    std::string model_;
    std::size_t dimension_ = 0;
    std::vector<float> scales_;
    std::vector<std::uint32_t> ends_;
    std::string_view rows_;
    std::string_view text_;
    std::vector<std::uint32_t> slots_;  // numbers of words by hash, open addressing
};

}  // namespace podbrief::search
