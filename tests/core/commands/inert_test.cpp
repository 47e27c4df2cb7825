#include "core/commands/inert.hpp"

#include <gtest/gtest.h>

namespace podbrief::commands {
namespace {

TEST(Inert, LeavesNothingThatCouldSteerATerminalOrTurnTheText) {
    const struct {
        const char* name;
        std::string text;
        const char* expected;
    } cases[] = {
        {"plain text stays", "Zoë said: 5 % — “fine” 你好 🎉", "Zoë said: 5 % — “fine” 你好 🎉"},
        {"escape sequences",
         "a\x1b[31mb\x1b]8;;http://x\x07"
         "c",
         "a[31mb]8;;http://xc"},
        {"C1 control sequence introducer",
         "a\xc2\x9b"
         "31mb",
         "a31mb"},
        {"bell, backspace, delete",
         "a\x07\x08\x7f"
         "b",
         "ab"},
        {"line breaks", "a\r\nb\u2028c", "a b c"},
        {"tab", "a\tb", "a b"},
        {"direction overrides and isolates", "a\u202eb\u2066c\u200fd\u061ce", "abcde"},
        {"zero width and byte order mark", "a\u200bb\ufeffc", "abc"},
        {"invisible tags", "a\U000e0041b", "ab"},
        {"joined emoji stay whole", "👩\u200d💻", "👩\u200d💻"},
        {"broken UTF-8",
         "a\xff"
         "b",
         "a\ufffd"
         "b"},
    };
    for (const auto& c : cases) EXPECT_EQ(inert(c.text), c.expected) << c.name;
    EXPECT_EQ(inert("a\nb\x1b", true), "a\nb");
}

}  // namespace
}  // namespace podbrief::commands
