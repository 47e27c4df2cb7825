#include "bot/bench/child.hpp"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "bot/exit_codes.hpp"

namespace podbrief::bot::bench {
namespace {

constexpr int patience_ms = 10'000;  // with a child that was asked to end
constexpr int step_ms = 20;

void write_line(int socket, const std::string& line) {
    const std::string bytes = line + "\n";
    std::size_t done = 0;
    while (done < bytes.size()) {
        const auto count = ::send(socket, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
        if (count <= 0) return;  // whoever waits for a line hears that the other one ended
        done += static_cast<std::size_t>(count);
    }
}

// Empty: none came in time, or the other one ended.
std::string read_line(int socket, int limit_ms) {
    std::string line;
    for (;;) {
        pollfd there{socket, POLLIN, 0};
        if (::poll(&there, 1, limit_ms) <= 0) return {};
        char one = 0;
        if (::recv(socket, &one, 1, 0) <= 0) return {};
        if (one == '\n') return line;
        line += one;
    }
}

[[noreturn]] void run_child(int socket, int parent, const std::function<int(const Child::Talk&)>& work) {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (::getppid() != parent) std::_Exit(exit_interrupted);
    Child::Talk talk;
    talk.hear = [socket] { return read_line(socket, patience_ms); };
    talk.say = [socket](const std::string& line) { write_line(socket, line); };
    int code = exit_internal;
    try {
        code = work(talk);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "podbrief: %s\n", error.what());
    }
    std::fflush(nullptr);
    std::_Exit(code);
}

}  // namespace

Child::Child(const std::function<int(const Talk&)>& work) {
    int pair[2];
    std::fflush(nullptr);
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
        throw ExitError(exit_unavailable, "cannot make a second process: no sockets are left");
    }
    const int parent = ::getpid();
    process_ = ::fork();
    if (process_ == 0) {
        ::close(pair[0]);
        run_child(pair[1], parent, work);
    }
    ::close(pair[1]);
    socket_ = pair[0];
    if (process_ < 0) {
        ::close(socket_);
        throw ExitError(exit_unavailable, "cannot make a second process: the machine has no room for one");
    }
}

Child::~Child() {
    ::kill(process_, SIGTERM);
    int waited = 0;
    while (::waitpid(process_, nullptr, WNOHANG) == 0) {
        if (waited >= patience_ms) {
            ::kill(process_, SIGKILL);
            ::waitpid(process_, nullptr, 0);
            break;
        }
        ::poll(nullptr, 0, step_ms);
        waited += step_ms;
    }
    ::close(socket_);
}

void Child::say(const std::string& line) const {
    write_line(socket_, line);
}

std::string Child::hear(int limit_s) const {
    std::string line = read_line(socket_, limit_s * 1000);
    if (line.empty()) throw ExitError(exit_unavailable, "the server that was to be measured did not start");
    return line;
}

}  // namespace podbrief::bot::bench
