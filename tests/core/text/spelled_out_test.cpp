#include "core/text/spelled_out.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/text/unicode.hpp"

namespace podbrief::text {
namespace {

using Pairs = std::vector<SpelledOut>;

TEST(SpelledOut, ReadsTheWaysInWhichPeopleSpellOutAShortForm) {
    const struct {
        const char* text;
        SpelledOut expected;
    } cases[] = {
        {"Teams adopt Continuous Integration (CI) early.", {"CI", "Continuous Integration"}},
        {"A CI (confidence interval) tells the range.", {"CI", "confidence interval"}},
        {"We tried retrieval augmented generation, or RAG, on it.", {"RAG", "retrieval augmented generation"}},
        {"Pull requests, or PRs, wait for days.", {"PR", "Pull requests"}},
        {"It is CI, which stands for continuous integration.", {"CI", "continuous integration"}},
        {"RAG stands for retrieval-augmented generation.", {"RAG", "retrieval augmented generation"}},
        {"ARDS, short for acute respiratory distress syndrome, kills.",
         {"ARDS", "acute respiratory distress syndrome"}},
        {"The VAR, or video assistant referee, decides.", {"VAR", "video assistant referee"}},
        {"A deferred prosecution agreement, DPA, was signed.", {"DPA", "deferred prosecution agreement"}},
        {"An LTS, a long-term support release.", {"LTS", "long term support"}},
        {"Role-based access control, abbreviated as RBAC.", {"RBAC", "Role based access control"}},
        {"NIST is the National Institute of Standards and Technology.",
         {"NIST", "National Institute of Standards and Technology"}},
        {"FUD - fear, uncertainty and doubt - sells.", {"FUD", "fear uncertainty and doubt"}},
        {"Updates come over the air (OTA).", {"OTA", "over the air"}},
        {"The **RAG** (retrieval augmented generation) show.", {"RAG", "retrieval augmented generation"}},
    };
    for (const auto& one : cases) {
        SCOPED_TRACE(one.text);
        EXPECT_EQ(spelled_out(one.text), Pairs{one.expected});
    }
}

TEST(SpelledOut, SmallWordsMayCountOrBeLeftOut) {
    EXPECT_EQ(spelled_out("the internet of things (IoT)"), (Pairs{{"IoT", "internet of things"}}));
    EXPECT_EQ(spelled_out("a proof of concept (PoC)"), (Pairs{{"PoC", "proof of concept"}}));
    EXPECT_EQ(spelled_out("the Department of Homeland Security (DHS)"),
              (Pairs{{"DHS", "Department of Homeland Security"}}));
    EXPECT_EQ(spelled_out("software as a service (SaaS)"), (Pairs{{"SaaS", "software as a service"}}));
    EXPECT_EQ(spelled_out("low rank adaptation (LoRA)"), (Pairs{{"LoRA", "low rank adaptation"}}));
}

TEST(SpelledOut, LeavesAloneWhatOnlyLooksLikeIt) {
    for (const char* text : {
             "", "RAG",
             "AI, and it changes how we work.",           // small words are no ends of a long form
             "AI, assisted is what we call it.",          //
             "With AI, artists innovate faster.",         // two letters and a comma
             "The CI (which we like) is slow.",           // other letters
             "Computers invent (CD).",                    //
             "We run CI. Continuous integration helps.",  // another sentence
             "continuous. integration (CI)",              //
             "The API, a place in Iceland.",              //
             "ACK, A C K, we said.",                      // spelled, not spelled out
             "THE WHOLE LINE IS WRITTEN IN CAPITALS",     //
             "GPT-4 (generative pretrained)",             //
             "IoT things (IoT)",                          // nothing is said of it
             "2FA (two factor authentication)",           // begins with a digit
         }) {
        SCOPED_TRACE(text);
        EXPECT_EQ(spelled_out(text), Pairs{});
    }
}

TEST(SpelledOut, FindsAllOfATextInOrder) {
    EXPECT_EQ(
        spelled_out("Magnetic resonance imaging (MRI) beats computed tomography (CT), and PET, which is short for "
                    "positron emission tomography, beats both."),
        (Pairs{{"MRI", "Magnetic resonance imaging"},
               {"CT", "computed tomography"},
               {"PET", "positron emission tomography"}}));
}

// Each "as" may be meant or skipped: trying them all again and again would take minutes.
TEST(SpelledOut, IsSoonDoneWithSmallWordsThatBeginLikeTheLetters) {
    std::string text;
    for (int i = 0; i < 5'000; ++i) text += "as as as as as as as as as as as zoo (AAAAAAAA) ";
    EXPECT_EQ(spelled_out(text), Pairs{});
}

TEST(SpelledOut, ReadsAnyBytes) {
    std::string bytes;
    for (int i = 0; i < 20'000; ++i) bytes += static_cast<char>("AI (,é\xff artificial int"[i * 7919 % 24]);
    for (const SpelledOut& one : spelled_out(bytes)) EXPECT_GE(one.long_form.size(), one.short_form.size());
    EXPECT_EQ(spelled_out(std::string(100'000, 'A')), Pairs{});
    EXPECT_EQ(spelled_out("é (ÉÉ) École élémentaire (EE)"), Pairs{});
}

}  // namespace
}  // namespace podbrief::text
