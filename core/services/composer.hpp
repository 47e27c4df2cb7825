#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "core/briefs/compose.hpp"
#include "core/model/brief.hpp"
#include "core/model/reader.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/reader_store.hpp"
#include "core/ports/search_index.hpp"
#include "core/services/candidates.hpp"
#include "core/services/disputes.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

// Makes briefs. What does not depend on the reader is loaded once for all (Candidates); ranking and choosing is done by
// `workers`. What it is given must outlive it. Throws StoreFailure where the store fails, operation_aborted on
// cancellation; nothing is half written.
class Composer {
public:
    Composer(LibraryStore& library, ReaderStore& readers, const SearchIndex& index, Clock& clock,
             asio::any_io_executor workers);

    struct Composed {
        Brief brief;
        std::vector<InsightDetail> details;  // of its items
    };

    // A brief as of now, under the key of the slot it is for; nothing is stored. What briefs of other keys told is not
    // told again, unless those did not reach the reader (Brief::unsent).
    asio::awaitable<Composed> compose(Reader reader, std::string key);

    // Today's brief: the stored one, or a new one, which is stored unless it is empty. Two callers at once get the
    // same.
    asio::awaitable<Brief> brief_for(Reader reader);

    // What would be sent now, were there none yet today; nothing is stored.
    asio::awaitable<Brief> preview(Reader reader);

    // What briefs are chosen from at present; it tells how topics are written (CandidatePool::topic_shown).
    asio::awaitable<std::shared_ptr<const briefs::CandidatePool>> pool();

private:
    asio::awaitable<briefs::ComposeInput> gather(Reader reader, std::string key);

    LibraryStore& library_;
    ReaderStore& readers_;
    const SearchIndex& index_;
    Clock& clock_;
    asio::any_io_executor workers_;
    Candidates candidates_;
    KnownDisputes disputes_;
};

}  // namespace podbrief::services
