#include "core/text/sentences.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/text/ascii.hpp"

namespace podbrief::text {
namespace {

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> found;
    for (const ByteRange& range : sentences(text)) found.emplace_back(range.in(text));
    return found;
}

using Strings = std::vector<std::string>;

TEST(Sentences, AreSplitAsPeopleReadThem) {
    const struct {
        const char* name;
        std::string text;
        Strings expected;
    } cases[] = {
        {"plain", "One is here. Two is there! Is three?  Yes.", {"One is here.", "Two is there!", "Is three?", "Yes."}},
        {"no end mark", "and then it just", {"and then it just"}},
        {"only space", " \n ", {}},
        {"acronym", "The U.S. economy grew. The end.", {"The U.S. economy grew.", "The end."}},
        {"acronym before a name", "It left the U.S. Senate alone.", {"It left the U.S. Senate alone."}},
        {"acronym at the end",
         "It is made in the U.S. The chips are not.",
         {"It is made in the U.S.", "The chips are not."}},
        {"titles", "Dr. Smith met Mrs. Jones. They spoke.", {"Dr. Smith met Mrs. Jones.", "They spoke."}},
        {"latin", "Use a tool, e.g. Git, or i.e. Jujutsu. Done.", {"Use a tool, e.g. Git, or i.e. Jujutsu.", "Done."}},
        {"number", "See No. 5 on the list. No. Never.", {"See No. 5 on the list.", "No.", "Never."}},
        {"decimals", "It grew 3.5 percent in v2.0 of it. Wow.", {"It grew 3.5 percent in v2.0 of it.", "Wow."}},
        {"initials", "John F. Kennedy spoke. J. K. Rowling wrote.", {"John F. Kennedy spoke.", "J. K. Rowling wrote."}},
        {"not initials", "We took plan B. Then it worked.", {"We took plan B.", "Then it worked."}},
        {"ellipsis in a sentence", "Well... maybe it works... Or not.", {"Well... maybe it works...", "Or not."}},
        {"file names", "Node.js runs it. It uses .NET too.", {"Node.js runs it.", "It uses .NET too."}},
        {"company",
         "Apple Inc. Makes no sense? Apple Inc. The end.",
         {"Apple Inc. Makes no sense?", "Apple Inc.", "The end."}},
        {"quotation", "\"Really?\" she asked. \"Yes.\" He left.", {"\"Really?\" she asked.", "\"Yes.\"", "He left."}},
        {"letters beyond ASCII",
         "Émile came. Zoë left… “Good.” Then peace.",
         {"Émile came.", "Zoë left… “Good.”", "Then peace."}},
        {"lines", "First line\nsecond line by Dr.\nSmith", {"First line", "second line by Dr.", "Smith"}},
        {"Chinese", "你好。再见。", {"你好。", "再见。"}},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.name);
        EXPECT_EQ(split(c.text), c.expected);
    }
}

RC_GTEST_PROP(Sentences, CoverEverythingButWhiteSpaceInOrder, (const std::string& bytes)) {
    std::size_t at = 0;
    for (const ByteRange& range : sentences(bytes)) {
        RC_ASSERT(range.begin >= at);
        RC_ASSERT(range.end > range.begin);
        for (; at < range.begin; ++at) RC_ASSERT(is_ascii_space(bytes[at]));
        at = range.end;
    }
    for (; at < bytes.size(); ++at) RC_ASSERT(is_ascii_space(bytes[at]));
}

}  // namespace
}  // namespace podbrief::text
