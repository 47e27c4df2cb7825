#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace podbrief::crypto {

// Bytes from the system's generator, for keys, nonces and one-time codes.
std::string random_bytes(std::size_t count);

// Keeps secrets in a store that others may read: AES-256-GCM (NIST SP 800-38D) with a nonce of chance, "v1." and
// base64url of key id (4 bytes made of the key), nonce (12), ciphertext, tag (16). `context` says what the secret
// is and whose ("slack-token T1"); it is not kept, and what was sealed for another context does not open.
class SecretBox {
public:
    // `keys`: 32 bytes each; the first seals, all open (rotation). Throws std::invalid_argument for none, or other
    // lengths.
    explicit SecretBox(std::vector<std::string> keys);
    ~SecretBox();
    SecretBox(SecretBox&&) noexcept;
    SecretBox& operator=(SecretBox&&) noexcept;
    SecretBox(const SecretBox&) = delete;
    SecretBox& operator=(const SecretBox&) = delete;

    std::string seal(std::string_view secret, std::string_view context) const;
    // nullopt: not sealed with a key of ours, for another context, or tampered with.
    std::optional<std::string> open(std::string_view sealed, std::string_view context) const;
    // True: sealed with a key that is not the first any more; seal it anew.
    bool is_stale(std::string_view sealed) const;

private:
    std::vector<std::string> keys_;
};

}  // namespace podbrief::crypto
