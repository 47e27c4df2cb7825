#include "core/briefs/zones.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "core/briefs/tzif.hpp"
#include "tests/core/briefs/schedule_support.hpp"
#include "tests/support/files.hpp"

namespace podbrief::briefs {
namespace {

using namespace std::chrono_literals;
using podbrief::testing::TemporaryFolder;

std::string bytes_of_berlin() {
    std::ifstream file("/usr/share/zoneinfo/Europe/Berlin", std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(ZoneFolder, GivesNewRulesWhenTheyWereReplacedUnderARunningServer) {
    const TemporaryFolder folder;
    const std::string path = folder.path().string();
    auto write = [&](const std::string& name, const std::string& bytes) {
        std::ofstream(path + "/" + name, std::ios::binary) << bytes;
    };
    write("tzdata.zi", "# version 2023a\nrules\n");
    write("Beirut", bytes_of_berlin());
    const auto zones = zones_in(path);
    EXPECT_EQ(zones->version().substr(0, 6), "2023a-");
    const auto before = zones->find("Beirut");
    ASSERT_TRUE(before);
    EXPECT_EQ(before->offset_at(utc(2026, 1, 1)), 1h);
    EXPECT_FALSE(zones->refresh());

    std::filesystem::copy_file("/usr/share/zoneinfo/Asia/Tokyo", path + "/Beirut",
                               std::filesystem::copy_options::overwrite_existing);
    EXPECT_EQ(zones->find("Beirut")->offset_at(utc(2026, 1, 1)), 1h) << "not before they are looked for";
    write("tzdata.zi", "# version 2023b\nrules\n");
    EXPECT_TRUE(zones->refresh());
    EXPECT_EQ(zones->version().substr(0, 6), "2023b-");
    EXPECT_EQ(zones->find("Beirut")->offset_at(utc(2026, 1, 1)), 9h);
    EXPECT_EQ(before->offset_at(utc(2026, 1, 1)), 1h) << "who holds the old rules keeps them";

    std::filesystem::remove(path + "/Beirut");
    write("tzdata.zi", "# version 2023b\nother rules\n");
    EXPECT_TRUE(zones->refresh()) << "patched without a new release";
    EXPECT_FALSE(zones->find("Beirut"));
    EXPECT_EQ(zones->find_or_utc("Beirut")->offset_at(utc(2026, 1, 1)), 0h);
    EXPECT_TRUE(zones->find("UTC"));
}

TEST(ZoneFolder, WithoutTheSourceOfTheRulesNoticesThatFilesChange) {
    const TemporaryFolder folder;
    const auto zones = zones_in(folder.path().string());
    EXPECT_FALSE(zones->refresh());
    std::ofstream(folder.path() / "Beirut") << "something";
    EXPECT_TRUE(zones->refresh());
}

TEST(Tzif, RefusesWhatIsNone) {
    const std::string good = bytes_of_berlin();
    ASSERT_TRUE(parse_tzif(good));
    for (std::size_t size = 0; size < good.size(); ++size) {
        const auto zone = parse_tzif(std::string_view(good).substr(0, size));
        EXPECT_TRUE(!zone || size > good.size() - 64) << "only the footer may be missing";
    }
    for (std::size_t at = 0; at < good.size(); ++at) {  // no byte leads out of bounds
        for (const char value : {'\0', '\x7f', '\xff'}) {
            std::string bad = good;
            bad[at] = value;
            const auto zone = parse_tzif(bad);
            EXPECT_LE(zone ? zone->offset_at(utc(2026, 1, 1)) : 0h, 26h);
        }
    }
}

}  // namespace
}  // namespace podbrief::briefs
