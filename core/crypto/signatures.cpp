#include "core/crypto/signatures.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <memory>
#include <stdexcept>

namespace podbrief::crypto {
namespace {

constexpr std::size_t key_bytes = 32;
constexpr std::size_t signature_bytes = 64;

struct FreeKey {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeContext {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

Context new_context() {
    Context context(EVP_MD_CTX_new());
    if (!context) throw std::runtime_error("OpenSSL: no memory for a signature");
    return context;
}

Key private_key(std::string_view seed) {
    if (seed.size() != key_bytes) throw std::invalid_argument("an Ed25519 seed has 32 bytes");
    Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytes_of(seed), seed.size()));
    if (!key) throw std::runtime_error("OpenSSL: cannot use an Ed25519 seed");
    return key;
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

constexpr std::string_view base64url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

}  // namespace

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string hmac_sha256(std::string_view key, std::string_view message) {
    std::string out(key_bytes, '\0');
    unsigned int size = 0;
    const unsigned char* made = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(message),
                                     message.size(), bytes_of(out), &size);
    if (made == nullptr || size != out.size()) throw std::runtime_error("OpenSSL: HMAC failed");
    return out;
}

bool ed25519_verify(std::string_view public_key, std::string_view message, std::string_view signature) {
    if (public_key.size() != key_bytes || signature.size() != signature_bytes) return false;
    const Key key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes_of(public_key), public_key.size()));
    if (!key) return false;
    const Context context = new_context();
    if (EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1) return false;
    return EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(message), message.size()) ==
           1;
}

std::string ed25519_public_key(std::string_view seed) {
    const Key key = private_key(seed);
    std::string out(key_bytes, '\0');
    std::size_t size = out.size();
    if (EVP_PKEY_get_raw_public_key(key.get(), bytes_of(out), &size) != 1) {
        throw std::runtime_error("OpenSSL: no Ed25519 public key");
    }
    return out;
}

std::string ed25519_sign(std::string_view seed, std::string_view message) {
    const Key key = private_key(seed);
    const Context context = new_context();
    std::string out(signature_bytes, '\0');
    std::size_t size = out.size();
    if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
        EVP_DigestSign(context.get(), bytes_of(out), &size, bytes_of(message), message.size()) != 1) {
        throw std::runtime_error("OpenSSL: Ed25519 signing failed");
    }
    return out;
}

std::string to_hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
    }
    return out;
}

std::optional<std::string> from_hex(std::string_view hex) {
    if (hex.size() % 2 != 0) return std::nullopt;
    std::string out;
    out.reserve(hex.size() / 2);
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const int high = hex_digit(hex[i]);
        const int low = hex_digit(hex[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        out += static_cast<char>(high * 16 + low);
    }
    return out;
}

std::string to_base32(std::string_view bytes) {
    static constexpr char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
    std::string out;
    unsigned held = 0;
    int bits = 0;
    for (const char c : bytes) {
        held = (held << 8 | static_cast<unsigned char>(c)) & 0xFFFU;
        for (bits += 8; bits >= 5; bits -= 5) out += letters[held >> (bits - 5) & 31U];
    }
    if (bits > 0) out += letters[held << (5 - bits) & 31U];
    return out;
}

std::string to_base64url(std::string_view bytes) {
    std::string out;
    unsigned int held = 0;
    int bits = 0;
    for (const char c : bytes) {
        held = (held << 8U) | static_cast<unsigned char>(c);
        bits += 8;
        while (bits >= 6) {
            bits -= 6;
            out += base64url[(held >> static_cast<unsigned>(bits)) & 63U];
        }
    }
    if (bits > 0) out += base64url[(held << static_cast<unsigned>(6 - bits)) & 63U];
    return out;
}

std::optional<std::string> from_base64url(std::string_view text) {
    std::string out;
    unsigned int held = 0;
    int bits = 0;
    for (const char c : text) {
        const auto digit = base64url.find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        held = (held << 6U) | static_cast<unsigned int>(digit);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out += static_cast<char>((held >> static_cast<unsigned>(bits)) & 255U);
        }
    }
    const bool left_over = bits >= 6 || (held & ((1U << static_cast<unsigned>(bits)) - 1U)) != 0;
    if (left_over) return std::nullopt;  // not what to_base64url writes
    return out;
}

}  // namespace podbrief::crypto
