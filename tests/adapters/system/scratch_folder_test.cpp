#include "adapters/system/scratch_folder.hpp"

#include <gtest/gtest.h>

#include "tests/support/files.hpp"
#include "tests/support/run.hpp"

namespace podbrief::system {
namespace {

using podbrief::testing::run;

class ScratchFolderTest : public ::testing::Test {
protected:
    podbrief::testing::TemporaryFolder folder;
    asio::io_context io;
    ScratchFolder scratch{io.get_executor(), folder.path() / "audio"};
    // A coroutine without a value, as one with.
    template <class Work>
    void finish(Work work) {
        run(io, [](Work w) -> asio::awaitable<bool> {
            co_await std::move(w);
            co_return true;
        }(std::move(work)));
    }
};

TEST_F(ScratchFolderTest, KeepsFilesByFolder) {
    EXPECT_TRUE(run(io, scratch.folders()).empty()) << "nothing is made before it is needed";
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "audio"));
    ASSERT_TRUE(run(io, scratch.put("episode-1", "b.json", "one")));
    ASSERT_TRUE(run(io, scratch.append("episode-1", "audio.part", "ab")));
    ASSERT_TRUE(run(io, scratch.append("episode-1", "audio.part", std::string("c\0d", 3))));
    EXPECT_EQ(run(io, scratch.read("episode-1", "audio.part", 10)).value(), std::string("abc\0d", 5));
    EXPECT_EQ(run(io, scratch.files("episode-1")), (std::vector<std::string>{"audio.part", "b.json"}));
    ASSERT_TRUE(run(io, scratch.put("episode-1", "b.json", "two")));
    EXPECT_EQ(run(io, scratch.read("episode-1", "b.json", 10)).value(), "two");
    ASSERT_TRUE(run(io, scratch.rename("episode-1", "audio.part", "audio")));
    EXPECT_EQ(run(io, scratch.rename("episode-1", "audio.part", "audio")).error(), Errc::not_found);
    EXPECT_EQ(scratch.path("episode-1", "audio"), (folder.path() / "audio" / "episode-1" / "audio").string());
    EXPECT_EQ(run(io, scratch.folders()), std::vector<std::string>{"episode-1"});
    finish(scratch.remove("episode-1", "b.json"));
    EXPECT_EQ(run(io, scratch.files("episode-1")), std::vector<std::string>{"audio"});
    finish(scratch.remove_folder("episode-1"));
    EXPECT_TRUE(run(io, scratch.folders()).empty());
}

TEST_F(ScratchFolderTest, ReadsSoMuchAndNoMore) {
    ASSERT_TRUE(run(io, scratch.put("f", "a", std::string(1000, 'x'))));
    EXPECT_EQ(run(io, scratch.read("f", "a", 999)).error(), Errc::too_large);
    EXPECT_TRUE(run(io, scratch.read("f", "a", 1000)));
    EXPECT_EQ(run(io, scratch.read("f", "absent", 9)).error(), Errc::not_found);
}

TEST_F(ScratchFolderTest, NoNameLeadsElsewhere) {
    for (const char* name : {"", ".", "..", "../x", "a/b", "/etc/passwd", ".hidden", "a b", "a\n"}) {
        EXPECT_EQ(run(io, scratch.put("f", name, "x")).error(), Errc::refused) << name;
        EXPECT_EQ(run(io, scratch.put(name, "a", "x")).error(), Errc::refused) << name;
        EXPECT_EQ(run(io, scratch.read("f", name, 9)).error(), Errc::refused) << name;
        finish(scratch.remove_folder(name));
    }
    EXPECT_TRUE(std::filesystem::exists(folder.path()));
}

TEST_F(ScratchFolderTest, WhatIsWrittenIsItsOwnersAlone) {
    ASSERT_TRUE(run(io, scratch.put("f", "a", "x")));
    const auto permissions = std::filesystem::status(folder.path() / "audio" / "f" / "a").permissions();
    EXPECT_EQ(permissions & (std::filesystem::perms::group_all | std::filesystem::perms::others_all),
              std::filesystem::perms::none);
}

}  // namespace
}  // namespace podbrief::system
