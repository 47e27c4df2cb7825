#include "core/search/filters.hpp"

#include <gtest/gtest.h>

namespace podbrief::search {
namespace {

using std::chrono::sys_days;
using namespace std::chrono_literals;

constexpr sys_days thursday{2026y / 3 / 12};

Filters read(std::string_view text) {
    NameFinder names;
    names.show = [](std::string_view typed, bool surely) -> std::optional<NameFinder::Show> {
        if (typed == "Go Time" || typed == "go time") return NameFinder::Show{PodcastId{7}, "Go Time"};
        if (surely && typed == "Go") return NameFinder::Show{PodcastId{7}, "Go Time"};
        return std::nullopt;
    };
    names.person = [](std::string_view typed, bool surely) -> std::optional<std::string> {
        if (typed == "Ben Okri" || typed == "ben okri" || (surely && typed == "Okri")) return "Ben Okri";
        return std::nullopt;
    };
    return read_filters(text, thursday, names);
}

TEST(Filters, AreTakenOffTheQuestionAndTheTopicIsLeft) {
    const struct {
        const char* text;
        const char* topic;
        const char* described;
    } cases[] = {
        {"chips", "chips", ""},
        {"chips from last week", "chips", "from 2 Mar 2026 to 8 Mar 2026"},
        {"chips last week?", "chips", "from 2 Mar 2026 to 8 Mar 2026"},
        {"export controls since monday", "export controls", "since 9 Mar 2026"},
        {"chips after yesterday", "chips", "since 12 Mar 2026"},
        {"chips from yesterday", "chips", "from 11 Mar 2026"},
        {"chips from this month", "chips", "since 1 Mar 2026"},
        {"chips before 2025", "chips", "before 1 Jan 2025"},
        {"chips until february", "chips", "before 1 Mar 2026"},
        {"chips in february", "chips", "from 1 Feb 2026 to 28 Feb 2026"},
        {"chips on 12 february", "chips", "from 12 Feb 2026"},
        {"testing in Go Time", "testing", "in Go Time"},
        {"testing in the podcast Go", "testing", "in Go Time"},
        {"rust by Okri", "rust", "by Ben Okri"},
        {"rust from Ben Okri", "rust", "by Ben Okri"},
        {"rust according to Ben Okri", "rust", "by Ben Okri"},
        {"What did Ben Okri say about rust", "rust", "by Ben Okri"},
        {"what does Okri think of rust in kernels", "rust in kernels", "by Ben Okri"},
        {"what ben okri said on rust since march", "rust", "by Ben Okri, since 1 Mar 2026"},
        {"rust by Okri in Go Time since 2026-01-05", "rust", "by Ben Okri, in Go Time, since 5 Jan 2026"},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.text);
        const Filters filters = read(c.text);
        EXPECT_EQ(filters.topic, c.topic);
        EXPECT_EQ(describe(filters), c.described);
        EXPECT_EQ(filters.any(), c.described[0] != '\0');
    }
}

TEST(Filters, WhatNamesNobodyAndNoDayStaysInTheTopic) {
    for (const char* text : {
             "rust in production",
             "testing on friday",
             "deploys on friday",
             "letters from home",
             "stand by me",
             "elections in 2024",
             "python in go",
             "since monday",
             "from last week",
             "in Go Time",
             "rust by Ben",
             "the last of us",
             "this american life",
             "what did Okri say about",
             "what did the senator say",
         }) {
        SCOPED_TRACE(text);
        const Filters filters = read(text);
        EXPECT_EQ(filters.topic, text);
        EXPECT_FALSE(filters.any());
    }
}

TEST(Filters, WhoIsNotHeardIsAPartOfTheTopicWhenAskedWhatTheySaid) {
    EXPECT_EQ(read("what did the senator say about rust").topic, "the senator rust");
    EXPECT_FALSE(read("what did the senator say about rust").any());
    EXPECT_EQ(read("what do critics think of remote work, mostly").topic, "critics remote work, mostly");
}

TEST(Filters, WithoutNamesOnlyDaysAreLookedFor) {
    const Filters filters = read_filters("testing in Go Time since monday", thursday, {});
    EXPECT_EQ(filters.topic, "testing in Go Time");
    EXPECT_EQ(describe(filters), "since 9 Mar 2026");
}

TEST(Filters, AnyTextIsReadWithoutHarm) {
    for (const char* text :
         {"", " ", "?", "in", "from from from", "since", "what did say about", "\xff\xfe in march"}) {
        SCOPED_TRACE(text);
        const Filters filters = read(text);
        EXPECT_LE(filters.topic.size(), std::string_view(text).size());
    }
}

}  // namespace
}  // namespace podbrief::search
