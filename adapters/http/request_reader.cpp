#include "adapters/http/request_reader.hpp"

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

std::string_view view(beast::string_view text) {
    return {text.data(), text.size()};
}

// RFC 9110: a name or an address, and a port; empty where the target has no authority.
bool is_host(std::string_view text) {
    constexpr std::string_view marks = ".-_~:[]%";
    return std::all_of(text.begin(), text.end(), [&](unsigned char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               marks.find(static_cast<char>(c)) != std::string_view::npos;
    });
}

class Parser final : public http::basic_parser<true> {
public:
    explicit Parser(RequestReader::Limits limits) : limits_(limits) {
        eager(true);
        header_limit(static_cast<std::uint32_t>(limits.header_bytes));
        body_limit(limits.body_bytes);
    }

    ServerRequest request;
    int refusal = 0;
    bool wishes_to_continue = false;

private:
    void on_request_impl(http::verb, beast::string_view method, beast::string_view target, int version,
                         error_code& failure) override {
        request.method = view(method);
        request.target = view(target);
        version_ = version;
        const auto visible = [](unsigned char c) { return c > 0x20 && c < 0x7F; };
        // Of the four forms of a target only a path is ours: one that names a host may name another than Host does.
        const bool path = target.starts_with('/');
        if (!path || !std::all_of(target.begin(), target.end(), visible)) refuse(400, failure);
    }

    void on_response_impl(int, beast::string_view, int, error_code&) override {}

    void on_field_impl(http::field, beast::string_view name, beast::string_view value, error_code& failure) override {
        // Behind the chunks: nobody who calls us has anything to add there, and some readers mix it with the header.
        if (is_header_done()) return refuse(400, failure);
        request.headers.push_back({std::string(view(name)), std::string(view(value))});
    }

    void on_header_impl(error_code& failure) override {
        int hosts = 0;
        int lengths = 0;
        for (const auto& header : request.headers) {
            if (beast::iequals(header.name, "Host")) {
                ++hosts;
                if (!is_host(header.value)) return refuse(400, failure);
            }
            if (beast::iequals(header.name, "Content-Length")) {
                ++lengths;
                if (header.value.find(',') != std::string::npos) return refuse(400, failure);
            }
            const bool chunked = beast::iequals(header.value, "chunked");
            if (beast::iequals(header.name, "Transfer-Encoding") && !chunked) return refuse(400, failure);
            const bool plain = beast::iequals(header.value, "identity");
            if (beast::iequals(header.name, "Content-Encoding") && !plain) return refuse(415, failure);
            if (beast::iequals(header.name, "Expect")) {
                wishes_to_continue = !is_done() && beast::iequals(header.value, "100-continue");
            }
        }
        if (lengths > 1 || hosts > 1 || (hosts == 0 && version_ >= 11)) return refuse(400, failure);
        if (chunked() && version_ < 11) return refuse(400, failure);
    }

    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}

    std::size_t on_body_impl(beast::string_view bytes, error_code& failure) override {
        if (bytes.size() > limits_.body_bytes - request.body.size()) {
            refuse(413, failure);
        } else {
            request.body.append(view(bytes));
        }
        return bytes.size();
    }

    void on_chunk_header_impl(std::uint64_t, beast::string_view, error_code&) override {}

    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view bytes, error_code& failure) override {
        return on_body_impl(bytes, failure);
    }

    void on_finish_impl(error_code&) override {}

    void refuse(int status, error_code& failure) {
        refusal = status;
        failure = http::error::bad_value;  // unseen: `refusal` goes up instead
    }

    RequestReader::Limits limits_;
    int version_ = 11;
};

}  // namespace

struct RequestReader::Impl {
    explicit Impl(Limits l) : limits(l), parser(l) {}

    Limits limits;
    Parser parser;
    std::string pending;
    char previous = 0;
    bool line_empty = true;
    bool head_over = false;
    std::size_t received = 0;

    int translate(const error_code& failure) const {
        if (parser.refusal != 0) return parser.refusal;
        if (failure == http::error::header_limit) return 431;
        if (failure == http::error::body_limit) return 413;
        return 400;
    }

    // A line feed alone ends a line for some readers. A line that starts with white space goes on with the one before:
    // Beast joins them, others do not.
    bool has_doubtful_line(std::string_view bytes) {
        for (const char c : bytes) {
            if (head_over) return false;
            if (c == '\n') {
                if (previous != '\r') return true;
                head_over = line_empty;
                line_empty = true;
            } else {
                if (previous == '\n' && (c == ' ' || c == '\t')) return true;
                if (c != '\r') line_empty = false;
            }
            previous = c;
        }
        return false;
    }
};

RequestReader::RequestReader(Limits limits) : impl_(std::make_unique<Impl>(limits)) {}
RequestReader::~RequestReader() = default;

int RequestReader::feed(std::string_view bytes) {
    auto& parser = impl_->parser;
    if (parser.is_done()) {
        impl_->pending.append(bytes);
        return 0;
    }
    impl_->received += bytes.size();
    if (impl_->has_doubtful_line(bytes)) return 400;
    if (const auto failure = feed_parser(parser, impl_->pending, bytes)) return impl_->translate(failure);
    if (parser.is_done()) return 0;
    if (!parser.is_header_done()) return impl_->received > impl_->limits.header_bytes ? 431 : 0;
    // Chunks count with all that is around them.
    const std::size_t most = impl_->limits.header_bytes + impl_->limits.body_bytes;
    const bool flooded =
        impl_->received > most || (parser.chunked() && impl_->pending.size() > impl_->limits.header_bytes);
    return flooded ? 413 : 0;
}

bool RequestReader::begun() const {
    return impl_->received > 0;
}
bool RequestReader::done() const {
    return impl_->parser.is_done();
}
bool RequestReader::keep_alive() const {
    return impl_->parser.is_done() && impl_->parser.keep_alive();
}
bool RequestReader::take_wish_to_continue() {
    return std::exchange(impl_->parser.wishes_to_continue, false);
}
ServerRequest RequestReader::take() {
    return std::move(impl_->parser.request);
}
std::string RequestReader::take_rest() {
    return std::exchange(impl_->pending, {});
}

}  // namespace podbrief::net
