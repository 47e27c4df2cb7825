#include "core/feeds/times.hpp"

#include <gtest/gtest.h>

namespace podbrief::feeds {
namespace {

using namespace std::chrono_literals;

TEST(Dates, AreReadInEveryFormThatFeedsUse) {
    const struct {
        const char* text;
        std::int64_t seconds;
    } cases[] = {
        {"Fri, 21 Nov 1997 09:55:06 -0600", 880127706},
        {"21 Nov 97 09:55 EST", 880124100},
        {"2003-12-13T18:30:02Z", 1071340202},
        {"Thursday, 1 January 2026 00:00:00 GMT", 1767225600},
        {"Thu, 01 Sept 2022 00:00:00 GMT", 1661990400},
        {"Thu, 01 Sep 2022 02:00:00 +0200", 1661990400},
        {"Thu, 01 Sep 2022 02:00:00 +02:00", 1661990400},
        {"Thu, 01 Sep 2022 02:00:00 CEST", 1661990400},
        {"Wed, 31 Aug 2022 17:00:00 PDT", 1661990400},
        {"Wed, 31 Aug 2022 16:00:00 PST", 1661990400},
        {"Thu, 01 Sep 2022 00:00 UT", 1661990400},
        {"Thu, 01 Sep 2022 05:30:00 IST", 1661990400},
        {"  Mon, 01 Sep 2022 00:00:00 GMT\n", 1661990400},  // the weekday is wrong
        {"Xyz, 01 Sep 2022 00:00:00 GMT", 1661990400},
        {"Wed, 31 Aug 2022 24:00:00 GMT", 1661990400},
        {"1 September 2022", 1661990400},
        {"September 1, 2022", 1661990400},
        {"Sep 1, 2022 12:00 AM", 1661990400},
        {"Aug 31, 2022 11:59:60 PM", 1661990400},
        {"Thu Sep  1 00:00:00 UTC 2022", 1661990400},
        {"Thu Sep 1 00:00:00 2022", 1661990400},
        {"01-Sep-22", 1661990400},
        {"01-Sep-2022 00:00:00", 1661990400},
        {"2022-09-01", 1661990400},
        {"2022-09", 1661990400},
        {"2022-09-01 00:00:00", 1661990400},
        {"2022-09-01T00:00:00", 1661990400},
        {"2022-09-01T00:00Z", 1661990400},
        {"2022-09-01t02:00:00+0200", 1661990400},
        {"2022-08-31T19:00:00.000000-05:00", 1661990400},
        {"2022/09/01 00:00", 1661990400},
        {"20220901T000000Z", 1661990400},
        {"20220901", 1661990400},
        {"09/01/2022", 1661990400},
        {"31/08/2022 24:00", 1661990400},
        {"01.09.2022 00:00", 1661990400},
        {"Thu, 01 Sep 2022 00:00:00 GMT+0", 1661990400},
        {"Thu, 01 Sep 2022 02:00:00 UTC+2", 1661990400},
        {"Thu, 01 Sep 2022 00:00:00 Narnia", 1661990400},
        {"Thu, 01 Sep 2022 99:00:00 GMT", 1661990400},  // the day is better than nothing
        {"Thu, 01 Jan 1970 00:00:00 GMT", 0},
        {"Sat, 1 Jan 2000 12:00:00 GMT", 946728000},
        {"Wed, 01 Jan 2099 00:00:00 GMT", 4070908800},
        {"21 Nov 103 00:00:00 GMT", 1069372800},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.text);
        const auto date = parse_date(c.text);
        ASSERT_TRUE(date.has_value());
        EXPECT_EQ(date->time_since_epoch(), std::chrono::seconds{c.seconds});
    }
}

TEST(Dates, KeepMilliseconds) {
    EXPECT_EQ(parse_date("2003-12-13T18:30:02.25Z"), from_ms(1071340202250));
    EXPECT_EQ(parse_date("2003-12-13T18:30:02.123456789+00:00"), from_ms(1071340202123));
}

TEST(Dates, ThatAreNoneGiveNothing) {
    for (const char* text : {"", " ", "yesterday", "Mon, 32 Jan 2022 00:00:00 GMT", "30 Feb 2022", "2022-13-01",
                             "12:30", "1662000000", "Nov", "21", "//", "-", "99999999999999999999", "0000-00-00"}) {
        EXPECT_EQ(parse_date(text), std::nullopt) << text;
    }
}

TEST(Durations, AreReadInEveryFormThatFeedsUse) {
    const struct {
        const char* text;
        std::chrono::seconds expected;
    } cases[] = {
        {"61:08", 3668s},
        {"25:3:30", 90210s},
        {"61.08", 61s},
        {"01:02:03.500", 3723s},
        {" ", 0s},
        {"", 0s},
        {"3271", 3271s},
        {" 3271 ", 3271s},
        {"1:05:01", 3901s},
        {"00:45", 45s},
        {"1h 2m", 3720s},
        {"1h02", 3720s},
        {"62 min", 3720s},
        {"PT1H2M3S", 3723s},
        {"1 hour 2 minutes", 3720s},
        {"52571194", 0s},
        {"-5", 0s},
        {"abc", 0s},
        {"1:2:3:4", 0s},
        {"1:", 0s},
        {"99999999999999999999", 0s},
        {"nan", 0s},
        {"1e9", 0s},
        {"0", 0s},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.text);
        EXPECT_EQ(parse_duration(c.text), c.expected);
    }
}

TEST(ClockTimes, KeepMilliseconds) {
    EXPECT_EQ(parse_clock("00:01:02.500"), 62500ms);
    EXPECT_EQ(parse_clock("33.833"), 33833ms);
    EXPECT_EQ(parse_clock("1:2"), 62s);
    EXPECT_EQ(parse_clock(""), std::nullopt);
    EXPECT_EQ(parse_clock("a:b"), std::nullopt);
    EXPECT_EQ(parse_clock("inf"), std::nullopt);
}

TEST(Rfc822, IsWrittenAsItIsRead) {
    EXPECT_EQ(rfc822(from_ms(880127706000)), "Fri, 21 Nov 1997 15:55:06 +0000");
    EXPECT_EQ(parse_date(rfc822(from_ms(1661990400000))), from_ms(1661990400000));
}

}  // namespace
}  // namespace podbrief::feeds
