#include "tests/doubles/model/http_bridge.hpp"

#include <algorithm>

#include "adapters/doubles/arrival.hpp"

namespace podbrief::testing {
namespace {

constexpr Millis connect_timeout{5'000};

std::string host_of(const std::string& url) {
    const auto begin = url.find("://");
    if (begin == std::string::npos) return {};
    const auto end = url.find_first_of("/?#", begin + 3);
    return url.substr(begin + 3, end == std::string::npos ? end : end - begin - 3);
}

HttpFailure failed(const HttpRequest& request, HttpErrc code, HandedOver handed_over, const char* cause) {
    HttpFailure out;
    out.code = code;
    out.handed_over = handed_over;
    out.bytes_handed_over = handed_over == HandedOver::nothing ? 0 : 100;
    out.detail = host_of(request.url) + ": " + cause;
    return out;
}

HttpFailure not_begun(const HttpRequest& request, HttpErrc code, const char* cause) {
    return failed(request, code, HandedOver::nothing, cause);
}
HttpFailure unanswered(const HttpRequest& request, HttpErrc code, const char* cause) {
    return failed(request, code, HandedOver::maybe_executed, cause);
}

HttpResult as_result(const HttpRequest& request, ServerResponse response) {
    if (response.body.size() > request.max_body_bytes)
        return unanswered(request, HttpErrc::too_large, "answer too large");
    HttpResponse out;
    out.status = response.status;
    out.headers = std::move(response.headers);
    if (request.method != "HEAD") out.body = std::move(response.body);
    out.url = request.url;
    return out;
}

}  // namespace

ServerRequest as_server_request(const HttpRequest& request) {
    ServerRequest out;
    out.method = request.method;
    const auto host = request.url.find("://");
    const auto path = host == std::string::npos ? 0 : request.url.find_first_of("/?#", host + 3);
    out.target = path == std::string::npos ? "/" : request.url.substr(path, request.url.find('#') - path);
    if (out.target.empty() || out.target.front() != '/') out.target.insert(0, "/");
    out.headers = request.headers;
    if (find_header(out.headers, "Host") == nullptr) out.headers.push_back({"Host", host_of(request.url)});
    out.body = request.body;
    out.remote_address = "127.0.0.1";
    return out;
}

const HttpBridge::End* HttpBridge::end_of(const std::string& url) const {
    const End* best = nullptr;
    for (const End& end : ends_) {
        if (url.starts_with(end.prefix) && (best == nullptr || best->prefix.size() < end.prefix.size())) best = &end;
    }
    return best;
}

asio::awaitable<HttpResult> HttpBridge::send(HttpRequest request) {
    const End* end = end_of(request.url);
    if (end == nullptr) co_return not_begun(request, HttpErrc::resolve_failed, "nobody is there");
    if (end->api != nullptr) co_return co_await carry(*end->api, std::move(request));
    if (request.may_begin && !request.may_begin()) co_return not_begun(request, HttpErrc::called_off, "called off");
    sent_.push_back(request);
    sent_.back().may_begin = nullptr;
    ServerRequest arrived = as_server_request(request);
    ServerHandler handler = end->handler;
    ServerResponse response;
    try {
        response = co_await handler(std::move(arrived));
    } catch (const boost::system::system_error& error) {
        if (error.code() == asio::error::operation_aborted) throw;
        response = text_response(500, "failed\n");
    } catch (const std::exception&) {
        response = text_response(500, "failed\n");
    }
    co_return as_result(request, std::move(response));
}

asio::awaitable<HttpResult> HttpBridge::carry(ApiDouble& api, HttpRequest request) {
    const SteadyTime end = clock_.steady_now() + request.deadline;
    const auto left = [&] { return std::max(Millis{0}, Millis{end - clock_.steady_now()}); };
    const ServerRequest arrived = as_server_request(request);
    const Fault fault = trouble_.next(api.model().platform(), api.op_of(arrived), clock_.wall_now());
    const Millis latency = trouble_.latency();

    if (fault.kind == FaultKind::refused) {
        co_await clock_.sleep_for(std::min(latency, left()));
        co_return not_begun(request, HttpErrc::connect_failed, "connection refused");
    }
    if (fault.kind == FaultKind::connect_blackhole) {
        co_await clock_.sleep_for(std::min(connect_timeout, left()));
        co_return not_begun(request, HttpErrc::timed_out, "no connection in time");
    }
    if (left() == Millis{0}) co_return not_begun(request, HttpErrc::timed_out, "no time left");
    if (request.may_begin && !request.may_begin()) co_return not_begun(request, HttpErrc::called_off, "called off");
    sent_.push_back(request);
    sent_.back().may_begin = nullptr;

    Call call(clock_.wall_now());
    call.fault = fault;
    call.answer_travels = true;
    if (fault.kind == FaultKind::half_written) {
        co_await clock_.sleep_for(std::min(latency / 2, left()));
        co_return unanswered(request, HttpErrc::connection_lost, "connection reset while writing");
    }
    ApiDouble::Answer answer;
    if (arrives(fault)) {
        co_await api.ready(arrived);
        call.at = clock_.wall_now();
        answer = api.answer(arrived, call);
    } else if (fault.kind == FaultKind::made_late) {
        const auto late = [&api, arrived, began = call.began](WallTime now) {
            api.answer(arrived, unheard(now, began));
        };
        api.model().later(clock_.wall_now() + left() + fault.delay, late);
    }
    const Millis back = latency + (fault.kind == FaultKind::slow_answer ? fault.delay : Millis{0});
    if (fault.kind == FaultKind::silent || fault.kind == FaultKind::made_late || back > left()) {
        co_await clock_.sleep_for(left());
        co_return unanswered(request, HttpErrc::timed_out, "no answer in time");
    }
    co_await clock_.sleep_for(back);
    if (fault.kind == FaultKind::reset) co_return unanswered(request, HttpErrc::connection_lost, "connection reset");
    if (fault.kind == FaultKind::answer_lost)
        co_return unanswered(request, HttpErrc::connection_lost, "connection closed before the answer");
    if (answer.ticket != 0) api.model().told(answer.ticket, clock_.wall_now());
    co_return as_result(request, std::move(answer.response));
}

}  // namespace podbrief::testing
