#include "tests/adapters/http/bytes.hpp"

#include <brotli/encode.h>
#include <fmt/format.h>
#include <zlib.h>

#include <stdexcept>
#include <vector>

namespace podbrief::net::testing {
namespace {

// Compresses `times` copies of `piece` as one stream.
std::string deflated(const std::string& piece, std::size_t times, int window, int level) {
    z_stream stream{};
    if (deflateInit2(&stream, level, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::runtime_error("zlib");
    }
    std::string out;
    std::vector<unsigned char> step(64 * 1024);
    for (std::size_t i = 0; i < times; ++i) {
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
        stream.avail_in = static_cast<uInt>(piece.size());
        do {
            stream.next_out = step.data();
            stream.avail_out = static_cast<uInt>(step.size());
            deflate(&stream, i + 1 == times ? Z_FINISH : Z_NO_FLUSH);
            out.append(reinterpret_cast<char*>(step.data()), step.size() - stream.avail_out);
        } while (stream.avail_out == 0);
    }
    deflateEnd(&stream);
    return out;
}

}  // namespace

std::string gzip(const std::string& text) {
    return deflated(text, 1, 15 + 16, 6);
}
std::string zlib_stream(const std::string& text) {
    return deflated(text, 1, 15, 6);
}
std::string raw_deflate(const std::string& text) {
    return deflated(text, 1, -15, 6);
}

std::string brotli(const std::string& text) {
    std::size_t size = BrotliEncoderMaxCompressedSize(text.size()) + 64;
    std::string out(size, '\0');
    if (BrotliEncoderCompress(5, 22, BROTLI_MODE_GENERIC, text.size(),
                              reinterpret_cast<const unsigned char*>(text.data()), &size,
                              reinterpret_cast<unsigned char*>(out.data())) == 0) {
        throw std::runtime_error("brotli");
    }
    out.resize(size);
    return out;
}

std::string gzip_bomb(std::size_t mebibytes) {
    return deflated(std::string(1 << 20, '\0'), mebibytes, 15 + 16, Z_BEST_SPEED);
}

std::string sample_text(std::size_t size) {
    std::string out;
    for (unsigned i = 0; out.size() < size; ++i) out += fmt::format("line {} of {:x}\n", i, i * 2654435761u);
    out.resize(size);
    return out;
}

std::string chunked(const std::string& body, std::size_t step) {
    std::string out;
    for (std::size_t at = 0; at < body.size(); at += step) {
        const auto piece = body.substr(at, step);
        out += fmt::format("{:x}\r\n{}\r\n", piece.size(), piece);
    }
    return out + "0\r\n\r\n";
}

}  // namespace podbrief::net::testing
