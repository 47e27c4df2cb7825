// Which side claims take on what people ask for, beside a reader's judgement (tests/bench/stance).
#include <algorithm>
#include <array>
#include <fstream>
#include <limits>
#include <map>

#include "bot/exit_codes.hpp"
#include "bot/quality/parts.hpp"
#include "bot/quality/stop_watch.hpp"
#include "bot/quality/talk_library.hpp"
#include "core/insights/built_in_engine.hpp"
#include "core/search/find.hpp"
#include "core/search/relations.hpp"
#include "core/search/text_vectors.hpp"
#include "core/text/digest.hpp"

namespace podbrief::bot::quality {
namespace {

// What such a library is asked for: broad and narrow.
constexpr auto topics = std::to_array<std::string_view>({"AI",
                                                         "LLMs",
                                                         "AI agents",
                                                         "AI coding",
                                                         "Copilot",
                                                         "ChatGPT",
                                                         "regulation of AI",
                                                         "open source",
                                                         "licenses",
                                                         "kubernetes",
                                                         "docker",
                                                         "linux",
                                                         "rust",
                                                         "go",
                                                         "javascript",
                                                         "typescript",
                                                         "python",
                                                         "java",
                                                         "elixir",
                                                         "CSS",
                                                         "react",
                                                         "vue",
                                                         "frameworks",
                                                         "web components",
                                                         "server side rendering",
                                                         "GraphQL",
                                                         "testing",
                                                         "static typing",
                                                         "generics",
                                                         "remote work",
                                                         "microservices",
                                                         "monorepos",
                                                         "code review",
                                                         "pull requests",
                                                         "git",
                                                         "refactoring",
                                                         "technical debt",
                                                         "dependencies",
                                                         "privacy",
                                                         "security",
                                                         "databases",
                                                         "SQL",
                                                         "postgres",
                                                         "sqlite",
                                                         "documentation",
                                                         "startups",
                                                         "venture capital",
                                                         "wordpress",
                                                         "serverless",
                                                         "the cloud",
                                                         "observability",
                                                         "social media",
                                                         "podcasts",
                                                         "meetings",
                                                         "mental health",
                                                         "design systems",
                                                         "accessibility",
                                                         "email",
                                                         "Google",
                                                         "Apple",
                                                         "Microsoft",
                                                         "GitHub",
                                                         "Svelte",
                                                         "Node",
                                                         "Deno",
                                                         "WebAssembly",
                                                         "Terraform",
                                                         "AWS",
                                                         "Redis",
                                                         "MongoDB",
                                                         "Firefox",
                                                         "npm",
                                                         "JSON",
                                                         "TDD",
                                                         "pair programming",
                                                         "bootcamps",
                                                         "crypto",
                                                         "ruby",
                                                         "rails",
                                                         "PHP",
                                                         "Haskell",
                                                         "jQuery",
                                                         "tailwind",
                                                         "functional programming",
                                                         "object oriented programming",
                                                         "concurrency",
                                                         "caching",
                                                         "feature flags",
                                                         "continuous integration",
                                                         "on call",
                                                         "conferences",
                                                         "Twitter",
                                                         "Slack",
                                                         "YAML",
                                                         "Nix",
                                                         "VS Code",
                                                         "neural networks",
                                                         "fine tuning",
                                                         "RAG",
                                                         "prompt engineering",
                                                         "self driving cars",
                                                         "robots",
                                                         "virtual reality",
                                                         "encryption",
                                                         "passwords",
                                                         "advertising",
                                                         "burnout",
                                                         "interviews",
                                                         "hiring",
                                                         "mentoring",
                                                         "deep learning",
                                                         "Swift",
                                                         "HTTP",
                                                         "logging",
                                                         "type systems",
                                                         "error handling",
                                                         "freelancing",
                                                         "unit tests",
                                                         "REST APIs",
                                                         "SPAs",
                                                         "machine learning"});

constexpr std::size_t looked_at = 80;

struct Pair {
    std::string_view topic;
    std::size_t place = 0;  // in what is found, from 1
    const Insight* insight = nullptr;
    const TalkEpisode* episode = nullptr;
    std::string hash;
    search::RelationGuess guess;
};

char side_of(const search::RelationGuess& guess) {
    if (guess.relation == Relation::supports) return '+';
    if (guess.relation == Relation::disputes) return '-';
    return '0';
}

std::string hash_of(std::string_view text) {
    return text::sha256_hex(text).substr(0, 12);
}

std::vector<Pair> pairs_of(const Library& library) {
    index::MemoryIndex index(&search::built_in_vectors());
    for (std::size_t i = 0; i < library.insights.size(); ++i) {
        index.put(library.insights[i], library.episodes[library.episode_of[i]].request.podcast.title);
    }
    search::FindOptions options;
    options.limit = looked_at;
    options.now = ordering_time(library.episodes.back().request.episode);
    std::vector<Pair> pairs;
    for (const std::string_view topic : topics) {
        const search::UnderstoodQuery query = search::understand(topic, index);
        const search::Found found = search::find(index, query, options);
        for (std::size_t at = 0; at < found.hits.size(); ++at) {
            const auto place = static_cast<std::size_t>(found.hits[at].insight.value) - 1;
            Pair& pair = pairs.emplace_back();
            pair.topic = topic;
            pair.place = at + 1;
            pair.insight = &library.insights[place];
            pair.episode = &library.episodes[library.episode_of[place]];
            pair.hash = hash_of(pair.insight->text);
            pair.guess = search::relation_to_topic(*pair.insight, query.topic);
        }
    }
    return pairs;
}

// One a line, fields separated by tabs.
void write_pairs(const std::vector<Pair>& pairs, const std::filesystem::path& file) {
    std::ofstream out(file);
    out << "topic\tplace\tshow\tepisode\tsegment\toffset\thash\tside\tconfidence\ttext\n";
    for (const Pair& pair : pairs) {
        const Insight& insight = *pair.insight;
        out << pair.topic << '\t' << pair.place << '\t' << pair.episode->show << '\t' << pair.episode->slug << '\t'
            << insight.first_segment << '\t' << insight.quote_begin << '\t' << pair.hash << '\t' << side_of(pair.guess)
            << '\t' << pair.guess.confidence << '\t' << insight.text << '\n';
    }
    if (!out) throw ExitError(exit_no_input, file.string() + ": cannot be written");
}

struct Label {
    std::string topic;
    std::string episode;  // show/slug
    std::string hash;     // of the text
    char side = '0';      // '+', '-', or '0' for none
};

std::vector<Label> read_labels(const std::filesystem::path& file) {
    std::ifstream in(file);
    if (!in) throw ExitError(exit_no_input, file.string() + ": cannot be read");
    std::vector<Label> labels;
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line.front() == '#') continue;
        std::vector<std::string> fields(1);
        for (const char c : line) {
            if (c == '\t') {
                fields.emplace_back();
            } else {
                fields.back() += c;
            }
        }
        if (fields.size() != 7 || fields[6].size() != 1) throw ExitError(exit_bad_data, file.string() + ": " + line);
        labels.push_back({fields[0], fields[1] + '/' + fields[2], fields[5], fields[6].front()});
    }
    return labels;
}

struct Score {
    double pairs = 0;
    double sides = 0;  // that the reader sees
    double shown = 0;
    double right = 0;
    double opposite = 0;
    double needless = 0;  // where the reader sees no side

    void add(char wanted, char got) {
        ++pairs;
        sides += wanted != '0';
        if (got == '0') return;
        ++shown;
        right += got == wanted;
        needless += wanted == '0';
        opposite += wanted != '0' && got != wanted;
    }
    Table::Row row(std::string label) const {
        constexpr double none = std::numeric_limits<double>::quiet_NaN();
        return {std::move(label),
                {pairs, sides, shown, right, opposite, needless, shown > 0 ? right / shown : none,
                 sides > 0 ? right / sides : none}};
    }
};

// Halves by the episode, so that no claim is in both.
bool is_held_out(const std::string& episode) {
    return std::string_view("13579bdf").find(text::sha256_hex(episode).back()) != std::string_view::npos;
}

// What the engine makes of an episode, kept or not, by the hash of its text: a question may bring up what is not kept.
std::map<std::string, Insight> all_insights_of(const TalkEpisode& episode) {
    insights::EngineSettings all;
    all.least_quality = 0;
    all.per_episode = 1000;
    all.one_per = std::chrono::seconds{5};
    std::map<std::string, Insight> by_hash;
    for (Insight& insight : insights::extract_insights(episode.request, all).insights) {
        std::string hash = hash_of(insight.text);
        by_hash.emplace(std::move(hash), std::move(insight));
    }
    return by_hash;
}

std::vector<Table> score(const std::vector<TalkEpisode>& episodes, const std::vector<Label>& labels,
                         const std::optional<std::filesystem::path>& file) {
    std::map<std::string, std::vector<const Label*>> by_episode;
    for (const Label& label : labels) by_episode[label.episode].push_back(&label);
    Score tuned, held_out;
    std::size_t judged = 0;
    Durations durations;
    std::ofstream out;
    if (file) {
        out.open(*file);
        out << "features";
        for (std::size_t i = 0; i < insights::cues::side_features; ++i) {
            out << '\t' << insights::cues::side_feature_name(i);
        }
        out << '\n';
    }
    for (const TalkEpisode& episode : episodes) {
        const auto labelled = by_episode.find(episode.show + '/' + episode.slug);
        if (labelled == by_episode.end()) continue;
        const bool held = is_held_out(labelled->first);
        const std::map<std::string, Insight> known = all_insights_of(episode);
        for (const Label* label : labelled->second) {
            const auto insight = known.find(label->hash);
            if (insight == known.end()) continue;
            ++judged;
            const search::RelationGuess guess =
                durations.measure([&] { return search::relation_to_topic(insight->second, label->topic); });
            (held ? held_out : tuned).add(label->side, side_of(guess));
            out << (held ? "held out" : "tuned on") << '\t' << label->topic << '\t' << label->side << '\t'
                << side_of(guess) << '\t' << guess.confidence << '\t' << insight->second.text << '\n';
            for (const insights::cues::Saying& cue : search::sayings_towards(insight->second, label->topic)) {
                out << "cue\t" << (cue.favourable ? '+' : '-');
                for (const double feature : cue.features) out << '\t' << feature;
                out << '\n';
            }
        }
    }
    return {{"changelog, sides on topics",
             {"pairs", "have a side", "shown", "right", "other side", "has none", "precision", "recall"},
             {tuned.row("tuned on"), held_out.row("held out")}},
            {"changelog, judging a claim towards a topic",
             {"value"},
             {{"labels without their text", {static_cast<double>(labels.size() - judged)}},
              {"p50, ms", {durations.percentile_ms(0.5)}},
              {"p99, ms", {durations.percentile_ms(0.99)}}}}};
}

}  // namespace

std::vector<Table> measure_sides(const Options& options) {
    if (!options.sides && !options.pairs) return {};
    Library library;
    library.episodes = read_changelog(options.data);
    if (options.more) {
        for (TalkEpisode& one : read_changelog(*options.more)) library.episodes.push_back(std::move(one));
        for (std::size_t e = 0; e < library.episodes.size(); ++e) {
            ExtractionRequest& request = library.episodes[e].request;
            request.episode.id = request.transcript.episode = EpisodeId(static_cast<std::int64_t>(e) + 1);
        }
    }
    if (options.sides) return score(library.episodes, read_labels(*options.sides), options.pairs);
    extract_into(library);
    write_pairs(pairs_of(library), *options.pairs);
    return {};
}

}  // namespace podbrief::bot::quality
