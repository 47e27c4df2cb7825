#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "core/model/insight.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/random.hpp"

namespace podbrief::bot::bench {

namespace asio = boost::asio;

// Invented insights whose words are spread as in speech: few words are most of what is said, most words are rare
// (Zipf); each is about one or two of the topics, a few of which are talked about everywhere. The same seed gives the
// same library.
class InventedLibrary {
public:
    explicit InventedLibrary(std::uint64_t seed);

    Insight insight();
    // What people ask for: topics, the common ones more often; some with a rare word more.
    std::string query();

    static const std::vector<std::string>& topics();

private:
    const std::string& any_of(const std::vector<std::string>& words, const std::vector<double>& spread);
    std::string sentence(const std::vector<std::string>& topics);

    Random random_;
    std::vector<std::string> words_;
    std::vector<double> spread_of_words_;   // cumulative, to 1
    std::vector<double> spread_of_topics_;  // likewise
};

// Fills the store: shows, episodes of 20 insights each, over the year before `now`. Throws StoreFailure.
asio::awaitable<void> fill_library(LibraryStore& library, std::size_t insights, std::uint64_t seed, WallTime now);
// The same with insights made by somebody else.
asio::awaitable<void> fill_library(LibraryStore& library, std::size_t insights, std::function<Insight()> make,
                                   WallTime now);

}  // namespace podbrief::bot::bench
