// How fast feed bytes become episodes: bytes a second on one core, the copy of the body included.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "core/feeds/identity.hpp"
#include "core/feeds/parse.hpp"
#include "core/feeds/times.hpp"

namespace podbrief::feeds {
namespace {

// A well-formed feed as hosts write them: about 1.2 kB an item, most of it show notes.
std::string feed_of(int items) {
    std::string xml = R"(<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0">
 <channel><title>A show</title><link>https://example.com/</link><description>About things</description>)";
    std::string notes;
    for (int i = 0; i < 6; ++i) {
        notes += fmt::format(
            "&lt;li&gt;&lt;a href=\"https://example.com/notes/{}\"&gt;What was spoken of, number {}&lt;/a&gt;"
            "&lt;/li&gt;\n",
            i, i);
    }
    for (int i = items; i > 0; --i) {
        const WallTime published = from_ms(1'600'000'000'000 + i * 86'400'000LL);
        xml += fmt::format(R"(
  <item>
   <title>Episode {0}: the things of the day</title>
   <guid isPermaLink="false">example.com/14/{0}</guid>
   <link>https://example.com/show/{0}</link>
   <pubDate>{1}</pubDate>
   <enclosure url="https://cdn.example.com/audio/show/{0}.mp3" length="52571194" type="audio/mpeg"/>
   <description>&lt;ul&gt;{2}&lt;/ul&gt;</description>
   <itunes:duration>3271</itunes:duration><itunes:explicit>false</itunes:explicit>
   <itunes:episodeType>full</itunes:episodeType><itunes:episode>{0}</itunes:episode>
   <podcast:transcript url="https://cdn.example.com/transcripts/{0}.vtt" type="text/vtt" rel="captions"/>
   <podcast:chapters url="https://cdn.example.com/chapters/{0}.json" type="application/json+chapters"/>
  </item>)",
                           i, rfc822(published), notes);
    }
    return xml + "\n </channel>\n</rss>\n";
}

ParseOptions options() {
    ParseOptions o;
    o.url = "https://example.com/feed.xml";
    o.now = std::chrono::sys_days{std::chrono::year{2026} / 3 / 2};
    return o;
}

void parse(benchmark::State& state, const std::string& body) {
    for (auto _ : state) benchmark::DoNotOptimize(parse_feed(body, options()));
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * body.size()));
}

void parse_well_formed(benchmark::State& state) {
    parse(state, feed_of(static_cast<int>(state.range(0))));
}
BENCHMARK(parse_well_formed)->Arg(10)->Arg(100)->Arg(500)->Arg(5000);

void parse_broken(benchmark::State& state) {
    std::string body = feed_of(static_cast<int>(state.range(0)));
    body.insert(body.find("&lt;ul"), "<br>");  // never closed: the whole feed has to be mended
    parse(state, body);
}
BENCHMARK(parse_broken)->Arg(100);

void match_unchanged(benchmark::State& state) {
    auto feed = parse_feed(feed_of(500), options()).value();
    std::vector<EpisodeIdentity> known;
    for (const Episode& episode : feed.episodes) {
        known.push_back(identify(episode));
        known.back().id = EpisodeId{static_cast<std::int64_t>(known.size())};
    }
    for (auto _ : state) benchmark::DoNotOptimize(match(known, feed.episodes));
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * known.size()));
}
BENCHMARK(match_unchanged);

}  // namespace
}  // namespace podbrief::feeds
