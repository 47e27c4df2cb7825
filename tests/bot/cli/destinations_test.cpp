#include "bot/cli/destinations.hpp"

#include <gtest/gtest.h>

#include "bot/exit_codes.hpp"

namespace podbrief::bot {
namespace {

TEST(Destinations, AreReadAsEachPlatformWritesThem) {
    EXPECT_EQ(read_destination("slack:T1/C2"), (Destination{"slack", "T1", "C2", ""}));
    EXPECT_EQ(read_destination("slack:T1/C2/1712.3"), (Destination{"slack", "T1", "C2", "1712.3"}));
    EXPECT_EQ(read_destination("telegram:-100123"), (Destination{"telegram", "", "-100123", ""}));
    EXPECT_EQ(read_destination("discord:80351"), (Destination{"discord", "", "80351", ""}));
    EXPECT_EQ(read_destination("discord:7/9"), (Destination{"discord", "7", "9", ""}));
}

TEST(Destinations, ThatFitNoPlatformAreRefusedWithOneThatWould) {
    const struct {
        const char* typed;
        const char* says;
    } cases[] = {
        {"", "is no platform; known are slack, telegram and discord"},
        {"T1/C2", "is no platform; known are slack, telegram and discord"},
        {"telegrm:42", "did you mean telegram?"},
        {"slack:C2", "give one such as slack:T024BE7LD/C0123ABCD"},
        {"slack:T1/", "give one such as slack:"},
        {"slack:T1/C2/3/4", "give one such as slack:"},
        {"telegram:", "give one such as telegram:123456789"},
        {"telegram:a/b", "give one such as telegram:123456789"},
        {"telegram:4 2", "give one such as telegram:123456789"},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.typed);
        try {
            read_destination(c.typed);
            ADD_FAILURE() << "was taken";
        } catch (const ExitError& error) {
            EXPECT_EQ(error.code(), exit_usage);
            EXPECT_NE(std::string(error.what()).find(c.says), std::string::npos) << error.what();
        }
    }
}

}  // namespace
}  // namespace podbrief::bot
