#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <vector>

#include "adapters/index/postings.hpp"

namespace podbrief::index {

// Which insights hold a word and what it is worth in each (scoring.hpp), in the order of documents: four bytes an
// entry. For every 64 entries the highest worth is noted (Ding & Suel, "Faster top-k document retrieval using block-max
// indexes", 2011), so that a search can tell what a stretch of the list adds at most without reading it.
class ImpactList {
public:
    static constexpr Document most_documents = Document{1} << 24;
    static constexpr std::size_t block = 64;

    static Document document(std::uint32_t packed) { return packed >> 8; }
    static std::uint32_t impact(std::uint32_t packed) { return packed & 0xFF; }

    // `document` must be greater than all before it.
    void add(Document document, std::uint8_t impact) {
        if (document >= most_documents) throw std::length_error("the search index is full");
        if (packed_.size() == packed_.capacity()) packed_.reserve(packed_.size() + packed_.size() / 4 + 2);
        note(packed_.size(), impact);
        packed_.push_back((document << 8) | impact);
    }

    std::size_t size() const { return packed_.size(); }
    bool empty() const { return packed_.empty(); }
    std::uint32_t operator[](std::size_t at) const { return packed_[at]; }
    std::span<const std::uint32_t> entries() const { return packed_; }

    bool has_blocks() const { return !highest_.empty(); }
    // At least the highest impact of the entries [first, past), which are not none; of the list when it is short.
    std::uint32_t bound(std::size_t first, std::size_t past) const {
        if (highest_.empty()) return of_all_;
        const auto begin = highest_.begin() + static_cast<std::ptrdiff_t>(first / block);
        const auto end = highest_.begin() + static_cast<std::ptrdiff_t>((past - 1) / block + 1);
        return *std::max_element(begin, end);
    }

    // The first entry at or behind `document` among [first, past), or past.
    std::size_t find(Document document, std::size_t first, std::size_t past) const {
        const auto begin = packed_.begin() + static_cast<std::ptrdiff_t>(first);
        const auto end = packed_.begin() + static_cast<std::ptrdiff_t>(past);
        return static_cast<std::size_t>(std::lower_bound(begin, end, document << 8) - packed_.begin());
    }

    // The same looked for from `past` backwards: quick when it is near.
    std::size_t find_back(Document document, std::size_t past) const {
        std::size_t step = 1;
        std::size_t first = past;
        while (first > 0 && (packed_[first - 1] >> 8) >= document) {
            past = first - 1;
            first = past > step ? past - step : 0;
            step *= 2;
        }
        return find(document, first, past);
    }

    // Keeps what `renumber` gives a number (its result is the new one), drops what it gives `most_documents` or more.
    template <class Renumber>
    void sweep(Renumber renumber) {
        const std::vector<std::uint32_t> before = std::move(packed_);
        packed_.clear();
        highest_.clear();
        of_all_ = 0;
        std::size_t kept = 0;
        for (const std::uint32_t packed : before) kept += renumber(document(packed)) < most_documents;
        packed_.reserve(kept);
        for (const std::uint32_t packed : before) {
            const Document now = renumber(document(packed));
            if (now < most_documents) add(now, static_cast<std::uint8_t>(impact(packed)));
        }
    }

    // As a snapshot keeps them: in order, most_documents not reached.
    void assign(std::span<const std::uint32_t> entries) {
        packed_.assign(entries.begin(), entries.end());
        highest_.clear();
        of_all_ = 0;
        for (std::size_t at = 0; at < packed_.size(); ++at) note(at, static_cast<std::uint8_t>(packed_[at]));
    }

    std::size_t bytes() const { return packed_.capacity() * sizeof(std::uint32_t) + highest_.capacity(); }

private:
    void note(std::size_t at, std::uint8_t impact) {
        of_all_ = std::max(of_all_, impact);
        if (at < block) return;
        if (at == block) highest_.assign(1, of_first_block());
        if (at / block == highest_.size()) highest_.push_back(0);
        highest_[at / block] = std::max(highest_[at / block], impact);
    }
    std::uint8_t of_first_block() const {
        std::uint8_t highest = 0;
        for (std::size_t at = 0; at < block; ++at) highest = std::max(highest, static_cast<std::uint8_t>(packed_[at]));
        return highest;
    }

    std::vector<std::uint32_t> packed_;
    std::vector<std::uint8_t> highest_;  // of each block; empty while there is but one
    std::uint8_t of_all_ = 0;
};

}  // namespace podbrief::index
