#pragma once
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <vector>

namespace podbrief::index {

using Document = std::uint32_t;  // internal number, in the order of arrival

// Where a word occurs and how much, in the order of documents: four bytes an entry.
class PostingList {
public:
    static constexpr unsigned unit_bits = 6;
    static constexpr Document most_documents = Document{1} << (32 - unit_bits);

    static Document document(std::uint32_t packed) { return packed >> unit_bits; }
    static int units(std::uint32_t packed) { return static_cast<int>(packed & ((1U << unit_bits) - 1)); }

    // `document` must be greater than all before it.
    void add(Document document, int units) {
        if (document >= most_documents) throw std::length_error("the search index is full");
        if (packed_.size() == packed_.capacity()) packed_.reserve(packed_.size() + packed_.size() / 4 + 2);
        packed_.push_back((document << unit_bits) | static_cast<std::uint32_t>(units));
    }

    const std::uint32_t* begin() const { return packed_.data(); }
    const std::uint32_t* end() const { return packed_.data() + packed_.size(); }
    bool empty() const { return packed_.empty(); }
    std::size_t bytes() const { return packed_.capacity() * sizeof(std::uint32_t); }

    // Keeps what `renumber` gives a number (its result is the new one), drops what it gives `most_documents`.
    template <class Renumber>
    void sweep(Renumber renumber) {
        std::size_t kept = 0;
        for (const std::uint32_t packed : packed_) {
            const Document now = renumber(document(packed));
            if (now == most_documents) continue;
            packed_[kept++] = (now << unit_bits) | (packed & ((1U << unit_bits) - 1));
        }
        packed_.resize(kept);
        packed_.shrink_to_fit();
    }

private:
    std::vector<std::uint32_t> packed_;
};

}  // namespace podbrief::index
