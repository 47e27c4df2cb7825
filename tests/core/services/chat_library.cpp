#include "tests/core/services/chat_library.hpp"

namespace podbrief::testing {

using namespace std::chrono_literals;

ChatLibrary::ChatLibrary(const podbrief::search::TextVectors* meaning) : search(meaning) {
    clock.set_wall(std::chrono::sys_days{std::chrono::year{2026} / 3 / 12} + 7h);
}

PodcastId ChatLibrary::show(const std::string& title) {
    Podcast podcast;
    podcast.title = title;
    podcast.feed_url = "https://feeds.example/" + title;
    std::replace(podcast.feed_url.begin(), podcast.feed_url.end(), ' ', '-');
    podcast.link = "https://example.com/";
    return get(store.add_podcast(podcast, PollState())).id;
}

Insight ChatLibrary::add(const Claim& claim) {
    const int number = ++episodes_;
    Episode episode;
    episode.podcast = show(claim.show);
    episode.guid = "episode-" + std::to_string(number);
    episode.title = "Episode " + std::to_string(number);
    episode.enclosure_url = fmt::format("https://audio.example/{}.mp3", number);
    episode.published_at = clock.wall_now() - claim.age;
    episode.first_seen_at = clock.wall_now();
    FeedUpdate update;
    update.podcast = episode.podcast;
    update.added.push_back({episode, EpisodeIdentity{{}, episode.guid, {}, {}, {}, {}, {}}});
    const Episode stored = get(store.apply(update)).at(0);

    Extraction extraction;
    extraction.episode = stored.id;
    extraction.transcript.content_hash = "hash-" + std::to_string(number);
    extraction.transcript.timed = claim.timed;
    extraction.transcript.segments = {{claim.speaker, "And so " + claim.text, 95s, 120s, SegmentKind::speech}};
    Insight insight;
    insight.podcast = episode.podcast;
    insight.text = claim.text;
    insight.quote = claim.text;
    insight.quote_begin = 7;
    insight.speaker = claim.speaker;
    insight.start = 95s;
    insight.end = 120s;
    insight.topics = claim.topics;
    insight.entities = claim.entities;
    insight.stance = claim.stance;
    insight.modality = claim.modality;
    insight.origin = claim.show_notes ? InsightOrigin::show_notes : InsightOrigin::transcript;
    insight.cluster = claim.same_as;
    insight.scores = {0.7f, 0.7f, 0.5f, 0.8f, 0.6f, 0.65f};
    insight.published_at = *episode.published_at;
    extraction.insights.push_back(std::move(insight));
    const ExtractionSaved saved = get(store.save(extraction));
    follow_changes();
    return saved.insights.at(0);
}

void ChatLibrary::follow_changes() {
    const std::vector<InsightChange> changes = get(store.changes_since(seen_, 1000));
    for (const InsightChange& change : changes) {
        seen_ = change.sequence;
        if (change.insight.superseded) {
            search.erase(change.insight.id);
        } else {
            search.put(change.insight, "");
        }
    }
}

Reader ChatLibrary::reader(const std::string& name, const std::string& zone) {
    Reader reader;
    reader.name = name;
    reader.time_zone = zone;
    reader.created_at = clock.wall_now();
    return get(store.save(reader));
}

// A new responder each time: what a conversation remembers is in the store.
Reply ChatLibrary::ask(const std::string& name, const std::string& text) {
    services::Responder responder(store, store, search, composer, clock, nullptr);
    return get(responder.answer(reader(name), "test:" + name, text));
}

Brief ChatLibrary::brief(const std::string& name) {
    return get(composer.brief_for(reader(name)));
}

void ChatLibrary::add_sample() {
    const std::vector<std::string> chips = {"chip export controls", "semiconductors"};
    const Insight backfired = add({"Silicon Ledger",
                                   "Mara Quist",
                                   "Export controls on advanced chips backfired: they pushed Chinese firms to build "
                                   "their own chip industry years "
                                   "earlier than planned.",
                                   chips,
                                   {"China"},
                                   Stance::critical,
                                   Modality::argued,
                                   30h});
    add({"Supply Lines",
         "Tobias Renn",
         "US export controls on advanced chips have backfired, because they forced China to build its own chip "
         "industry "
         "years earlier.",
         chips,
         {"US", "China"},
         Stance::critical,
         Modality::argued,
         20h,
         false,
         true,
         backfired.cluster});
    add({"Counterfactual",
         "Ines Albrecht",
         "Chip export controls work as a handicap rather than a stop: without them Chinese labs would train models on "
         "far "
         "more compute today.",
         chips,
         {"China"},
         Stance::favourable,
         Modality::argued,
         40h});
    add({"Model Behaviour",
         "Dev Okafor",
         "Restricting advanced chips limits how many users Chinese labs can serve, which starves their models of "
         "feedback "
         "and keeps the export controls effective.",
         {"chip export controls", "ai models"},
         {"China"},
         Stance::favourable,
         Modality::said,
         10h});
    add({"Commons Report",
         "Ruth Abara",
         "The export control rules exempt universities, so research groups may still buy advanced chips that firms are "
         "refused.",
         {"chip export controls", "universities"},
         {},
         Stance::neutral,
         Modality::said,
         50h});
    add({"Deploy Friday",
         "Sam Ito",
         "Smuggled chips reportedly reach data centres within weeks, which makes export controls on chips costly to "
         "evade "
         "but not tight.",
         chips,
         {},
         Stance::critical,
         Modality::alleged,
         60h,
         false,
         false});
    add({"Base Load",
         "Karin Holt",
         "Small modular reactors stay expensive until one design is built many times, because savings come from "
         "repetition and not from size.",
         {"nuclear power", "energy"},
         {},
         Stance::critical,
         Modality::argued,
         12h});
    add({"Base Load",
         "Karin Holt",
         "Grid queues, not solar panels, set the pace of new solar power: projects wait five years for a connection.",
         {"solar power", "energy"},
         {},
         Stance::neutral,
         Modality::said,
         36h});
    add({"Street Level",
         "Omar Diaz",
         "Congestion charges make buses faster within a month, since a tenth fewer cars is enough to free a jammed "
         "lane.",
         {"congestion pricing", "cities"},
         {},
         Stance::favourable,
         Modality::said,
         15h});
    add({"Street Level",
         "Lena Park",
         "Removing parking minimums lowers rents only where land is scarce; elsewhere builders keep the parking they "
         "can sell.",
         {"parking", "housing"},
         {},
         Stance::neutral,
         Modality::argued,
         70h});
    add({"Slow Wave",
         "Priya Nair",
         "Sleep debt cannot be paid back at the weekend, because the body clock shifts faster than the debt shrinks.",
         {"sleep", "health"},
         {},
         Stance::critical,
         Modality::said,
         26h});
    add({"Office Hours Optional",
         "Ana Ruiz",
         "Remote teams write more and decide faster once every meeting needs a written question beforehand.",
         {"remote work"},
         {},
         Stance::favourable,
         Modality::said,
         44h,
         true});
}

}  // namespace podbrief::testing
