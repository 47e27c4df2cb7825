#pragma once
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/ports/account_store.hpp"
#include "core/ports/inbox_store.hpp"
#include "core/ports/key_store.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/outbox_store.hpp"
#include "core/ports/reader_store.hpp"
#include "core/ports/tenant_store.hpp"
#include "tests/support/run.hpp"

namespace podbrief::testing {

// The promises of the stores' ports as tests. A store's test program links tests_store_contract and says how an empty
// store is opened:
//
//     const StoreKind kind{"Memory", [](asio::io_context&) { return std::make_unique<OpenMemoryStore>(); }};
//     INSTANTIATE_TEST_SUITE_P(Doubles, StoreContract, ::testing::Values(kind), name_of_store);
//     INSTANTIATE_TEST_SUITE_P(Doubles, OutboxContract, ::testing::Values(kind), name_of_store);
//
// and likewise InboxContract, AccountContract, TenantContract and KeyContract.

// How long a call may take before its test fails: a disk that others keep busy is slow, and no fault of the store.
constexpr std::chrono::seconds patience{240};

class StoreUnderTest {
public:
    virtual ~StoreUnderTest() = default;
    virtual LibraryStore& library() = 0;
    virtual ReaderStore& readers() = 0;
    virtual OutboxStore& outbox() = 0;
    virtual InboxStore& inbox() = 0;
    virtual AccountStore& accounts() = 0;
    virtual TenantStore& tenants() = 0;
    virtual KeyStore& keys() = 0;
};

struct StoreKind {
    std::string name;  // letters and digits
    std::function<std::unique_ptr<StoreUnderTest>(asio::io_context&)> open;
};
inline void PrintTo(const StoreKind& kind, std::ostream* out) {
    *out << kind.name;
}
std::string name_of_store(const ::testing::TestParamInfo<StoreKind>& info);

class StoreContract : public ::testing::TestWithParam<StoreKind> {
protected:
    StoreContract()
        : store_(GetParam().open(context)),
          library(store_->library()),
          readers(store_->readers()),
          outbox(store_->outbox()),
          inbox(store_->inbox()),
          accounts(store_->accounts()),
          tenants(store_->tenants()),
          key_store(store_->keys()) {}

    template <class T>
    T get(asio::awaitable<T> call) {
        return run(context, std::move(call), patience);
    }
    // All at once; throws the first failure when all have ended.
    void get_all(std::vector<asio::awaitable<void>> calls);

    PodcastId add_podcast(const std::string& url);
    // One new episode of the podcast, found by a poll, recognised by its guid.
    Episode add_episode(PodcastId podcast, const std::string& guid, WallTime published_at);
    Episode add_episode(const std::string& guid);  // of a podcast of its own
    // An episode with these insights.
    ExtractionSaved extract(EpisodeId episode, const std::string& content_hash, std::vector<Insight> insights);
    std::vector<InsightChange> all_changes() { return get(library.changes_since(0, 1000)); }
    Reader add_reader(const std::string& name);

    asio::io_context context;

private:
    std::unique_ptr<StoreUnderTest> store_;

protected:
    LibraryStore& library;
    ReaderStore& readers;
    OutboxStore& outbox;
    InboxStore& inbox;
    AccountStore& accounts;
    TenantStore& tenants;
    KeyStore& key_store;
};

// Samples: every field set to something that is not its default.
WallTime at(std::chrono::sys_days day, Millis time = Millis{0});
Podcast sample_podcast(const std::string& url);
PollState sample_poll(WallTime next_poll_at);
Episode sample_episode(const std::string& guid, WallTime published_at);
IdentifiedEpisode identified(Episode episode);  // by guid, and keys made of the title
Transcript sample_transcript(const std::string& content_hash);
Insight sample_insight(const std::string& text);
Reader sample_reader(const std::string& name);
Brief sample_brief(ReaderId reader, const std::string& local_date, WallTime composed_at);

extern const WallTime noon;  // of some day in 2026

// Equal in every field.
bool same(const Podcast& a, const Podcast& b);
bool same(const Episode& a, const Episode& b);
bool same(const Transcript& a, const Transcript& b);

template <class Things>
auto ids_of(const Things& things) {
    std::vector<decltype(things.front().id)> ids;
    for (const auto& thing : things) ids.push_back(thing.id);
    return ids;
}

}  // namespace podbrief::testing
