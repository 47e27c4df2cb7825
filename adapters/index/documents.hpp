#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/index/postings.hpp"
#include "adapters/index/vocabulary.hpp"
#include "core/model/insight.hpp"

namespace podbrief::index {

// What the index keeps of one insight beside its postings.
struct DocumentRecord {
    InsightId insight;
    EpisodeId episode;
    PodcastId podcast;
    ClaimClusterId cluster;
    WallTime published_at{};
    std::uint64_t terms_begin = 0;  // byte where its list of terms begins
    std::uint32_t speaker = 0;      // number of the folded name; 0: unknown
    std::uint16_t term_count = 0;
    Stance stance = Stance::neutral;
    bool negated = false;
    bool erased = false;
};

struct DocumentTerm {
    TermId term = 0;
    bool in_text = false;
};

// The insights by internal number, and for each the terms it holds (the inverse of the postings).
class Documents {
public:
    // `terms` ordered by term, each once.
    Document add(DocumentRecord record, std::uint8_t length, const std::vector<DocumentTerm>& terms);
    // Its number, or PostingList::most_documents.
    Document find(InsightId id) const;
    void erase(Document document);

    std::size_t count() const { return records_.size(); }  // erased ones too
    std::size_t live() const { return by_id_.size(); }
    const DocumentRecord& operator[](Document document) const { return records_[document]; }
    std::uint8_t length(Document document) const { return lengths_[document]; }
    const std::uint8_t* lengths() const { return lengths_.data(); }
    double average_length() const {
        return live() == 0 ? 0 : static_cast<double>(sum_of_lengths_) / static_cast<double>(live());
    }

    std::uint32_t number_of_speaker(std::string_view folded);   // adds it
    std::uint32_t find_speaker(std::string_view folded) const;  // UINT32_MAX: nobody

    void take_speakers_of(Documents& other) { speakers_ = std::move(other.speakers_); }

    template <class Take>
    void for_each_term(Document document, Take take) const {
        const DocumentRecord& record = records_[document];
        std::size_t at = record.terms_begin;
        TermId term = 0;
        for (unsigned i = 0; i < record.term_count; ++i) {
            std::uint32_t packed = 0;
            for (unsigned shift = 0;; shift += 7) {
                const std::uint8_t byte = terms_[at++];
                packed |= static_cast<std::uint32_t>(byte & 0x7F) << shift;
                if ((byte & 0x80) == 0) break;
            }
            term += packed >> 1;
            take(DocumentTerm{term, (packed & 1) != 0});
        }
    }

    std::size_t bytes() const;

private:
    std::vector<DocumentRecord> records_;
    std::vector<std::uint8_t> lengths_;
    std::vector<std::uint8_t> terms_;  // for each document: gaps between its term ids, shifted left by one; the low bit
                                       // tells whether the term is in the text; 7 bits a byte
    std::unordered_map<InsightId, Document> by_id_;
    std::unordered_map<std::string, std::uint32_t> speakers_;
    std::uint64_t sum_of_lengths_ = 0;
};

}  // namespace podbrief::index
