#pragma once
#include <string>
#include <vector>

#include "adapters/doubles/api_double.hpp"
#include "adapters/doubles/trouble.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/http_client.hpp"
#include "tests/doubles/model/doubles.hpp"

namespace podbrief::testing {

// HTTP without a network: hands requests to handlers in this process, as slowly and as badly as `trouble` says, by the
// given clock. As the real client does where that can be seen: keeps to deadline, may_begin and max_body_bytes, can be
// cancelled, tells what was handed over. Redirects are given back as they are.
class HttpBridge final : public HttpClient {
public:
    HttpBridge(Clock& clock, Trouble& trouble) : clock_(clock), trouble_(trouble) {}

    // Requests whose address begins so; the longest beginning counts. The target keeps the whole path.
    void to(std::string prefix, ApiDouble& api) { ends_.push_back({std::move(prefix), &api, {}}); }
    // The same, with neither trouble nor latency.
    void to(std::string prefix, ServerHandler handler) {
        ends_.push_back({std::move(prefix), nullptr, std::move(handler)});
    }
    asio::awaitable<HttpResult> send(HttpRequest request) override;

    // All that were sent, in order (may_begin left out).
    const std::vector<HttpRequest>& sent() const { return sent_; }
    void forget() { sent_.clear(); }

private:
    struct End {
        std::string prefix;
        ApiDouble* api = nullptr;
        ServerHandler handler;
    };
    asio::awaitable<HttpResult> carry(ApiDouble& api, HttpRequest request);
    const End* end_of(const std::string& url) const;

    Clock& clock_;
    Trouble& trouble_;
    std::vector<End> ends_;
    std::vector<HttpRequest> sent_;
};

// The request as its server gets it.
ServerRequest as_server_request(const HttpRequest& request);

}  // namespace podbrief::testing
