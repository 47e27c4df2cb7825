#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace podbrief::index {

struct CloseSignature {
    std::uint32_t place;
    std::uint16_t distance;  // bits that differ
    bool operator==(const CloseSignature&) const = default;
};

// Appends those of `signatures` (one after the other, each as long as `wanted`; the first is at place `begin`) that
// differ from it in at most `bound` bits, in their order.
void append_close(std::span<const std::uint64_t> signatures, std::span<const std::uint64_t> wanted, std::uint16_t bound,
                  std::uint32_t begin, std::vector<CloseSignature>& found);

// The ways to do it, of which append_close takes the quickest that this machine has.
enum class CloseSignatureWay : std::uint8_t { anywhere, popcnt, avx2, avx512 };

// As append_close in that way. False: this machine cannot, or not for signatures of this length; nothing was done.
bool append_close_in(CloseSignatureWay way, std::span<const std::uint64_t> signatures,
                     std::span<const std::uint64_t> wanted, std::uint16_t bound, std::uint32_t begin,
                     std::vector<CloseSignature>& found);

}  // namespace podbrief::index
