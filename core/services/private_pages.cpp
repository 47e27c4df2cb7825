#include "core/services/private_pages.hpp"

#include <algorithm>

#include "core/commands/reply_pages.hpp"
#include "core/crypto/secret_box.hpp"
#include "core/crypto/signatures.hpp"
#include "core/text/digest.hpp"

namespace podbrief::services {
namespace {

constexpr std::size_t key_bytes = 16;
constexpr const char* secret_note = "page_secret";

asio::awaitable<std::string> page_secret(OutboxStore& notes) {
    std::string secret = co_await notes.note(secret_note);
    if (!secret.empty()) co_return secret;
    co_await notes.set_note(secret_note, crypto::to_hex(crypto::random_bytes(32)));
    co_return co_await notes.note(secret_note);
}

}  // namespace

std::string hash_of_key(std::string_view key) {
    return text::sha256_hex(key);
}

std::string make_key() {
    return crypto::to_base32(crypto::random_bytes(key_bytes));
}

bool is_key(std::string_view text) {
    return text.size() == key_length && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '2' && c <= '7');
           });
}

// What comes in from a platform may be begun again after a crash, when the first answer is on its way already: the key
// in it must be the same, so it is made of the happening and a secret. Who reads the store reads the message too.
asio::awaitable<std::string> PrivatePages::open(ReaderId reader, std::string happening, bool alone) {
    const std::string site = site_();
    if (site.empty()) co_return std::string();
    std::string key = make_key();
    if (!happening.empty()) {
        const std::string secret = co_await page_secret(notes_);
        key = crypto::to_base32(crypto::hmac_sha256(secret, "page " + happening).substr(0, key_bytes));
    }
    const std::string hash = hash_of_key(key);
    co_await keys_.keep_page(reader, hash, clock_.wall_now());
    if (alone) co_await keys_.end_pages(reader, hash);
    co_return site + "/b/" + key;
}

asio::awaitable<int> PrivatePages::close(ReaderId reader) {
    co_return co_await keys_.end_pages(reader, std::string());
}

asio::awaitable<Reply> PrivatePages::answer(ReaderId reader, std::string what, std::string happening) {
    if (what == "off") {
        const int ended = co_await close(reader);
        co_return commands::pages_ended(ended);
    }
    const int before = co_await keys_.pages(reader);
    const std::string address = co_await open(reader, std::move(happening), what == "new");
    if (address.empty()) co_return commands::no_pages_here();
    co_return commands::page_reply(address, what == "new" && before > 0);
}

}  // namespace podbrief::services
