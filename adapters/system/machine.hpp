#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstddef>
#include <cstdint>
#include <string>

namespace podbrief::system {

namespace asio = boost::asio;

// A seed from the operating system, for the one Random that App hands down.
std::uint64_t random_seed();

// This machine's name (without its domain, 40 characters at most) and this process's number: who did something, for
// people who look.
std::string host_name();
int process_id();

// Peak and current resident memory of this process, bytes; 0 where the system does not tell.
struct Memory {
    std::uint64_t resident = 0;
    std::uint64_t peak = 0;
};
Memory memory_in_use();

// How many files, sockets among them, this process may have open; its own limit is first raised as far as the system
// lets it.
std::size_t raise_open_files();

// Columns of the terminal on standard output; `otherwise` when it is none.
int terminal_width(int otherwise);
bool output_is_terminal();
bool input_is_terminal();
bool errors_are_terminal();

// Threads for what computes (extraction, parsing of large feeds) and for what waits on files.
class WorkerPool {
public:
    explicit WorkerPool(std::size_t threads) : pool_(threads) {}
    ~WorkerPool();
    asio::any_io_executor executor() { return pool_.get_executor(); }

private:
    asio::thread_pool pool_;
};

// As many as the machine has cores, at least one.
std::size_t core_count();

}  // namespace podbrief::system
