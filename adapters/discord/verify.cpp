#include "adapters/discord/verify.hpp"

#include <algorithm>
#include <boost/algorithm/string/predicate.hpp>
#include <charconv>
#include <optional>

#include "adapters/discord/limits.hpp"
#include "core/crypto/signatures.hpp"

namespace podbrief::discord {
namespace {

constexpr std::size_t signature_digits = 128;
constexpr std::size_t longest_timestamp = 12;

// The only header of that name.
const std::string* only_header(const std::vector<HttpHeader>& headers, std::string_view name) {
    const std::string* found = nullptr;
    for (const HttpHeader& header : headers) {
        if (!boost::algorithm::iequals(header.name, name)) continue;
        if (found != nullptr) return nullptr;
        found = &header.value;
    }
    return found;
}

std::optional<std::int64_t> seconds_of(std::string_view text) {
    const bool digits = !text.empty() && text.size() <= longest_timestamp &&
                        std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits) return std::nullopt;
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

}  // namespace

Signature check_signature(const std::vector<std::string>& public_keys, const std::vector<HttpHeader>& headers,
                          std::string_view body, WallTime now) {
    const std::string* signature = only_header(headers, "X-Signature-Ed25519");
    const std::string* timestamp = only_header(headers, "X-Signature-Timestamp");
    if (signature == nullptr || timestamp == nullptr) return Signature::missing;
    const auto seconds = seconds_of(*timestamp);
    if (!seconds) return Signature::stale;
    const Millis apart = now - WallTime{std::chrono::seconds{*seconds}};
    if (apart > limits::signature_window || apart < -limits::signature_window) return Signature::stale;
    if (signature->size() != signature_digits) return Signature::bad;
    const auto signature_bytes = crypto::from_hex(*signature);
    if (!signature_bytes) return Signature::bad;
    const std::string message = *timestamp + std::string(body);
    for (const std::string& key : public_keys) {
        const auto key_bytes = crypto::from_hex(key);
        if (key_bytes && crypto::ed25519_verify(*key_bytes, message, *signature_bytes)) return Signature::good;
    }
    return Signature::bad;
}

}  // namespace podbrief::discord
