#include "core/commands/link_code.hpp"

#include <gtest/gtest.h>

namespace podbrief::commands {
namespace {

TEST(LinkCodes, AreReadAsTheyAreShown) {
    const std::string code = make_link_code("secret", "a happening");
    EXPECT_EQ(code.size(), 10u);
    EXPECT_EQ(read_link_code(show_link_code(code)), code);
    EXPECT_EQ(read_link_code(code, true), code);
}

TEST(LinkCodes, AreTheSameForTheSameHappeningOnly) {
    EXPECT_EQ(make_link_code("secret", "one"), make_link_code("secret", "one"));
    EXPECT_NE(make_link_code("secret", "one"), make_link_code("secret", "two"));
    EXPECT_NE(make_link_code("secret", "one"), make_link_code("another", "one"));
}

TEST(LinkCodes, AreNoWords) {
    for (const char* typed : {"", "chips", "podcasting", "abcde-fghi", "abcde-fghijk", "abcd1-fghij", "-abcdefghij"}) {
        EXPECT_FALSE(read_link_code(typed)) << typed;
    }
    EXPECT_EQ(hash_link_code("abcdefghij").size(), 64u) << "what is stored is not the code";
}

}  // namespace
}  // namespace podbrief::commands
