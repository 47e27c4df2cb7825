#pragma once
#include <string>
#include <vector>

#include "core/ports/http_client.hpp"

namespace podbrief::telegram {

// X-Telegram-Bot-Api-Secret-Token: exactly one, and one of `secrets` (several while they are changed), compared in
// constant time. An empty secret is none.
bool is_from_telegram(const std::vector<HttpHeader>& headers, const std::vector<std::string>& secrets);

// As Telegram takes them: 1..256 of [A-Za-z0-9_-].
bool is_usable_secret(const std::string& secret);

}  // namespace podbrief::telegram
