#pragma once
#include <stdexcept>
#include <string>

namespace podbrief::bot {

// How podbrief ends, as in BSD's sysexits.h. Documented in README.md; scripts rely on them.
enum ExitCode : int {
    exit_ok = 0,
    exit_usage = 64,        // the command line is wrong
    exit_bad_data = 65,     // what was read is not what it should be: not a feed, a damaged store
    exit_no_input = 66,     // no such file, folder, reader or podcast
    exit_unavailable = 69,  // a server did not answer, or no feed could be fetched
    exit_internal = 70,     // a bug
    exit_cannot_create = 73,
    exit_io = 74,            // disk full, or failing
    exit_in_use = 75,        // another podbrief uses the store: try again later
    exit_config = 78,        // the configuration is wrong
    exit_interrupted = 130,  // stopped by SIGINT or SIGTERM before it was done; serve and chat end with 0
};

// Ends the command with one line for people (what, where, what to do) and a code.
class ExitError : public std::runtime_error {
public:
    ExitError(ExitCode code, const std::string& line) : std::runtime_error(line), code_(code) {}
    ExitCode code() const { return code_; }

private:
    ExitCode code_;
};

}  // namespace podbrief::bot
