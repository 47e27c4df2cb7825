#include "adapters/telegram/verify.hpp"

#include <algorithm>
#include <string_view>

#include "core/crypto/signatures.hpp"

namespace podbrief::telegram {
namespace {

constexpr std::string_view header_name = "X-Telegram-Bot-Api-Secret-Token";

bool same_name(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

bool is_from_telegram(const std::vector<HttpHeader>& headers, const std::vector<std::string>& secrets) {
    const std::string* given = nullptr;
    for (const HttpHeader& header : headers) {
        if (!same_name(header.name, header_name)) continue;
        if (given != nullptr) return false;
        given = &header.value;
    }
    if (given == nullptr || given->empty()) return false;
    bool known = false;
    for (const std::string& secret : secrets) {
        const bool same = crypto::equal_in_constant_time(*given, secret);  // all are looked at, whichever it is
        known = known || (same && !secret.empty());
    }
    return known;
}

bool is_usable_secret(const std::string& secret) {
    return !secret.empty() && secret.size() <= 256 && std::all_of(secret.begin(), secret.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

}  // namespace podbrief::telegram
