// Whole conversations, as a reader sees them in a terminal, compared with tests/data/conversations/*.txt.
//
// In those files a line "> text" is what the reader types, "@ restart" starts the server anew, "@ N hours later" moves
// the clock, and "# ..." is a remark; all else is what is answered. PODBRIEF_REWRITE_CONVERSATIONS=1 writes the answers
// of this build into the files; read the difference before you keep it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "adapters/terminal/render.hpp"
#include "tests/core/services/chat_library.hpp"
#include "tests/support/files.hpp"

namespace podbrief::services {
namespace {

using podbrief::testing::ChatLibrary;

std::string play(const std::string& script) {
    ChatLibrary library;
    library.add_sample();
    std::string transcript;
    std::istringstream lines(script);
    for (std::string line; std::getline(lines, line);) {
        const bool typed = line.starts_with("> ") || line == ">";
        if (!typed && !line.starts_with("@ ") && !line.starts_with("# ")) continue;  // an answer
        transcript += line + "\n";
        if (line.starts_with("@ ")) {
            std::istringstream words(line.substr(2));
            int hours = 0;
            if (words >> hours) library.clock.advance(std::chrono::hours{hours});
        }
        if (!typed) continue;
        const Reply reply = library.ask("anna", line.size() > 2 ? line.substr(2) : std::string{});
        transcript += "\n" + terminal::render(reply, terminal::RenderOptions()) + "\n";
    }
    return transcript;
}

class Conversations : public ::testing::TestWithParam<std::string> {};

TEST_P(Conversations, ReadAsWritten) {
    const std::filesystem::path file = podbrief::testing::test_data("conversations") / (GetParam() + ".txt");
    const std::string expected = podbrief::testing::read_file(file);
    const std::string actual = play(expected);
    if (std::getenv("PODBRIEF_REWRITE_CONVERSATIONS")) podbrief::testing::write_file(file, actual);
    EXPECT_EQ(actual, expected);
}

INSTANTIATE_TEST_SUITE_P(All, Conversations,
                         ::testing::Values("first_day", "both_sides", "nothing_found", "settings", "following_days"));

}  // namespace
}  // namespace podbrief::services
