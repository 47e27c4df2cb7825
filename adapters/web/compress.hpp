#pragma once
#include <string>
#include <string_view>

namespace podbrief::web {

enum class Encoding { identity, gzip, br };

// What a client takes best, by Accept-Encoding (RFC 9110, 12.5.3); br before gzip where it likes both as well. Without
// the header, or where nothing of ours is taken: identity.
Encoding preferred_encoding(std::string_view accept_encoding);

std::string_view to_string(Encoding encoding);  // as in Content-Encoding

// Fit for what is made anew for every request (fast) or kept for many (small).
enum class Effort { fast, small };
std::string compressed(std::string_view bytes, Encoding encoding, Effort effort);

}  // namespace podbrief::web
