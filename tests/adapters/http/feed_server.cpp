#include "tests/adapters/http/feed_server.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>
#include <vector>

namespace podbrief::net::testing {
namespace {

struct Child {
    pid_t id = -1;
    int output = -1;
};

Child start(std::vector<std::string> arguments) {
    int pipe_ends[2];
    if (::pipe2(pipe_ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
    std::vector<char*> pointers;
    for (auto& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    Child child;
    child.id = ::fork();
    if (child.id == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // does not outlive a test that crashes
        ::dup2(pipe_ends[1], STDOUT_FILENO);
        ::execvp(pointers[0], pointers.data());
        ::_exit(127);
    }
    ::close(pipe_ends[1]);
    child.output = pipe_ends[0];
    if (child.id < 0) throw std::runtime_error("cannot start " + arguments[0]);
    return child;
}

std::string read_line(int fd) {
    std::string line;
    char byte = 0;
    while (::read(fd, &byte, 1) == 1 && byte != '\n') line += byte;
    return line;
}

}  // namespace

FeedServer::FeedServer(const std::filesystem::path& data) {
    const auto site = site_.path().string();
    const Child generator = start({"python3", (data / "gen_feeds.py").string(), "--out", site, "--limit", "3"});
    while (!read_line(generator.output).empty()) {
    }
    ::close(generator.output);
    int status = 0;
    ::waitpid(generator.id, &status, 0);
    if (status != 0) throw std::runtime_error("gen_feeds.py failed");

    const Child server = start({"python3", (data / "serve.py").string(), "--root", site, "--port", "0"});
    child_ = server.id;
    const std::string line = read_line(server.output);  // listening on http://127.0.0.1:port
    ::close(server.output);
    const auto at = line.find("http://");
    if (at == std::string::npos) throw std::runtime_error("serve.py did not start");
    base_ = line.substr(at);
}

FeedServer::~FeedServer() {
    if (child_ <= 0) return;
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
}

std::string FeedServer::file(const std::string& path) const {
    std::string text = podbrief::testing::read_file(site_.path() / path.substr(1));
    const std::string baked = "http://127.0.0.1:8099";
    for (auto at = text.find(baked); at != std::string::npos; at = text.find(baked, at + base_.size())) {
        text.replace(at, baked.size(), base_);
    }
    return text;
}

}  // namespace podbrief::net::testing
