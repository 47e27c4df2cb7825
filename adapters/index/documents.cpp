#include "adapters/index/documents.hpp"

#include <algorithm>

namespace podbrief::index {
namespace {

// Arrays this large grow by a quarter: doubling would leave half of them empty.
template <class T>
void make_room(std::vector<T>& array, std::size_t wanted) {
    if (array.size() + wanted > array.capacity()) array.reserve(array.size() + array.size() / 4 + wanted + 64);
}

}  // namespace

void Documents::write_term(TermId gap, DocumentTerm::InClaim in_claim, std::span<const std::uint32_t> claim,
                           std::span<const std::uint32_t> quote, std::vector<std::uint8_t>& out) {
    const auto kind = static_cast<std::uint32_t>(in_claim) * 2 + (quote.empty() ? 0U : 1U);
    write_number(gap * kinds + kind, out);
    if (in_claim != DocumentTerm::InClaim::no) Places::write(claim, out);
    if (!quote.empty()) Places::write(quote, out);
}

Document Documents::add(DocumentRecord record, const std::vector<std::uint8_t>& terms) {
    const auto document = static_cast<Document>(records_.size());
    record.terms_begin = terms_.size();
    make_room(terms_, terms.size());
    terms_.insert(terms_.end(), terms.begin(), terms.end());
    if (document % window == 0) newest_.push_back(record.insight);
    newest_.back() = std::max(newest_.back(), record.insight);
    make_room(records_, 1);
    records_.push_back(record);
    by_id_[record.insight] = document;
    return document;
}

Document Documents::find(InsightId id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? no_document : found->second;
}

void Documents::erase(Document document) {
    records_[document].erased = true;
    by_id_.erase(records_[document].insight);
}

void Documents::sweep(const std::vector<TermId>& new_terms) {
    Documents kept;
    std::vector<std::uint8_t> terms;
    std::vector<std::uint32_t> claim;
    std::vector<std::uint32_t> quote;
    for (Document document = 0; document < records_.size(); ++document) {
        if (records_[document].erased) continue;
        terms.clear();
        TermId last = 0;
        for_each_term(document, [&](const DocumentTerm& held) {
            claim.clear();
            quote.clear();
            held.claim.for_each([&](std::uint32_t place) { claim.push_back(place); });
            held.quote.for_each([&](std::uint32_t place) { quote.push_back(place); });
            const TermId now = new_terms[held.term];
            write_term(now - last, held.in_claim, claim, quote, terms);
            last = now;
            return true;
        });
        kept.add(records_[document], terms);
    }
    kept.speakers_ = std::move(speakers_);
    kept.by_speaker_ = std::move(by_speaker_);
    *this = std::move(kept);
}

std::uint32_t Documents::number_of_speaker(std::string_view folded) {
    if (folded.empty()) return 0;
    const auto [known, added] =
        by_speaker_.emplace(std::string(folded), static_cast<std::uint32_t>(speakers_.size() + 1));
    if (added) speakers_.emplace_back(folded);
    return known->second;
}

std::uint32_t Documents::find_speaker(std::string_view folded) const {
    const auto known = by_speaker_.find(std::string(folded));
    return known == by_speaker_.end() ? UINT32_MAX : known->second;
}

void Documents::save(Saving& to) const {
    to.numbers(records_);
    to.numbers(terms_);
    to.numbers(newest_);
    to.texts(speakers_);
}

void Documents::load(Loading& from) {
    from.numbers(records_);
    from.numbers(terms_);
    from.numbers(newest_);
    from.texts(speakers_);
}

void Documents::connect() {
    by_id_.clear();
    by_id_.reserve(records_.size());
    for (Document document = 0; document < records_.size(); ++document) {
        if (!records_[document].erased) by_id_.emplace(records_[document].insight, document);
    }
    by_speaker_.clear();
    for (std::size_t at = 0; at < speakers_.size(); ++at) {
        by_speaker_.emplace(speakers_[at], static_cast<std::uint32_t>(at + 1));
    }
}

std::size_t Documents::bytes() const {
    constexpr std::size_t entry = sizeof(InsightId) + 2 * sizeof(Document) + 1;
    return records_.capacity() * sizeof(DocumentRecord) + terms_.capacity() + newest_.capacity() * sizeof(InsightId) +
           by_id_.bucket_count() * entry + speakers_.size() * 128;
}

}  // namespace podbrief::index
