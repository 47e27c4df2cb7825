#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace podbrief::bot {

// Tells when one of some files was changed or replaced since it was last asked.
class CertificateWatch {
public:
    explicit CertificateWatch(std::vector<std::filesystem::path> files) : files_(std::move(files)) { changed(); }
    bool changed();

private:
    std::vector<std::filesystem::path> files_;
    std::string known_;  // times and sizes
};

}  // namespace podbrief::bot
