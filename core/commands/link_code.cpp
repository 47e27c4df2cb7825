#include "core/commands/link_code.hpp"

#include <algorithm>

#include "core/crypto/signatures.hpp"
#include "core/text/digest.hpp"

namespace podbrief::commands {
namespace {

constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz234567";
constexpr std::size_t length = 10;
constexpr std::size_t half = length / 2;

}  // namespace

std::optional<std::string> read_link_code(std::string_view typed, bool certainly) {
    std::string code;
    bool telling = certainly;
    for (char c : typed) {
        if ((c == '-' || c == ' ') && code.size() == half) {
            telling = telling || c == '-';
            continue;
        }
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (letters.find(c) == std::string_view::npos || code.size() == length) return std::nullopt;
        telling = telling || (c >= '2' && c <= '7');
        code += c;
    }
    if (code.size() != length || !telling) return std::nullopt;
    return code;
}

std::string make_link_code(std::string_view secret, std::string_view happening) {
    const std::string bytes = crypto::hmac_sha256(secret, happening);
    std::string code;
    for (std::size_t i = 0; i < length; ++i) code += letters[static_cast<unsigned char>(bytes[i]) & 31U];
    return code;
}

std::string show_link_code(std::string_view code) {
    const std::size_t middle = std::min(half, code.size());
    return std::string(code.substr(0, middle)) + "-" + std::string(code.substr(middle));
}

std::string hash_link_code(std::string_view code) {
    return text::sha256_hex(code);
}

}  // namespace podbrief::commands
