#include "core/search/negation.hpp"

#include <gtest/gtest.h>

namespace podbrief::search {
namespace {

TEST(Negation, IsAnOddNumberOfDenials) {
    for (const char* text : {"It does not work.", "NO!", "It isn't cheap", "It isn\xE2\x80\x99t cheap", "Nobody asked.",
                             "We cannot go on without it, nor should we."}) {
        EXPECT_TRUE(is_negated(text)) << text;
    }
    for (const char* text :
         {"", "It works.", "It is not without merit.", "Notable nor'easters", "Knot", "north", "42"}) {
        EXPECT_FALSE(is_negated(text)) << text;
    }
}

}  // namespace
}  // namespace podbrief::search
