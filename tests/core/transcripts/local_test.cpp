#include "core/transcripts/local.hpp"

#include <gtest/gtest.h>

#include "core/transcripts/file_names.hpp"

namespace podbrief::transcripts {
namespace {

constexpr WallTime march = std::chrono::sys_days{std::chrono::year{2026} / 3 / 1};
constexpr WallTime modified = march + std::chrono::hours{100};

LocalFile file_called(std::string path, std::string_view head = {}) {
    LocalFile file;
    file.url = "file:///talks/" + path;
    file.relative_path = std::move(path);
    file.head = head;
    file.modified_at = modified;
    file.seen_at = modified + std::chrono::hours{1};
    return file;
}

TEST(FileNames, TellTitleAndDate) {
    const struct {
        const char* path;
        const char* title;
        std::optional<WallTime> date;
    } cases[] = {
        {"2026-03-01 - Chips and trade.md", "Chips and trade", march},
        {"show/2026-03-01-chips-and-trade.vtt", "chips and trade", march},
        {"20260301_chips_and_trade.srt", "chips and trade", march},
        {"2026.03.01 Chips.json", "Chips", march},
        {"practical-ai-240.md", "practical ai 240", {}},
        {"Chips - and Trade.txt", "Chips - and Trade", {}},
        {"2026-13-01 No date.md", "2026-13-01 No date", {}},
        {"2026-03-01.md", "2026 03 01", march},
        {"123456789 is a number.md", "123456789 is a number", {}},
        {"v1.2 of things.md", "v1.2 of things", {}},
    };
    for (const auto& c : cases) {
        EXPECT_EQ(facts_from_name(c.path).title, c.title) << c.path;
        EXPECT_EQ(facts_from_name(c.path).date, c.date) << c.path;
    }
}

TEST(FileNames, TellTheFormat) {
    EXPECT_EQ(format_of_name("https://example.com/a.b/C.VTT?x=1.json#t"), TranscriptFormat::webvtt);
    EXPECT_EQ(format_of_name("a/b.markdown"), TranscriptFormat::markdown);
    EXPECT_EQ(format_of_name("a/b.mp3"), std::nullopt);
    EXPECT_EQ(format_of_name("a.json/b"), std::nullopt);
    EXPECT_EQ(format_of_name(""), std::nullopt);
}

TEST(LocalEpisode, IsToldByFrontMatter) {
    const auto local = episode_from_file(file_called("talks/a.md", R"(---
title: "Chips: a short history"
date: 2026-03-01T10:00:00Z
show: Supply Lines
link: https://example.com/chips
duration: 1:02:03
language: en-GB
tags:
  - trade
---
**Ann:** Hello.
)"));
    ASSERT_TRUE(local);
    EXPECT_EQ(local->episode.title, "Chips: a short history");
    EXPECT_EQ(local->episode.published_at, march);
    EXPECT_EQ(local->show, "Supply Lines");
    EXPECT_EQ(local->episode.link, "https://example.com/chips");
    EXPECT_EQ(local->episode.duration, Millis{3'723'000});
    EXPECT_EQ(local->episode.guid, "talks/a.md");
    ASSERT_EQ(local->episode.transcripts.size(), 1u);
    EXPECT_EQ(local->episode.transcripts[0].url, "file:///talks/talks/a.md");
    EXPECT_EQ(local->episode.transcripts[0].language, "en-GB");
}

TEST(LocalEpisode, IsToldByTheFileNameWhereThereIsNoFrontMatter) {
    const auto dated =
        episode_from_file(file_called("radio/hour/2026-03-01 Wheat.vtt", "WEBVTT\n\n---\ntitle: No\n---\n"));
    ASSERT_TRUE(dated);
    EXPECT_EQ(dated->episode.title, "Wheat");
    EXPECT_EQ(dated->episode.published_at, march);
    EXPECT_EQ(dated->show, "hour");
    const auto plain = episode_from_file(file_called("Wheat.txt", "---\nA rule, no front matter\n---\n"));
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->episode.published_at, modified);
    EXPECT_EQ(plain->episode.first_seen_at, modified + std::chrono::hours{1});
    EXPECT_EQ(plain->show, "");
    EXPECT_FALSE(episode_from_file(file_called("cover.png")));
    EXPECT_FALSE(episode_from_file(file_called("README")));
}

TEST(FrontMatter, EndsAtItsSecondLine) {
    EXPECT_EQ(front_matter_size("---\na: b\n---\ntext"), 12u);
    EXPECT_EQ(front_matter_size("---\r\na: b\r\n---\r\ntext"), 15u);
    EXPECT_EQ(front_matter_size("---\na: b\n"), 0u);
    EXPECT_EQ(front_matter_size("text\n---\na: b\n---\n"), 0u);
    EXPECT_EQ(front_matter_size(""), 0u);
}

}  // namespace
}  // namespace podbrief::transcripts
