#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/ports/error.hpp"

namespace podbrief {

namespace asio = boost::asio;

struct LocalFile {
    std::string path;  // absolute
    std::string name;  // without folders
    std::uint64_t bytes = 0;
    std::int64_t modified_ms = 0;
};

// Files of the operator's own machine: folders of transcripts, feeds saved to disk. Paths come from the operator only,
// never from a feed. Errors: not_found, refused (no permission), too_large, unavailable.
class LocalFiles {
public:
    virtual ~LocalFiles() = default;
    virtual asio::awaitable<Result<bool>> is_folder(std::string path) = 0;
    // Regular files of a folder and those below it (4 levels, 10,000 files at most), by path.
    virtual asio::awaitable<Result<std::vector<LocalFile>>> list(std::string folder) = 0;
    virtual asio::awaitable<Result<std::string>> read(std::string path, std::size_t max_bytes) = 0;
    // The first bytes, at most `bytes`.
    virtual asio::awaitable<Result<std::string>> read_head(std::string path, std::size_t bytes) = 0;
};

}  // namespace podbrief
