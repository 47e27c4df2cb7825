#pragma once
#include <unicode/utf8.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace podbrief::text {

// The code point at `at`, which is moved past it (at < text.size()); negative for an invalid sequence.
inline UChar32 next_code_point(std::string_view text, std::size_t& at) {
    UChar32 c = 0;
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    U8_NEXT(bytes, at, text.size(), c);  // NOLINT(bugprone-inc-dec-in-conditions): ICU's macro
    return c;
}

}  // namespace podbrief::text
