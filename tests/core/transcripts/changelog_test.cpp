#include <fmt/format.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>

#include "core/transcripts/adverts.hpp"
#include "core/transcripts/chapters.hpp"
#include "tests/core/transcripts/parsing.hpp"
#include "tests/support/files.hpp"

// 120 real episodes, each in six formats made from one source: what is read must not depend on the format.
namespace podbrief::transcripts {
namespace {

namespace fs = std::filesystem;

class Changelog : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        const auto data = testing::shared_data("changelog");
        if (!data) return;
        folder_ = std::make_unique<testing::TemporaryFolder>();
        const std::string command = fmt::format("python3 '{}' --out '{}' --formats all > /dev/null",
                                                (*data / "gen_feeds.py").string(), folder_->path().string());
        if (std::system(command.c_str()) != 0) throw std::runtime_error("the generator of the feeds failed");
        manifest_ = nlohmann::json::parse(testing::read_file(folder_->path() / "manifest.json"));
    }
    static void TearDownTestSuite() { folder_.reset(); }
    void SetUp() override {
        if (!folder_) GTEST_SKIP() << "the Changelog transcripts are not on this machine";
    }

    static const nlohmann::json& episodes() { return manifest_.at("episodes"); }
    static std::string name_of(const nlohmann::json& e) {
        return e.at("show").get<std::string>() + "/" + e.at("slug").get<std::string>();
    }
    static ParsedTranscript read(const nlohmann::json& e, const std::string& extension) {
        const fs::path file = folder_->path() / "transcripts" / (name_of(e) + "." + extension);
        ParseHints hints;
        hints.url = file.string();
        hints.episode_duration = std::chrono::seconds{static_cast<int>(e.at("duration_s").get<double>())};
        return parsed(testing::read_file(file), hints);
    }
    static std::vector<Chapter> chapters_of(const nlohmann::json& e) {
        const fs::path file = folder_->path() / "chapters" / (name_of(e) + ".json");
        return fs::exists(file) ? *parse_chapters(testing::read_file(file)) : std::vector<Chapter>{};
    }

    static std::unique_ptr<testing::TemporaryFolder> folder_;
    static nlohmann::json manifest_;
};

std::unique_ptr<testing::TemporaryFolder> Changelog::folder_;
nlohmann::json Changelog::manifest_;

int word_count(const ParsedTranscript& transcript) {
    const std::string words = words_of(transcript);
    return static_cast<int>(std::count(words.begin(), words.end(), ' ')) + 1;
}

TEST_F(Changelog, HasTheSameWordsAndSpeakersInEveryFormat) {
    // The sources name some speakers within a paragraph; the generator leaves these names in the text, as words, and
    // some formats show them to be labels. So many words may differ, of 10,000.
    const struct {
        const char* extension;
        TranscriptFormat format;
        bool timed;
        int differing_words;
    } formats[] = {
        {"json", TranscriptFormat::json, true, 0}, {"vtt", TranscriptFormat::webvtt, true, 0},
        {"html", TranscriptFormat::html, true, 0}, {"srt", TranscriptFormat::srt, true, 4},
        {"txt", TranscriptFormat::text, false, 4}, {"md", TranscriptFormat::markdown, true, 13},
    };
    int one_off_speakers_missed = 0;
    for (const auto& e : episodes()) {
        for (const auto& f : formats) {
            SCOPED_TRACE(name_of(e) + "." + f.extension);
            const ParsedTranscript transcript = read(e, f.extension);
            EXPECT_EQ(transcript.format, f.format);
            EXPECT_TRUE(!f.timed || transcript.timed || e.at("time_marks") == 0);
            EXPECT_NEAR(word_count(transcript), e.at("words").get<int>(), f.differing_words);
            std::set<std::string> speakers;
            for (const Segment& s : transcript.segments) {
                if (!s.speaker.empty()) speakers.insert(s.speaker);
            }
            for (const auto& speaker : e.at("speakers")) {
                if (speakers.erase(speaker.get<std::string>()) == 0) ++one_off_speakers_missed;
            }
            EXPECT_TRUE(speakers.empty()) << "made up: " << *speakers.begin();
        }
    }
    // "chg" and "Jingle", of one word and said once: nothing tells these from a sentence that begins so.
    EXPECT_LE(one_off_speakers_missed, 3);
}

TEST_F(Changelog, HasItsTimesWhereTheSourceMarksThem) {
    for (const auto& e : episodes()) {
        SCOPED_TRACE(name_of(e));
        const ParsedTranscript captions = read(e, "vtt");
        const ParsedTranscript marks = read(e, "md");
        const Millis end = std::chrono::seconds{static_cast<int>(e.at("duration_s").get<double>()) + 2};
        for (const ParsedTranscript* transcript : {&captions, &marks}) {
            Millis last{};
            for (const Segment& s : transcript->segments) {
                EXPECT_LE(s.start, s.end);
                EXPECT_GE(s.start, last);
                EXPECT_LE(s.end, end);
                EXPECT_FALSE(s.text.empty());
                last = s.start;
            }
        }
        // The generator interpolates between the marks by characters, as we do. Half way through, both tell the same
        // time, but for what the adverts shift.
        const auto middle = [](const ParsedTranscript& t) {
            std::size_t half = words_of(t).size() / 2;
            for (const Segment& s : t.segments) {
                if (half <= s.text.size()) return s.start;
                half -= s.text.size() + 1;
            }
            return Millis{};
        };
        EXPECT_NEAR(static_cast<double>(middle(captions).count()), static_cast<double>(middle(marks).count()), 90'000);
    }
}

TEST_F(Changelog, SegmentsAreShortEnoughToTimeAQuote) {
    std::size_t segments = 0;
    std::size_t long_ones = 0;
    for (const auto& e : episodes()) {
        for (const Segment& s : read(e, "json").segments) {
            ++segments;
            if (s.end - s.start > std::chrono::seconds{60} || s.text.size() > 1500) ++long_ones;
        }
    }
    EXPECT_LT(static_cast<double>(long_ones), 0.01 * static_cast<double>(segments));
}

// The adverts were cut out of these transcripts; all that is left is talk, some of it about sponsors and advertising,
// and chapters that say where the adverts were. Whatever is marked is a mistake.
TEST_F(Changelog, HasNoTalkMarkedAsAdvert) {
    int marked = 0;
    int greeted = 0;
    for (const auto& e : episodes()) {
        ParsedTranscript transcript = read(e, "vtt");
        mark_adverts(transcript.segments, chapters_of(e));
        for (const Segment& s : transcript.segments) {
            if (s.kind == SegmentKind::advert) ++marked;
            if (s.kind == SegmentKind::advert) std::printf("marked: %s: %s\n", name_of(e).c_str(), s.text.c_str());
        }
        for (const Segment& s : transcript.segments) {
            if (s.kind == SegmentKind::intro && s.start < std::chrono::seconds{10}) ++greeted;
        }
    }
    EXPECT_EQ(marked, 0);
    EXPECT_GE(greeted, 60);  // 70 of the 120 open with a greeting that names the show
}

}  // namespace
}  // namespace podbrief::transcripts
