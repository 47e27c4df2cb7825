#include "core/insights/plain_text.hpp"

#include <gtest/gtest.h>

#include "core/insights/gates.hpp"
#include "core/insights/model_gates.hpp"
#include "core/insights/quotes.hpp"
#include "tests/support/files.hpp"

namespace podbrief::insights {
namespace {

TEST(PlainText, LetsOrdinaryWritingPass) {
    for (const char* text : {
             "Export controls cut 40% of U.S. chip sales, i.e. $3.5 billion (about \u20AC3 billion) a year.",
             "Node.js and C# teams ship 24/7; C++ teams - \u201Cslow and steady\u201D \u2013 do not.",
             "\u00C9mile Zola's caf\u00E9 isn't Tom's & Ann's, e.g. in St. Louis.",
             "The ratio of 3:2 = 1.5, at 10:30 a.m. in v2.0.1 of it.",
         }) {
        EXPECT_EQ(plain_text_fault(text), gate::none) << text;
    }
}

TEST(PlainText, FindsEveryKindOfAddress) {
    for (const char* text : {
             "See https://evil.example/win for more.",
             "See HTTP://EVIL.EXAMPLE now.",
             "Go to www.evil.example now.",
             "It is on evil.example today.",
             "It is at t.me/evilbot today.",
             "Ask bit.ly/abc for it.",
             "Mail mallory@evil.example for it.",
             "Ask @everyone in the room.",
             "Call tel:+15551234 now.",
             "Run javascript:alert(1) now.",
             "Look at evil\u3002example now.",
             "Look at evil\uFF0Eexample now.",
             "It ended.There it was.",
             "Look at xn--pple-43d.example now.",
             "Look at \u0430pple.com now.",
             "Open data:text/html now.",
         }) {
        EXPECT_EQ(plain_text_fault(text), gate::link) << text;
    }
}

TEST(PlainText, FindsMarkupMentionsAndWhatIsNotSeen) {
    for (const char* text : {
             "Chips <!channel> matter.", "Chips <b>matter</b>.",
             "Chips *matter* a lot.",    "Chips _matter_ a lot.",
             "Chips `matter` a lot.",    "[Chips](evil) matter.",
             "Chips ~matter~ a lot.",    "Chips | matter.",
             "Chips \\*matter.",         "Chips &lt;!channel&gt; matter.",
             "Chips \u202Ematter.",      "Chips\u200B matter.",
             "Chips \U0001F600 matter.", "Chips\u0007 matter.",
             "#chips matter.",           "Chips ## matter.",
             "Chips matter \xFF now.",   "Chips {matter} a lot.",
             "Chips -- matter.",         "Chips\nmatter.",
         }) {
        EXPECT_EQ(plain_text_fault(text), gate::markup) << text;
    }
}

TEST(PlainText, LetsAllInsightsOfTheSeedPagePassButForTheirEmphasis) {
    const auto file = podbrief::testing::shared_data("seed-page/page.json");
    if (!file) GTEST_SKIP() << "no seed page beside the checkout";
    std::string page = podbrief::testing::read_file(*file);
    const std::string key = "\"text\": \"";
    int seen = 0;
    for (std::size_t at = page.find(key); at != std::string::npos; at = page.find(key, at)) {
        at += key.size();
        std::string text;
        for (; page[at] != '"'; ++at) {
            if (page[at] == '\\') ++at;
            if (page[at] != '*') text += page[at];
        }
        EXPECT_EQ(plain_text_fault(text), gate::none) << text;
        EXPECT_FALSE(speaks_to_the_machine(text)) << text;
        ++seen;
    }
    EXPECT_EQ(seen, 11);
}

TEST(FindWords, FindsWhatWasSaidWhateverItsMarks) {
    const std::string text = "Well, the \u201Cexport rule\u201D isn't new. It's OLD, and costly!";
    const auto said = [&](std::string_view words) {
        const auto found = find_words(text, words);
        return found ? std::string(found->in(text)) : std::string("(none)");
    };
    EXPECT_EQ(said("isn't new. It's OLD"), "isn't new. It's OLD");
    EXPECT_EQ(said("the export rule isn\u2019t new"), "the \u201Cexport rule\u201D isn't new.");
    EXPECT_EQ(said("it's old and costly"), "It's OLD, and costly!");
    EXPECT_EQ(said("export rules"), "(none)");
    EXPECT_EQ(said("rule new"), "(none)") << "no word is left out";
    EXPECT_EQ(said("port rule"), "(none)") << "words are whole";
    EXPECT_EQ(said("..."), "(none)");
    EXPECT_EQ(said(""), "(none)");
}

TEST(Quotations, AreWhatStandsBetweenDoubleMarks) {
    EXPECT_EQ(quotations_in("He said \"no\" and \u201Cnever\u201D."), (std::vector<std::string_view>{"no", "never"}));
    EXPECT_EQ(quotations_in("An \"open end."), (std::vector<std::string_view>{"open end."}));
    EXPECT_TRUE(quotations_in("It's nothing.").empty());
}

}  // namespace
}  // namespace podbrief::insights
