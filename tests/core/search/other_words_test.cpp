#include "core/search/other_words.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <string>

#include "core/search/find.hpp"
#include "core/text/digest.hpp"
#include "core/text/words.hpp"
#include "tests/core/search/library.hpp"

namespace podbrief::search {
namespace {

using Kind = OtherWord::Kind;

void append(std::string& bytes, std::uint32_t number) {
    for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(number >> shift & 0xFF);
}

// A file as config/words/make.py would write it: "doctor", "nurs" and "physician", where the last has the first two.
std::string file_of_three(std::uint32_t entry = 0U << 16 | 255U << 8 | 0U) {
    std::string body;
    for (const std::uint32_t end : {6U, 10U, 19U}) append(body, end);
    for (const std::uint32_t end : {0U, 0U, 2U}) append(body, end);
    append(body, entry);
    append(body, 1U << 16 | 51U << 8 | 1U);
    body += "doctornursphysician";
    std::string file = "podbrief words 1";
    for (const std::uint32_t count : {3U, 2U, 19U}) append(file, count);
    return file + text::sha256_hex(body).substr(0, 16) + body;
}

std::string refusal(const std::string& bytes) {
    try {
        const OtherWords words(bytes);
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "";
}

bool offers(const std::string& word, const std::string& other) {
    const auto others = built_in_other_words().of(text::stem(word));
    return std::any_of(others.begin(), others.end(), [&](const OtherWord& o) { return o.stem == text::stem(other); });
}

std::vector<std::int64_t> found(Library& library, const char* text) {
    std::vector<std::int64_t> ids;
    for (const SearchHit& hit : find(library.index(), understand(text, library.index()), {}).hits) {
        ids.push_back(hit.insight.value);
    }
    return ids;
}

TEST(OtherWords, AreThoseOfTheFileBestFirst) {
    const std::string bytes = file_of_three();
    const OtherWords words(bytes);
    EXPECT_EQ(words.size(), 3U);
    EXPECT_EQ(words.of("physician"),
              (std::vector<OtherWord>{{"doctor", 1, Kind::same}, {"nurs", 0.2, Kind::narrower}}));
    EXPECT_TRUE(words.of("doctor").empty());
    EXPECT_TRUE(words.of("surgeon").empty());
    EXPECT_TRUE(words.of("").empty());
    EXPECT_TRUE(words.knows("doctor"));
    EXPECT_FALSE(words.knows("doctors")) << "only stems are kept";
}

TEST(OtherWords, RefuseAFileThatIsNotWhole) {
    const std::string whole = file_of_three();
    for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_NE(refusal(whole.substr(0, size)), "") << size;
    for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        EXPECT_NE(refusal(changed), "") << at;
    }
    EXPECT_EQ(refusal(whole), "");
}

TEST(OtherWords, RefuseEntriesThatLeadNowhere) {
    EXPECT_NE(refusal(file_of_three(3U << 16 | 255U << 8)).find("entries"), std::string::npos);
    EXPECT_NE(refusal(file_of_three(0U << 16 | 255U << 8 | 3U)).find("entries"), std::string::npos);
}

TEST(OtherWords, OfTheProgramKnowOrdinaryEnglishBeyondTechnology) {
    EXPECT_TRUE(offers("physician", "doctor"));
    EXPECT_TRUE(offers("attorney", "lawyer"));
    EXPECT_TRUE(offers("tribunal", "court"));
    EXPECT_TRUE(offers("goalie", "goalkeeper"));
    EXPECT_TRUE(offers("cancer", "leukemia")) << "a narrower one";
    EXPECT_TRUE(offers("employee", "worker")) << "a broader one";
    EXPECT_FALSE(offers("car", "machine")) << "a machine is seldom a car";
    EXPECT_FALSE(offers("tree", "corner"));
}

TEST(OtherWords, OfTheProgramWeighMostWhatMeansTheSame) {
    const OtherWords& words = built_in_other_words();
    EXPECT_GT(words.size(), 15'000U);
    double least_same = 1;
    double most_broader = 0;
    for (const char* word : {"lawyer", "injury", "salary", "vaccine", "employee", "tribunal", "loan"}) {
        for (const OtherWord& other : words.of(text::stem(word))) {
            EXPECT_GT(other.weight, 0);
            EXPECT_LT(other.weight, 0.91);
            if (other.kind == Kind::same) least_same = std::min(least_same, other.weight);
            if (other.kind == Kind::broader) most_broader = std::max(most_broader, other.weight);
        }
    }
    EXPECT_LT(most_broader, least_same);
    EXPECT_GT(most_broader, 0);
}

TEST(Understand, FindsByAWordThatMeansTheSame) {
    Library library;
    library.add("Tenants who have a lawyer keep their home.");
    library.add("Goalkeepers who stay in the middle stop more penalties.");
    library.add("Tenants plant tomatoes on their balconies.");
    EXPECT_EQ(found(library, "attorneys for tenants").front(), 1);
    EXPECT_EQ(found(library, "goalie"), std::vector<std::int64_t>{2});
}

TEST(Understand, PrefersTheWordItself) {
    Library library;
    library.add("Every lawyer needs to rest.");
    library.add("Every attorney needs to rest.");
    EXPECT_EQ(found(library, "attorney"), (std::vector<std::int64_t>{2, 1}));
    EXPECT_EQ(found(library, "lawyer"), (std::vector<std::int64_t>{1, 2}));
}

TEST(Understand, AsksForNoOtherWordWhereManyInsightsHoldTheWord) {
    Library library;
    for (int i = 0; i < 10; ++i) library.add("An attorney speaks for clients, number " + std::to_string(i) + ".");
    library.add("A lawyer speaks for clients.");
    const UnderstoodQuery query = understand("attorney", library.index());
    EXPECT_EQ(query.terms, (std::vector<QueryTerm>{{"attorney", 1, 0}}));
    const UnderstoodQuery rare = understand("lawyer", library.index());
    EXPECT_GT(rare.terms.size(), 1U);
}

TEST(Understand, DoesNotMendAWordOfEnglishIntoAnother) {
    Library library;
    library.add("The ballots were counted twice.");
    library.add("Authorization of payments takes a day.");
    const UnderstoodQuery ballet = understand("ballet", library.index());
    EXPECT_EQ(ballet.note, "");
    EXPECT_EQ(ballet.unknown, std::vector<std::string>{"ballet"});
    EXPECT_TRUE(found(library, "ballet").empty());
    EXPECT_EQ(understand("balots", library.index()).note, "Showing results for ballots.");
    EXPECT_EQ(found(library, "authorisation"), std::vector<std::int64_t>{2});
    library.add("An optimist sleeps well.");
    EXPECT_EQ(understand("optimism", library.index()).note, "Showing results for optimist.") << "a form of the same";
}

TEST(Understand, GoesWithoutOtherWordsWhereItIsToldTo) {
    Library library;
    library.add("A lawyer speaks for clients.");
    const Vocabularies none{nullptr, nullptr};
    EXPECT_EQ(understand("attorney clients", library.index(), none).terms.size(), 2U);
    EXPECT_GT(understand("attorney clients", library.index()).terms.size(), 2U);
}

}  // namespace
}  // namespace podbrief::search
