#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/http/server.hpp"

namespace podbrief::net {

// Bytes to one HTTP/1.1 request. Does no input or output. Strict: what two readers could take for different requests
// (two lengths, two hosts, folded headers, bare line feeds) is refused.
class RequestReader {
public:
    struct Limits {
        std::size_t header_bytes = 16 << 10;
        std::size_t body_bytes = 1 << 20;
    };
    explicit RequestReader(Limits limits);
    ~RequestReader();

    // 0 while all is well; otherwise the status to refuse the request with, and the reader is of no more use.
    int feed(std::string_view bytes);

    bool begun() const;  // any byte came
    bool done() const;
    bool keep_alive() const;       // after the end
    bool take_wish_to_continue();  // true once, when the sender waits for "100 Continue" before the body
    ServerRequest take();          // after the end
    std::string take_rest();       // after the end: what came behind the request

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace podbrief::net
