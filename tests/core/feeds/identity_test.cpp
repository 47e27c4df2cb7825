#include "core/feeds/identity.hpp"

#include <gtest/gtest.h>

namespace podbrief::feeds {
namespace {

using namespace std::chrono_literals;

TEST(EnclosureKey, LeavesOutWhatChangesBetweenPollsAndHosts) {
    const std::string plain = "traffic.example.com/show/1.mp3";
    for (const char* url : {
             "https://traffic.example.com/show/1.mp3",
             "http://Traffic.Example.com/show/1.mp3?token=abc&utm_source=x#t=5",
             "https://www.traffic.example.com:443/show/1.mp3",
             "https://user:secret@traffic.example.com/show/1.mp3",
             "https://dts.podtrac.com/redirect.mp3/traffic.example.com/show/1.mp3",
             "https://www.podtrac.com/pts/redirect.mp3/https://traffic.example.com/show/1.mp3",
             "https://chtbl.com/track/ABC123/traffic.example.com/show/1.mp3?dest-id=1",
             "https://chrt.fm/track/8DB4DB/pdst.fm/e/traffic.example.com/show/1.mp3",
             "https://op3.dev/e/traffic.example.com/show/1.mp3",
             "https://op3.dev/e,pg=00000000-0000-5000-8000-000000000000/https://traffic.example.com/show/1.mp3",
             "https://pdst.fm/e/mgln.ai/e/211/traffic.example.com/show/1.mp3",
             "https://mgln.ai/e/26/pscrb.fm/rss/p/arttrk.com/p/ABCDE/claritaspod.com/measure/traffic.example.com/show/"
             "1.mp3",
             "https://prefix.up.audio/s/traffic.example.com/show/1.mp3",
             "https://tracking.swap.fm/track/XYZ/traffic.example.com/show/1.mp3",
             "https://media.blubrry.com/theshow/traffic.example.com/show/1.mp3",
             "https://2.gum.fm/op3.dev/e/traffic.example.com/show/1.mp3",
             "https://verifi.podscribe.com/rss/p/traffic.example.com/show/1.mp3",
         }) {
        EXPECT_EQ(enclosure_key(url), plain) << url;
    }
    EXPECT_EQ(enclosure_key(""), "");
    EXPECT_EQ(enclosure_key("https://dts.podtrac.com/redirect.mp3"), "dts.podtrac.com/redirect.mp3");
    EXPECT_NE(enclosure_key("https://a.example.com/1.mp3"), enclosure_key("https://a.example.com/2.mp3"));
    EXPECT_NE(enclosure_key("https://a.example.com/A.mp3"), enclosure_key("https://a.example.com/a.mp3"));
}

Episode full_episode() {
    Episode e;
    e.guid = "g";
    e.title = "\u00C9mile  on SHIPS";
    e.notes = "notes";
    e.enclosure_url = "https://a.example.com/1.mp3?token=1";
    e.published_at = from_ms(1'700'000'000'000);
    e.duration = 3600s;
    e.chapters_url = "https://a.example.com/c.json";
    e.transcripts = {{"https://a.example.com/1.vtt?id=7&Expires=123&Signature=abc", "text/vtt", "en", ""}};
    return e;
}

TEST(Identity, FoldsTheTitle) {
    EXPECT_EQ(identify(full_episode()).title_key, "emile on ships");
    EXPECT_EQ(identify(full_episode()).guid, "g");
    EXPECT_EQ(identify(full_episode()).duration, 3600s);
}

TEST(Identity, TheFingerprintChangesWithWhatMatters) {
    const struct {
        const char* name;
        void (*change)(Episode&);
        bool matters;
    } cases[] = {
        {"title", [](Episode& e) { e.title += "!"; }, true},
        {"notes", [](Episode& e) { e.notes += "!"; }, true},
        {"enclosure", [](Episode& e) { e.enclosure_url = "https://a.example.com/2.mp3"; }, true},
        {"a transcript more",
         [](Episode& e) { e.transcripts.push_back({"https://a.example.com/1.json", "application/json", "", ""}); },
         true},
        {"another transcript", [](Episode& e) { e.transcripts[0].url = "https://a.example.com/1.vtt?id=8"; }, true},
        {"another type", [](Episode& e) { e.transcripts[0].type = "text/plain"; }, true},
        {"chapters", [](Episode& e) { e.chapters_url.clear(); }, true},
        {"duration", [](Episode& e) { e.duration += 1s; }, true},
        {"guid", [](Episode& e) { e.guid = "h"; }, false},
        {"date", [](Episode& e) { *e.published_at += 1h; }, false},
        {"a token of the enclosure", [](Episode& e) { e.enclosure_url = "https://a.example.com/1.mp3?token=2"; },
         false},
        {"a tracker", [](Episode& e) { e.enclosure_url = "https://op3.dev/e/a.example.com/1.mp3"; }, false},
        {"a signature",
         [](Episode& e) { e.transcripts[0].url = "https://a.example.com/1.vtt?id=7&Expires=999&Signature=xyz"; },
         false},
        {"first seen", [](Episode& e) { e.first_seen_at += 1h; }, false},
    };
    const std::string before = identify(full_episode()).fingerprint;
    for (const auto& c : cases) {
        Episode changed = full_episode();
        c.change(changed);
        EXPECT_EQ(identify(changed).fingerprint != before, c.matters) << c.name;
    }
}

}  // namespace
}  // namespace podbrief::feeds
