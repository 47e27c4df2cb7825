#include "adapters/index/word_places.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/text/unicode.hpp"

namespace podbrief::index {
void PlaceList::add(Place place) {
    if (packed_.capacity() - packed_.size() < 5) packed_.reserve(packed_.size() + packed_.size() / 4 + 8);
    Place distance = place - last_;
    for (; distance >= 0x80U; distance >>= 7) packed_.push_back(static_cast<std::uint8_t>(distance | 0x80U));
    packed_.push_back(static_cast<std::uint8_t>(distance));
    last_ = place;
    ++size_;
}

void WordPlaces::say(std::string_view word, TermId term) {
    if (here_ >= PlaceList::nowhere - length_of_pause) throw std::length_error("the index of talk is full");
    if (term != no_term) {
        terms_.of(term).add(here_);
    } else {
        small_word(word).add(here_);
    }
    ++here_;
}

// Small words are half of all that is said, and short.
PlaceList& WordPlaces::small_word(std::string_view word) {
    char buffer[16];
    bool plain = word.size() <= sizeof buffer;
    for (std::size_t i = 0; plain && i < word.size(); ++i) {
        const char c = word[i];
        plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '\'';
        buffer[i] = static_cast<char>(c | 0x20);
    }
    const std::string folded = plain ? std::string(buffer, word.size()) : text::fold(word);
    return small_words_[folded];
}

void WordPlaces::pause() {
    here_ += length_of_pause;
}

const PlaceList& WordPlaces::of_small_word(std::string_view folded) const {
    static const PlaceList none;
    const auto known = small_words_.find(folded);
    return known == small_words_.end() ? none : known->second;
}

std::size_t WordPlaces::bytes() const {
    constexpr std::size_t node = 2 * sizeof(void*) + sizeof(std::string) + sizeof(PlaceList);  // of a hash map, about
    std::size_t bytes = terms_.bytes();
    for (const auto& [word, list] : small_words_) bytes += node + list.bytes();
    return bytes;
}

void WordPlaces::sweep(const std::vector<Kept>& kept, const std::vector<TermId>& terms) {
    const auto sweep_list = [&](PlaceList& list) {
        auto stretch = kept.begin();
        list.sweep([&](Place place) {
            while (stretch != kept.end() && stretch->past <= place) ++stretch;
            const bool there = stretch != kept.end() && stretch->first <= place;
            return there ? place - stretch->first + stretch->now : PlaceList::nowhere;
        });
    };
    for (TermId term = 0; term < terms_.size(); ++term) sweep_list(terms_.of(term));
    for (auto& [word, list] : small_words_) sweep_list(list);
    std::erase_if(small_words_, [](const auto& one) { return one.second.size() == 0; });
    terms_.renumber(terms);
    here_ = kept.empty() ? 0 : kept.back().now + (kept.back().past - kept.back().first);
}

}  // namespace podbrief::index
