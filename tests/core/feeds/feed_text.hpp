#pragma once
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>

#include "core/feeds/parse.hpp"

namespace podbrief::testing {

inline WallTime test_now() {
    return std::chrono::sys_days{std::chrono::year{2026} / 3 / 2};
}

inline feeds::ParseOptions options(std::string url = "https://feeds.example.com/show/feed.xml") {
    feeds::ParseOptions o;
    o.url = std::move(url);
    o.now = test_now();
    return o;
}

// An RSS feed with all the usual declarations around `channel`.
inline std::string rss(std::string_view channel) {
    return R"(<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
  xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"
  xmlns:atom="http://www.w3.org/2005/Atom" xmlns:psc="http://podlove.org/simple-chapters"><channel><title>Show</title>)" +
           std::string(channel) + "</channel></rss>";
}

inline feeds::ParsedFeed parsed(std::string body, const feeds::ParseOptions& o = options()) {
    auto result = feeds::parse_feed(std::move(body), o);
    if (!result) {
        ADD_FAILURE() << result.error().message;
        return {};
    }
    return std::move(*result);
}

// The only episode of a feed with one item.
inline Episode item(std::string_view fields) {
    auto feed = parsed(rss("<item>" + std::string(fields) + "</item>"));
    if (feed.episodes.size() != 1) {
        ADD_FAILURE() << feed.episodes.size() << " episodes";
        return {};
    }
    return std::move(feed.episodes.front());
}

inline feeds::FeedError refused(std::string body, const feeds::ParseOptions& o = options()) {
    auto result = feeds::parse_feed(std::move(body), o);
    if (result) {
        ADD_FAILURE() << "was taken for a feed";
        return {};
    }
    EXPECT_EQ(result.error().message.find('\n'), std::string::npos);
    EXPECT_FALSE(result.error().message.empty());
    return result.error();
}

}  // namespace podbrief::testing
