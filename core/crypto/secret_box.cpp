#include "core/crypto/secret_box.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "core/crypto/signatures.hpp"

namespace podbrief::crypto {
namespace {

constexpr std::size_t key_bytes = 32;
constexpr std::size_t id_bytes = 4;
constexpr std::size_t nonce_bytes = 12;
constexpr std::size_t tag_bytes = 16;
constexpr std::string_view version = "v1.";

struct FreeCipher {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, FreeCipher>;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

std::string key_id(const std::string& key) {
    return hmac_sha256(key, "podbrief key id").substr(0, id_bytes);
}

void require(bool worked) {
    if (!worked) throw std::runtime_error("OpenSSL: AES-256-GCM failed");
}

Cipher new_cipher() {
    Cipher cipher(EVP_CIPHER_CTX_new());
    require(cipher != nullptr);
    return cipher;
}

struct Parts {
    std::string id, nonce, hidden, tag;
};
std::optional<Parts> parts_of(std::string_view sealed) {
    if (!sealed.starts_with(version)) return std::nullopt;
    const auto bytes = from_base64url(sealed.substr(version.size()));
    if (!bytes || bytes->size() < id_bytes + nonce_bytes + tag_bytes) return std::nullopt;
    Parts parts;
    parts.id = bytes->substr(0, id_bytes);
    parts.nonce = bytes->substr(id_bytes, nonce_bytes);
    parts.hidden = bytes->substr(id_bytes + nonce_bytes, bytes->size() - id_bytes - nonce_bytes - tag_bytes);
    parts.tag = bytes->substr(bytes->size() - tag_bytes);
    return parts;
}

}  // namespace

std::string random_bytes(std::size_t count) {
    std::string out(count, '\0');
    if (RAND_bytes(bytes_of(out), static_cast<int>(count)) != 1) {
        throw std::runtime_error("OpenSSL: the system's generator of chance does not answer");
    }
    return out;
}

SecretBox::SecretBox(std::vector<std::string> keys) : keys_(std::move(keys)) {
    if (keys_.empty()) throw std::invalid_argument("a secret box needs a key");
    for (const std::string& key : keys_) {
        if (key.size() != key_bytes) throw std::invalid_argument("a key has 32 bytes");
    }
}

SecretBox::~SecretBox() {
    for (std::string& key : keys_) OPENSSL_cleanse(key.data(), key.size());
}
SecretBox::SecretBox(SecretBox&&) noexcept = default;
SecretBox& SecretBox::operator=(SecretBox&&) noexcept = default;

std::string SecretBox::seal(std::string_view secret, std::string_view context) const {
    const std::string nonce = random_bytes(nonce_bytes);
    const Cipher cipher = new_cipher();
    int size = 0;
    std::string hidden(secret.size(), '\0');
    std::string tag(tag_bytes, '\0');
    require(EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes_of(keys_.front()), bytes_of(nonce)) ==
            1);
    require(EVP_EncryptUpdate(cipher.get(), nullptr, &size, bytes_of(context), static_cast<int>(context.size())) == 1);
    require(EVP_EncryptUpdate(cipher.get(), bytes_of(hidden), &size, bytes_of(secret),
                              static_cast<int>(secret.size())) == 1);
    require(EVP_EncryptFinal_ex(cipher.get(), nullptr, &size) == 1);
    require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, tag_bytes, tag.data()) == 1);
    return std::string(version) + to_base64url(key_id(keys_.front()) + nonce + hidden + tag);
}

std::optional<std::string> SecretBox::open(std::string_view sealed, std::string_view context) const {
    auto parts = parts_of(sealed);
    if (!parts) return std::nullopt;
    const auto key = std::find_if(keys_.begin(), keys_.end(), [&](const auto& k) { return key_id(k) == parts->id; });
    if (key == keys_.end()) return std::nullopt;
    const Cipher cipher = new_cipher();
    int size = 0;
    std::string secret(parts->hidden.size(), '\0');
    require(EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes_of(*key), bytes_of(parts->nonce)) == 1);
    require(EVP_DecryptUpdate(cipher.get(), nullptr, &size, bytes_of(context), static_cast<int>(context.size())) == 1);
    require(EVP_DecryptUpdate(cipher.get(), bytes_of(secret), &size, bytes_of(parts->hidden),
                              static_cast<int>(parts->hidden.size())) == 1);
    require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, tag_bytes, parts->tag.data()) == 1);
    if (EVP_DecryptFinal_ex(cipher.get(), nullptr, &size) != 1) return std::nullopt;
    return secret;
}

bool SecretBox::is_stale(std::string_view sealed) const {
    const auto parts = parts_of(sealed);
    return parts && parts->id != key_id(keys_.front());
}

}  // namespace podbrief::crypto
