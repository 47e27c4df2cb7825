// What one brief costs when many readers are due at once: processor time of all threads a brief, over a library of
// 5,000 recent insights, for readers who differ in what they follow, like and were sent.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <cmath>
#include <filesystem>

#include "adapters/index/memory_index.hpp"
#include "adapters/sqlite/database.hpp"
#include "core/ports/random.hpp"
#include "core/services/composer.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/run.hpp"

namespace podbrief::services {
namespace {

using namespace std::chrono_literals;
using podbrief::testing::run;

constexpr std::size_t episodes = 1000;
constexpr std::size_t per_episode = 5;
constexpr std::size_t shows = 200;

struct Folder {
    Folder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "podbrief-bench-XXXXXX").string();
        if (::mkdtemp(pattern.data()) != nullptr) path = pattern;
    }
    ~Folder() { std::filesystem::remove_all(path); }
    std::filesystem::path path;
};

class Town {
public:
    explicit Town(std::size_t people) {
        clock.set_wall(std::chrono::sys_days{std::chrono::year{2026} / 3 / 12} + 7h);
        for (std::size_t i = 0; i < 6000; ++i) words_.push_back(fmt::format("w{}x{}", i * 7919 % 6007, i));
        for (std::size_t i = 0; i < 400; ++i) topics_.push_back(word() + " " + word());
        for (std::size_t i = 0; i < shows; ++i) {
            Podcast podcast;
            podcast.title = fmt::format("Show {}", i);
            podcast.feed_url = fmt::format("https://feeds.example/{}", i);
            shows_.push_back(run(context, library.add_podcast(podcast, PollState())).id);
        }
        for (std::size_t i = 0; i < episodes; ++i) publish(i);
        for (const InsightChange& change : run(context, library.changes_since(0, episodes * per_episode))) {
            index.put(change.insight, "");
        }
        for (std::size_t i = 0; i < people; ++i) move_in(i);
    }

    asio::io_context context;
    podbrief::testing::ManualClock clock;
    Folder folder;
    std::unique_ptr<sqlite::Database> database =
        sqlite::Database::open(context.get_executor(), {folder.path / "bench.db"});
    LibraryStore& library = database->library();
    ReaderStore& keeper = database->readers();
    index::MemoryIndex index;
    std::vector<Reader> readers;

private:
    std::size_t any(std::size_t count) { return static_cast<std::size_t>(random_.below(count)); }
    // A few words are everywhere, most are rare.
    const std::string& word() {
        const double u = random_.unit();
        return words_[static_cast<std::size_t>(std::pow(u, 2.5) * static_cast<double>(words_.size() - 1))];
    }
    const std::string& topic() {
        const double u = random_.unit();
        return topics_[static_cast<std::size_t>(u * u * static_cast<double>(topics_.size() - 1))];
    }

    void publish(std::size_t number) {
        Episode episode;
        episode.podcast = shows_[any(shows)];
        episode.guid = fmt::format("{}", number);
        episode.title = fmt::format("Episode {}", number);
        episode.published_at = clock.wall_now() - std::chrono::minutes{any(13 * 24 * 60)};
        FeedUpdate update;
        update.podcast = episode.podcast;
        update.added.push_back({episode, EpisodeIdentity{{}, episode.guid, {}, {}, {}, {}, {}}});
        Extraction extraction;
        extraction.episode = run(context, library.apply(update)).at(0).id;
        extraction.transcript.content_hash = episode.guid;
        for (std::size_t i = 0; i < per_episode; ++i) {
            Insight insight;
            insight.podcast = episode.podcast;
            insight.speaker = fmt::format("Speaker {}", any(300));
            for (int j = 0; j < 6; ++j) insight.topics.push_back(topic());
            for (int j = 0; j < 3; ++j) insight.entities.push_back(fmt::format("Person {}", any(500)));
            insight.text = insight.topics.front();
            for (int j = 0; j < 28; ++j) insight.text += " " + word();
            insight.quote = insight.text;
            insight.scores.quality = 0.3f + 0.6f * static_cast<float>(any(1000)) / 1000;
            insight.published_at = *episode.published_at;
            extraction.insights.push_back(std::move(insight));
        }
        for (const Insight& stored : run(context, library.save(extraction)).insights) insights_.push_back(stored);
    }

    void move_in(std::size_t number) {
        Reader reader;
        reader.name = fmt::format("reader {}", number);
        reader.created_at = clock.wall_now();
        Profile& profile = reader.profile;
        for (int i = 0; i < 6; ++i) profile.topics[topic()] = i < 4 ? 1 : 0.5;
        profile.topics[topic()] = -0.5;
        profile.muted_topics.push_back(topic());
        for (int i = 0; i < 5; ++i) profile.shows.push_back(shows_[any(shows)]);
        profile.persons = {fmt::format("Person {}", any(500)), fmt::format("Speaker {}", any(300))};
        reader = run(context, keeper.save(reader));
        for (int day = 1; day <= 29; ++day) {
            Brief brief;
            brief.reader = reader.id;
            brief.local_date = fmt::format("2026-02-{:02}", day);
            brief.composed_at = clock.wall_now() - 24h * day;
            for (int i = 0; i < 5; ++i) {
                const Insight& insight = insights_[any(insights_.size())];
                brief.items.push_back({insight.id, insight.cluster, 1, {}, 1});
            }
            run(context, keeper.save(brief));
        }
        for (int i = 0; i < 20; ++i) {
            Feedback feedback;
            feedback.reader = reader.id;
            feedback.insight = insights_[any(insights_.size())].id;
            feedback.kind = i % 4 == 0 ? FeedbackKind::less : FeedbackKind::like;
            feedback.at = clock.wall_now() - std::chrono::hours{i};
            run(context, keeper.save(feedback));
        }
        readers.push_back(reader);
    }

    Random random_{7};
    std::vector<std::string> words_;
    std::vector<std::string> topics_;
    std::vector<PodcastId> shows_;
    std::vector<Insight> insights_;
};

void compose_for_all(Town& town, Composer& composer) {
    for (const Reader& reader : town.readers) benchmark::DoNotOptimize(run(town.context, composer.preview(reader)));
}

void count_briefs(benchmark::State& state) {
    state.counters["s_per_brief"] = benchmark::Counter(static_cast<double>(state.iterations() * state.range(0)),
                                                       benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

// Just after the library changed: the first briefs pay for what all share.
void batch_of_briefs(benchmark::State& state) {
    Town town(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) {
        Composer composer(town.library, town.keeper, town.index, town.clock, town.context.get_executor());
        compose_for_all(town, composer);
    }
    count_briefs(state);
}
BENCHMARK(batch_of_briefs)->Arg(1)->Arg(200)->MeasureProcessCPUTime()->Unit(benchmark::kMillisecond);

// Amid many: what others asked is known.
void further_briefs(benchmark::State& state) {
    Town town(static_cast<std::size_t>(state.range(0)));
    Composer composer(town.library, town.keeper, town.index, town.clock, town.context.get_executor());
    compose_for_all(town, composer);
    for (auto _ : state) compose_for_all(town, composer);
    count_briefs(state);
}
BENCHMARK(further_briefs)->Arg(200)->MeasureProcessCPUTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace podbrief::services
