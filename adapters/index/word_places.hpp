#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/index/vocabulary.hpp"

namespace podbrief::index {

using Place = std::uint32_t;  // of a word among all that was ever said, in the order of arrival

// Where one word is said: distances from one place to the next, seven bits a byte. Small words are said every few
// seconds, so most places take one byte.
class PlaceList {
public:
    // Must be greater than all before it.
    void add(Place place);

    std::size_t size() const { return size_; }
    std::size_t bytes() const { return packed_.capacity(); }
    template <class Take>
    void for_each(Take take) const {
        Place place = 0;
        for (auto at = packed_.begin(); at != packed_.end(); ++at) {
            Place distance = 0;
            for (unsigned shift = 0;; shift += 7, ++at) {
                distance |= static_cast<Place>(*at & 0x7fU) << shift;
                if ((*at & 0x80U) == 0) break;
            }
            take(place += distance);
        }
    }
    // Keeps what `renumber` gives another place, drops what it gives `nowhere`. It is asked in rising order.
    static constexpr Place nowhere = UINT32_MAX;
    template <class Renumber>
    void sweep(Renumber renumber) {
        PlaceList kept;
        for_each([&](Place place) {
            if (const Place now = renumber(place); now != nowhere) kept.add(now);
        });
        kept.packed_.shrink_to_fit();
        *this = std::move(kept);
    }

private:
    std::vector<std::uint8_t> packed_;
    Place last_ = 0;
    std::uint32_t size_ = 0;
};

// Where each word is said, small words (the, of, not) included: phrases need them.
class WordPlaces {
public:
    // The next word that is said; `term` is no_term for a small one.
    void say(std::string_view word, TermId term);
    // What is said from here on is not next to what was said before.
    void pause();
    static constexpr Place length_of_pause = 64;  // more than the distance of any words that count as said together
    Place here() const { return here_; }

    const PlaceList& of(TermId term) const { return terms_[term]; }
    const PlaceList& of_small_word(std::string_view folded) const;
    std::size_t bytes() const;

    // A stretch of places that is kept, and where it begins from now on. Both rise from one stretch to the next.
    struct Kept {
        Place first;
        Place past;
        Place now;
    };
    // Drops everything else. `terms` are Vocabulary::sweep's.
    void sweep(const std::vector<Kept>& kept, const std::vector<TermId>& terms);

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    PlaceList& small_word(std::string_view word);

    ListsByTerm<PlaceList> terms_;
    std::unordered_map<std::string, PlaceList, Hash, std::equal_to<>> small_words_;
    Place here_ = 0;
};

}  // namespace podbrief::index
