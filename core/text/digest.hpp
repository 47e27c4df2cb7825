#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace podbrief::text {

// SHA-256, lower-case hex, 64 characters.
std::string sha256_hex(std::string_view bytes);

// FNV-1a, 64 bits: for fingerprints and spreading, never for security. Same on every machine.
std::uint64_t fnv1a(std::string_view bytes);

}  // namespace podbrief::text
