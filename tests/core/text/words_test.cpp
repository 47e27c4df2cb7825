#include "core/text/words.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <thread>

#include "core/text/unicode.hpp"

namespace podbrief::text {
namespace {

using Strings = std::vector<std::string>;

Strings split(std::string_view text) {
    Strings found;
    for (const ByteRange& range : words(text)) found.emplace_back(range.in(text));
    return found;
}

TEST(Words, AreRunsOfLettersDigitsAndInnerMarks) {
    const struct {
        std::string text;
        Strings expected;
    } cases[] = {
        {"Don't stop, it's 3.5 o'clock.", {"Don't", "stop", "it's", "3.5", "o'clock"}},
        {"don’t", {"don’t"}},
        {"GPT-4 beats H100s in C++ and C#.", {"GPT-4", "beats", "H100s", "in", "C++", "and", "C#"}},
        {"The U.S. and the U.K., too.", {"The", "U.S.", "and", "the", "U.K.", "too"}},
        {"open-source e-mail", {"open", "source", "e-mail"}},
        {"Node.js at example.com.Then", {"Node.js", "at", "example.com", "Then"}},
        {"1,000,000 users, 20% of 1,2", {"1,000,000", "users", "20", "of", "1", "2"}},
        {"AT&T's R&D -- \"quoted\"", {"AT&T's", "R&D", "quoted"}},
        {"snake_case and/or", {"snake_case", "and", "or"}},
        {"Zoë naïve Москва", {"Zoë", "naïve", "Москва"}},
        {"", {}},
        {"...!?", {}},
    };
    for (const auto& c : cases) EXPECT_EQ(split(c.text), c.expected) << c.text;
}

TEST(Words, OfScriptsWithoutSpacesAreFoundByDictionary) {
    EXPECT_GE(split("今天天气很好").size(), 3u);
    EXPECT_GE(split("สวัสดีชาวโลก").size(), 2u);
}

TEST(Stems, OfInflectedFormsAreEqual) {
    EXPECT_EQ(stem("Exporting"), "export");
    EXPECT_EQ(stem("exports"), "export");
    EXPECT_EQ(stem("COMPANIES"), stem("company"));
    EXPECT_EQ(stem("China’s"), stem("China"));
    EXPECT_EQ(stem("Café"), "cafe");
    EXPECT_EQ(stem("3.5"), "3.5");
    EXPECT_EQ(stem("Москва"), fold("Москва"));
}

TEST(Stems, KnowTheCountryFromThePronoun) {
    EXPECT_EQ(stems("The U.S. bans it"), (Strings{"usa", "ban"}));
    EXPECT_EQ(stems("US chips help us"), (Strings{"usa", "chip", "help"}));
    EXPECT_EQ(stem("U.K."), "uk");
}

TEST(Stems, LeaveOutStopWordsAndSingleLettersButKeepDigits) {
    EXPECT_EQ(stems("It's 5 of the x models that I don't like"), (Strings{"5", "model"}));
    EXPECT_EQ(unique_stems("chips, chip and more Chips; a ban"), (Strings{"ban", "chip"}));
}

TEST(Stems, AreTheSameInEveryThreadAndAfterAnyHistory) {
    Strings text;
    for (int i = 0; i < 40000; ++i) text.push_back("working" + std::to_string(i * 7919) + "s");
    const auto once = [&] {
        Strings found;
        for (const std::string& word : text) found.push_back(stem(word));
        return found;
    };
    const Strings first = once();
    Strings elsewhere;
    std::thread([&] { elsewhere = once(); }).join();
    EXPECT_EQ(first, elsewhere);
    EXPECT_EQ(first, once());
}

RC_GTEST_PROP(Stems, OfAnyBytesNeverFail, (const std::string& bytes)) {
    const std::string text = to_valid_utf8(bytes);
    for (const ByteRange& word : words(text)) {
        RC_ASSERT(word.end <= text.size());
        RC_ASSERT(is_valid_utf8(word.in(text)));
        RC_ASSERT(is_valid_utf8(stem(word.in(text))));
    }
    for (const ByteRange& word : words(bytes)) RC_ASSERT(word.begin < word.end && word.end <= bytes.size());
}

TEST(Jaccard, IsSharedOverUnited) {
    EXPECT_DOUBLE_EQ(jaccard({"a", "b", "c"}, {"b", "c", "d"}), 0.5);
    EXPECT_DOUBLE_EQ(jaccard({"a"}, {"b"}), 0);
    EXPECT_DOUBLE_EQ(jaccard({}, {}), 0);
    EXPECT_DOUBLE_EQ(jaccard({"a"}, {"a"}), 1);
}

}  // namespace
}  // namespace podbrief::text
