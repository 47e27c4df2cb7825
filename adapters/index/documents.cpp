#include "adapters/index/documents.hpp"

namespace podbrief::index {
namespace {

// Arrays this large grow by a quarter: doubling would leave half of them empty.
template <class T>
void make_room(std::vector<T>& array, std::size_t wanted) {
    if (array.size() + wanted > array.capacity()) array.reserve(array.size() + array.size() / 4 + wanted + 64);
}

}  // namespace

Document Documents::add(DocumentRecord record, std::uint8_t length, const std::vector<DocumentTerm>& terms) {
    const auto document = static_cast<Document>(records_.size());
    record.terms_begin = terms_.size();
    record.term_count = static_cast<std::uint16_t>(terms.size());
    make_room(terms_, terms.size() * 5);
    TermId last = 0;
    for (const DocumentTerm& one : terms) {
        std::uint32_t packed = ((one.term - last) << 1) | (one.in_text ? 1U : 0U);
        last = one.term;
        for (; packed >= 0x80; packed >>= 7) terms_.push_back(static_cast<std::uint8_t>(packed | 0x80));
        terms_.push_back(static_cast<std::uint8_t>(packed));
    }
    make_room(records_, 1);
    make_room(lengths_, 1);
    records_.push_back(record);
    lengths_.push_back(length);
    by_id_[record.insight] = document;
    sum_of_lengths_ += length;
    return document;
}

Document Documents::find(InsightId id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? PostingList::most_documents : found->second;
}

void Documents::erase(Document document) {
    records_[document].erased = true;
    by_id_.erase(records_[document].insight);
    sum_of_lengths_ -= lengths_[document];
}

std::uint32_t Documents::number_of_speaker(std::string_view folded) {
    if (folded.empty()) return 0;
    return speakers_.emplace(std::string(folded), static_cast<std::uint32_t>(speakers_.size() + 1)).first->second;
}

std::uint32_t Documents::find_speaker(std::string_view folded) const {
    const auto known = speakers_.find(std::string(folded));
    return known == speakers_.end() ? UINT32_MAX : known->second;
}

std::size_t Documents::bytes() const {
    constexpr std::size_t node = 2 * sizeof(void*) + sizeof(InsightId) + sizeof(Document) + 8;
    return records_.capacity() * sizeof(DocumentRecord) + lengths_.capacity() + terms_.capacity() +
           by_id_.size() * node + speakers_.size() * 64;
}

}  // namespace podbrief::index
