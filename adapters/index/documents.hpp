#pragma once
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/index/archive.hpp"
#include "adapters/index/postings.hpp"
#include "adapters/index/small_numbers.hpp"
#include "adapters/index/vocabulary.hpp"
#include "core/model/insight.hpp"

namespace podbrief::index {

constexpr Document no_document = UINT32_MAX;

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

// A term of an insight and the places in its claim and in its quote.
struct DocumentTerm {
    enum class InClaim : std::uint8_t { no, written, by_name };  // by_name: only by a phrase that it is short for
    TermId term = 0;
    InClaim in_claim = InClaim::no;
    bool in_quote = false;
    Places claim;  // none unless it is in the claim; ascending
    Places quote;
};

// The insights by internal number, and for each the terms it holds (the inverse of the postings) with their places.
class Documents {
public:
    // Insights in windows of this many are searched together.
    static constexpr Document window = 4096;

    // `terms`: as write_term gave them, the number of them in the record.
    Document add(DocumentRecord record, const std::vector<std::uint8_t>& terms);
    // Appends one term of an insight; they come in the order of their numbers, `gap` behind the one before.
    static void write_term(TermId gap, DocumentTerm::InClaim in_claim, std::span<const std::uint32_t> claim,
                           std::span<const std::uint32_t> quote, std::vector<std::uint8_t>& out);
    // Takes all that is not erased, by new numbers, with the terms renumbered; none of those is dropped.
    void sweep(const std::vector<TermId>& new_terms);
    // Its number, or no_document.
    Document find(InsightId id) const;
    void erase(Document document);

    std::size_t count() const { return records_.size(); }  // erased ones too
    std::size_t live() const { return by_id_.size(); }
    const DocumentRecord& operator[](Document document) const { return records_[document]; }
    // Asks for its record, which will be read in a moment: it lies far from the last one.
    void prefetch(Document document) const { __builtin_prefetch(&records_[document]); }
    // The greatest id among the insights of the window that begins at `base`; of erased ones too.
    InsightId newest_of_window(Document base) const { return newest_[base / window]; }

    std::uint32_t number_of_speaker(std::string_view folded);   // adds it
    std::uint32_t find_speaker(std::string_view folded) const;  // UINT32_MAX: nobody

    // In the order of terms, until `take` returns false.
    template <class Take>
    void for_each_term(Document document, Take take) const {
        const DocumentRecord& record = records_[document];
        const std::uint8_t* at = terms_.data() + record.terms_begin;
        TermId term = 0;
        for (unsigned i = 0; i < record.term_count; ++i) {
            const std::uint32_t packed = read_number(at);
            term += packed / kinds;
            DocumentTerm held;
            held.term = term;
            held.in_claim = static_cast<DocumentTerm::InClaim>(packed % kinds / 2);
            held.in_quote = packed % 2 != 0;
            if (held.in_claim != DocumentTerm::InClaim::no) held.claim = Places::skip(at);
            if (held.in_quote) held.quote = Places::skip(at);
            if (!take(held)) return;
        }
    }

    std::size_t bytes() const;

    void save(Saving& to) const;
    void load(Loading& from);  // in place of what was there; not to be used before `connect`
    void connect();

private:
    static constexpr std::uint32_t kinds = 6;  // three ways to be in the claim, two to be in the quote

    std::vector<DocumentRecord> records_;
    std::vector<std::uint8_t> terms_;
    std::vector<InsightId> newest_;      // of each window
    std::vector<std::string> speakers_;  // by number less one
    boost::unordered_flat_map<InsightId, Document, std::hash<InsightId>> by_id_;
    std::unordered_map<std::string, std::uint32_t> by_speaker_;
};

}  // namespace podbrief::index
