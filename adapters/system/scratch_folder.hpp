#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <filesystem>

#include "core/ports/scratch_files.hpp"

namespace podbrief::system {

// ScratchFiles below one folder of the disk, which is made when it is first written to, for its owner alone. Blocking
// work is done on `pool`.
class ScratchFolder final : public ScratchFiles {
public:
    ScratchFolder(asio::any_io_executor pool, std::filesystem::path root)
        : pool_(std::move(pool)), root_(std::move(root)) {}

    asio::awaitable<std::vector<std::string>> folders() override;
    asio::awaitable<std::vector<std::string>> files(std::string folder) override;
    asio::awaitable<Result<void>> put(std::string folder, std::string name, std::string bytes) override;
    asio::awaitable<Result<void>> append(std::string folder, std::string name, std::string bytes) override;
    asio::awaitable<Result<std::string>> read(std::string folder, std::string name, std::size_t max_bytes) override;
    asio::awaitable<Result<void>> rename(std::string folder, std::string from, std::string to) override;
    asio::awaitable<void> remove(std::string folder, std::string name) override;
    asio::awaitable<void> remove_folder(std::string folder) override;
    std::string path(const std::string& folder, const std::string& name) const override;

private:
    asio::any_io_executor pool_;
    std::filesystem::path root_;
};

}  // namespace podbrief::system
