#pragma once
#include <string>

#include "core/model/reader.hpp"

namespace CLI {
class App;
}

namespace podbrief::bot {

// What can be said of a reader on the command line. Empty: leave as it is.
struct ReaderOptions {
    std::string topics;  // separated by commas; replaces the followed ones
    std::string zone;
    std::string at;     // "8:00"
    std::string quiet;  // "22:00-07:00", "off"
};

void add_reader_options(CLI::App& command, ReaderOptions& options);
// Throws ExitError(exit_usage) on what cannot be understood.
void check(const ReaderOptions& options);
// True when something changed. `options` must have been checked.
bool apply(const ReaderOptions& options, Reader& reader);

}  // namespace podbrief::bot
