#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/ports/clock.hpp"
#include "core/ports/http_client.hpp"

namespace podbrief::testing {

// A network that does what a test says: each URL has a script. It behaves as the real client does where that can be
// seen: follows redirects, keeps to max_body_bytes and to the deadline on the given clock, and can be cancelled.
class ScriptedHttp final : public HttpClient {
public:
    // `nth`: how often this URL has been asked for, this time included.
    using Answer = std::function<HttpResult(const HttpRequest& request, int nth)>;

    explicit ScriptedHttp(Clock& clock) : clock_(clock) {}

    // The script of exactly that URL, instead of an earlier one. The answer comes after `delay`.
    void on(const std::string& url, Answer answer, Millis delay = Millis{0});
    void on(const std::string& url, HttpResponse always, Millis delay = Millis{0});
    // For all other URLs. Without it: 404.
    void otherwise(Answer answer);
    // Never answers: the deadline ends it.
    void hang(const std::string& url);

    asio::awaitable<HttpResult> send(HttpRequest request) override;

    struct Sent {
        HttpRequest request;  // as it was sent to `request.url` (a redirect's target makes an entry of its own)
        WallTime at;
    };
    const std::vector<Sent>& log() const { return log_; }
    int times(const std::string& url) const;

private:
    struct Script {
        Answer answer;
        Millis delay{0};
        bool hangs = false;
    };
    asio::awaitable<HttpResult> one_hop(const HttpRequest& request, SteadyTime end);

    Clock& clock_;
    std::map<std::string, Script> scripts_;
    Answer otherwise_;
    std::map<std::string, int> times_;
    std::vector<Sent> log_;
};

// Answers for scripts.
HttpResponse answer_with(std::string body, std::vector<HttpHeader> headers = {}, int status = 200);
HttpResponse redirect_to(std::string location, int status = 302);
HttpFailure fail_with(HttpErrc code, HandedOver handed_over = HandedOver::nothing);

}  // namespace podbrief::testing
