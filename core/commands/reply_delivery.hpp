#pragma once
#include <string>
#include <vector>

#include "core/model/reply.hpp"

namespace podbrief::commands {

// What is to be said before a brief that we send by ourselves.
struct Opening {
    std::string due;                       // "08:00", when it was due and is late; empty: in time
    std::vector<std::string> undelivered;  // keys of earlier briefs that did not reach the reader
    std::string shown_by;                  // key of one of those that is stored; empty: none is
};

// Puts it before all else.
void open_with(Reply& reply, const Opening& opening);

}  // namespace podbrief::commands
