#include "tests/support/files.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace podbrief::testing {

namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
    std::string pattern = (fs::temp_directory_path() / "podbrief-test-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a temporary folder");
    path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

std::string read_file(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + file.string());
    std::ostringstream out;
    out << in.rdbuf();
    return std::move(out).str();
}

void write_file(const fs::path& file, std::string_view bytes) {
    fs::create_directories(file.parent_path());
    std::ofstream out(file, std::ios::binary);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!out) throw std::runtime_error("cannot write " + file.string());
}

fs::path source_folder() {
    return PODBRIEF_SOURCE_DIR;
}

fs::path test_data(const std::string& name) {
    return source_folder() / "tests" / "data" / name;
}

std::optional<fs::path> shared_data(const std::string& name) {
    const char* configured = std::getenv("PODBRIEF_DATA");
    const fs::path root =
        configured != nullptr ? fs::path(configured) : source_folder().parent_path() / "shared" / "data";
    if (!fs::exists(root / name)) return std::nullopt;
    return root / name;
}

}  // namespace podbrief::testing
