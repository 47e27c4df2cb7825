#include "tests/simulation/publisher.hpp"

#include "core/feeds/times.hpp"

namespace podbrief::testing {
namespace {

std::string vtt_time(int seconds) {
    return fmt::format("{:02}:{:02}:{:02}.000", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

std::string base_of(int show) {
    return fmt::format("https://show{}.example", show);
}

}  // namespace

Publisher::Publisher(World& world, std::uint64_t seed, int shows, Trouble trouble)
    : world_(world), random_(seed), shows_(shows), trouble_(trouble) {
    world_.http.otherwise([this](const HttpRequest& request, int) { return answer(request); });
}

std::vector<std::string> Publisher::feed_urls() const {
    std::vector<std::string> urls;
    for (int show = 0; show < shows_; ++show) urls.push_back(base_of(show) + "/feed.xml");
    return urls;
}

void Publisher::plan(int episodes, Millis span) {
    for (int show = 0; show < shows_; ++show) {
        for (int i = 0; i < episodes; ++i) {
            Item item;
            item.show = show;
            item.guid = fmt::format("{}-{}", show, items_.size());
            item.published = world_.clock.wall_now() +
                             Millis{static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(span.count())))};
            item.transcript_from = item.published;
            if (random_.unit() < trouble_.late_transcripts) {
                item.transcript_from += Millis{static_cast<std::int64_t>(
                    random_.below(static_cast<std::uint64_t>(trouble_.latest_transcript.count())))};
            }
            item.transcript = talk(show);
            items_.push_back(std::move(item));
        }
    }
}

std::string Publisher::talk(int show) {
    static const char* subjects[] = {
        "Export controls on advanced chips", "A four day week at Norfield Steel", "Small modular reactors",
        "The monolith at Harbour Bank",      "Regular sleep before midnight",     "The new zoning law in Eastport"};
    static const char* effects[] = {
        "reduces the cost of training by about {} percent", "raises output per worker by {} percent within a year",
        "cuts the number of incidents from {} a month to almost none", "delays the competition by at least {} months"};
    static const char* causes[] = {"because suppliers can plan for it years ahead",
                                   "because nobody has to wait for a second team any more",
                                   "since the scarce part is people and not machines",
                                   "although the first quarter usually looks worse than before"};
    std::string vtt = "WEBVTT\n\n";
    int second = 0;
    for (int i = 0; i < 24; ++i) {
        const auto* effect = effects[random_.below(4)];
        const std::string claim = fmt::format(
            "{} {} {}. That is why the people who run it at scale expect the same effect in {} other countries, "
            "and why critics who only look at the first year of the data underestimate it.",
            subjects[random_.below(6)], fmt::format(fmt::runtime(effect), 5 + random_.below(60)),
            causes[random_.below(4)], 2 + random_.below(9));
        vtt += fmt::format("{} --> {}\n<v Guest {}>{}</v>\n\n", vtt_time(second), vtt_time(second + 18), show, claim);
        second += 20;
    }
    return vtt;
}

std::string Publisher::feed(int show) const {
    std::string xml = fmt::format(
        "<rss version=\"2.0\" xmlns:podcast=\"https://podcastindex.org/namespace/1.0\"><channel>"
        "<title>Show {}</title><link>{}</link><description>Invented.</description>",
        show, base_of(show));
    const WallTime now = world_.clock.wall_now();
    for (const auto& item : items_) {
        if (item.show != show || item.published > now) continue;
        xml += fmt::format(
            "<item><title>Episode {0}</title><guid>{0}</guid><pubDate>{1}</pubDate>"
            "<enclosure url=\"{2}/{0}.mp3\" type=\"audio/mpeg\" length=\"1\"/>",
            item.guid, feeds::rfc822(item.published), base_of(show));
        if (item.transcript_from <= now) {
            xml += fmt::format("<podcast:transcript url=\"{}/{}.vtt\" type=\"text/vtt\"/>", base_of(show), item.guid);
        }
        xml += "</item>";
    }
    return xml + "</channel></rss>";
}

HttpResult Publisher::answer(const HttpRequest& request) {
    if (random_.unit() < trouble_.failed_requests) {
        switch (random_.below(6)) {
            case 0:
                return fail_with(HttpErrc::timed_out, HandedOver::maybe_executed);
            case 1:
                return fail_with(HttpErrc::connect_failed);
            case 2:
                return fail_with(HttpErrc::connection_lost, HandedOver::maybe_executed);
            case 3:
                return answer_with("busy", {{"Retry-After", "120"}}, 429);
            case 4:
                return answer_with("oops", {}, 500);
            default:
                return answer_with("<!DOCTYPE html><html><body>Maintenance</body></html>",
                                   {{"Content-Type", "text/html"}});
        }
    }
    const std::string host = request.url.substr(0, request.url.find('/', 8));
    for (int show = 0; show < shows_; ++show) {
        if (host != base_of(show)) continue;
        const std::string name = request.url.substr(host.size() + 1);
        if (name == "feed.xml") return answer_with(feed(show), {{"Content-Type", "application/rss+xml"}});
        for (const auto& item : items_) {
            if (name == item.guid + ".vtt" && item.transcript_from <= world_.clock.wall_now()) {
                return answer_with(item.transcript, {{"Content-Type", "text/vtt"}});
            }
        }
    }
    return answer_with("not found", {}, 404);
}

}  // namespace podbrief::testing
