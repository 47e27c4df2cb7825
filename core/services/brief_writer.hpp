#pragma once
#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "core/model/brief.hpp"
#include "core/model/delivery.hpp"
#include "core/model/reader.hpp"
#include "core/model/reply.hpp"
#include "core/ports/error.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

// What a brief is to be written for.
struct BriefOrder {
    Reader reader;
    Slot slot;                             // its key is the brief's local_date, its due_at the time it is for
    std::vector<std::string> undelivered;  // keys of earlier briefs that did not reach the reader: this one says so
};

struct BriefDraft {
    Brief brief;  // not stored by the writer
    Reply reply;  // the same, to be read
};

// Writes the brief of one slot. Errors: unavailable, timed_out (try again, or let another write it). Throws
// StoreFailure where the store fails, operation_aborted on cancellation.
class BriefWriter {
public:
    virtual ~BriefWriter() = default;
    virtual asio::awaitable<Result<BriefDraft>> write(BriefOrder order) = 0;
};

}  // namespace podbrief::services
