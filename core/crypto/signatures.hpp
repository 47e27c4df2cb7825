#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

// What platforms sign with, thin over OpenSSL. Byte strings are std::string. What OpenSSL itself fails at (no memory)
// throws std::runtime_error.
namespace podbrief::crypto {

// Takes as long whether and wherever they differ; only their lengths show.
bool equal_in_constant_time(std::string_view a, std::string_view b);

// RFC 2104 with SHA-256, 32 bytes. Any key, an empty one too.
std::string hmac_sha256(std::string_view key, std::string_view message);

// RFC 8032. `public_key`: 32 bytes, `signature`: 64 bytes; of other lengths, or not a point of the curve: false.
bool ed25519_verify(std::string_view public_key, std::string_view message, std::string_view signature);

// For those who sign: the doubles. `seed`: 32 bytes (the private key); throws std::invalid_argument for others.
std::string ed25519_public_key(std::string_view seed);
std::string ed25519_sign(std::string_view seed, std::string_view message);

// Lower case; from_hex takes both, and only whole bytes.
std::string to_hex(std::string_view bytes);
std::optional<std::string> from_hex(std::string_view hex);

// RFC 4648 section 5, without padding.
std::string to_base32(std::string_view bytes);  // RFC 4648 in small letters, without padding
std::string to_base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace podbrief::crypto
