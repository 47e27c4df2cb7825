#pragma once
#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/doubles/wire_answer.hpp"
#include "core/ports/http_client.hpp"
#include "core/ports/http_server.hpp"
#include "tests/doubles/model/exchange.hpp"

namespace podbrief::testing {

// The path and query of an absolute address.
inline std::string target_of(const std::string& url) {
    const auto host = url.find("://");
    const auto path = url.find('/', host == std::string::npos ? 0 : host + 3);
    return path == std::string::npos ? "/" : url.substr(path);
}

inline ServerRequest arrived(HttpRequest request) {
    ServerRequest out;
    out.method = std::move(request.method);
    out.target = target_of(request.url);
    out.headers = std::move(request.headers);
    out.body = std::move(request.body);
    out.remote_address = "127.0.0.1";
    return out;
}

// HttpClient that hands requests to the double of a platform in this process, as slow and as badly as `line.trouble`
// says. Link tests_platform_models.
class HttpBridge final : public HttpClient {
public:
    // Answers one call; `call` says when it came and what goes wrong with it. May be called after the client gave up.
    using Handler = std::function<WireAnswer(const ServerRequest&, const Call&)>;
    // What Trouble calls the request: "post", "edit", "reserve", "find", or a word of its own.
    using Operation = std::function<std::string(const ServerRequest&)>;

    HttpBridge(PlatformModel& model, Line line, Handler handler, Operation operation)
        : model_(model), line_(std::move(line)), handler_(std::move(handler)), operation_(std::move(operation)) {}

    asio::awaitable<HttpResult> send(HttpRequest request) override {
        const std::string url = request.url;
        const std::function<bool()> may_begin = std::move(request.may_begin);
        const SteadyTime end = line_.clock.steady_now() + request.deadline;
        ServerRequest sent = arrived(std::move(request));
        requests.push_back(sent);
        const std::string op = operation_(sent);
        std::function<WireAnswer(const Call&)> deliver = [this, sent = std::move(sent)](const Call& call) {
            return handler_(sent, call);
        };
        const Journey journey{op, end, may_begin};
        const Exchanged<WireAnswer> result = co_await exchange<WireAnswer>(line_, model_, journey, std::move(deliver));
        if (const auto* none = std::get_if<NoAnswer>(&result)) {
            HttpFailure failure;
            failure.handed_over = none->handed_over;
            failure.bytes_handed_over = none->handed_over == HandedOver::nothing ? 0 : 1;
            failure.code = failure_code(*none);
            failure.detail = none->reason;
            co_return failure;
        }
        const ServerResponse& answer = std::get<WireAnswer>(result).response;
        HttpResponse response;
        response.status = answer.status;
        response.headers = answer.headers;
        response.body = answer.body;
        response.url = url;
        co_return response;
    }

    std::vector<ServerRequest> requests;  // as they were to be sent, in order; whether they left or not

private:
    static HttpErrc failure_code(const NoAnswer& none) {
        if (none.reason == "not ours to send any more") return HttpErrc::called_off;
        if (none.reason == "no answer in time" || none.reason == "no time left") return HttpErrc::timed_out;
        return none.handed_over == HandedOver::nothing ? HttpErrc::connect_failed : HttpErrc::connection_lost;
    }

    PlatformModel& model_;
    Line line_;
    Handler handler_;
    Operation operation_;
};

// HttpClient of a platform that calls us: hands requests to our own routes by their path. Others are not there.
class RouteBridge final : public HttpClient {
public:
    void add(std::string path, ServerHandler handler) { routes_.emplace_back(std::move(path), std::move(handler)); }

    asio::awaitable<HttpResult> send(HttpRequest request) override {
        const std::string url = request.url;
        ServerRequest sent = arrived(std::move(request));
        const std::string path(sent.path());
        const auto route =
            std::find_if(routes_.begin(), routes_.end(), [&](const auto& one) { return one.first == path; });
        if (route == routes_.end()) {
            HttpFailure failure;
            failure.code = HttpErrc::connect_failed;
            failure.detail = "nobody is at " + path;
            co_return failure;
        }
        const ServerResponse answer = co_await route->second(std::move(sent));
        HttpResponse response;
        response.status = answer.status;
        response.headers = answer.headers;
        response.body = answer.body;
        response.url = url;
        co_return response;
    }

private:
    std::vector<std::pair<std::string, ServerHandler>> routes_;
};

}  // namespace podbrief::testing
