#include "adapters/system/machine.hpp"

#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <string>
#include <thread>

namespace podbrief::system {

std::uint64_t random_seed() {
    std::random_device device;
    return (static_cast<std::uint64_t>(device()) << 32) ^ device();
}

std::string host_name() {
    char name[256] = {};
    if (gethostname(name, sizeof name - 1) != 0 || name[0] == '\0') return "podbrief";
    const std::string host = name;
    return host.substr(0, std::min<std::size_t>(host.find('.'), 40));
}

int process_id() {
    return getpid();
}

Memory memory_in_use() {
    Memory memory;
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        const auto kib = [&line] { return std::stoull(line.substr(line.find(':') + 1)) * 1024; };
        if (line.starts_with("VmRSS:")) memory.resident = kib();
        if (line.starts_with("VmHWM:")) memory.peak = kib();
    }
    return memory;
}

std::size_t raise_open_files() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 256;
    const rlim_t before = limit.rlim_cur;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0) return before;
    return limit.rlim_cur;
}

int terminal_width(int otherwise) {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    return otherwise;
}

bool output_is_terminal() {
    return isatty(STDOUT_FILENO) == 1;
}
bool input_is_terminal() {
    return isatty(STDIN_FILENO) == 1;
}
bool errors_are_terminal() {
    return isatty(STDERR_FILENO) == 1;
}

WorkerPool::~WorkerPool() {
    pool_.stop();
    pool_.join();
}

std::size_t core_count() {
    return std::max(1u, std::thread::hardware_concurrency());
}

}  // namespace podbrief::system
