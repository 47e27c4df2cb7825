#pragma once
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

#include "bot/exit_codes.hpp"

namespace podbrief::bot {

// A folder that goes with the command that made it.
class Scratch {
public:
    Scratch() {
        std::string pattern = (std::filesystem::temp_directory_path() / "podbrief-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) {
            throw ExitError(exit_cannot_create, "cannot make a temporary folder: check TMPDIR and its free space");
        }
        path_ = pattern;
    }
    ~Scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace podbrief::bot
