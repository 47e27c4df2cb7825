#include "bot/certificate_watch.hpp"

namespace podbrief::bot {

bool CertificateWatch::changed() {
    std::string now;
    for (const std::filesystem::path& file : files_) {
        std::error_code absent;
        const auto written = std::filesystem::last_write_time(file, absent);
        const auto size = std::filesystem::file_size(file, absent);
        now += std::to_string(written.time_since_epoch().count()) + " " + std::to_string(size) + "\n";
    }
    const bool is_new = now != known_;
    known_ = std::move(now);
    return is_new;
}

}  // namespace podbrief::bot
