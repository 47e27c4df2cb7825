#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/model/time.hpp"
#include "core/ports/http_client.hpp"

namespace podbrief::discord {

// Whether a request was signed by Discord (docs.discord.com: interactions/overview). Ed25519 over timestamp and raw
// body.
enum class Signature {
    good,
    missing,  // a header is not there, or there more than once
    stale,    // the timestamp is no number, or too far from now
    bad,
};

// `public_keys`: 64 hex digits each; several while the key changes. What is no key matches nothing.
Signature check_signature(const std::vector<std::string>& public_keys, const std::vector<HttpHeader>& headers,
                          std::string_view body, WallTime now);

}  // namespace podbrief::discord
