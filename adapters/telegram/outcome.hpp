#pragma once
#include "adapters/telegram/api.hpp"
#include "core/ports/messenger.hpp"

namespace podbrief::telegram {

// What an answer to sendMessage or editMessageText, or none, means for a delivery (design: RELIABILITY.md (b)): decided
// by what was written and what the platform says, never by the name of an exception. Pure.
SendOutcome classify(Step step, const Called& called, const Destination& to);

}  // namespace podbrief::telegram
