#include "adapters/discord/http_inbound.hpp"

#include <nlohmann/json.hpp>

#include "adapters/discord/limits.hpp"
#include "adapters/discord/verify.hpp"
#include "adapters/discord/wire.hpp"

namespace podbrief::discord {
namespace {

const char* name_of(Signature signature) {
    switch (signature) {
        case Signature::good:
            return "good";
        case Signature::missing:
            return "missing";
        case Signature::stale:
            return "stale";
        case Signature::bad:
            return "bad";
    }
    return "";
}

}  // namespace

asio::awaitable<ServerResponse> HttpInbound::handle(ServerRequest request) {
    if (request.method != "POST") co_return text_response(405, "POST only\n");
    if (request.body.size() > limits::inbound_bytes) co_return text_response(413, "too large\n");
    if (find_header(request.headers, "Content-Encoding") != nullptr) co_return text_response(415, "not compressed\n");
    const Signature signature = check_signature(public_keys_, request.headers, request.body, clock_.wall_now());
    metrics_.count("discord_signatures_total", name_of(signature), 1);
    // Discord itself sends wrong ones from time to time, to see that they are refused.
    if (signature != Signature::good) co_return text_response(401, "invalid request signature\n");
    Json body;
    if (!read_json(request.body, body)) {
        metrics_.count("discord_interactions_total", "malformed", 1);
        co_return text_response(400, "not an interaction\n");
    }
    const Callback callback = co_await interactions_.handle(body);
    if (callback.status != 200) {
        log_.warning("discord interaction refused", {{"status", std::to_string(callback.status)}});
        co_return text_response(callback.status, callback.status == 503 ? "try again\n" : "not an interaction\n");
    }
    ServerResponse answer = text_response(200, callback.json, "application/json");
    co_return answer;
}

}  // namespace podbrief::discord
