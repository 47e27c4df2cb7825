#include "adapters/web/http_date.hpp"

#include <gmock/gmock.h>

namespace podbrief::web {
namespace {

using namespace std::chrono_literals;

TEST(HttpDate, IsWrittenAsTheStandardWantsAndReadBack) {
    const WallTime at = std::chrono::sys_days{std::chrono::year{2026} / 11 / 27} + 9h + 5min + 3s;
    EXPECT_EQ(http_date(at), "Fri, 27 Nov 2026 09:05:03 GMT");
    EXPECT_EQ(http_date_from(http_date(at)), at);
    EXPECT_EQ(iso_time(at), "2026-11-27T09:05:03Z");
    EXPECT_EQ(iso_day(at), "2026-11-27");
}

TEST(HttpDate, OtherFormsAndDaysThatThereAreNotAreNoDates) {
    for (const char* text : {"", "yesterday", "Sunday, 06-Nov-94 08:49:37 GMT", "Fri, 31 Feb 2026 09:05:03 GMT",
                             "Fri, 27 Nov 2026 24:05:03 GMT", "Fri, 27 Nov 2026 -1:05:03 GMT",
                             "Fri, 27 Xov 2026 09:05:03 GMT", "Fri, 27 Nov 2026 09:05:03 CET"}) {
        EXPECT_EQ(http_date_from(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace podbrief::web
