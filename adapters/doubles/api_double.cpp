#include "adapters/doubles/api_double.hpp"

namespace podbrief::doubles {

asio::awaitable<void> ApiDouble::ready(const ServerRequest&) {
    co_return;
}

namespace {

constexpr Millis longer_than_any_client{120'000};

asio::awaitable<ServerResponse> served(ApiDouble& api, Clock& clock, Trouble& trouble, ServerRequest request) {
    Call call(clock.wall_now());
    call.fault = trouble.next(api.model().platform(), api.op_of(request), call.began);
    const FaultKind kind = call.fault.kind;
    const bool nothing_arrives = kind == FaultKind::refused || kind == FaultKind::connect_blackhole ||
                                 kind == FaultKind::half_written || kind == FaultKind::made_late;
    const bool no_answer =
        nothing_arrives || kind == FaultKind::silent || kind == FaultKind::reset || kind == FaultKind::answer_lost;
    ApiDouble::Answer answer;
    if (!no_answer || (call.fault.made && !nothing_arrives)) {
        co_await api.ready(request);
        call.at = clock.wall_now();
        answer = api.answer(request, call);
    }
    if (kind == FaultKind::silent || kind == FaultKind::connect_blackhole)
        co_await clock.sleep_for(longer_than_any_client);
    if (kind == FaultKind::slow_answer) co_await clock.sleep_for(call.fault.delay);
    if (no_answer) co_return text_response(500, "");
    if (answer.ticket != 0) api.model().told(answer.ticket, clock.wall_now());
    co_return std::move(answer.response);
}

}  // namespace

ServerHandler handler_of(ApiDouble& api, Clock& clock, Trouble& trouble) {
    return [&api, &clock, &trouble](ServerRequest request) { return served(api, clock, trouble, std::move(request)); };
}

}  // namespace podbrief::doubles
