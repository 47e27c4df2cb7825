#include "core/briefs/tzif.hpp"

#include <bit>

namespace podbrief::briefs {
namespace {

constexpr std::size_t header_size = 44;
constexpr std::size_t type_size = 6;  // offset (4), daylight saving (1), name (1)

// Signed, big endian.
template <class Int>
Int number_at(std::string_view bytes, std::size_t at) {
    std::make_unsigned_t<Int> value = 0;
    for (std::size_t i = 0; i < sizeof(Int); ++i) {
        value = static_cast<std::make_unsigned_t<Int>>(value << 8 | static_cast<unsigned char>(bytes[at + i]));
    }
    return std::bit_cast<Int>(value);
}

struct Counts {
    std::size_t ut = 0, standard = 0, leap = 0, times = 0, types = 0, names = 0;
    std::size_t size_of_data(std::size_t size_of_time) const {
        return times * (size_of_time + 1) + types * type_size + names + leap * (size_of_time + 4) + standard + ut;
    }
};

std::optional<Counts> counts_at(std::string_view bytes) {
    constexpr std::int32_t most = 100'000;
    if (bytes.size() < header_size || !bytes.starts_with("TZif")) return std::nullopt;
    Counts counts;
    std::size_t at = 20;
    for (std::size_t* count :
         {&counts.ut, &counts.standard, &counts.leap, &counts.times, &counts.types, &counts.names}) {
        const auto value = number_at<std::int32_t>(bytes, at);
        if (value < 0 || value > most) return std::nullopt;
        *count = static_cast<std::size_t>(value);
        at += 4;
    }
    return counts;
}

}  // namespace

std::optional<Zone> parse_tzif(std::string_view bytes) {
    // The first block has times of 32 bits, for readers of long ago.
    const auto old = counts_at(bytes);
    if (!old || bytes[4] < '2' || bytes.size() < header_size + old->size_of_data(4)) return std::nullopt;
    bytes.remove_prefix(header_size + old->size_of_data(4));
    const auto counts = counts_at(bytes);
    if (!counts || counts->types == 0 || bytes.size() < header_size + counts->size_of_data(8)) return std::nullopt;
    const std::string_view times = bytes.substr(header_size, counts->times * 8);
    const std::string_view kinds = bytes.substr(header_size + times.size(), counts->times);
    const std::string_view types = bytes.substr(header_size + times.size() + kinds.size(), counts->types * type_size);

    std::vector<Millis> offsets;
    for (std::size_t i = 0; i < counts->types; ++i) {
        const auto offset = number_at<std::int32_t>(types, i * type_size);
        if (offset < -25 * 3600 || offset > 26 * 3600) return std::nullopt;  // the bounds of RFC 8536
        offsets.push_back(std::chrono::seconds{offset});
    }
    constexpr std::int64_t far = 400'000'000'000;  // some 12,000 years; beyond it milliseconds would overflow
    std::vector<Zone::Change> changes;
    for (std::size_t i = 0; i < counts->times; ++i) {
        const auto type = static_cast<unsigned char>(kinds[i]);
        const auto at = std::clamp(number_at<std::int64_t>(times, i * 8), -far, far);
        if (type >= offsets.size()) return std::nullopt;
        const WallTime instant{std::chrono::seconds{at}};
        if (!changes.empty() && instant < changes.back().at) return std::nullopt;
        changes.push_back({instant, offsets[type]});
    }
    return Zone(offsets.front(), std::move(changes));
}

}  // namespace podbrief::briefs
