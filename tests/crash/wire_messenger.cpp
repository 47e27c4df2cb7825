#include "tests/crash/wire_messenger.hpp"

#include "tests/crash/wire_json.hpp"
#include "tests/doubles/model/outcome.hpp"

namespace podbrief::testing {
namespace {

SendOutcome outcome_of(Step op, const HttpResult& answer) {
    if (!answer) return classify(op, NoAnswer{answer.error().handed_over, answer.error().detail});
    if (answer->status != 200) return unclear(op, "HTTP " + std::to_string(answer->status));
    if (auto outcome = wire::outcome_from(answer->body)) return std::move(*outcome);
    return unclear(op, "an answer that cannot be read");
}

}  // namespace

asio::awaitable<SendOutcome> WireMessenger::call(Step op, OutgoingMessage message, std::string message_ref,
                                                 WallTime since) {
    HttpRequest request;
    request.method = "POST";
    request.url = base_ + "/call";
    request.deadline = message.deadline;
    request.max_redirects = 0;
    request.may_begin = message.may_begin;
    const wire::Call call{op, std::move(message), std::move(message_ref), since};
    request.body = wire::to_json(call);
    const HttpResult answer = co_await http_.send(std::move(request));
    co_return outcome_of(op, answer);
}

asio::awaitable<SendOutcome> WireMessenger::post(OutgoingMessage message) {
    return call(Step::post, std::move(message), {}, {});
}

asio::awaitable<SendOutcome> WireMessenger::edit(OutgoingMessage message, std::string message_ref) {
    return call(Step::edit, std::move(message), std::move(message_ref), {});
}

asio::awaitable<SendOutcome> WireMessenger::reserve(OutgoingMessage message) {
    return call(Step::reserve, std::move(message), {}, {});
}

asio::awaitable<SendOutcome> WireMessenger::find(OutgoingMessage message, WallTime since) {
    return call(Step::find, std::move(message), {}, since);
}

}  // namespace podbrief::testing
