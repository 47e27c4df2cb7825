#include "bot/bench/agreeable_platform.hpp"

#include <fmt/format.h>

#include <memory>

namespace podbrief::bot::bench {
namespace {

// Each platform reads its own fields of it.
std::string done(std::int64_t number) {
    return fmt::format(
        "{{\"ok\":true,\"ts\":\"1700000000.{0:06}\",\"channel\":\"D0\",\"user\":{{}},\"id\":\"{1}\","
        "\"result\":{{\"message_id\":{0},\"date\":1700000000,\"id\":123456,\"is_bot\":true,\"first_name\":\"podbrief\","
        "\"username\":\"podbrief_bot\"}}}}",
        number, 1'200'000'000'000'000'000 + number);
}

asio::awaitable<ServerResponse> answer(std::int64_t number) {
    co_return json_response(200, done(number));
}

}  // namespace

ServerHandler agreeable_platform(std::function<void(const std::string& path, const std::string& body)> called) {
    auto number = std::make_shared<std::int64_t>(0);
    return [called = std::move(called), number](const ServerRequest& request) {
        called(std::string(request.path()), request.body);
        return answer(++*number);
    };
}

}  // namespace podbrief::bot::bench
