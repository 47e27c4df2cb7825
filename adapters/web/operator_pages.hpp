#pragma once
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>
#include <string_view>

#include "adapters/web/operator_view.hpp"
#include "adapters/web/private_answer.hpp"
#include "adapters/web/rate_limit.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/key_store.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/outbox_store.hpp"
#include "core/ports/reader_store.hpp"

namespace podbrief::web {

namespace asio = boost::asio;

// The operator's pages:
//
//     /admin/KEY         the link that `podbrief admin` prints: good once, and for 10 minutes; begins a session
//     /status            how things stand
//     /status/explain    what became of one brief: ?reader=anna&day=yesterday
//     /status/sign-out   by POST
//
// A session lasts 12 hours, in a cookie that scripts and other sites' pages do not see.
class OperatorPages {
public:
    static constexpr std::chrono::minutes link_lives{10};
    static constexpr std::chrono::hours session_lives{12};

    struct Ports {
        KeyStore& keys;
        StatusStore& status;
        OutboxStore& outbox;
        ReaderStore& readers;
        LibraryStore& library;
        Clock& clock;
        std::function<asio::awaitable<OperatorFacts>()> facts;
    };
    OperatorPages(Ports ports, Shell& shell);

    static bool has(std::string_view path);
    // Throws StoreFailure.
    asio::awaitable<ServerResponse> answer(ServerRequest request);

private:
    asio::awaitable<Page> page_of(ServerRequest request);
    asio::awaitable<Page> sign_in(ServerRequest request);
    asio::awaitable<Page> sign_out(ServerRequest request, std::string key);
    asio::awaitable<Page> status(std::string key);
    asio::awaitable<Page> explain(ServerRequest request, std::string key);
    Page signed_out(int status);

    Ports ports_;
    Shell& shell_;
    RateLimit limit_;  // for those who are not signed in
};

// What a form must bring back that changes something for the session of that key.
std::string csrf_of(std::string_view session_key);

}  // namespace podbrief::web
