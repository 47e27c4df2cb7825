#pragma once
#include <boost/asio/awaitable.hpp>

#include "core/briefs/compose.hpp"
#include "core/model/brief.hpp"
#include "core/model/reader.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/reader_store.hpp"
#include "core/ports/search_index.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

// Makes the brief of a reader's local day. What it is given must outlive it. Throws StoreFailure where the store
// fails, operation_aborted on cancellation; nothing is half written.
class Composer {
public:
    Composer(LibraryStore& library, ReaderStore& readers, const SearchIndex& index, Clock& clock);

    // Today's brief: the stored one, or a new one, which is stored unless it is empty. Two callers at once get the
    // same.
    asio::awaitable<Brief> brief_for(Reader reader);

    // What would be sent now, were there none yet today; nothing is stored.
    asio::awaitable<Brief> preview(Reader reader);

private:
    asio::awaitable<briefs::ComposeInput> gather(Reader reader, WallTime now);

    LibraryStore& library_;
    ReaderStore& readers_;
    const SearchIndex& index_;
    Clock& clock_;
};

}  // namespace podbrief::services
