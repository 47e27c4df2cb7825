#include "adapters/doubles/arrival.hpp"

namespace podbrief::doubles {

bool arrives(const Fault& fault) {
    switch (fault.kind) {
        case FaultKind::silent:
        case FaultKind::reset:
        case FaultKind::answer_lost:
            return fault.made;
        case FaultKind::made_late:
            return false;
        default:
            return true;
    }
}

Call unheard(WallTime now, WallTime began) {
    Call call(now);
    call.began = began;
    call.answer_travels = true;
    return call;
}

}  // namespace podbrief::doubles
