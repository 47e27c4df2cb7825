#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <string>
#include <vector>

#include "core/ports/error.hpp"

namespace podbrief {

namespace asio = boost::asio;

// Folders of our own beside the store, for work that takes long and is not to be begun again after a crash: large
// files, and what was paid for. Names are of letters, digits, '.', '-' and '_', and begin with a letter or digit.
// Errors: not_found, too_large, refused (such a name), unavailable (disk full, no permission).
class ScratchFiles {
public:
    virtual ~ScratchFiles() = default;
    virtual asio::awaitable<std::vector<std::string>> folders() = 0;
    // Names of the files of a folder, sorted; none where there is no such folder.
    virtual asio::awaitable<std::vector<std::string>> files(std::string folder) = 0;
    // Writes a file as a whole; once it returns, the file is there after a crash too.
    virtual asio::awaitable<Result<void>> put(std::string folder, std::string name, std::string bytes) = 0;
    // Adds to a file's end, for what may be lost in a crash.
    virtual asio::awaitable<Result<void>> append(std::string folder, std::string name, std::string bytes) = 0;
    virtual asio::awaitable<Result<std::string>> read(std::string folder, std::string name, std::size_t max_bytes) = 0;
    virtual asio::awaitable<Result<void>> rename(std::string folder, std::string from, std::string to) = 0;
    virtual asio::awaitable<void> remove(std::string folder, std::string name) = 0;
    virtual asio::awaitable<void> remove_folder(std::string folder) = 0;
    // Where a file is or would be, for programs that are given paths.
    virtual std::string path(const std::string& folder, const std::string& name) const = 0;
};

}  // namespace podbrief
