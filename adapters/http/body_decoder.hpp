#pragma once
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/ports/http_client.hpp"

namespace podbrief::net {

// What is wrong with an answer, without the host (whoever reads it adds that).
struct ReadProblem {
    HttpErrc code = HttpErrc::malformed;
    std::string detail;
};

ReadProblem too_large(std::size_t limit);

// Undoes one content encoding while the bytes come in.
class BodyDecoder {
public:
    virtual ~BodyDecoder() = default;
    // Appends to `out`, up to `limit` bytes in all; beyond is too_large. Broken data is malformed.
    virtual std::optional<ReadProblem> feed(std::string_view encoded, std::string& out, std::size_t limit) = 0;
    // After the last byte: malformed when the stream is not at its end. No byte at all is an empty body.
    virtual std::optional<ReadProblem> finish() = 0;
};

struct ChosenDecoder {
    std::unique_ptr<BodyDecoder> decoder;  // null: `problem`
    bool encoded = false;                  // false: the bytes are passed on as they are
    ReadProblem problem;
};
// For the value of Content-Encoding (empty: none): gzip, deflate (zlib or raw), br; one layer only. Unknown words that
// servers put there by mistake ("utf-8", "none") change nothing.
ChosenDecoder choose_decoder(std::string_view content_encoding);

}  // namespace podbrief::net
