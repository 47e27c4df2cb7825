#pragma once
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/search/word_vectors.hpp"

namespace podbrief::search {

// Texts as vectors of unit length: what means the same lies near (the cosine of two is the sum of their products). At
// once, without waiting, always the same for the same text. Vectors of two models are never compared.
class TextVectors {
public:
    virtual ~TextVectors() = default;
    virtual std::string model() const = 0;
    virtual std::size_t dimension() const = 0;
    // Empty when nothing in the text is known.
    virtual std::vector<float> vector_of(std::string_view text) const = 0;
};

// The average of a text's words, rare ones counting more, without what all texts share: the smooth inverse frequency of
// Arora, Liang and Ma, "A Simple but Tough-to-Beat Baseline for Sentence Embeddings" (ICLR 2017). Weights and the
// removal of the common direction are in the rows of the words already (both are linear).
class AveragedWords final : public TextVectors {
public:
    explicit AveragedWords(std::string_view file) : words_(file) {}  // see WordVectors

    std::string model() const override { return words_.model(); }
    std::size_t dimension() const override { return words_.dimension(); }
    std::vector<float> vector_of(std::string_view text) const override;

private:
    WordVectors words_;
};

// The vectors that are part of the program (config/vectors): read when first asked for, by whoever comes first.
const TextVectors& built_in_vectors();

double cosine(std::span<const float> a, std::span<const float> b);  // of unit vectors; 0 when either is empty

// The unit vector in the middle of some; empty when there are none.
std::vector<float> middle_of(const std::vector<std::vector<float>>& vectors);

}  // namespace podbrief::search
