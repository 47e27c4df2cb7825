#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "core/insights/built_in_engine.hpp"
#include "core/insights/lexicon.hpp"
#include "core/text/unicode.hpp"
#include "core/text/words.hpp"
#include "core/transcripts/adverts.hpp"
#include "core/transcripts/parse.hpp"
#include "tests/core/insights/checks.hpp"
#include "tests/support/files.hpp"

namespace podbrief::insights {
namespace {

std::vector<ExtractionRequest> episodes(const std::filesystem::path& folder) {
    std::set<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) files.insert(entry.path());
    }
    std::vector<ExtractionRequest> requests;
    for (const auto& file : files) {
        const auto parsed = transcripts::parse_transcript(testing::read_file(file),
                                                          {.content_type = "text/markdown", .url = file.string()});
        if (!parsed) continue;
        ExtractionRequest& request = requests.emplace_back();
        request.transcript.format = parsed->format;
        request.transcript.segments = parsed->segments;
        transcripts::mark_adverts(request.transcript.segments, {});
    }
    return requests;
}

std::string first_word(std::string_view text) {
    const auto words = text::words(text);
    return words.empty() ? "" : text::to_lower(words.front().in(text));
}

// Real talk: 120 episodes, 125 hours, kept beside the checkout.
TEST(Corpus, OfRealTalkGivesGroundedReadableInsights) {
    const auto folder = testing::shared_data("changelog/transcripts");
    if (!folder) GTEST_SKIP() << "no shared data beside the checkout";
    const std::vector<ExtractionRequest> requests = episodes(*folder);
    ASSERT_EQ(requests.size(), 120u);
    const EngineSettings settings;
    constexpr std::size_t again = 5;  // every fifth episode is read a second time, in another thread
    std::vector<ExtractedInsights> first;
    std::vector<ExtractedInsights> second;
    std::thread other([&] {
        for (std::size_t i = 0; i < requests.size(); i += again) {
            second.push_back(extract_insights(requests[i], settings));
        }
    });
    for (const auto& request : requests) first.push_back(extract_insights(request, settings));
    other.join();

    std::size_t all = 0;
    std::size_t well_sized = 0;
    std::size_t dangling = 0;
    std::size_t empty_episodes = 0;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        if (i % again == 0) {
            EXPECT_EQ(first[i].insights, second[i / again].insights) << "the same in every thread";
        }
        EXPECT_LE(first[i].insights.size(), 2 * settings.per_episode);
        empty_episodes += first[i].insights.empty();
        Millis before{};
        for (const Insight& insight : first[i].insights) {
            check_insight(insight, requests[i], settings);
            EXPECT_GE(insight.start, before) << "in order of time";
            before = insight.start;
            const std::size_t words = text::words(insight.text).size();
            ++all;
            well_sized += words >= settings.good_words_from && words <= settings.good_words_to;
            const WordClasses opening = classes_of(first_word(insight.text));
            dangling += (opening & (person_pronoun | thing_pronoun | discourse)) != 0;
        }
    }
    EXPECT_GE(all, 560u) << "4.5 an hour of talk";
    EXPECT_LE(empty_episodes, 6u);
    EXPECT_GE(static_cast<double>(well_sized), 0.8 * static_cast<double>(all));
    EXPECT_LE(static_cast<double>(dangling), 0.02 * static_cast<double>(all));
}

}  // namespace
}  // namespace podbrief::insights
