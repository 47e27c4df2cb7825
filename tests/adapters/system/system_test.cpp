#include <gtest/gtest.h>
#include <sys/resource.h>

#include "adapters/system/disk_files.hpp"
#include "adapters/system/machine.hpp"
#include "adapters/system/prometheus_metrics.hpp"
#include "adapters/system/spd_log.hpp"
#include "tests/support/files.hpp"
#include "tests/support/run.hpp"

namespace podbrief::system {
namespace {

using podbrief::testing::run;
using podbrief::testing::TemporaryFolder;
using podbrief::testing::write_file;

TEST(SpdLog, KeepsValuesFromForgingLines) {
    ::testing::internal::CaptureStderr();
    SpdLog log(LogLevel::info, LogFormat::text, false);
    log.info("polled", {{"podcast", "Evil\n2026 error \x1b[31mfake"}, {"new", "3"}});
    log.debug("not shown");
    const std::string out = ::testing::internal::GetCapturedStderr();
    EXPECT_NE(out.find(R"(polled podcast="Evil\u000a2026 error \u001b[31mfake" new=3)"), std::string::npos) << out;
    EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 1);
}

TEST(SpdLog, CutsLongValuesBetweenCharacters) {
    ::testing::internal::CaptureStderr();
    SpdLog log(LogLevel::info, LogFormat::json, false);
    std::string umlauts;
    for (int i = 0; i < 400; ++i) umlauts += "ü";
    log.info("x", {{"title", "a" + umlauts}});
    const std::string out = ::testing::internal::GetCapturedStderr();
    EXPECT_LT(out.size(), 700u);
    EXPECT_NE(out.find("ü…\""), std::string::npos);
    EXPECT_TRUE(out.starts_with("{\"time\":\"")) << out;
}

TEST(Machine, MayOpenAsManyFilesAsTheSystemLetsIt) {
    rlimit before{};
    ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
    rlimit lower = before;
    lower.rlim_cur = std::min<rlim_t>(before.rlim_max, 200);
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &lower), 0);
    EXPECT_EQ(raise_open_files(), before.rlim_max);
    rlimit after{};
    ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &after), 0);
    EXPECT_EQ(after.rlim_cur, before.rlim_max);
    setrlimit(RLIMIT_NOFILE, &before);
}

TEST(PrometheusMetrics, AnswersInTheTextFormat) {
    PrometheusMetrics metrics;
    metrics.count("polls_total", "parsed", 2);
    metrics.count("polls_total", "failed", 1);
    metrics.set("index_insights", 42);
    const std::string text = metrics.text();
    EXPECT_NE(text.find("podbrief_polls_total{outcome=\"parsed\"} 2"), std::string::npos) << text;
    EXPECT_NE(text.find("podbrief_polls_total{outcome=\"failed\"} 1"), std::string::npos);
    EXPECT_NE(text.find("podbrief_index_insights 42"), std::string::npos);
}

class DiskFilesTest : public ::testing::Test {
protected:
    asio::io_context io_;
    WorkerPool pool_{1};
    DiskFiles files_{pool_.executor()};
    TemporaryFolder folder_;
};

TEST_F(DiskFilesTest, ListsFilesBelowAFolderByPathAndLeavesHiddenOnesOut) {
    write_file(folder_.path() / "b.md", "two");
    write_file(folder_.path() / "a/x.vtt", "one");
    write_file(folder_.path() / ".git/config", "no");
    const auto files = run(io_, files_.list(folder_.path().string())).value();
    ASSERT_EQ(files.size(), 2u);
    EXPECT_EQ(files[0].name, "x.vtt");
    EXPECT_EQ(files[1].name, "b.md");
    EXPECT_EQ(files[1].bytes, 3u);
    EXPECT_GT(files[1].modified_ms, 0);
}

TEST_F(DiskFilesTest, ReadsUpToTheLimitAndSaysWhatIsWrongOtherwise) {
    write_file(folder_.path() / "a.txt", "hello");
    EXPECT_EQ(run(io_, files_.read((folder_.path() / "a.txt").string(), 5)).value(), "hello");
    EXPECT_EQ(run(io_, files_.read((folder_.path() / "a.txt").string(), 4)).error(), make_error_code(Errc::too_large));
    EXPECT_EQ(run(io_, files_.read((folder_.path() / "b.txt").string(), 4)).error(), make_error_code(Errc::not_found));
    EXPECT_EQ(run(io_, files_.read(folder_.path().string(), 4)).error(), make_error_code(Errc::invalid));
    EXPECT_EQ(run(io_, files_.is_folder((folder_.path() / "none").string())).error(), make_error_code(Errc::not_found));
}

}  // namespace
}  // namespace podbrief::system
