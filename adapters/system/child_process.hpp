#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <string>
#include <vector>

#include "core/ports/clock.hpp"
#include "core/ports/error.hpp"

namespace podbrief::system {

namespace asio = boost::asio;

struct ChildCommand {
    std::string program;                 // absolute path; no shell is asked
    std::vector<std::string> arguments;  // without the program's own name
    Millis deadline{60'000};             // then it is killed
    std::size_t most_output = 4 << 20;   // bytes kept of what it writes; what is beyond is read and dropped
};

struct ChildEnd {
    int code = 0;        // as it exited; -1: a signal ended it
    std::string output;  // of both its streams, as it came
};

// Runs a program to its end, with nothing to read, an environment of its own (PATH and the C locale) and a lower
// priority. Errors: unavailable (it cannot be started), timed_out. Cancellation: kills it, throws operation_aborted.
// Whatever happens, it has ended when this returns.
asio::awaitable<Result<ChildEnd>> run_child(Clock& clock, ChildCommand command);

}  // namespace podbrief::system
