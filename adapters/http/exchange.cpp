#include "adapters/http/exchange.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/asio/error.hpp>

namespace podbrief::net {
namespace {

// A compressed answer is read in small steps, so that undoing one step never holds up the other coroutines for long.
constexpr std::size_t plain_step = 32 * 1024;
constexpr std::size_t encoded_step = 4 * 1024;
// What is passed on at once, so that whoever writes it to a disk does not do so for every packet.
constexpr std::size_t piece_size = 256 * 1024;

bool will_follow(const ResponseReader& reader, bool follows_redirects) {
    return follows_redirects && reader.header_done() && is_redirect(reader.status()) &&
           find_header(reader.headers(), "Location") != nullptr;
}

bool passes_on(const ResponseReader& reader, const Listening& listening) {
    return listening.take_piece != nullptr && reader.header_done() && reader.status() == 200;
}

}  // namespace

HttpFailure Progress::failure(HttpErrc code, const std::string& cause) const {
    HttpFailure out;
    out.code = code;
    out.bytes_handed_over = handed;
    out.handed_over = handed > 0 || touched ? HandedOver::maybe_executed : HandedOver::nothing;
    out.detail = host.empty() ? cause : host + ": " + cause;
    return out;
}

std::string_view to_words(Progress::Stage stage) {
    switch (stage) {
        case Progress::Stage::waiting_for_turn:
            return "waiting for other requests to the same host";
        case Progress::Stage::looking_up:
            return "looking up the host name";
        case Progress::Stage::connecting:
            return "connecting";
        case Progress::Stage::sending:
            return "sending the request";
        case Progress::Stage::waiting_for_answer:
            return "waiting for the answer";
        case Progress::Stage::reading:
            return "reading the answer";
    }
    return "";
}

asio::awaitable<ReplyResult> talk(Connection& connection, const Outgoing& request, Listening listening,
                                  Progress& progress) {
    progress.stage = Progress::Stage::sending;
    const std::string wire = wire_form(request);
    const auto written = co_await connection.write(wire, progress.handed);
    // A server that refuses a large body may answer before it has all of it, and close: the answer is what counts.
    progress.stage = Progress::Stage::waiting_for_answer;
    ResponseReader reader(request.method == "HEAD", listening.limits);
    const auto buffer = std::make_unique<std::array<char, plain_step>>();
    while (!reader.done() && !will_follow(reader, listening.follows_redirects)) {
        const std::span<char> space(buffer->data(), reader.encoded() ? encoded_step : plain_step);
        const auto count = co_await connection.read_some(space);
        std::optional<ReadProblem> problem;
        if (count) {
            progress.stage = Progress::Stage::reading;
            problem = reader.feed({buffer->data(), *count});
        } else if (count.error() == asio::error::eof) {
            problem = reader.end();
        } else {
            problem = ReadProblem{HttpErrc::connection_lost, "the connection was lost before the answer was whole (" +
                                                                 count.error().message() + ")"};
        }
        if (problem && !written && !reader.begun()) {
            problem = ReadProblem{HttpErrc::connection_lost, "the connection was lost while the request was sent (" +
                                                                 written.error().message() + ")"};
        }
        if (problem) co_return progress.failure(problem->code, problem->detail);
        if (!passes_on(reader, listening)) continue;
        std::string piece = reader.take_piece(reader.done() ? 0 : piece_size);
        if (piece.empty()) continue;
        const bool wanted = co_await (*listening.take_piece)(std::move(piece));
        if (!wanted) co_return progress.failure(HttpErrc::called_off, "no more of the answer was wanted");
    }
    Reply reply;
    reply.reusable = written.has_value() && reader.keep_alive();
    reply.response.status = reader.status();
    reply.response.headers = reader.take_headers();
    reply.response.body = reader.take_body();
    reply.response.url = request.url.text();
    co_return reply;
}

}  // namespace podbrief::net
