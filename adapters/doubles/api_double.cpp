#include "adapters/doubles/api_double.hpp"

#include "adapters/doubles/arrival.hpp"

namespace podbrief::doubles {

asio::awaitable<void> ApiDouble::ready(const ServerRequest&) {
    co_return;
}

namespace {

constexpr Millis longer_than_any_client{120'000};

asio::awaitable<ServerResponse> or_500(asio::awaitable<std::optional<ServerResponse>> answer) {
    std::optional<ServerResponse> response = co_await std::move(answer);
    if (!response) co_return text_response(500, "");
    co_return std::move(*response);
}

}  // namespace

asio::awaitable<std::optional<ServerResponse>> answered(ApiDouble& api, Clock& clock, Trouble& trouble,
                                                        ServerRequest request) {
    Call call(clock.wall_now());
    call.fault = trouble.next(api.model().platform(), api.op_of(request), call.began);
    call.answer_travels = true;
    const Fault fault = call.fault;
    if (fault.kind == FaultKind::refused || fault.kind == FaultKind::half_written) co_return std::nullopt;
    if (fault.kind == FaultKind::made_late) {
        api.model().later(call.at + fault.delay, [&api, request, began = call.began](WallTime now) {
            api.answer(request, unheard(now, began));
        });
    }
    ApiDouble::Answer answer;
    if (fault.kind != FaultKind::connect_blackhole && arrives(fault)) {
        co_await api.ready(request);
        call.at = clock.wall_now();
        answer = api.answer(request, call);
    }
    if (fault.kind == FaultKind::reset || fault.kind == FaultKind::answer_lost) co_return std::nullopt;
    if (fault.kind == FaultKind::silent || fault.kind == FaultKind::connect_blackhole ||
        fault.kind == FaultKind::made_late) {
        co_await clock.sleep_for(longer_than_any_client);
        co_return std::nullopt;
    }
    if (fault.kind == FaultKind::slow_answer) co_await clock.sleep_for(fault.delay);
    if (answer.ticket != 0) api.model().told(answer.ticket, clock.wall_now());
    co_return std::move(answer.response);
}

ServerHandler handler_of(ApiDouble& api, Clock& clock, Trouble& trouble) {
    return [&api, &clock, &trouble](ServerRequest request) -> asio::awaitable<ServerResponse> {
        return or_500(answered(api, clock, trouble, std::move(request)));
    };
}

}  // namespace podbrief::doubles
