#include "tests/doubles/scripted_http.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>

namespace podbrief::testing {
namespace {

namespace urls = boost::urls;

HttpFailure failure(const std::string& url, HttpErrc code, const std::string& cause, HandedOver handed_over) {
    const auto parsed = urls::parse_uri(url);
    HttpFailure out;
    out.code = code;
    out.handed_over = handed_over;
    out.bytes_handed_over = handed_over == HandedOver::nothing ? 0 : 100;
    out.detail =
        (parsed ? std::string(parsed->encoded_host().data(), parsed->encoded_host().size()) + ": " : "") + cause;
    return out;
}

bool is_http(const std::string& url) {
    const auto parsed = urls::parse_uri(url);
    return parsed && (parsed->scheme_id() == urls::scheme::http || parsed->scheme_id() == urls::scheme::https) &&
           !parsed->encoded_host().empty();
}

std::optional<std::string> joined(const std::string& base, const std::string& location) {
    const auto from = urls::parse_uri(base);
    const auto to = urls::parse_uri_reference(location);
    urls::url out;
    if (!from || !to || !urls::resolve(*from, *to, out)) return std::nullopt;
    return std::string(out.data(), out.size());
}

}  // namespace

void ScriptedHttp::on(const std::string& url, Answer answer, Millis delay) {
    scripts_[url] = Script{std::move(answer), delay, false};
}

void ScriptedHttp::on(const std::string& url, HttpResponse always, Millis delay) {
    on(url, [always](const HttpRequest&, int) -> HttpResult { return always; }, delay);
}

void ScriptedHttp::otherwise(Answer answer) {
    otherwise_ = std::move(answer);
}

void ScriptedHttp::hang(const std::string& url) {
    scripts_[url] = Script{nullptr, Millis{0}, true};
}

int ScriptedHttp::times(const std::string& url) const {
    const auto found = times_.find(url);
    return found == times_.end() ? 0 : found->second;
}

asio::awaitable<HttpResult> ScriptedHttp::send(HttpRequest request) {
    const SteadyTime end = clock_.steady_now() + request.deadline;
    std::vector<HttpRedirect> redirects;
    for (;;) {
        if (!is_http(request.url)) {
            co_return failure(request.url, HttpErrc::bad_url, "not an http(s) URL", HandedOver::nothing);
        }
        HttpResult result = co_await one_hop(request, end);
        if (!result) co_return result;
        const std::string* location = find_header(result->headers, "Location");
        const int status = result->status;
        const bool leads_on = status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
        if (!leads_on || location == nullptr || request.max_redirects <= 0) {
            result->url = request.url;
            result->redirects = std::move(redirects);
            co_return result;
        }
        if (redirects.size() >= static_cast<std::size_t>(request.max_redirects)) {
            co_return failure(request.url, HttpErrc::too_many_redirects, "sends on too often",
                              HandedOver::maybe_executed);
        }
        const auto next = joined(request.url, *location);
        if (!next || !is_http(*next)) {
            co_return failure(request.url, next ? HttpErrc::blocked : HttpErrc::malformed,
                              "sends on to an unusable address", HandedOver::maybe_executed);
        }
        if (request.method == "POST" && status < 304) {
            request.method = "GET";
            request.body.clear();
        }
        redirects.push_back({status, request.url, *next});
        request.url = *next;
    }
}

asio::awaitable<HttpResult> ScriptedHttp::one_hop(const HttpRequest& request, SteadyTime end) {
    if (request.may_begin && !request.may_begin()) {
        co_return failure(request.url, HttpErrc::called_off, "called off before it was sent", HandedOver::nothing);
    }
    log_.push_back(Sent{request, clock_.wall_now()});
    const int nth = ++times_[request.url];
    const auto found = scripts_.find(request.url);
    const Script script = found != scripts_.end() ? found->second : Script{otherwise_, Millis{0}, false};

    const auto left = std::chrono::duration_cast<Millis>(end - clock_.steady_now());
    if (script.hangs || script.delay >= left) {
        co_await clock_.sleep_for(left);
        co_return failure(request.url, HttpErrc::timed_out, "took too long", HandedOver::maybe_executed);
    }
    co_await clock_.sleep_for(script.delay);
    HttpResult result = script.answer ? script.answer(request, nth) : HttpResult(answer_with("not found\n", {}, 404));
    if (result && result->body.size() > request.max_body_bytes) {
        co_return failure(request.url, HttpErrc::too_large, "answer too large", HandedOver::maybe_executed);
    }
    if (result && request.method == "HEAD") result->body.clear();
    if (result && request.take_piece && result->status == 200) {
        constexpr std::size_t piece_size = 1000;
        const std::string body = std::exchange(result->body, {});
        for (std::size_t at = 0; at < body.size(); at += piece_size) {
            std::string piece = body.substr(at, piece_size);
            const bool wanted = co_await request.take_piece(std::move(piece));
            if (!wanted) co_return failure(request.url, HttpErrc::called_off, "no more", HandedOver::maybe_executed);
        }
    }
    if (!result && result.error().detail.empty()) {
        HttpFailure told = result.error();
        told.detail = failure(request.url, told.code, std::string(to_string(told.code)), told.handed_over).detail;
        co_return told;
    }
    co_return result;
}

HttpResponse answer_with(std::string body, std::vector<HttpHeader> headers, int status) {
    HttpResponse out;
    out.status = status;
    out.headers = std::move(headers);
    out.body = std::move(body);
    return out;
}

HttpResponse redirect_to(std::string location, int status) {
    return answer_with("", {{"Location", std::move(location)}}, status);
}

HttpFailure fail_with(HttpErrc code, HandedOver handed_over) {
    HttpFailure out;
    out.code = code;
    out.handed_over = handed_over;
    return out;
}

}  // namespace podbrief::testing
