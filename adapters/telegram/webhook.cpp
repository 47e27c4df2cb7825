#include "adapters/telegram/webhook.hpp"

#include "adapters/telegram/limits.hpp"
#include "adapters/telegram/verify.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::telegram {
namespace {

constexpr const char* requests = "podbrief_telegram_webhook_requests_total";

bool is_json(const ServerRequest& request) {
    const std::string* type = find_header(request.headers, "Content-Type");
    if (type == nullptr) return false;
    const std::string media = text::to_lower(type->substr(0, type->find(';')));
    return text::collapse_white_space(media) == "application/json";
}

bool is_compressed(const ServerRequest& request) {
    const std::string* encoding = find_header(request.headers, "Content-Encoding");
    return encoding != nullptr && text::to_lower(*encoding) != "identity";
}

}  // namespace

ServerResponse Webhook::refuse(int status, const char* why) {
    metrics_.count(requests, why);
    return text_response(status, std::string(why) + "\n");
}

asio::awaitable<ServerResponse> Webhook::handle(ServerRequest request) {
    if (request.method != "POST") co_return refuse(405, "only POST");
    if (request.body.size() > longest_update) co_return refuse(413, "too large");
    if (!is_from_telegram(request.headers, secrets_)) co_return refuse(401, "unsigned");
    if (!is_json(request) || is_compressed(request)) co_return refuse(415, "not plain JSON");
    auto update = parse_update(request.body);
    if (!update) co_return refuse(400, "malformed");
    if (!identity_.bot()) co_return refuse(503, "not ready");
    const bool kept = co_await receiver_.take(std::move(*update));
    if (!kept) co_return refuse(503, "unavailable");
    metrics_.count(requests, "taken");
    ServerResponse taken;
    co_return taken;
}

}  // namespace podbrief::telegram
