#include "bot/quality/advert_reads.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/text/words.hpp"
#include "core/transcripts/adverts.hpp"

namespace podbrief::bot::quality {
namespace {

// Of the manners of host reads: announced, told as a story, offering a code, between friends, without any of it.
constexpr std::array<std::string_view, 8> reads = {
    "This episode is brought to you by Quillhaven. Quillhaven keeps the notes of a whole team in one place, because "
    "knowledge that lives in chats is lost within a week. Teams that switch spend less time on meetings than before. "
    "Head to quillhaven.example/show and the first three months are free.",
    "Let me tell you about our friends at Harrowgate. Most outages are found by customers rather than by monitors, "
    "which means that the support desk is the slowest alarm there is. Harrowgate watches every request and tells you "
    "what broke. Get started for free at harrowgate.example, and use code TALK20 for 20 percent off.",
    "Support for this podcast comes from Pebbleworks. Databases fail at three in the morning because nobody tests a "
    "restore. Pebbleworks restores every backup each night and reports what is missing. Start your free trial today.",
    "We will be right back after a quick break. Okay friends, I am here with the founder of Tidewater. Tidewater runs "
    "your functions close to your users, so that every page is faster than the competition. Sign up today at "
    "tidewater.example, and let them know we sent you.",
    "And now a word from our sponsor. Larkfield Insurance covers small companies against the cost of a breach, because "
    "one mistake is more expensive than ten years of premiums. Terms apply.",
    "Today's sponsor is Ferncastle. Hiring is the hardest problem for growing companies, and Ferncastle makes it "
    "easier than any other platform. Go to ferncastle.example and save 15 percent off your first order.",
    "I'm excited to share what Mossbridge has built. Mossbridge turns any spreadsheet into an application, which means "
    "that analysts no longer wait for engineers. Try it for free at mossbridge.example, our listeners get a special "
    "offer.",
    "Thanks to Oakline for sponsoring this episode. Oakline cuts the cost of the cloud in half, because it turns off "
    "what nobody uses. Visit oakline.example slash show to learn more.",
};

std::size_t count_words(std::string_view text) {
    return text::words(text).size();
}

bool is_of_read(std::string_view text) {
    return std::any_of(reads.begin(), reads.end(),
                       [&](std::string_view read) { return read.find(text) != std::string_view::npos; });
}

std::vector<Millis> places_in(const Episode& episode, Millis length) {
    std::vector<Millis> places;
    for (const Chapter& chapter : episode.chapters) {
        if (transcripts::is_sponsor_chapter(chapter.title)) places.push_back(chapter.start);
    }
    if (places.empty()) places = {length / 3, length * 2 / 3};
    return places;
}

}  // namespace

AdvertMeasures put_adverts_in(std::vector<TalkEpisode>& episodes) {
    AdvertMeasures measures;
    for (TalkEpisode& one : episodes) {
        std::vector<Segment>& segments = one.request.transcript.segments;
        if (segments.empty()) continue;
        for (Segment& segment : segments) segment.kind = SegmentKind::speech;
        const std::string host = segments.front().speaker;
        for (const Millis place : places_in(one.request.episode, segments.back().end)) {
            const auto after = std::find_if(segments.begin(), segments.end(),
                                            [&](const Segment& segment) { return segment.start >= place; });
            const Millis at = after == segments.end() ? segments.back().end : after->start;
            segments.insert(after, {host, std::string(reads[measures.reads++ % reads.size()]), at, at, {}});
        }
        // As the pipeline does it, but without the chapters: their times would tell.
        transcripts::mark_adverts(segments, {}, one.request.podcast.title);
        for (const Segment& segment : segments) {
            const std::size_t words = count_words(segment.text);
            const bool marked = segment.kind == SegmentKind::advert;
            if (is_of_read(segment.text) && words > 2) {
                measures.advert_words += words;
                measures.advert_marked += marked ? words : 0;
            } else {
                measures.talk_words += words;
                measures.talk_marked += marked ? words : 0;
            }
        }
    }
    return measures;
}

bool is_of_advert(const Insight& insight) {
    return std::any_of(reads.begin(), reads.end(), [&](std::string_view read) {
        return insight.quote.find(read.substr(0, 60)) != std::string::npos ||
               read.find(insight.quote) != std::string_view::npos ||
               read.find(std::string_view(insight.quote).substr(0, 60)) != std::string_view::npos;
    });
}

}  // namespace podbrief::bot::quality
