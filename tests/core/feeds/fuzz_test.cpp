// Small feeds cut at every byte and with bytes changed at random: whatever comes out is a value, clean and capped.
#include <gtest/gtest.h>

#include "core/feeds/encoding.hpp"
#include "core/feeds/identity.hpp"
#include "core/feeds/opml.hpp"
#include "core/ports/random.hpp"
#include "tests/core/feeds/feed_text.hpp"
#include "tests/support/files.hpp"

namespace podbrief::testing {
namespace {

const std::string full_item =
    R"(<item><title>A &amp; b &lt;i&gt;c&lt;/i&gt;</title><guid isPermaLink="true">http://x/1?a=1&amp;b=2</guid>
<pubDate>Fri, 20 Dec 2024 15:15:00 +0000</pubDate><enclosure url="http://x/1.mp3" length="1" type="audio/mpeg"/>
<description><![CDATA[<p>x</p>]]></description><itunes:duration>1:02:03</itunes:duration><!-- note --><?pi x?>
<podcast:transcript url="t.vtt" type="text/vtt"/><podcast:soundbite startTime="1.5" duration="2">s</podcast:soundbite>
<psc:chapters><psc:chapter start="00:01" title="c"/></psc:chapters><media:group><media:content url="http://x/2.mp3"/></media:group>
<content:encoded><p>raw <b>html</b>&nbsp;</p></content:encoded></item>)";

std::vector<std::string> seeds() {
    return {
        rss("<language>en</language><ttl>60</ttl>" + full_item + full_item),
        R"(<?xml version="1.0" encoding="iso-8859-1"?><!DOCTYPE feed [<!ENTITY a "b">]><feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://x/">
<title type="html">T&eacute;</title><link rel="next" href="?2"/><entry xml:base="y/"><id>1</id><title>E</title><link rel="enclosure" href="a.mp3"/>
<updated>2024-01-01T00:00:00Z</updated><content type="xhtml"><div>x<br/></div></content><author><name>N</name></author></entry></feed>)",
        R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><channel><title>T</title></channel><item rdf:about="1"><title>E</title></item></rdf:RDF>)",
        "<rss><channel><item><title>1 < 2</title><description>a<br>b<p>c</description><enclosure url=http://x/1.mp3 "
        "x></item><item></p>",
    };
}

void check(const std::string& body) {
    const auto result = feeds::parse_feed(body, options());
    if (!result) {
        ASSERT_FALSE(result.error().message.empty());
        return;
    }
    ASSERT_TRUE(feeds::is_clean(result->podcast.title));
    for (const Episode& e : result->episodes) {
        for (const std::string* text : {&e.title, &e.notes, &e.guid, &e.link, &e.enclosure_url, &e.enclosure_type}) {
            ASSERT_TRUE(feeds::is_clean(*text)) << body;
        }
        ASSERT_LE(e.title.size(), 1024u);
        ASSERT_EQ(e.title.find('\n'), std::string::npos);
        ASSERT_TRUE(e.enclosure_url.empty() || e.enclosure_url.starts_with("http") ||
                    e.enclosure_url.starts_with("HTTP"))
            << e.enclosure_url;
        for (const TranscriptOffer& offer : e.transcripts) ASSERT_FALSE(offer.url.empty());
        ASSERT_FALSE(feeds::identify(e).fingerprint.empty());
    }
}

TEST(ParsingAnything, EveryPrefixOfAFeedGivesAValue) {
    for (const std::string& seed : seeds()) {
        for (std::size_t size = 0; size <= seed.size(); ++size) check(seed.substr(0, size));
    }
}

TEST(ParsingAnything, AFeedWithEveryByteLeftOutGivesAValue) {
    for (const std::string& seed : seeds()) {
        for (std::size_t at = 0; at < seed.size(); ++at) check(std::string(seed).erase(at, 1));
    }
}

TEST(ParsingAnything, AFeedWithBytesChangedAtRandomGivesAValue) {
    Random random(20260302);
    constexpr std::string_view telling =
        "<>&;\"'/!?[]-= \n\0\x80\xFF"
        "a:#x";
    for (int round = 0; round < 4000; ++round) {
        const auto all = seeds();
        std::string body = all[random.below(all.size())];
        for (auto changes = 1 + random.below(8); changes > 0; --changes) {
            const std::size_t at = random.below(body.size());
            switch (random.below(4)) {
                case 0:
                    body[at] = static_cast<char>(random.below(256));
                    break;
                case 1:
                    body[at] = telling[random.below(telling.size())];
                    break;
                case 2:
                    body.insert(at, body.substr(random.below(body.size()), random.below(40)));
                    break;
                default:
                    body.erase(at, random.below(30));
                    break;
            }
            if (body.empty()) body = "<";
        }
        check(body);
        if (HasFatalFailure()) FAIL() << "round " << round << "\n" << body;
    }
}

TEST(ParsingAnything, AnOpmlFileWithBytesChangedAtRandomGivesAValue) {
    Random random(7);
    const std::string seed =
        R"(<?xml version="1.0"?><opml version="2.0"><head><title>T</title></head><body><outline text="Tech &amp; more">
<outline type="rss" text="A" xmlUrl="https://a.example.com/f" htmlUrl="https://a.example.com/"/></outline><outline text="B" XMLURL='feed://b.example.com/f'/></body></opml>)";
    for (std::size_t size = 0; size <= seed.size(); ++size) {
        const auto result = feeds::read_opml(seed.substr(0, size));
        ASSERT_TRUE(result || !result.error().message.empty());
    }
    for (int round = 0; round < 2000; ++round) {
        std::string body = seed;
        for (auto changes = 1 + random.below(6); changes > 0; --changes)
            body[random.below(body.size())] = static_cast<char>(random.below(256));
        const auto result = feeds::read_opml(body);
        ASSERT_TRUE(result || !result.error().message.empty());
        if (result) {
            for (const auto& feed : result->feeds) ASSERT_TRUE(feed.feed_url.starts_with("http"));
        }
    }
}

TEST(ParsingAnything, PublicFeedsCutAndChangedGiveAValue) {
    const auto folder = shared_data("feeds-public");
    if (!folder) GTEST_SKIP() << "no feeds-public data folder on this machine";
    Random random(98);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(*folder)) {
        const auto extension = entry.path().extension();
        if (!entry.is_regular_file() || (extension != ".xml" && extension != ".rss" && extension != ".atom")) continue;
        SCOPED_TRACE(entry.path().string());
        const std::string whole = read_file(entry.path());
        for (int round = 0; round < 60; ++round) {
            std::string body = whole.substr(0, random.below(whole.size() + 1));
            if (round % 2 == 0) body = whole;
            for (auto changes = random.below(10); changes > 0 && !body.empty(); --changes) {
                body[random.below(body.size())] = static_cast<char>(random.below(256));
            }
            check(body);
        }
    }
}

}  // namespace
}  // namespace podbrief::testing
