#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <unordered_map>

#include "core/briefs/tzif.hpp"
#include "core/briefs/zones.hpp"
#include "core/text/digest.hpp"

// Files are read here rather than through Howard Hinnant's library, which keeps what it read first: an update of tzdata
// must reach a server that runs. The library remains the judge in the tests.

namespace podbrief::briefs {
namespace {

constexpr std::size_t largest_file = 1 << 20;

std::string bytes_of(const std::string& path) {
    std::error_code none;
    if (!std::filesystem::is_regular_file(path, none)) return {};
    std::ifstream file(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    return bytes.size() > largest_file ? std::string{} : bytes;
}

bool may_name_a_zone(std::string_view name) {
    if (name.empty() || name.size() > 64 || name.front() == '/' || name.back() == '/') return false;
    if (name.starts_with("posix/") || name.starts_with("right/")) return false;
    if (name == "posixrules" || name == "localtime" || name == "Factory") return false;
    return std::all_of(name.begin(), name.end(), [](unsigned char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '_' ||
               c == '-' || c == '+';
    });
}

struct NameHash : std::hash<std::string_view> {
    using is_transparent = void;
};

class FolderZones : public Zones {
public:
    explicit FolderZones(std::string folder) : folder_(std::move(folder)), version_(version_now()) {}

    std::shared_ptr<const Zone> find(std::string_view name) const override {
        const std::lock_guard lock(mutex_);
        if (const auto known = zones_.find(name); known != zones_.end()) return known->second;
        auto zone = read(name);
        // Names that are none are not kept: they come from outside, and there is no end to them.
        if (zone) zones_.emplace(name, zone);
        return zone;
    }

    std::string version() const override {
        const std::lock_guard lock(mutex_);
        return version_;
    }

    bool refresh() override {
        // Reading and hashing it all is for when something was written.
        const std::string stamp = stamp_now();
        {
            const std::lock_guard lock(mutex_);
            if (!stamp.empty() && stamp == stamp_) return false;
        }
        std::string version = version_now();
        const std::lock_guard lock(mutex_);
        stamp_ = stamp;
        if (version == version_) return false;
        version_ = std::move(version);
        zones_.clear();
        return true;
    }

private:
    std::shared_ptr<const Zone> read(std::string_view name) const {
        if (name == "UTC") return std::make_shared<const Zone>();
        if (!may_name_a_zone(name)) return nullptr;
        auto zone = parse_tzif(bytes_of(folder_ + "/" + std::string(name)));
        return zone ? std::make_shared<const Zone>(std::move(*zone)) : nullptr;
    }

    // When the source of the rules was written, and its size; empty where it is not installed.
    std::string stamp_now() const {
        const std::filesystem::path source = folder_ + "/tzdata.zi";
        std::error_code failed;
        const auto size = std::filesystem::file_size(source, failed);
        if (failed) return {};
        const auto time = std::filesystem::last_write_time(source, failed);
        return failed ? std::string{} : fmt::format("{} {}", size, time.time_since_epoch().count());
    }

    // "2025b-0123456789ab": the release, and a hash, since distributions patch without a new release. Where the source
    // of the rules is not installed, the files' sizes and times must do.
    std::string version_now() const {
        std::string source = bytes_of(folder_ + "/tzdata.zi");
        std::string release = "unknown";
        if (source.empty()) {
            std::vector<std::string> files;
            std::error_code failed;
            for (std::filesystem::recursive_directory_iterator at(folder_, failed), end; !failed && at != end;
                 at.increment(failed)) {
                std::error_code none;
                const auto size = at->is_regular_file(none) ? at->file_size(none) : 0;
                const auto time = at->last_write_time(none).time_since_epoch().count();
                files.push_back(fmt::format("{} {} {}\n", at->path().string(), size, time));
            }
            std::sort(files.begin(), files.end());
            for (const std::string& file : files) source += file;
        } else if (constexpr std::string_view begin = "# version "; source.starts_with(begin)) {
            release = source.substr(begin.size(), std::min<std::size_t>(source.find('\n') - begin.size(), 20));
        }
        return release + "-" + text::sha256_hex(source).substr(0, 12);
    }

    const std::string folder_;
    mutable std::mutex mutex_;
    mutable std::unordered_map<std::string, std::shared_ptr<const Zone>, NameHash, std::equal_to<>> zones_;
    std::string version_;
    std::string stamp_;
};

}  // namespace

std::unique_ptr<Zones> zones_in(std::string folder) {
    return std::make_unique<FolderZones>(std::move(folder));
}

Zones& system_zones() {
    static FolderZones zones("/usr/share/zoneinfo");
    return zones;
}

}  // namespace podbrief::briefs
