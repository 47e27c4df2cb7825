#pragma once
#include "adapters/doubles/fault.hpp"

namespace podbrief::doubles {

// Whether the platform gets to see such a call at all while somebody waits for its answer. (What breaks on the way
// there never gets so far as to be asked about.)
bool arrives(const Fault& fault);

// A call that arrives when whoever made it has given up: nobody is told what it is answered.
Call unheard(WallTime now, WallTime began);

}  // namespace podbrief::doubles
