#include <algorithm>
#include <fstream>
#include <map>
#include <random>

#include "bot/exit_codes.hpp"
#include "bot/quality/advert_reads.hpp"
#include "bot/quality/corpora.hpp"
#include "bot/quality/parts.hpp"
#include "bot/quality/reader_checks.hpp"
#include "bot/quality/talk_library.hpp"
#include "core/briefs/compose.hpp"
#include "core/insights/built_in_engine.hpp"
#include "core/insights/novelty.hpp"
#include "core/insights/worth.hpp"
#include "core/search/same_claim.hpp"
#include "core/search/understand.hpp"
#include "core/text/words.hpp"

namespace podbrief::bot::quality {
namespace {

const std::vector<Segment>& segments_of(const Library& library, std::size_t insight) {
    return library.episodes[library.episode_of[insight]].request.transcript.segments;
}

// Which insights, in what order, does not depend on how many there are before: drawn by a seeded generator.
std::vector<std::size_t> sample(std::size_t from, std::size_t wanted, std::uint64_t seed) {
    std::vector<std::size_t> all(from);
    for (std::size_t i = 0; i < from; ++i) all[i] = i;
    std::mt19937_64 chance(seed);
    for (std::size_t i = from; i > 1; --i) std::swap(all[i - 1], all[chance() % i]);
    all.resize(std::min(wanted, from));
    return all;
}

// A brief of five a day for readers of several tastes; pairs in one brief that say the same.
struct Briefs {
    std::size_t composed = 0;
    std::size_t items = 0;
    std::size_t twice = 0;
};

Briefs briefs_of(const Library& library) {
    constexpr double said_twice = 0.4;  // shared over united stems
    std::vector<briefs::Candidate> candidates;
    for (std::size_t i = 0; i < library.insights.size(); ++i) {
        briefs::Candidate candidate;
        candidate.insight = library.insights[i];
        candidate.show = library.episodes[library.episode_of[i]].request.podcast.title;
        candidate.stems = text::unique_stems(library.insights[i].text);
        candidates.push_back(std::move(candidate));
    }
    const auto pool = std::make_shared<const briefs::CandidatePool>(candidates);
    Briefs briefs;
    for (const char* topic :
         {"", "open source", "language models", "databases", "kubernetes", "startups", "security"}) {
        briefs::ComposeInput input;
        input.pool = pool;
        input.reader.id = ReaderId{1};
        if (*topic != 0) {
            input.reader.profile.topics[topic] = 1;
            auto hits = std::make_shared<briefs::TopicHits>();
            SearchQuery query;
            query.terms = search::understand(topic, library.known).terms;
            for (const SearchHit& hit : library.known.search(query, pool->size())) {
                const auto place = pool->find(hit.insight);
                if (hit.coverage >= 0.6) hits->emplace_back(place, std::min(1.0, hit.coverage));
            }
            std::sort(hits->begin(), hits->end());
            input.topics.emplace(topic, hits);
        }
        for (int day = 0; day < 14; ++day) {
            input.now = ordering_time(library.episodes.back().request.episode) + std::chrono::hours{24 * day};
            input.key = std::to_string(day);
            const Brief brief = briefs::compose(input);
            ++briefs.composed;
            briefs.items += brief.items.size();
            for (std::size_t a = 0; a < brief.items.size(); ++a) {
                const auto& first = candidates[static_cast<std::size_t>(brief.items[a].insight.value) - 1];
                for (std::size_t b = a + 1; b < brief.items.size(); ++b) {
                    const auto& second = candidates[static_cast<std::size_t>(brief.items[b].insight.value) - 1];
                    briefs.twice += first.insight.cluster == second.insight.cluster ||
                                    text::jaccard(first.stems, second.stems) > said_twice;
                }
                input.sent.push_back({first.insight.cluster, first.stems, 1});
            }
        }
    }
    return briefs;
}

Table table_of_insights(const Library& library) {
    const auto all = static_cast<double>(library.insights.size());
    double inexact = 0, led = 0, dangling = 0, broken = 0, we = 0, you = 0, past = 0, sized = 0, words = 0;
    std::size_t without = library.episodes.size();
    std::size_t last = library.episodes.size();
    for (std::size_t i = 0; i < library.insights.size(); ++i) {
        const ReaderChecks checks = check_as_reader(library.insights[i], segments_of(library, i));
        inexact += !checks.exact;
        led += checks.led_by_pronoun;
        dangling += checks.dangling;
        broken += checks.broken;
        we += checks.we;
        you += checks.you;
        past += checks.past;
        sized += checks.good_length;
        words += static_cast<double>(checks.words);
        if (library.episode_of[i] != last) --without;
        last = library.episode_of[i];
    }
    const Briefs briefs = briefs_of(library);
    const double n = std::max(1.0, all);
    return {"changelog, the built-in engine's insights",
            {"value"},
            {{"episodes", {static_cast<double>(library.episodes.size())}},
             {"hours of talk", {library.hours}},
             {"insights", {all}},
             {"insights an hour", {all / std::max(0.1, library.hours)}},
             {"episodes without any", {static_cast<double>(without)}},
             {"quotes not byte-exact", {inexact}},
             {"led by a pronoun or conjunction", {led / n}},
             {"dangling, by the strict reader", {dangling / n}},
             {"broken grammar, by the strict reader", {broken / n}},
             {"speak of we", {we / n}},
             {"speak to you, twice or more", {you / n}},
             {"told in the past", {past / n}},
             {"30 to 60 words", {sized / n}},
             {"words", {words / n}},
             {"briefs composed", {static_cast<double>(briefs.composed)}},
             {"insights in a brief", {static_cast<double>(briefs.items) / static_cast<double>(briefs.composed)}},
             {"pairs in a brief that say the same", {static_cast<double>(briefs.twice)}}}};
}

Table table_of_gates(const Library& library) {
    Table table{
        "changelog, gates: of the sentences looked at, or windows of them", {"dropped", "share that passes"}, {}};
    const double all = static_cast<double>(std::max<std::size_t>(1, library.report.candidates));
    table.rows.push_back({"sentences looked at", {all, 1}});
    for (const auto& [gate, count] : library.report.dropped) {
        const auto dropped = static_cast<double>(count);
        table.rows.push_back({gate, {dropped, std::max(0.0, 1 - dropped / all)}});
    }
    return table;
}

// The texts of some insights, for people to read.
void write_appendix(const Library& library, const std::filesystem::path& file) {
    std::ofstream out(file);
    for (const std::size_t i : sample(library.insights.size(), 50, 50)) {
        const Insight& insight = library.insights[i];
        const TalkEpisode& episode = library.episodes[library.episode_of[i]];
        out << "- " << insight.text << " (" << (insight.speaker.empty() ? "unknown" : insight.speaker) << ", "
            << episode.show << ' ' << episode.slug << ")\n";
    }
    if (!out) throw ExitError(exit_no_input, file.string() + ": cannot be written");
}

// All that could become insights if more were wanted, one a line, fields separated by tabs: show, episode, first
// segment, where the quote begins in it, quality, speaker, text.
void write_candidates(const Library& library, const std::filesystem::path& file) {
    std::ofstream out(file);
    out << "show\tepisode\tsegment\toffset\tquality";
    for (std::size_t i = 0; i < insights::worth_features; ++i) out << '\t' << insights::worth_feature_name(i);
    out << "\ttext\n";
    insights::EngineSettings all;
    all.least_quality = 0;
    all.per_episode = 1000;
    all.one_per = std::chrono::seconds{5};
    for (const TalkEpisode& episode : library.episodes) {
        for (const Insight& insight : insights::extract_insights(episode.request, all).insights) {
            const insights::WorthContext context{insight.speaker, insight.scores.centrality};
            const insights::WorthFeatures features = insights::worth_features_of(insight.text, context);
            out << episode.show << '\t' << episode.slug << '\t' << insight.first_segment << '\t' << insight.quote_begin
                << '\t' << insight.scores.quality;
            for (const double value : features) out << '\t' << value;
            out << '\t' << insight.text << '\n';
        }
    }
    if (!out) throw ExitError(exit_no_input, file.string() + ": cannot be written");
}

}  // namespace

std::vector<Table> measure_insights(const Options& options) {
    Library library;
    library.episodes = read_changelog(options.data);
    extract_into(library);
    if (options.appendix) write_appendix(library, *options.appendix);
    if (options.candidates) write_candidates(library, *options.candidates);
    std::vector<Table> tables = {table_of_insights(library), table_of_gates(library)};

    Library with_adverts;
    with_adverts.episodes = read_changelog(options.data);
    const AdvertMeasures adverts = put_adverts_in(with_adverts.episodes);
    extract_into(with_adverts);
    double sampled = 0;
    double of_adverts = 0;
    for (const std::size_t i : sample(with_adverts.insights.size(), 300, 300)) {
        ++sampled;
        of_adverts += is_of_advert(with_adverts.insights[i]);
    }
    tables.push_back({"changelog with sponsors' reads put in",
                      {"value"},
                      {{"reads put in", {static_cast<double>(adverts.reads)}},
                       {"recall of their words", {adverts.recall()}},
                       {"precision of the words marked", {adverts.precision()}},
                       {"talk marked where there is no advert", {adverts.wrongly_marked()}},
                       {"insights sampled", {sampled}},
                       {"of adverts", {of_adverts}}}});
    return tables;
}

}  // namespace podbrief::bot::quality
