#include "adapters/system/child_process.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>

#include "core/async/with_timeout.hpp"

namespace podbrief::system {
namespace {

constexpr int lower_priority = 10;

// A file descriptor that is closed in the end.
class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { reset(); }
    int get() const { return fd_; }
    int release() { return std::exchange(fd_, -1); }
    void reset() {
        if (fd_ >= 0) ::close(fd_);
        fd_ = -1;
    }

private:
    int fd_;
};

// A child that does not outlive this object.
class Child {
public:
    explicit Child(pid_t pid) : pid_(pid) {}
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        if (pid_ <= 0) return;
        ::kill(pid_, SIGKILL);
        reap();
    }
    pid_t pid() const { return pid_; }
    // Waits for its end, which has come or is coming at once.
    int reap() {
        int status = 0;
        while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
        pid_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

private:
    pid_t pid_;
};

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> out;
    for (std::string& text : texts) out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

// 0: it could not be started.
pid_t spawn(const ChildCommand& command, int output) {
    std::vector<std::string> words = {command.program};
    words.insert(words.end(), command.arguments.begin(), command.arguments.end());
    std::vector<std::string> environment = {"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C", "HOME=/nonexistent"};
    auto argv = pointers_to(words);
    auto envp = pointers_to(environment);
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
    ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
    // What is ours stays ours, whatever library forgot O_CLOEXEC.
    ::posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    // In a group of its own, so that Ctrl-C reaches us alone; with signals as a fresh program has them.
    sigset_t none;
    sigset_t all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setsigdefault(&attributes, &all);
    ::posix_spawnattr_setpgroup(&attributes, 0);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    pid_t pid = 0;
    const int failed = ::posix_spawn(&pid, command.program.c_str(), &actions, &attributes, argv.data(), envp.data());
    ::posix_spawn_file_actions_destroy(&actions);
    ::posix_spawnattr_destroy(&attributes);
    if (failed != 0) return 0;
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(pid), lower_priority);
    return pid;
}

// Reads until nobody writes any more, then waits until the child has ended. All that is referred to is the caller's,
// who waits.
asio::awaitable<Result<ChildEnd>> watch(Child& child, asio::posix::stream_descriptor& output,
                                        asio::posix::stream_descriptor& ended, std::size_t most) {
    ChildEnd end;
    const auto buffer = std::make_unique<std::array<char, 16 * 1024>>();
    for (;;) {
        const auto [error, count] =
            co_await output.async_read_some(asio::buffer(*buffer), asio::as_tuple(asio::use_awaitable));
        if (error == asio::error::operation_aborted) throw boost::system::system_error(error);
        if (error) break;
        end.output.append(buffer->data(), std::min(count, most - end.output.size()));
    }
    co_await ended.async_wait(asio::posix::stream_descriptor::wait_read, asio::use_awaitable);
    end.code = child.reap();
    co_return end;
}

}  // namespace

asio::awaitable<Result<ChildEnd>> run_child(Clock& clock, ChildCommand command) {
    const auto executor = co_await asio::this_coro::executor;
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0) co_return Errc::unavailable;
    Descriptor reading(ends[0]);
    Descriptor writing(ends[1]);
    const pid_t pid = spawn(command, writing.get());
    writing.reset();
    if (pid == 0) co_return Errc::unavailable;
    Child child(pid);
    Descriptor pidfd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    if (pidfd.get() < 0) co_return Errc::unavailable;
    asio::posix::stream_descriptor output(executor, reading.release());
    asio::posix::stream_descriptor ended(executor, pidfd.release());
    co_return co_await with_timeout(clock, command.deadline, watch(child, output, ended, command.most_output));
}

}  // namespace podbrief::system
