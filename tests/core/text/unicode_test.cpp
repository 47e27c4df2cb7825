#include "core/text/unicode.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace podbrief::text {
namespace {

TEST(Unicode, TellsValidUtf8FromBrokenBytes) {
    const struct {
        const char* name;
        std::string bytes;
        bool valid;
    } cases[] = {
        {"empty", "", true},
        {"ASCII longer than a machine word", "plain words and more of them", true},
        {"letters of two, three and four bytes", "é 漢 🎙", true},
        {"a lone continuation byte", "ab\x80", false},
        {"a sequence cut off at the end", "long enough \xE6\xBC", false},
        {"an overlong slash", "\xC0\xAF", false},
        {"a surrogate", "\xED\xA0\x80", false},
        {"above the last code point", "\xF5\x80\x80\x80", false},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.name);
        EXPECT_EQ(is_valid_utf8(c.bytes), c.valid);
    }
}

TEST(Unicode, MendsBrokenBytesAndDropsControlCharacters) {
    EXPECT_EQ(to_valid_utf8("a\x80z"), "a\xEF\xBF\xBDz");
    EXPECT_EQ(to_valid_utf8(std::string_view("a\0z", 3)), "a\xEF\xBF\xBDz");
    EXPECT_EQ(to_valid_utf8("a\x07\x1B[1m\tb\r\n\xC2\x85"
                            "c"),
              "a[1m\tb\r\nc");
    EXPECT_EQ(to_valid_utf8("Émile said ok"), "Émile said ok");
}

RC_GTEST_PROP(Unicode, MakesValidUtf8OfAnyBytesAndLeavesItAloneThen, (const std::string& bytes)) {
    const std::string valid = to_valid_utf8(bytes);
    RC_ASSERT(is_valid_utf8(valid));
    RC_ASSERT(to_valid_utf8(valid) == valid);
}

TEST(Unicode, DecodesNamedCharsets) {
    EXPECT_EQ(decode("caf\xE9 \x93quoted\x94", "ISO-8859-1"), "café \xE2\x80\x9Cquoted\xE2\x80\x9D");
    EXPECT_EQ(decode("\xCF\xF0\xE8\xE2\xE5\xF2", "windows-1251"), "Привет");
    EXPECT_EQ(decode(std::string_view("h\0i\0", 4), "UTF-16LE"), "hi");
    EXPECT_EQ(decode("caf\xC3\xA9", "no-such-charset"), "café");
    EXPECT_EQ(decode(std::string(10000, '\xE9'), "latin1").size(), 20000u);
}

TEST(Unicode, FoldsCaseAccentsAndWidth) {
    EXPECT_EQ(fold("Émile"), fold("EMILE"));
    EXPECT_EQ(fold("Straße"), "strasse");
    EXPECT_EQ(fold("ＧＰＵ"), "gpu");
    EXPECT_EQ(fold("Čapek"), "capek");
    EXPECT_EQ(fold("ﬁne"), "fine");
    EXPECT_NE(fold("が"), fold("か")) << "the sound mark of kana is not an accent";
}

TEST(Unicode, LowersBeyondAscii) {
    EXPECT_EQ(to_lower("ABC xyz"), "abc xyz");
    EXPECT_EQ(to_lower("ÉCOLE"), "école");
}

TEST(Unicode, CollapsesWhiteSpaceOfAllKinds) {
    EXPECT_EQ(collapse_white_space("  a\t\n b\xC2\xA0\xE2\x80\x83"
                                   "c \r\n"),
              "a b c");
    EXPECT_EQ(collapse_white_space(" \n "), "");
}

TEST(Unicode, CutsBetweenGraphemes) {
    EXPECT_EQ(prefix_of("hello", 3), "hel");
    EXPECT_EQ(prefix_of("e\xCC\x81t\xC3\xA9", 1), "") << "a letter and its accent stay together";
    EXPECT_EQ(prefix_of("e\xCC\x81t\xC3\xA9", 2), "e\xCC\x81");
    EXPECT_EQ(prefix_of("👩‍👩‍👧!", 3), "") << "a family is one grapheme of five code points";
    EXPECT_EQ(prefix_of("漢字", 1), "漢");
    EXPECT_EQ(prefix_of("short", 50), "short");
}

TEST(Unicode, ShortensAtAWordAndCountsTheEllipsis) {
    EXPECT_EQ(shortened("the quick brown fox", 19), "the quick brown fox");
    EXPECT_EQ(shortened("the quick brown fox", 12), "the quick…");
    EXPECT_EQ(shortened("the quick, brown fox", 13), "the quick…");
    EXPECT_EQ(shortened("unbreakable", 5), "unbr…");
    EXPECT_EQ(shortened("anything", 0), "");
}

RC_GTEST_PROP(Unicode, ShortenedTextKeepsWithinItsLimitAndStaysValid, (const std::string& bytes)) {
    const std::string text = to_valid_utf8(bytes);
    const auto limit = *rc::gen::inRange<std::size_t>(0, 40);
    const std::string cut = shortened(text, limit);
    RC_ASSERT(is_valid_utf8(cut));
    RC_ASSERT(code_point_count(cut) <= limit);
    RC_ASSERT(is_valid_utf8(prefix_of(text, limit)));
    RC_ASSERT(code_point_count(prefix_of(text, limit)) <= limit);
}

TEST(Unicode, CountsTerminalColumns) {
    EXPECT_EQ(display_width("abc"), 3u);
    EXPECT_EQ(display_width("漢字"), 4u);
    EXPECT_EQ(display_width("e\xCC\x81"), 1u);
    EXPECT_EQ(display_width("🎙️ on"), 5u);
    EXPECT_EQ(display_width("👩‍👩‍👧"), 2u);
    EXPECT_EQ(display_width("🇩🇪"), 2u);
    EXPECT_EQ(code_point_count("a漢🎙"), 3u);
}

}  // namespace
}  // namespace podbrief::text
