// A page of the genre (seed-page): its head and the ten insights related to it, among insights of other topics.
#include <algorithm>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>

#include "adapters/index/memory_index.hpp"
#include "bot/exit_codes.hpp"
#include "bot/quality/corpora.hpp"
#include "bot/quality/parts.hpp"
#include "core/insights/built_in_engine.hpp"
#include "core/insights/stance.hpp"
#include "core/search/find.hpp"
#include "core/search/related.hpp"
#include "core/search/text_vectors.hpp"
#include "core/text/sentences.hpp"
#include "core/text/words.hpp"

namespace podbrief::bot::quality {
namespace {

using nlohmann::json;

constexpr std::size_t others_wanted = 3000;
constexpr std::int64_t head_id = 1;
constexpr std::size_t related_count = 10;
constexpr std::size_t shortest = 33;  // words of an insight of the page
constexpr std::size_t longest = 57;
constexpr std::size_t looked_at = 200;  // places; what does not stand there counts as the last of all

std::string without_emphasis(std::string text) {
    std::erase(text, '*');
    return text;
}

Insight insight_of(std::int64_t id, std::string text) {
    Insight one;
    one.id = InsightId(id);
    one.episode = EpisodeId(id);
    one.podcast = PodcastId(1);
    one.cluster = ClaimClusterId(id);
    one.stance = insights::stance_of(text);
    one.text = std::move(text);
    return one;
}

// The head, then the related ones: ids 1 to 11.
std::vector<Insight> read_page(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::vector<Insight> page;
    try {
        const json read = json::parse(in);
        page.push_back(insight_of(head_id, without_emphasis(read.at("head").at("text").get<std::string>())));
        for (const json& one : read.at("related")) {
            const auto id = static_cast<std::int64_t>(page.size()) + 1;
            page.push_back(insight_of(id, without_emphasis(one.at("text").get<std::string>())));
        }
    } catch (const json::exception& error) {
        throw ExitError(exit_bad_data, file.string() + ": " + error.what());
    }
    if (page.size() != related_count + 1) throw ExitError(exit_bad_data, file.string() + ": not as it used to be");
    return page;
}

// Neighbouring sentences of one segment, together as long as an insight of the page.
void append_stretches(const Transcript& transcript, std::vector<Insight>& stretches) {
    for (const Segment& segment : transcript.segments) {
        if (segment.kind != SegmentKind::speech) continue;
        std::size_t begin = 0;
        std::size_t words = 0;
        for (const text::ByteRange& sentence : text::sentences(segment.text)) {
            if (words == 0) begin = sentence.begin;
            words += text::words(sentence.in(segment.text)).size();
            if (words < shortest) continue;
            if (words <= longest) {
                stretches.push_back(insight_of(0, segment.text.substr(begin, sentence.end - begin)));
            }
            words = 0;
        }
    }
}

struct Others {
    std::vector<Insight> all;
    std::size_t insights = 0;  // of them; the rest are stretches of the talk
};

// Insights of the 120 episodes, by gates so low that there are as many as can be; stretches of the same talk fill up.
Others read_others(const std::filesystem::path& data) {
    insights::EngineSettings generous;
    generous.per_episode = 60;
    generous.one_per = std::chrono::seconds(5);
    generous.least_quality = 0;
    Others others;
    std::vector<Insight> stretches;
    for (const TalkEpisode& episode : read_changelog(data)) {
        for (Insight& one : insights::extract_insights(episode.request, generous).insights) {
            others.all.push_back(std::move(one));
        }
        append_stretches(episode.request.transcript, stretches);
    }
    others.all.resize(std::min(others.all.size(), others_wanted));
    others.insights = others.all.size();
    const std::size_t missing = std::min(others_wanted - others.insights, stretches.size());
    for (std::size_t i = 0; i < missing; ++i) {
        others.all.push_back(std::move(stretches[i * stretches.size() / missing]));  // evenly from all
    }
    // Each in an episode of its own: that only two of an episode are shown would help us.
    for (std::size_t i = 0; i < others.all.size(); ++i) {
        const auto id = static_cast<std::int64_t>(related_count + 2 + i);
        others.all[i].id = InsightId(id);
        others.all[i].episode = EpisodeId(id);
        others.all[i].cluster = ClaimClusterId(id);
    }
    return others;
}

Table::Row row_of(const std::string& label, const std::vector<SearchHit>& hits, std::size_t all) {
    std::vector<std::size_t> places;
    for (std::size_t place = 0; place < hits.size(); ++place) {
        const std::int64_t id = hits[place].insight.value;
        if (id > head_id && id <= head_id + static_cast<std::int64_t>(related_count)) places.push_back(place + 1);
    }
    const auto in_ten = std::count_if(places.begin(), places.end(), [](std::size_t place) { return place <= 10; });
    const std::size_t worst = places.size() == related_count ? places.back() : all;
    return {label,
            {static_cast<double>(in_ten) / related_count, static_cast<double>(worst),
             static_cast<double>(places.size()), static_cast<double>(hits.size())}};
}

// What talk of technology is not about; an example or an aside may touch on some.
constexpr auto not_there = std::to_array<std::string_view>({"sourdough baking",
                                                            "medieval history",
                                                            "premier league football",
                                                            "wine tasting in Burgundy",
                                                            "opera singers",
                                                            "breastfeeding newborns",
                                                            "Roman empire",
                                                            "knitting patterns",
                                                            "deep sea fishing",
                                                            "real estate in Dubai",
                                                            "marathon training",
                                                            "ancient Egypt",
                                                            "crocodiles",
                                                            "Shakespeare sonnets",
                                                            "tennis grand slam",
                                                            "hair loss treatment",
                                                            "horse racing",
                                                            "tax on inheritance",
                                                            "climate of Mars",
                                                            "volcano eruptions",
                                                            "vegan recipes",
                                                            "malaria vaccine",
                                                            "stamp collecting",
                                                            "ballet",
                                                            "whale songs",
                                                            "skiing in the Alps",
                                                            "divorce law",
                                                            "earthquakes in Japan",
                                                            "pension funds",
                                                            "abortion rights",
                                                            "sleep apnea",
                                                            "beekeeping",
                                                            "oil prices",
                                                            "Taylor Swift",
                                                            "quantum gardening",
                                                            "sailing regattas",
                                                            "potato farming",
                                                            "orchid care",
                                                            "cathedral architecture",
                                                            "bird migration"});

// How often something is shown on those, and how much: nothing is right, or nearly so.
Table::Row row_of_nonsense(const char* label, const SearchIndex& index, bool feedback) {
    double answered = 0;
    double shown = 0;
    for (const std::string_view topic : not_there) {
        search::FindOptions options;
        options.limit = looked_at;
        if (!feedback) options.fusion.first_hits = 0;
        const std::size_t hits = search::find(index, search::understand(topic, index), options).hits.size();
        answered += hits > 0;
        shown += static_cast<double>(hits);
    }
    return {label, {answered, shown / static_cast<double>(not_there.size())}};
}

}  // namespace

std::vector<Table> measure_seed_page(const Options& options) {
    const std::vector<Insight> page = read_page(options.data / "seed-page" / "page.json");
    const Others others = read_others(options.data);
    index::MemoryIndex words;
    index::MemoryIndex meaning(&search::built_in_vectors());
    for (const std::vector<Insight>* insights : {&others.all, &page}) {
        for (const Insight& one : *insights) {
            words.put(one, "A Show");
            meaning.put(one, "A Show");
        }
    }
    struct System {
        const char* name;
        const SearchIndex& index;
        bool feedback;
    };
    const System systems[] = {
        {"words", words, false}, {"and meaning", meaning, false}, {"and feedback", meaning, true}};

    Table table{"seed page among " + std::to_string(others.insights) + " insights and " +
                    std::to_string(others.all.size() - others.insights) + " stretches of talk",
                {"recall@10", "worst place of the ten", "found", "shown in all"},
                {}};
    for (const System& system : systems) {
        search::RelatedOptions of_head;
        of_head.limit = looked_at;
        if (!system.feedback) of_head.fusion.first_hits = 0;
        table.rows.push_back(row_of("more on the head, " + std::string(system.name),
                                    search::related(system.index, page.front(), of_head), words.size()));
    }
    for (const char* topic :
         {"chip export controls", "semiconductor export curbs", "should the US stop selling chips to China"}) {
        for (const System& system : systems) {
            search::FindOptions on_topic;
            on_topic.limit = looked_at;
            on_topic.exclude.push_back(page.front().id);
            if (!system.feedback) on_topic.fusion.first_hits = 0;
            const auto query = search::understand(topic, system.index);
            table.rows.push_back(row_of(std::string(topic) + ", " + system.name,
                                        search::find(system.index, query, on_topic).hits, words.size()));
        }
    }
    Table nonsense{
        std::to_string(not_there.size()) + " topics that are not there", {"answered", "shown on average"}, {}};
    for (const System& system : systems) {
        nonsense.rows.push_back(row_of_nonsense(system.name, system.index, system.feedback));
    }
    return {table, nonsense};
}

}  // namespace podbrief::bot::quality
