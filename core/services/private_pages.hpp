#pragma once
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>
#include <string_view>

#include "core/model/reply.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/key_store.hpp"
#include "core/ports/outbox_store.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

// A reader's briefs on the web, at an address that nobody can guess (128 bit): given out in their chat, kept as a hash,
// ended when they say so.
class PrivatePages {
public:
    // `site`: gives the address of our server ("https://brief.example.org"), without a slash at its end; empty: there
    // is none.
    PrivatePages(KeyStore& keys, OutboxStore& notes, Clock& clock, std::function<std::string()> site)
        : keys_(keys), notes_(notes), clock_(clock), site_(std::move(site)) {}

    // `page` (what is empty), `page new`, `page off`. `happening`: what the asking is known by; asked again with the
    // same one, the answer is the same. Empty: it cannot be asked again.
    asio::awaitable<Reply> answer(ReaderId reader, std::string what, std::string happening);

    // One more address of the reader's pages; `alone`: the others end. Empty: there is no site.
    asio::awaitable<std::string> open(ReaderId reader, std::string happening, bool alone);
    asio::awaitable<int> close(ReaderId reader);  // how many there were
    bool has_site() const { return !site_().empty(); }

private:
    KeyStore& keys_;
    OutboxStore& notes_;
    Clock& clock_;
    std::function<std::string()> site_;
};

// What the store knows a key by.
std::string hash_of_key(std::string_view key);
// A key of 128 bits, as it stands in an address: 26 letters and digits.
std::string make_key();
inline constexpr std::size_t key_length = 26;
// Whether it can be one: looked up is nothing else.
bool is_key(std::string_view text);

}  // namespace podbrief::services
