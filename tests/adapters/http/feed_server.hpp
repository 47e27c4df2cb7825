#pragma once
#include <sys/types.h>

#include <filesystem>
#include <string>

#include "tests/support/files.hpp"

namespace podbrief::net::testing {

// The fault-mode server of the shared data (its README lists the modes), as a child process on a free port, with a
// small site of its own. Ended, and waited for, when the object goes. Throws std::runtime_error when it does not start.
class FeedServer {
public:
    explicit FeedServer(const std::filesystem::path& data);
    ~FeedServer();
    FeedServer(const FeedServer&) = delete;
    FeedServer& operator=(const FeedServer&) = delete;

    std::string url(const std::string& path) const { return base_ + path; }
    std::string fault(const std::string& mode, const std::string& path) const {
        return base_ + "/fault/" + mode + path;
    }
    std::string file(const std::string& path) const;  // as it is on disk, with the server's own address in it

private:
    podbrief::testing::TemporaryFolder site_;
    std::string base_;
    pid_t child_ = -1;
};

}  // namespace podbrief::net::testing
