// Several who ask for one page at one time.
#include <gmock/gmock.h>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "adapters/web/addresses.hpp"
#include "core/async/parallel.hpp"
#include "tests/adapters/web/site_world.hpp"

namespace podbrief::testing {
namespace {

class JoinedPages : public ::testing::Test {
protected:
    JoinedPages() {
        world.library.add_sample();
        world.follow();
        const Insight head = world.library.get(world.library.store.details({InsightId(1)})).at(0).insight;
        path = web::insight_path(head);
    }

    // One that makes way for others before it is done: by the pool that judges.
    web::Site& site() {
        if (!site_) {
            web::Site::Ports ports{world.library.store, world.library.store, world.relations,     world.library.search,
                                   world.catalogue,     world.library.clock, pool.get_executor(), &world.people};
            site_ = std::make_unique<web::Site>(std::move(ports), world.options);
        }
        return *site_;
    }

    asio::awaitable<void> ask_for(int many, std::vector<int>& statuses) {
        auto ask = [this, &statuses](int) -> asio::awaitable<void> {
            ServerRequest request;
            request.method = "GET";
            request.target = path;
            request.remote_address = "192.0.2.1";
            const ServerResponse response = co_await site().answer(std::move(request));
            statuses.push_back(response.status);
        };
        std::vector<int> readers(static_cast<std::size_t>(many));
        co_await for_each_parallel(std::move(readers), static_cast<std::size_t>(many), std::move(ask));
    }

    SiteWorld world;
    std::string path;
    std::unique_ptr<web::Site> site_;
    asio::thread_pool pool{1};  // the last: its thread ends before what it works on
};

TEST_F(JoinedPages, AreMadeOnceForAllWhoWait) {
    std::vector<int> statuses;
    run(world.library.context, ask_for(20, statuses));
    EXPECT_THAT(statuses, ::testing::AllOf(::testing::SizeIs(20), ::testing::Each(200)));
    EXPECT_EQ(site().figures().misses, 1U);
    EXPECT_EQ(site().figures().joined + site().figures().hits, 19U);
    EXPECT_GT(site().figures().joined, 0U);
}

TEST_F(JoinedPages, AreKeptAndShownAgain) {
    std::vector<int> statuses;
    run(world.library.context, ask_for(1, statuses));
    run(world.library.context, ask_for(3, statuses));
    EXPECT_EQ(site().figures().misses, 1U);
    EXPECT_EQ(site().figures().hits, 3U);
    EXPECT_EQ(site().figures().pages, 1U);
    EXPECT_GT(site().figures().bytes, 1'000U);
}

// The first goes away while the page is made for it; who waits is served all the same.
TEST_F(JoinedPages, AreMadeByAnotherWhenTheFirstGoesAway) {
    std::vector<int> cut_off, served;
    asio::cancellation_signal leave;
    bool gone = false;
    asio::co_spawn(world.library.context, ask_for(1, cut_off),
                   asio::bind_cancellation_slot(leave.slot(), [&gone](std::exception_ptr) { gone = true; }));
    auto meanwhile = [&]() -> asio::awaitable<void> {
        leave.emit(asio::cancellation_type::terminal);
        co_await ask_for(2, served);
        while (!gone) co_await asio::post(asio::use_awaitable);
    };
    run(world.library.context, meanwhile());
    EXPECT_THAT(served, ::testing::ElementsAre(200, 200));
}

TEST_F(JoinedPages, WithoutTheStoreOneIsToldWhenToComeAgain) {
    const ServerResponse response = site().out_of_order();
    EXPECT_EQ(response.status, 503);
    EXPECT_EQ(SiteWorld::header(response, "Retry-After"), "30");
    EXPECT_EQ(SiteWorld::header(response, "Cache-Control"), "no-store");
    EXPECT_NE(SiteWorld::header(response, "Content-Security-Policy"), "");
}

}  // namespace
}  // namespace podbrief::testing
