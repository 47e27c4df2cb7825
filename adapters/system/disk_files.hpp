#pragma once
#include <boost/asio/any_io_executor.hpp>

#include "core/ports/local_files.hpp"

namespace podbrief::system {

// LocalFiles on the machine's disk; the work is done on `pool`, never on the caller's thread.
class DiskFiles final : public LocalFiles {
public:
    explicit DiskFiles(asio::any_io_executor pool) : pool_(std::move(pool)) {}
    asio::awaitable<Result<bool>> is_folder(std::string path) override;
    asio::awaitable<Result<std::vector<LocalFile>>> list(std::string folder) override;
    asio::awaitable<Result<std::string>> read(std::string path, std::size_t max_bytes) override;
    asio::awaitable<Result<std::string>> read_head(std::string path, std::size_t bytes) override;

private:
    asio::any_io_executor pool_;
};

}  // namespace podbrief::system
