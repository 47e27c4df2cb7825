#pragma once
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/body_decoder.hpp"
#include "core/ports/http_client.hpp"

namespace podbrief::net {

// Bytes to one HTTP/1.1 answer. Does no input or output, so it can be fed byte by byte. Interim answers (1xx) are
// passed over. Once a problem was returned, the reader is of no more use.
class ResponseReader {
public:
    struct Limits {
        std::size_t header_bytes = 64 << 10;  // of all header lines, interim answers and trailers included
        std::size_t body_bytes = 32 << 20;    // decoded
    };

    // `without_body`: the answer to a HEAD request.
    ResponseReader(bool without_body, Limits limits);
    ~ResponseReader();

    std::optional<ReadProblem> feed(std::string_view bytes);
    // The other side has properly closed the stream: the end of a body without a length, a fault anywhere else.
    std::optional<ReadProblem> end();

    bool begun() const;  // any byte came
    bool header_done() const;
    bool done() const;
    bool encoded() const;     // after the header: the body is compressed
    bool keep_alive() const;  // after the end: the connection can take another request
    int status() const;
    std::vector<HttpHeader> take_headers();
    const std::vector<HttpHeader>& headers() const;
    std::string take_body();
    // What of the body has come since it was last asked for, when that is at least `least` bytes; else nothing.
    std::string take_piece(std::size_t least);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace podbrief::net
