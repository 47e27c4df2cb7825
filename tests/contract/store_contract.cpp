#include "tests/contract/store_contract.hpp"

#include <tuple>

namespace podbrief::testing {

using namespace std::chrono_literals;

const WallTime noon = at(std::chrono::year{2026} / 3 / 2, 12h);

std::string name_of_store(const ::testing::TestParamInfo<StoreKind>& info) {
    return info.param.name;
}

void StoreContract::get_all(std::vector<asio::awaitable<void>> calls) {
    const std::size_t count = calls.size();
    std::size_t ended = 0;
    std::exception_ptr first;
    context.restart();
    for (auto& call : calls) {
        asio::co_spawn(context, std::move(call), [&](std::exception_ptr failure) {
            if (failure && !first) first = failure;
            ++ended;
        });
    }
    context.run_for(patience);
    if (ended != count) throw std::runtime_error("not all calls ended in time");
    if (first) std::rethrow_exception(first);
}

PodcastId StoreContract::add_podcast(const std::string& url) {
    return get(library.add_podcast(sample_podcast(url), sample_poll(noon))).id;
}

Episode StoreContract::add_episode(PodcastId podcast, const std::string& guid, WallTime published_at) {
    FeedUpdate update;
    update.podcast = podcast;
    update.added = {identified(sample_episode(guid, published_at))};
    update.poll = sample_poll(noon);
    return get(library.apply(update)).at(0);
}

Episode StoreContract::add_episode(const std::string& guid) {
    return add_episode(add_podcast("https://feeds.example/" + guid), guid, noon);
}

ExtractionSaved StoreContract::extract(EpisodeId episode, const std::string& content_hash,
                                       std::vector<Insight> insights) {
    Extraction extraction;
    extraction.episode = episode;
    extraction.transcript = sample_transcript(content_hash);
    extraction.insights = std::move(insights);
    return get(library.save(extraction));
}

Reader StoreContract::add_reader(const std::string& name) {
    return get(readers.save(sample_reader(name)));
}

WallTime at(std::chrono::sys_days day, Millis time) {
    return WallTime{day} + time;
}

Podcast sample_podcast(const std::string& url) {
    Podcast p;
    p.feed_url = url;
    p.title = "Show of " + url;
    p.description = "About chips";
    p.language = "en-us";
    p.link = "https://show.example";
    p.image_url = "https://show.example/cover.png";
    p.podcast_guid = "9b024349-ccf0-5f69-a609-6b82873eab3c";
    p.persons = {{"Ada Host", "host"}, {"Bo Guest", "guest"}};
    p.added_at = noon - 24h;
    return p;
}

PollState sample_poll(WallTime next_poll_at) {
    PollState p;
    p.next_poll_at = next_poll_at;
    p.last_success_at = next_poll_at - 2h;
    p.last_attempt_at = next_poll_at - 1h;
    p.etag = "W/\"33a64df5\"";
    p.last_modified = "Mon, 02 Mar 2026 10:00:00 GMT";
    p.body_hash = std::string(64, 'b');
    p.consecutive_failures = 2;
    p.last_error = "connection refused";
    p.moved_to = "https://new.example/feed";
    p.moved_seen = 1;
    p.gone = true;
    return p;
}

Episode sample_episode(const std::string& guid, WallTime published_at) {
    Episode e;
    e.guid = guid;
    e.title = "Episode " + guid;
    e.link = "https://show.example/" + guid;
    e.enclosure_url = "https://cdn.example/" + guid + ".mp3";
    e.enclosure_type = "audio/mpeg";
    e.notes = "<p>We talk.</p>";
    e.published_at = published_at;
    e.first_seen_at = published_at + 1h;
    e.duration = 61min + 1ms;
    e.season = 3;
    e.number = 12.5;
    e.episode_type = "full";
    e.persons = {{"Cy Guest", "guest"}};
    e.transcripts = {{"https://show.example/t.vtt", "text/vtt", "en", "captions"},
                     {"https://show.example/t.json", "application/json", "", ""}};
    e.soundbites = {{73s, 60s, "On chips"}};
    e.chapters_url = "https://show.example/chapters.json";
    e.chapters = {{0ms, "Hello"}, {90'500ms, "Chips"}};
    e.next_attempt_at = noon;
    e.attempts = 2;
    e.last_error = "not found";
    return e;
}

IdentifiedEpisode identified(Episode episode) {
    EpisodeIdentity identity;
    identity.id = episode.id;
    identity.guid = episode.guid;
    identity.enclosure_key = "cdn.example/" + episode.title;
    identity.title_key = "folded " + episode.title;
    identity.published_at = episode.published_at;
    identity.duration = episode.duration;
    identity.fingerprint = "f1";
    return {std::move(episode), std::move(identity)};
}

Transcript sample_transcript(const std::string& content_hash) {
    Transcript t;
    t.format = TranscriptFormat::webvtt;
    t.source_url = "https://show.example/t.vtt";
    t.content_hash = content_hash;
    t.language = "en";
    t.timed = true;
    t.segments = {{"Ada", "Welcome.", 0ms, 900ms, SegmentKind::intro},
                  {"", "Chips are hard.", 900ms, 2'500ms, SegmentKind::speech},
                  {"Bo", "Buy socks.", 2'500ms, 3'000ms, SegmentKind::advert},
                  {"Ada", "Bye.", 3'000ms, 3'100ms, SegmentKind::outro}};
    t.fetched_at = noon;
    return t;
}

Insight sample_insight(const std::string& text) {
    Insight i;
    i.origin = InsightOrigin::show_notes;
    i.text = text;
    i.quote = "Chips are hard";
    i.first_segment = 1;
    i.last_segment = 2;
    i.quote_begin = 3;
    i.speaker = "Ada";
    i.start = 900ms;
    i.end = 2'500ms;
    i.topics = {"chips", "export controls"};
    i.entities = {"ASML", "TSMC"};
    i.stance = Stance::critical;
    i.modality = Modality::alleged;
    i.scores = {0.1F, 0.2F, 0.3F, 0.4F, 0.5F, 0.6F};
    i.published_at = noon;
    return i;
}

Reader sample_reader(const std::string& name) {
    Reader r;
    r.name = name;
    r.time_zone = "Europe/Berlin";
    r.brief_at = 7h + 30min;
    r.cadence = Cadence::twice_a_day;
    r.paused_until = noon + 48h;
    r.quiet = QuietHours{22h, 7h + 15min};
    r.profile.topics = {{"chips", 1.0}, {"rust", -2.25}, {"tea", 0.1}};
    r.profile.learnt = {{"chips", {0.5, noon - 1h}}, {"gossip", {-0.25, WallTime{}}}};
    r.profile.shows = {PodcastId{3}, PodcastId{1}};
    r.profile.persons = {"Ada Host"};
    r.profile.muted_topics = {"sport"};
    r.profile.muted_shows = {PodcastId{9}};
    r.profile.watches = {{"fusion", InsightId{12}}, {"kilns", InsightId{}}};
    r.created_at = noon;
    return r;
}

Brief sample_brief(ReaderId reader, const std::string& local_date, WallTime composed_at) {
    Brief b;
    b.reader = reader;
    b.local_date = local_date;
    BriefItem item;
    item.insight = InsightId{7};
    item.cluster = ClaimClusterId{5};
    item.score = 0.1 + 0.2;
    item.reason = {-0.5, 0.75, 1.0 / 3, "chips", true, true, {}};
    item.reason.disputed_by = "Ada Host in Chip Talk";
    item.reason.weight = 1.5;
    item.reason.liked = 0.25;
    item.reason.against = 0.125;
    item.reason.fairness = 1.1;
    item.reason.watched = "fusion";
    item.sources = 4;
    b.items = {item, BriefItem{}};
    b.note = "Fewer than five.";
    b.composed_at = composed_at;
    b.unsent = true;
    return b;
}

namespace {

auto fields(const Podcast& p) {
    return std::tie(p.id, p.feed_url, p.title, p.description, p.language, p.link, p.image_url, p.podcast_guid,
                    p.persons, p.added_at);
}

auto fields(const Episode& e) {
    return std::tie(e.id, e.podcast, e.guid, e.title, e.link, e.enclosure_url, e.enclosure_type, e.notes,
                    e.published_at, e.first_seen_at, e.duration, e.season, e.number, e.episode_type, e.persons,
                    e.transcripts, e.soundbites, e.chapters_url, e.chapters, e.state, e.next_attempt_at, e.attempts,
                    e.last_error);
}

auto fields(const Transcript& t) {
    return std::tie(t.id, t.episode, t.version, t.format, t.source_url, t.content_hash, t.language, t.timed, t.segments,
                    t.fetched_at);
}

}  // namespace

bool same(const Podcast& a, const Podcast& b) {
    return fields(a) == fields(b);
}
bool same(const Episode& a, const Episode& b) {
    return fields(a) == fields(b);
}
bool same(const Transcript& a, const Transcript& b) {
    return fields(a) == fields(b);
}

}  // namespace podbrief::testing
