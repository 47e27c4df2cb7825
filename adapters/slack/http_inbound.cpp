#include "adapters/slack/http_inbound.hpp"

#include <nlohmann/json.hpp>

#include "adapters/slack/verify.hpp"
#include "adapters/slack/wire.hpp"

namespace podbrief::slack {
namespace {

std::string_view outcome_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::stale:
            return "stale";
        case Verdict::forged:
            return "forged";
        default:
            return "unsigned";
    }
}

}  // namespace

std::optional<ServerResponse> HttpInbound::refuse(const ServerRequest& request) {
    if (request.method != "POST") {
        ServerResponse out = text_response(405, "POST only\n");
        out.headers.push_back({"Allow", "POST"});
        desk_.count("wrong_method");
        return out;
    }
    if (request.body.size() > longest_request) {
        desk_.count("oversized");
        return text_response(413, "too large\n");
    }
    const Verdict verdict = verify(request.headers, request.body, options_.signing_secrets, clock_.wall_now());
    if (verdict == Verdict::good) return std::nullopt;
    desk_.count(outcome_of(verdict));
    return text_response(401, "not signed by Slack\n");
}

asio::awaitable<ServerResponse> HttpInbound::take(Inbound inbound) {
    if (inbound.kind == Inbound::Kind::challenge) {
        desk_.count("probe");
        co_return text_response(200, inbound.text);
    }
    const Desk::Outcome outcome = co_await desk_.take(std::move(inbound));
    if (outcome.kind == Desk::Outcome::Kind::malformed) co_return text_response(400, "not understood\n");
    if (outcome.kind == Desk::Outcome::Kind::unavailable) co_return text_response(503, "not now\n");
    if (outcome.json.empty()) co_return ServerResponse{};
    co_return json_response(200, outcome.json);
}

asio::awaitable<ServerResponse> HttpInbound::events(ServerRequest request) {
    if (auto refused = refuse(request)) co_return std::move(*refused);
    const auto json = parse_json(request.body);
    Inbound inbound;
    inbound.kind = Inbound::Kind::malformed;
    if (json && json->is_object()) inbound = read_event(*json, clock_.wall_now());
    co_return co_await take(std::move(inbound));
}

asio::awaitable<ServerResponse> HttpInbound::commands(ServerRequest request) {
    if (auto refused = refuse(request)) co_return std::move(*refused);
    const auto fields = parse_form(request.body);
    Inbound inbound;
    inbound.kind = Inbound::Kind::malformed;
    if (fields) inbound = read_command(*fields, clock_.wall_now());
    co_return co_await take(std::move(inbound));
}

asio::awaitable<ServerResponse> HttpInbound::interactivity(ServerRequest request) {
    if (auto refused = refuse(request)) co_return std::move(*refused);
    const auto fields = parse_form(request.body);
    Inbound inbound;
    inbound.kind = Inbound::Kind::malformed;
    if (fields && form_value(*fields, "ssl_check") == "1") {
        inbound.kind = Inbound::Kind::probe;
    } else if (fields) {
        const auto json = parse_json(form_value(*fields, "payload"));
        if (json && json->is_object()) inbound = read_interaction(*json, clock_.wall_now());
    }
    co_return co_await take(std::move(inbound));
}

}  // namespace podbrief::slack
