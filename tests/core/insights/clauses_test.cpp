#include "core/insights/clauses.hpp"

#include <gtest/gtest.h>

#include "core/insights/wording.hpp"

namespace podbrief::insights {
namespace {

TEST(Clauses, LeaveTheClaimAndTakeOffWhatStandsAroundIt) {
    const struct {
        const char* name;
        const char* raw;
        const char* clean;
    } cases[] = {
        {"an opening about oneself",
         "I was reading on the train this week, and small ferries lose money in each winter that freezes the harbour.",
         "Small ferries lose money in each winter that freezes the harbour."},
        {"an opening that broke off",
         "The way that the -- small ferries lose money in each winter that freezes the harbour.",
         "Small ferries lose money in each winter that freezes the harbour."},
        {"a closing about oneself",
         "Small ferries lose money in each winter that freezes the harbour, and I love that.",
         "Small ferries lose money in each winter that freezes the harbour."},
        {"an aside", "Small ferries, I think, lose money in each winter that freezes the harbour.",
         "Small ferries lose money in each winter that freezes the harbour."},
        {"an aside in a relative clause", "The part that I think is hardest for a ferry is the ice in the harbour.",
         "The part that is hardest for a ferry is the ice in the harbour."},
        {"too little would be left", "I was reading about it, and ferries lose money.",
         "I was reading about it, and ferries lose money."},
    };
    for (const auto& c : cases) EXPECT_EQ(clean_sentence(c.raw, "").text, c.clean) << c.name;
}

TEST(Clauses, RememberThatItWasAnOpinion) {
    EXPECT_TRUE(clean_sentence("Small ferries, I think, lose money in each winter.", "").opinion);
    EXPECT_FALSE(clean_sentence("Small ferries lose money in each winter.", "").opinion);
}

TEST(Clauses, AReasonGivenAsASentenceOfItsOwnLosesItsBecause) {
    EXPECT_EQ(clean_sentence("Because most small ferries lose their money in the winter months.", "").text,
              "Most small ferries lose their money in the winter months.");
    const char* whole = "Because ferries lose money, the islands pay for them in winter.";
    EXPECT_EQ(clean_sentence(whole, "").text, whole);
}

}  // namespace
}  // namespace podbrief::insights
