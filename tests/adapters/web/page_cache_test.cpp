#include "adapters/web/page_cache.hpp"

#include <gmock/gmock.h>

namespace podbrief::web {
namespace {

using namespace std::chrono_literals;

std::shared_ptr<ReadyPage> page_of(std::size_t bytes) {
    Page page;
    page.bytes = std::string(bytes, 'a');
    return std::make_shared<ReadyPage>(std::move(page));
}

TEST(PageCache, KeepsAPageForItsWhile) {
    PageCache cache(100'000);
    const SteadyTime now{};
    const auto page = page_of(100);
    cache.keep("/", page, now + 60s);
    EXPECT_EQ(cache.find("/", now + 59s), page);
    EXPECT_EQ(cache.find("/", now + 60s), nullptr);
    EXPECT_EQ(cache.size(), 0U);
    EXPECT_EQ(cache.bytes(), 0U);
}

TEST(PageCache, StaysWithinItsBoundAndDropsWhatWasUsedLongestAgo) {
    PageCache cache(20'000);
    const SteadyTime now{};
    for (int i = 0; i < 100; ++i) {
        cache.keep("/" + std::to_string(i), page_of(1'000), now + 60s);
        cache.find("/0", now);
        EXPECT_LE(cache.bytes(), 20'000U);
    }
    EXPECT_NE(cache.find("/0", now), nullptr);
    EXPECT_NE(cache.find("/99", now), nullptr);
    EXPECT_EQ(cache.find("/1", now), nullptr);
}

TEST(PageCache, APageThatWouldPushOutMuchIsNotKept) {
    PageCache cache(20'000);
    cache.keep("/large", page_of(5'000), SteadyTime{} + 60s);
    EXPECT_EQ(cache.find("/large", SteadyTime{}), nullptr);
}

TEST(PageCache, ANewPageTakesThePlaceOfTheOldOne) {
    PageCache cache(20'000);
    cache.keep("/", page_of(10), SteadyTime{} + 60s);
    const auto second = page_of(20);
    cache.keep("/", second, SteadyTime{} + 60s);
    EXPECT_EQ(cache.find("/", SteadyTime{}), second);
    EXPECT_EQ(cache.size(), 1U);
    cache.clear();
    EXPECT_EQ(cache.find("/", SteadyTime{}), nullptr);
}

}  // namespace
}  // namespace podbrief::web
