#include "core/text/sentences.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/text/ascii.hpp"
#include "core/text/break_iterator.hpp"
#include "core/text/sentence_scanner.hpp"
#include "tests/support/files.hpp"

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
        {"lines", "First line\nsecond line", {"First line", "second line"}},
        {"Chinese", "你好。再见。", {"你好。", "再见。"}},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.name);
        EXPECT_EQ(split(c.text), c.expected);
    }
}

std::vector<ByteRange> by_icu(std::string_view line) {
    std::vector<ByteRange> found;
    BreakIterator breaks(BreakIterator::Kind::sentence, line);
    std::size_t begin = 0;
    for (std::size_t end = breaks.next(); end != BreakIterator::done; begin = end, end = breaks.next()) {
        found.push_back({begin, end});
    }
    return found;
}

std::vector<ByteRange> by_scanner(std::string_view line) {
    std::vector<ByteRange> found;
    scan_ascii_sentences(line, found);
    return found;
}

RC_GTEST_PROP(SentenceScanner, AgreesWithIcuOnAnyAsciiLine, ()) {
    const auto line = *rc::gen::container<std::string>(
        rc::gen::oneOf(rc::gen::elementOf(std::string("..!?\"'()[] ,-:;aAbZ019")), rc::gen::inRange<char>(0x20, 0x7F)));
    RC_ASSERT(by_scanner(line) == by_icu(line));
}

TEST(SentenceScanner, AgreesWithIcuOnRealTalk) {
    const auto folder = testing::shared_data("changelog/transcripts");
    if (!folder) GTEST_SKIP() << "no shared data beside the checkout";
    std::size_t lines = 0;
    std::size_t kept = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(*folder)) {
        if (!entry.is_regular_file() || ++kept % 10 != 0) continue;
        const std::string text = testing::read_file(entry.path());
        for (std::size_t begin = 0; begin < text.size();) {
            const std::size_t end = std::min(text.find('\n', begin), text.size());
            const std::string_view line = std::string_view(text).substr(begin, end - begin);
            if (is_ascii(line)) {
                ASSERT_EQ(by_scanner(line), by_icu(line)) << line;
                ++lines;
            }
            begin = end + 1;
        }
    }
    EXPECT_GT(lines, 1000u);
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
