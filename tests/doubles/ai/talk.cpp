#include "tests/doubles/ai/talk.hpp"

#include <fmt/format.h>

namespace podbrief::testing {
namespace {

constexpr const char* good[] = {
    "Export controls on advanced chips slow down the training of large models, because no other supplier can deliver "
    "the memory bandwidth that 3 clusters at Kestrel Labs depend on every single week.",
    "Cloud rentals make export controls leak, which means that a company without any license still trains its largest "
    "models abroad while customs officers count boxes at 12 harbors.",
    "A monolith lowers the cost of change for teams with fewer than 50 engineers, because a single deployment replaces "
    "the coordination that separate services force on every release.",
    "Code review finds fewer defects than most managers expect, since reviewers read 200 lines with care and then only "
    "skim the rest of a change before lunch.",
    "Heat pumps reduce the heating bill of old houses only when the radiators are large enough, because a low flow "
    "temperature decides the efficiency and not the brand on the box.",
    "Open source maintainers burn out from support requests rather than from code, so companies that depend on a "
    "library save money when they pay for 1 maintainer instead of another license.",
};

Segment said(std::string speaker, std::string text, int from, int to, SegmentKind kind = SegmentKind::speech) {
    return {std::move(speaker), std::move(text), std::chrono::seconds{from}, std::chrono::seconds{to}, kind};
}

ExtractionRequest empty_talk() {
    ExtractionRequest request;
    request.podcast.id = {7};
    request.podcast.title = "Second Order";
    request.episode.id = {70};
    request.episode.title = "Chips, houses and code";
    request.episode.persons = {{"Mira Okonjo", "guest"}, {"Tom Reed", "host"}};
    request.episode.published_at = from_ms(1'700'000'000'000);
    request.episode.first_seen_at = from_ms(1'700'000'100'000);
    request.transcript.id = {700};
    request.transcript.format = TranscriptFormat::webvtt;
    return request;
}

}  // namespace

std::vector<GoodSentence> good_sentences() {
    return {{1, good[0]}, {3, good[1]}, {5, good[2]}, {6, good[3]}, {8, good[4]}, {9, good[5]}};
}

ExtractionRequest a_talk() {
    ExtractionRequest request = empty_talk();
    request.transcript.segments = {
        said("Tom Reed", "Welcome to the show, thanks for listening!", 0, 5),
        said("Mira Okonjo", good[0], 5, 30),
        said("Tom Reed", "Wow. Really?", 30, 32),
        said("Mira Okonjo", std::string("So, um, yeah. ") + good[1], 32, 60),
        said("Tom Reed",
             "Acme servers are the cheapest servers, because Acme buys more power than any other company in the whole "
             "market, which means that the price is always lower than 9 dollars.",
             60, 80, SegmentKind::advert),
        said("Tom Reed", std::string(good[2]) + " I might be wrong about that.", 80, 110),
        said("Mira Okonjo", good[3], 110, 130),
        said("Mira Okonjo",
             "The bill reportedly delays 40 percent of all chip shipments, and nobody knows for how "
             "long that may go on in the harbors of Rotterdam.",
             130, 145),
        said("Tom Reed", good[4], 145, 165),
        said("Mira Okonjo", good[5], 165, 190),
        said("Tom Reed", "Thanks for coming on!", 190, 195),
    };
    return request;
}

ExtractionRequest a_talk_with(std::string text, std::string speaker) {
    ExtractionRequest request = a_talk();
    auto& segments = request.transcript.segments;
    segments.insert(segments.begin() + 7, said(std::move(speaker), std::move(text), 130, 130));
    return request;
}

ExtractionRequest a_long_talk(std::size_t bytes) {
    ExtractionRequest request = empty_talk();
    std::size_t written = 0;
    for (int i = 0; written < bytes; ++i) {
        const char* sentence = good[static_cast<std::size_t>(i) % std::size(good)];
        std::string text = fmt::format("{} Case {} took {} days.", sentence, i, i % 97 + 2);
        written += text.size();
        request.transcript.segments.push_back(said(i % 2 == 0 ? "Tom Reed" : "Mira Okonjo", text, 20 * i, 20 * i + 20));
    }
    return request;
}

}  // namespace podbrief::testing
