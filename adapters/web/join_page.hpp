#pragma once
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>

#include "adapters/web/private_answer.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/outbox_store.hpp"

namespace podbrief::web {

namespace asio = boost::asio;

// GET /join/discord: on to Discord's page. Discord gives nothing back that could carry what somebody came for, so with
// "?insight=1a2b" a page of ours stands before it: it says what to send to the bot afterwards.
class JoinPage {
public:
    struct Ports {
        LibraryStore& library;
        OutboxStore& outbox;  // what was withdrawn
    };
    // `invitation`: Discord's page.
    JoinPage(Ports ports, Shell& shell, std::string invitation)
        : ports_(ports), shell_(shell), invitation_(std::move(invitation)) {}

    static constexpr std::string_view path = "/join/discord";
    asio::awaitable<ServerResponse> answer(ServerRequest request);

private:
    asio::awaitable<Page> page_of(ServerRequest request);

    Ports ports_;
    Shell& shell_;
    std::string invitation_;
};

}  // namespace podbrief::web
