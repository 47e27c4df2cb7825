#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "adapters/web/doors.hpp"
#include "adapters/web/shell.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/http_server.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/outbox_store.hpp"
#include "core/ports/relation_store.hpp"
#include "core/ports/search_index.hpp"

#include "core/search/acronyms.hpp"

namespace podbrief::services {
class Catalogue;
class KnownPeople;
class Meanings;
}  // namespace podbrief::services

namespace podbrief::web {

namespace asio = boost::asio;

// The public pages. What it is given must outlive it. One I/O thread.
class Site {
public:
    struct Ports {
        LibraryStore& library;
        OutboxStore& outbox;  // why an insight was withdrawn
        RelationStore& relations;
        const SearchIndex& index;
        const services::Catalogue& catalogue;
        Clock& clock;
        asio::any_io_executor heavy;                    // pictures are drawn there; empty: in place
        const services::KnownPeople* people = nullptr;  // who a search may name
        services::Meanings* meanings = nullptr;         // null: found by the vectors that are built in
        const search::Acronyms* acronyms = nullptr;     // null: only those that everybody knows
    };
    struct Options {
        std::string public_url;         // as in ShellOptions
        std::function<Doors()> doors;   // as they are now; empty: none
        double requests_a_second = 20;  // of one address, on the average; 0: no limit
        double burst = 100;             // at once
        std::size_t cache_bytes = 64 << 20;
    };

    Site(Ports ports, Options options);
    ~Site();

    // Answers whatever path is asked: with a page, or with one that says what is wrong. Throws StoreFailure. Who asks
    // for a page that is being made for another waits for that one.
    asio::awaitable<ServerResponse> answer(ServerRequest request);

    // 503 and when to come again: what is said in place of any page while the store cannot answer.
    ServerResponse out_of_order();

    // Of the pages that are kept.
    struct Figures {
        std::uint64_t hits = 0;    // shown again
        std::uint64_t misses = 0;  // made
        std::uint64_t joined = 0;  // waited for one that was being made
        std::size_t pages = 0;     // kept now
        std::size_t bytes = 0;
    };
    Figures figures() const;

    // The layout, for pages that others make.
    Shell& shell();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace podbrief::web
