#include "adapters/slack/verify.hpp"

#include <charconv>

#include "core/crypto/signatures.hpp"
#include "core/text/ascii.hpp"

namespace podbrief::slack {
namespace {

constexpr std::string_view version = "v0=";
constexpr std::size_t signature_size = 3 + 64;

bool same_name(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return text::ascii_lower(x) == text::ascii_lower(y); });
}

// The only header of that name; null: there is none, or more than one.
const std::string* only(const std::vector<HttpHeader>& headers, std::string_view name) {
    const std::string* found = nullptr;
    for (const HttpHeader& header : headers) {
        if (!same_name(header.name, name)) continue;
        if (found != nullptr) return nullptr;
        found = &header.value;
    }
    return found;
}

bool is_signature(std::string_view value) {
    return value.size() == signature_size && value.starts_with(version) &&
           value.find_first_not_of("0123456789abcdef", version.size()) == std::string_view::npos;
}

std::optional<WallTime> time_of(std::string_view seconds) {
    if (seconds.empty() || seconds.size() > 11) return std::nullopt;
    if (seconds.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    std::int64_t value = 0;
    std::from_chars(seconds.data(), seconds.data() + seconds.size(), value);
    return from_ms(value * 1000);
}

}  // namespace

std::string signature_of(std::string_view secret, std::string_view timestamp, std::string_view body) {
    std::string signed_text = "v0:";
    signed_text.reserve(timestamp.size() + body.size() + 4);
    signed_text.append(timestamp).append(":").append(body);
    return std::string(version) + crypto::to_hex(crypto::hmac_sha256(secret, signed_text));
}

Verdict verify(const std::vector<HttpHeader>& headers, std::string_view body, const std::vector<std::string>& secrets,
               WallTime now) {
    const std::string* timestamp = only(headers, "X-Slack-Request-Timestamp");
    const std::string* signature = only(headers, "X-Slack-Signature");
    if (timestamp == nullptr || signature == nullptr || !is_signature(*signature)) return Verdict::unsigned_request;
    const auto at = time_of(*timestamp);
    if (!at) return Verdict::unsigned_request;
    // Slack's seconds are whole: ours are cut likewise.
    const auto second = std::chrono::floor<std::chrono::seconds>(now);
    const Millis age = second - *at;
    if (age > longest_age || age < -longest_age) return Verdict::stale;
    bool good = false;
    for (const std::string& secret : secrets) {  // all of them, so that time does not tell which
        if (secret.empty()) continue;
        const bool same = crypto::equal_in_constant_time(signature_of(secret, *timestamp, body), *signature);
        good = good || same;
    }
    return good ? Verdict::good : Verdict::forged;
}

}  // namespace podbrief::slack
