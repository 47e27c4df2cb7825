#pragma once
#include <boost/asio/awaitable.hpp>
#include <map>
#include <memory>
#include <unordered_map>
#include <vector>

#include "core/briefs/compose.hpp"
#include "core/model/brief.hpp"
#include "core/ports/library_store.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

// Which insights dispute which, as far as it was asked; kept, for many readers are told the same. Bounded. One I/O
// thread.
class KnownDisputes {
public:
    explicit KnownDisputes(LibraryStore& library) : library_(library) {}

    using Disputes = std::map<briefs::CandidatePool::Number, briefs::Dispute>;
    // Of the claims that `earlier` briefs told, those that another show has disputed in what came into the library
    // afterwards. An idea that was told as disputed already is left alone. Few are compared at all: what speaks of the
    // same by its words. Throws StoreFailure.
    asio::awaitable<Disputes> since(std::vector<Brief> earlier, std::shared_ptr<const briefs::CandidatePool> pool);

private:
    using Pair = std::pair<InsightId, InsightId>;  // told, and what may dispute it
    using Places = std::vector<briefs::CandidatePool::Place>;
    const Places& nearest(briefs::CandidatePool::Place told, briefs::Nearness& nearness);
    asio::awaitable<void> judge(std::vector<Pair> pairs);

    LibraryStore& library_;
    std::shared_ptr<const briefs::CandidatePool> pool_;  // that near_ is of
    std::unordered_map<briefs::CandidatePool::Place, Places> near_;
    std::map<Pair, bool> judged_;
    std::map<InsightId, std::string> said_by_;
};

}  // namespace podbrief::services
