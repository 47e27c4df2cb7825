#include "adapters/http/response_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include "adapters/http/parser_feed.hpp"

namespace podbrief::net {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using beast::error_code;

constexpr int most_interim_answers = 8;
// Chunked bodies: what sizes, extensions and trailers may take, beside eight bytes for each of the body.
constexpr std::size_t chunk_overhead = 64 << 10;

std::string_view view(beast::string_view text) {
    return {text.data(), text.size()};
}

// Collects the header; hands the body on to the decoder.
class Parser final : public http::basic_parser<false> {
public:
    Parser(bool without_body, ResponseReader::Limits limits) : limits_(limits) {
        eager(true);
        skip(without_body);
        header_limit(static_cast<std::uint32_t>(limits.header_bytes));
        body_limit(boost::none);
    }

    int status = 0;
    std::vector<HttpHeader> headers;
    std::string body;
    std::size_t taken = 0;  // of the body, piece by piece
    std::optional<ReadProblem> problem;
    std::size_t raw_body_bytes = 0;
    bool encoded = false;

    std::optional<ReadProblem> finish_body() { return decoder_ ? decoder_->finish() : std::nullopt; }

private:
    void on_request_impl(http::verb, beast::string_view, beast::string_view, int, error_code&) override {}

    void on_response_impl(int code, beast::string_view, int, error_code& failure) override {
        status = code;
        if (code < 100) failure = http::error::bad_status;
    }

    void on_field_impl(http::field, beast::string_view name, beast::string_view value, error_code&) override {
        if (!is_header_done()) headers.push_back({std::string(view(name)), std::string(view(value))});
    }

    void on_header_impl(error_code& failure) override {
        std::string encodings;
        for (const auto& header : headers) {
            if (beast::iequals(header.name, "Transfer-Encoding") && !beast::iequals(header.value, "chunked")) {
                failure = http::error::bad_transfer_encoding;
                return;
            }
            if (beast::iequals(header.name, "Content-Encoding")) encodings += header.value + ",";
        }
        if (is_done()) return;
        auto chosen = choose_decoder(encodings);
        encoded = chosen.encoded;
        decoder_ = std::move(chosen.decoder);
        if (!decoder_) return fail(std::move(chosen.problem), failure);
        const auto length = content_length();
        if (!length) return;
        if (*length > limits_.body_bytes) return fail(too_large(limits_.body_bytes), failure);
        if (!encoded) body.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(*length, 1 << 20)));
    }

    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}

    std::size_t on_body_impl(beast::string_view bytes, error_code& failure) override {
        raw_body_bytes += bytes.size();
        if (auto found = decoder_->feed(view(bytes), body, limits_.body_bytes - taken)) {
            if (found->code == HttpErrc::too_large) found = too_large(limits_.body_bytes);
            fail(std::move(*found), failure);
        }
        return bytes.size();
    }

    void on_chunk_header_impl(std::uint64_t, beast::string_view, error_code&) override {}

    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view bytes, error_code& failure) override {
        return on_body_impl(bytes, failure);
    }

    void on_finish_impl(error_code&) override {}

    void fail(ReadProblem what, error_code& failure) {
        problem = std::move(what);
        failure = http::error::bad_value;  // unseen: `problem` goes up instead
    }

    ResponseReader::Limits limits_;
    std::unique_ptr<BodyDecoder> decoder_;
};

}  // namespace

struct ResponseReader::Impl {
    Impl(bool head, Limits l) : without_body(head), limits(l) { parser.emplace(without_body, limits); }

    bool without_body;
    Limits limits;
    std::optional<Parser> parser;
    std::string pending;
    std::size_t received = 0;
    int interim_answers = 0;

    std::optional<ReadProblem> translate(const error_code& failure) const {
        if (parser->problem) return parser->problem;
        if (failure == http::error::header_limit) return header_too_large();
        return ReadProblem{HttpErrc::malformed, "the answer is not valid HTTP (" + failure.message() + ")"};
    }

    // Told from the first bytes, so that nobody waits for another protocol to end its line.
    bool starts_like_http(std::string_view bytes) const {
        constexpr std::string_view start = "HTTP/1.";
        if (received >= start.size()) return true;
        const auto expected = start.substr(received);
        return bytes.substr(0, expected.size()) == expected.substr(0, bytes.size());
    }

    std::optional<ReadProblem> header_too_large() const {
        return ReadProblem{HttpErrc::too_large,
                           fmt::format("the header of the answer is larger than {} bytes", limits.header_bytes)};
    }

    // What is not body: header, chunk sizes and extensions, trailers, and what waits for the rest of its line.
    std::optional<ReadProblem> check_overhead() const {
        if (!parser->is_header_done() && received > limits.header_bytes) return header_too_large();
        if (parser->is_done()) return std::nullopt;
        const std::size_t allowed = limits.header_bytes + chunk_overhead + 8 * parser->raw_body_bytes;
        if (received - std::min(received, parser->raw_body_bytes) > allowed || pending.size() > limits.header_bytes) {
            return ReadProblem{HttpErrc::too_large, "the answer is more chunk headers than text"};
        }
        return std::nullopt;
    }
};

ResponseReader::ResponseReader(bool without_body, Limits limits)
    : impl_(std::make_unique<Impl>(without_body, limits)) {}
ResponseReader::~ResponseReader() = default;

std::optional<ReadProblem> ResponseReader::feed(std::string_view bytes) {
    if (!impl_->starts_like_http(bytes)) {
        return ReadProblem{HttpErrc::malformed, "the answer is not HTTP"};
    }
    impl_->received += bytes.size();
    std::string again;
    for (;;) {
        auto& parser = *impl_->parser;
        if (parser.is_done()) {
            impl_->pending.append(bytes);
            return std::nullopt;
        }
        if (const auto failure = feed_parser(parser, impl_->pending, bytes)) return impl_->translate(failure);
        if (auto problem = impl_->check_overhead()) return problem;
        if (!parser.is_done()) return std::nullopt;
        if (parser.status / 100 != 1) return parser.finish_body();
        if (parser.status == 101 || ++impl_->interim_answers > most_interim_answers) {
            return ReadProblem{HttpErrc::malformed, "the answer is not valid HTTP (unexpected interim answers)"};
        }
        again = std::exchange(impl_->pending, {});
        bytes = again;
        impl_->parser.emplace(impl_->without_body, impl_->limits);
        if (bytes.empty()) return std::nullopt;
    }
}

std::optional<ReadProblem> ResponseReader::end() {
    auto& parser = *impl_->parser;
    if (parser.is_done()) return std::nullopt;
    if (!parser.got_some()) {
        return ReadProblem{HttpErrc::connection_lost, "the connection was closed without an answer"};
    }
    error_code failure;
    parser.put_eof(failure);
    if (failure) return ReadProblem{HttpErrc::connection_lost, "the connection was closed in the middle of the answer"};
    return parser.finish_body();
}

bool ResponseReader::begun() const {
    return impl_->received > 0;
}
bool ResponseReader::header_done() const {
    return impl_->parser->is_header_done();
}
bool ResponseReader::done() const {
    return impl_->parser->is_done();
}
bool ResponseReader::encoded() const {
    return impl_->parser->encoded;
}
bool ResponseReader::keep_alive() const {
    return done() && impl_->pending.empty() && impl_->parser->keep_alive();
}
int ResponseReader::status() const {
    return impl_->parser->status;
}
std::vector<HttpHeader> ResponseReader::take_headers() {
    return std::move(impl_->parser->headers);
}
const std::vector<HttpHeader>& ResponseReader::headers() const {
    return impl_->parser->headers;
}
std::string ResponseReader::take_piece(std::size_t least) {
    Parser& parser = *impl_->parser;
    if (parser.body.size() < least) return {};
    parser.taken += parser.body.size();
    return std::exchange(parser.body, {});
}
std::string ResponseReader::take_body() {
    return std::move(impl_->parser->body);
}

}  // namespace podbrief::net
