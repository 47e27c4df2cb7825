#pragma once
#include <string>

// Compressed bodies for the tests of this room.
namespace podbrief::net::testing {

std::string gzip(const std::string& text);
std::string zlib_stream(const std::string& text);
std::string raw_deflate(const std::string& text);
std::string brotli(const std::string& text);

// A valid gzip stream of that many MiB of zeros.
std::string gzip_bomb(std::size_t mebibytes);

// Text that compresses, but not to nothing.
std::string sample_text(std::size_t size);

std::string chunked(const std::string& body, std::size_t step);

}  // namespace podbrief::net::testing
