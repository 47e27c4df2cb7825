#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "core/ports/clock.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/search_index.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

// The topics that recent insights are about, most common first. Looked up again when the library changed, once a minute
// at most: it is asked with every letter somebody types. Throws StoreFailure.
class LibraryTopics {
public:
    LibraryTopics(LibraryStore& library, const SearchIndex& index, Clock& clock)
        : library_(library), index_(index), clock_(clock) {}

    asio::awaitable<std::vector<std::string>> common();

private:
    LibraryStore& library_;
    const SearchIndex& index_;
    Clock& clock_;
    bool known_ = false;
    std::uint64_t changes_ = 0;
    SteadyTime looked_at_{};
    std::vector<std::string> topics_;
};

// Those of `names` that begin with what was typed, then those with a later word that does; whatever the case. At most
// `most`, each once.
std::vector<std::string> beginning_with(const std::vector<std::string>& names, std::string_view typed,
                                        std::size_t most);

}  // namespace podbrief::services
