// The three platforms in a process of their own, which lives on while the server under test is killed: the true log of
// what people see.
//
//   doubles_server [--seed N] [--trouble SHARE]
//
// Prints "port N". POST /call: wire_json.hpp. GET /log: all chats and counters. POST /calm: no trouble from now on.
// Ends with its standard input, so that it never outlives the test.
#include <CLI/CLI.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/system/system_error.hpp>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "adapters/http/server.hpp"
#include "adapters/system/real_clock.hpp"
#include "tests/crash/platforms.hpp"
#include "tests/crash/wire_json.hpp"

namespace podbrief::testing {
namespace {

using Json = nlohmann::json;

class Doubles {
public:
    Doubles(std::uint64_t seed, double share) : platforms_(clock_, seed), chance_(seed + 1), trouble_(chance_) {
        for (const auto kind : {FaultKind::reset, FaultKind::answer_lost, FaultKind::made_late, FaultKind::slow_answer,
                                FaultKind::limited, FaultKind::http_500, FaultKind::http_503, FaultKind::garbage_html,
                                FaultKind::internal_error, FaultKind::payload_refused}) {
            trouble_.set_chance(kind, share / 10);
        }
    }

    asio::awaitable<ServerResponse> handle(ServerRequest request) {
        const std::string path(request.path());
        if (path == "/call") return call(std::move(request));
        return answer_at_once(path);
    }
    Clock& clock() { return clock_; }

private:
    asio::awaitable<ServerResponse> answer_at_once(std::string path) {
        if (path == "/log") co_return text_response(200, log().dump(), "application/json");
        if (path != "/calm") co_return text_response(404, "no such thing\n");
        trouble_.calm();
        co_return text_response(200, "calm\n");
    }

    // The server closes a connection whose handler is cut off.
    [[noreturn]] static void hang_up() { throw boost::system::system_error(asio::error::operation_aborted); }

    asio::awaitable<ServerResponse> call(ServerRequest request) {
        const auto call = wire::call_from(request.body);
        Messenger* messenger = call ? platforms_.messenger(call->message.to.platform) : nullptr;
        if (messenger == nullptr) co_return text_response(400, "not a call\n");
        const Destination& to = call->message.to;
        PlatformModel& model = *platforms_.model(to.platform);
        if (model.chat(to.workspace, to.chat) == nullptr) model.add_chat(to.workspace, to.chat);

        const std::string op(to_string(call->op));
        Fault fault = trouble_.next(to.platform, op, clock_.wall_now());
        const auto carry_out = [&] { return carried_out(*messenger, *call); };
        switch (fault.kind) {
            case FaultKind::reset:
            case FaultKind::answer_lost:
                if (fault.made) co_await carry_out();
                hang_up();
            case FaultKind::made_late: {
                const Millis late{static_cast<std::int64_t>(chance_.below(3'000))};
                co_await clock_.sleep_for(call->message.deadline + late);
                co_await carry_out();
                hang_up();
            }
            case FaultKind::slow_answer: {
                const SendOutcome outcome = co_await carry_out();
                co_await clock_.sleep_for(Millis{static_cast<std::int64_t>(chance_.below(3'000))});
                co_return text_response(200, wire::to_json(outcome), "application/json");
            }
            case FaultKind::http_500:
            case FaultKind::http_503:
            case FaultKind::garbage_html:
                if (fault.made) co_await carry_out();
                co_return text_response(status_of(fault.kind), "<html>Oops</html>\n", "text/html");
            case FaultKind::none:
                break;
            default:  // the platform itself says so
                fault.delay = Millis{1'000 + static_cast<std::int64_t>(chance_.below(1'000))};
                fault.shape = RetryShape::integer;
                platforms_.trouble.order(fault, to.platform, op);
        }
        const SendOutcome outcome = co_await carry_out();
        co_return text_response(200, wire::to_json(outcome), "application/json");
    }

    static int status_of(FaultKind kind) {
        if (kind == FaultKind::garbage_html) return 200;
        return kind == FaultKind::http_500 ? 500 : 503;
    }

    static asio::awaitable<SendOutcome> carried_out(Messenger& messenger, const wire::Call& call) {
        OutgoingMessage message = call.message;
        message.deadline = Millis{60'000};  // how long the asker waits is the asker's business
        switch (call.op) {
            case Step::edit:
                return messenger.edit(std::move(message), call.message_ref);
            case Step::reserve:
                return messenger.reserve(std::move(message));
            case Step::find:
                return messenger.find(std::move(message), call.since);
            default:
                return messenger.post(std::move(message));
        }
    }

    Json log() {
        Json messages = Json::array();
        Json counters = Json::object();
        std::uint64_t faults = 0;
        for (const std::string platform : {"slack", "discord", "telegram"}) {
            PlatformModel& model = *platforms_.model(platform);
            model.for_each([&](const Chat& chat, const ChatMessage& message) {
                messages.push_back({{"platform", platform},
                                    {"workspace", chat.workspace},
                                    {"chat", chat.id},
                                    {"id", message.id},
                                    {"key", message.tag},
                                    {"text", message.text},
                                    {"placeholder", message.text == TelegramMessenger::placeholder},
                                    {"made_at_ms", to_ms(message.made_at)},
                                    {"edits", message.edits.size()},
                                    {"visible", message.visible()}});
            });
            const auto& c = model.counters();
            counters[platform] = {{"calls", c.calls}, {"made", c.messages_made}, {"limited", c.limited}};
        }
        faults = trouble_.faults_given();
        return {{"messages", std::move(messages)}, {"counters", std::move(counters)}, {"faults", faults}};
    }

    system::RealClock clock_;
    Platforms platforms_;
    Random chance_;
    Trouble trouble_;
};

int run(std::uint64_t seed, double share) {
    asio::io_context context;
    Doubles doubles(seed, share);
    net::ServerOptions options;
    options.max_connections = 4'096;
    options.message_deadline = Millis{60'000};
    net::Server server(context.get_executor(), doubles.clock(), options,
                       [&doubles](ServerRequest request) { return doubles.handle(std::move(request)); });
    std::printf("port %u\n", server.port());
    std::fflush(stdout);

    asio::cancellation_signal stop;
    asio::co_spawn(context, server.run(), asio::bind_cancellation_slot(stop.slot(), [](std::exception_ptr) {}));
    asio::posix::stream_descriptor input(context, ::dup(0));
    char byte = 0;
    input.async_read_some(asio::buffer(&byte, 1),
                          [&](auto, std::size_t) { stop.emit(asio::cancellation_type::terminal); });
    context.run();
    return 0;
}

}  // namespace
}  // namespace podbrief::testing

int main(int argc, char** argv) {
    std::uint64_t seed = 1;
    double share = 0;
    CLI::App options("Platform doubles for tests/crash");
    options.add_option("--seed", seed);
    options.add_option("--trouble", share, "share of calls that go wrong")->check(CLI::Range(0.0, 1.0));
    CLI11_PARSE(options, argc, argv);
    return podbrief::testing::run(seed, share);
}
