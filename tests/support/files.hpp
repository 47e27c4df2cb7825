#pragma once
#include <filesystem>
#include <optional>
#include <string>

namespace podbrief::testing {

// A folder that is removed, with all in it, when the object goes.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

std::string read_file(const std::filesystem::path& file);
void write_file(const std::filesystem::path& file, std::string_view bytes);  // makes the folders above it

std::filesystem::path source_folder();  // of this repository

// tests/data/<name> of this repository.
std::filesystem::path test_data(const std::string& name);

// <name> in the data folder that developers keep beside the checkout (or in $PODBRIEF_DATA); nullopt where it is
// absent, as on a user's machine: the test then skips with a clear line.
std::optional<std::filesystem::path> shared_data(const std::string& name);

}  // namespace podbrief::testing
