#include "core/transcripts/show_notes.hpp"

#include <gtest/gtest.h>

#include "tests/core/transcripts/parsing.hpp"

namespace podbrief::transcripts {
namespace {

const std::string prose =
    "<p>Wheat was cheap for thirty years, and then it was not. Ann Lee, who has farmed in three countries, tells how "
    "one "
    "failed harvest became a crisis of trade. She argues that storage, not land, is what runs short first.</p>"
    "<p>Ben Okoro disagrees: he thinks that the price of freight explains most of what bakers now pay. They compare "
    "the "
    "figures of 2007 with those of last year, and come to a result that neither of them had expected at the start.</p>"
    "<p>At the end they look at a town in which every bakery closed within a year, and ask whether it could have been "
    "kept from happening by a rule that was proposed and then dropped in silence.</p>";

Episode with_notes(std::string notes) {
    Episode episode;
    episode.notes = std::move(notes);
    return episode;
}

TEST(ShowNotes, ThatAreLongEnoughBecomeSegments) {
    const auto notes = segments_from_notes(with_notes(prose));
    ASSERT_TRUE(notes);
    EXPECT_EQ(notes->format, TranscriptFormat::show_notes);
    EXPECT_FALSE(notes->timed);
    ASSERT_EQ(notes->segments.size(), 3u);
    EXPECT_TRUE(notes->segments[1].text.starts_with("Ben Okoro disagrees"));
    for (const Segment& s : notes->segments) {
        EXPECT_EQ(s.speaker, "");
        EXPECT_EQ(s.start, Millis{0});
        EXPECT_EQ(s.end, Millis{0});
    }
}

TEST(ShowNotes, LoseLinksChaptersSponsorsAndBoilerplate) {
    const auto notes =
        segments_from_notes(with_notes(
            prose + "<p>This episode is brought to you by Quillfeather, the pen that never dries out at all.</p>"
                    "<p>Use code WHEAT20 to get 20 percent off your first order of pens at the shop.</p>"
                    "<p>Subscribe to our newsletter and never miss an episode of the show again, dear listener.</p>"
                    "<p>(12:34) Why the price of freight explains most of what bakers now pay. A second look.</p>"
                    "<p>Our guest's new book is out at https://example.com/book and you should all read it now.</p>"
                    "<ul><li><a href='https://example.com'>The figures of 2007</a></li><li>A report on freight, with "
                    "figures from all the ports we know</li></ul>"
                    "<p>See the privacy policy at example.com for what we do with the data of all our listeners.</p>"));
    ASSERT_TRUE(notes);
    EXPECT_EQ(words_of(*notes), words_of(*segments_from_notes(with_notes(prose))));
}

TEST(ShowNotes, ThatAreShortOrOnlyLinksAreNotUsed) {
    EXPECT_FALSE(segments_from_notes(with_notes("")));
    EXPECT_FALSE(
        segments_from_notes(with_notes("<p>Ann and Ben talk about wheat, freight and bread. Enjoy the episode.</p>")));
    std::string links;
    for (int i = 0; i < 100; ++i)
        links += "<li><a href='https://example.com'>A rather long title of a linked article, number one</a></li>";
    EXPECT_FALSE(segments_from_notes(with_notes("<ul>" + links + "</ul>")));
}

TEST(ShowNotes, MayBePlainText) {
    std::string text;
    for (int i = 0; i < 8; ++i)
        text += "Storage, not land, is what runs short first, and that has been known for a long time.\n\n";
    const auto notes = segments_from_notes(with_notes(text));
    ASSERT_TRUE(notes);
    EXPECT_EQ(notes->segments.size(), 8u);
}

}  // namespace
}  // namespace podbrief::transcripts
