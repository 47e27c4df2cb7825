#pragma once
#include "core/ports/clock.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/reader_store.hpp"
#include "core/services/brief_writer.hpp"
#include "core/services/composer.hpp"

namespace podbrief::services {

// Writes briefs from the library, without a model. A brief of that key that the reader asked for in a chat before is
// used as it is. What must be said of its delivery stands first: that it is late, that earlier ones did not arrive.
// Never gives silence: an empty brief says in its note why. What it is given must outlive it.
class ComposerWriter final : public BriefWriter {
public:
    ComposerWriter(LibraryStore& library, ReaderStore& readers, Composer& composer, Clock& clock)
        : library_(library), readers_(readers), composer_(composer), clock_(clock) {}

    asio::awaitable<Result<BriefDraft>> write(BriefOrder order) override;

private:
    asio::awaitable<Composer::Composed> stored_or_new(const BriefOrder& order);
    asio::awaitable<std::string> latest_stored(const BriefOrder& order);

    LibraryStore& library_;
    ReaderStore& readers_;
    Composer& composer_;
    Clock& clock_;
};

}  // namespace podbrief::services
