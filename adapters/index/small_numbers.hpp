#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace podbrief::index {

// Small numbers in few bytes: seven bits a byte, the low ones first, the high bit tells that more follow.
inline void write_number(std::uint32_t number, std::vector<std::uint8_t>& out) {
    for (; number >= 0x80; number >>= 7) out.push_back(static_cast<std::uint8_t>(number | 0x80));
    out.push_back(static_cast<std::uint8_t>(number));
}

inline std::uint32_t read_number(const std::uint8_t*& at) {
    std::uint32_t byte = *at++;
    std::uint32_t number = byte & 0x7F;
    for (unsigned shift = 7; (byte & 0x80) != 0; shift += 7) {
        byte = *at++;
        number |= (byte & 0x7F) << shift;
    }
    return number;
}

// The places of one word in one text, ascending: the gaps between them, shifted left by one; the low bit marks the
// last.
class Places {
public:
    static void write(std::span<const std::uint32_t> places, std::vector<std::uint8_t>& out) {
        std::uint32_t before = 0;
        for (std::size_t i = 0; i < places.size(); ++i) {
            write_number(((places[i] - before) << 1) | (i + 1 == places.size() ? 1U : 0U), out);
            before = places[i];
        }
    }

    // Those that begin at `at`, which is moved behind them.
    static Places skip(const std::uint8_t*& at) {
        Places places;
        places.at_ = at;
        while ((read_number(at) & 1) == 0) {
        }
        return places;
    }

    template <class Take>
    void for_each(Take take) const {
        if (at_ == nullptr) return;
        const std::uint8_t* at = at_;
        std::uint32_t place = 0;
        for (bool last = false; !last;) {
            const std::uint32_t packed = read_number(at);
            last = (packed & 1) != 0;
            place += packed >> 1;
            take(place);
        }
    }

    bool contain(std::uint32_t wanted) const {
        bool found = false;
        for_each([&](std::uint32_t place) { found = found || place == wanted; });
        return found;
    }

private:
    const std::uint8_t* at_ = nullptr;  // null: none
};

}  // namespace podbrief::index
