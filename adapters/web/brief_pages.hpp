#pragma once
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/web/private_answer.hpp"
#include "adapters/web/rate_limit.hpp"
#include "core/model/brief.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/key_store.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/outbox_store.hpp"
#include "core/ports/reader_store.hpp"

namespace podbrief::web {

namespace asio = boost::asio;

// A reader's own briefs, at an address that only they know (core/services/private_pages.hpp gives it out):
//
//     /b/KEY              the latest brief, and which earlier ones there are
//     /b/KEY/2026-03-12   that one; "2026-03-12-2" the second of a day
//     /b/KEY.rss          the latest two weeks as a feed
//     /b/KEY.json         the same for programs (config/schemas/briefs.json)
//
// Needs nothing but the store: it works while platforms do not. Whoever has no good key gets the same answer, whatever
// is wrong with theirs.
class BriefPages {
public:
    struct Ports {
        KeyStore& keys;
        ReaderStore& readers;
        LibraryStore& library;
        OutboxStore& outbox;  // what was withdrawn
        Clock& clock;
    };
    // `site`: our address, "https://brief.example.org".
    BriefPages(Ports ports, Shell& shell, std::function<std::string()> site);

    static bool has(std::string_view path) { return path.starts_with("/b/"); }
    // Throws StoreFailure.
    asio::awaitable<ServerResponse> answer(ServerRequest request);

private:
    struct Target;
    struct Found;
    static Target target_of(std::string_view path);
    asio::awaitable<Page> page_of(ServerRequest request);
    asio::awaitable<Found> find(ReaderId reader, std::string key, bool recent);
    Page nobodys();

    Ports ports_;
    Shell& shell_;
    std::function<std::string()> site_;
    RateLimit limit_;
};

}  // namespace podbrief::web
