#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/model/time.hpp"
#include "core/ports/http_client.hpp"

namespace podbrief::slack {

// Whether Slack sent a request (docs.slack.dev: verifying requests from Slack, version v0):
// "v0=" + hex(HMAC-SHA256(secret, "v0:" + timestamp + ":" + raw body)), timestamp at most 300 s from now.
enum class Verdict {
    good,
    unsigned_request,  // a header is missing, there twice, or not of the form
    stale,             // signed too long ago, or for later
    forged,            // not with a secret of ours
};
inline constexpr Millis longest_age{300'000};

// `secrets`: while the secret is changed, the old one and the new one; the signing secret's characters as they are.
Verdict verify(const std::vector<HttpHeader>& headers, std::string_view body, const std::vector<std::string>& secrets,
               WallTime now);

// What stands in X-Slack-Signature; also for those who sign.
std::string signature_of(std::string_view secret, std::string_view timestamp, std::string_view body);

}  // namespace podbrief::slack
