#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/async/turnstile.hpp"
#include "core/briefs/pool.hpp"
#include "core/model/reader.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/search_index.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

// What is known of one insight without its text.
struct InsightFacts {
    InsightId insight;
    ClaimClusterId cluster;
    int sources = 1;  // independent ones
    std::vector<std::string> stems;
};

// What the briefs of one moment share: the pool, which threads may read, and what was asked of it so far, which only
// the I/O thread touches. Bounded: what would not fit is asked anew.
class Moment {
public:
    Moment(std::shared_ptr<const briefs::CandidatePool> pool, LibraryStore& library, const SearchIndex& index)
        : pool_(std::move(pool)), library_(library), index_(index) {}

    const std::shared_ptr<const briefs::CandidatePool>& pool() const { return pool_; }

    // How well the pool fits each topic that the profile speaks of. Many readers follow the same ones.
    briefs::TopicsFound topics_of(const Profile& profile);

    // Of these insights, in or out of the pool; unknown ones are left out. Keep the moment alive meanwhile.
    asio::awaitable<std::vector<InsightFacts>> facts(std::vector<InsightId> ids);

private:
    std::shared_ptr<const briefs::CandidatePool> pool_;
    LibraryStore& library_;
    const SearchIndex& index_;
    std::unordered_map<std::string, std::shared_ptr<const briefs::TopicHits>> topics_;
    std::size_t hits_ = 0;  // in topics_
    std::unordered_map<InsightId, InsightFacts> facts_;
};

// Gives the present moment: loaded once and shared until the index changed, or ten minutes have passed. Where the index
// changes all the time, loading takes a twentieth of the time at most; but where it has grown by more than a tenth, as
// after a start, it is loaded anew. What it is given must outlive it. One I/O thread; `workers` do the computing.
// Throws StoreFailure, operation_aborted.
class Candidates {
public:
    Candidates(LibraryStore& library, const SearchIndex& index, Clock& clock, asio::any_io_executor workers)
        : library_(library), index_(index), clock_(clock), workers_(std::move(workers)) {}

    asio::awaitable<std::shared_ptr<Moment>> now();

private:
    bool is_fresh() const;
    asio::awaitable<void> load();

    LibraryStore& library_;
    const SearchIndex& index_;
    Clock& clock_;
    asio::any_io_executor workers_;
    std::optional<Turnstile> loading_;  // made by the first caller, on its executor
    std::shared_ptr<Moment> moment_;
    WallTime loaded_at_{};
    SteadyTime loaded_{};
    Millis took_{};
    std::uint64_t changes_ = 0;  // of the index, when loading began
    std::size_t indexed_ = 0;    // insights it held then
};

}  // namespace podbrief::services
