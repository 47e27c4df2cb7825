#include "bot/bench/library.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/async/parallel.hpp"

namespace podbrief::bot::bench {
namespace {

constexpr std::size_t count_of_words = 20'000;
constexpr double steepness = 1.05;  // of Zipf's law, as measured of English speech
constexpr std::size_t insights_of_an_episode = 20;
constexpr std::size_t shows = 50;
constexpr std::size_t writes_at_once = 64;  // they are committed together

const std::vector<std::string>& small_words() {
    static const std::vector<std::string> words{
        "the",  "of",   "and",  "to",    "a",   "in",   "that",  "is",    "for",  "it",  "as",   "was",
        "with", "be",   "by",   "on",    "not", "they", "which", "from",  "this", "are", "more", "have",
        "than", "when", "will", "would", "if",  "what", "their", "there", "been", "who", "into", "because"};
    return words;
}

// 20,000 words that can be spoken, each once.
std::vector<std::string> invented_words(Random& random) {
    static const std::vector<std::string> begins{"b", "br", "c", "cl", "d", "dr", "f", "fl", "g",  "gr", "h",  "j",
                                                 "k", "l",  "m", "n",  "p", "pl", "r", "s",  "st", "t",  "tr", "v"};
    static const std::vector<std::string> middles{"a", "e", "i", "o", "u", "ai", "ea", "io", "ou"};
    static const std::vector<std::string> ends{"", "n", "r", "l", "t", "st", "ck", "m", "nd"};
    std::set<std::string> seen;
    std::vector<std::string> words;
    while (words.size() < count_of_words) {
        std::string word;
        const auto syllables = 2 + random.below(2);
        for (std::uint64_t i = 0; i < syllables; ++i) {
            word += begins[random.below(begins.size())] + middles[random.below(middles.size())];
        }
        word += ends[random.below(ends.size())];
        if (seen.insert(word).second) words.push_back(std::move(word));
    }
    return words;
}

std::vector<double> zipf(std::size_t count) {
    std::vector<double> sums;
    double sum = 0;
    for (std::size_t rank = 1; rank <= count; ++rank) {
        sum += 1.0 / std::pow(static_cast<double>(rank), steepness);
        sums.push_back(sum);
    }
    for (double& one : sums) one /= sum;
    return sums;
}

}  // namespace

const std::vector<std::string>& InventedLibrary::topics() {
    static const std::vector<std::string> all{"chip export controls",
                                              "remote work",
                                              "interest rates",
                                              "battery recycling",
                                              "open source licences",
                                              "housing supply",
                                              "antibiotic resistance",
                                              "electric grids",
                                              "school phone bans",
                                              "carbon pricing",
                                              "language models",
                                              "supply chains",
                                              "nuclear power",
                                              "immigration reform",
                                              "sleep research",
                                              "city congestion charges",
                                              "antitrust lawsuits",
                                              "space launch costs",
                                              "heat pumps",
                                              "youth football",
                                              "drug pricing",
                                              "undersea cables",
                                              "food inflation",
                                              "rare earth mining",
                                              "election security",
                                              "water rights",
                                              "podcast advertising",
                                              "gene therapy",
                                              "central bank policy",
                                              "autonomous trucks",
                                              "wildfire insurance",
                                              "music royalties",
                                              "quantum computing",
                                              "fishing quotas",
                                              "pension reform",
                                              "semiconductor subsidies",
                                              "museum restitution",
                                              "soil health",
                                              "four day weeks",
                                              "data centre cooling",
                                              "vaccine trials",
                                              "rail freight",
                                              "privacy law",
                                              "coral bleaching",
                                              "minimum wages",
                                              "satellite internet",
                                              "coffee prices",
                                              "wind turbines",
                                              "public libraries",
                                              "cyber insurance",
                                              "hospital staffing",
                                              "bicycle lanes"};
    return all;
}

InventedLibrary::InventedLibrary(std::uint64_t seed)
    : random_(seed),
      words_(invented_words(random_)),
      spread_of_words_(zipf(words_.size())),
      spread_of_topics_(zipf(topics().size())) {}

const std::string& InventedLibrary::any_of(const std::vector<std::string>& words, const std::vector<double>& spread) {
    const auto found = std::lower_bound(spread.begin(), spread.end(), random_.unit());
    return words[std::min(static_cast<std::size_t>(found - spread.begin()), words.size() - 1)];
}

// 12 to 27 words, the topics among them.
std::string InventedLibrary::sentence(const std::vector<std::string>& topics) {
    constexpr double share_of_small_words = 0.45;
    const std::size_t length = 12 + random_.below(16);
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < length; ++i) {
        const bool small = random_.unit() < share_of_small_words;
        parts.push_back(small ? small_words()[random_.below(small_words().size())] : any_of(words_, spread_of_words_));
    }
    for (const std::string& topic : topics) parts[random_.below(parts.size())] = topic;
    std::string text = fmt::format("{}.", fmt::join(parts, " "));
    text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    return text;
}

Insight InventedLibrary::insight() {
    Insight out;
    out.topics.push_back(any_of(topics(), spread_of_topics_));
    const std::string& second = any_of(topics(), spread_of_topics_);
    if (random_.unit() < 0.3 && second != out.topics.front()) out.topics.push_back(second);
    out.text = sentence(out.topics);
    out.quote = sentence({out.topics.front()});
    out.speaker = fmt::format("Speaker {}", random_.below(400));
    constexpr Stance stances[] = {Stance::neutral, Stance::neutral, Stance::favourable, Stance::critical};
    out.stance = stances[random_.below(4)];
    out.scores.quality = static_cast<float>(0.4 + 0.5 * random_.unit());
    return out;
}

std::string InventedLibrary::query() {
    std::string query = any_of(topics(), spread_of_topics_);
    if (random_.unit() < 0.2) query += " " + any_of(words_, spread_of_words_);
    return query;
}

namespace {

struct Show {
    PodcastId podcast;
    std::vector<Episode> episodes;
};

asio::awaitable<Show> add_show(LibraryStore& library, std::size_t number, std::size_t episodes, WallTime now) {
    Podcast podcast;
    podcast.feed_url = fmt::format("https://example.com/shows/{}/feed.xml", number);
    podcast.title = fmt::format("The {} hour, number {}", InventedLibrary::topics()[number], number);
    podcast.language = "en";
    podcast.added_at = now;
    PollState poll;
    poll.next_poll_at = now + std::chrono::days{365};
    const LibraryStore::Added added = co_await library.add_podcast(std::move(podcast), poll);
    FeedUpdate update;
    update.podcast = added.id;
    update.poll = poll;
    for (std::size_t i = 0; i < episodes; ++i) {
        IdentifiedEpisode one;
        one.episode.podcast = added.id;
        one.episode.guid = fmt::format("{}-{}", number, i);
        one.episode.title = fmt::format("Episode {}", i + 1);
        one.episode.link = fmt::format("https://example.com/shows/{}/{}", number, i);
        const auto age = std::chrono::days{365} * (i + 1) / (episodes + 1);
        one.episode.published_at = std::chrono::floor<Millis>(now - age);
        one.episode.first_seen_at = now;
        one.identity.guid = one.episode.guid;
        one.identity.published_at = one.episode.published_at;
        update.added.push_back(std::move(one));
    }
    Show show;
    show.podcast = added.id;
    show.episodes = co_await library.apply(std::move(update));
    co_return show;
}

Extraction extraction_of(const Episode& episode, std::size_t insights, const std::function<Insight()>& make) {
    Extraction out;
    out.episode = episode.id;
    out.transcript.episode = episode.id;
    out.transcript.content_hash = fmt::format("{:064x}", episode.id.value);
    out.transcript.language = "en";
    out.transcript.timed = true;
    for (std::size_t i = 0; i < insights; ++i) {
        Insight insight = make();
        insight.first_segment = insight.last_segment = static_cast<int>(i);
        insight.start = std::chrono::minutes{static_cast<std::int64_t>(i)};
        insight.end = insight.start + std::chrono::seconds{20};
        insight.published_at = ordering_time(episode);
        Segment segment;
        segment.speaker = insight.speaker;
        segment.text = insight.quote;
        segment.start = insight.start;
        segment.end = insight.end;
        out.transcript.segments.push_back(std::move(segment));
        out.insights.push_back(std::move(insight));
    }
    return out;
}

}  // namespace

asio::awaitable<void> fill_library(LibraryStore& library, std::size_t insights, std::uint64_t seed, WallTime now) {
    InventedLibrary invented(seed);
    std::function<Insight()> make = [&invented] { return invented.insight(); };
    co_await fill_library(library, insights, std::move(make), now);
}

asio::awaitable<void> fill_library(LibraryStore& library, std::size_t insights, std::function<Insight()> make,
                                   WallTime now) {
    const std::size_t episodes = (insights + insights_of_an_episode - 1) / insights_of_an_episode;
    const std::size_t of_each = std::max<std::size_t>(1, (episodes + shows - 1) / shows);
    std::vector<Episode> all;
    for (std::size_t number = 0; number < shows && all.size() < episodes; ++number) {
        Show show = co_await add_show(library, number, of_each, now);
        all.insert(all.end(), show.episodes.begin(), show.episodes.end());
    }
    std::size_t left = insights;
    // for_each_parallel keeps the lambda until all its coroutines have ended.
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-capturing-lambda-coroutines)
    auto save = [&library, &make, &left](const Episode& episode) -> asio::awaitable<void> {
        const std::size_t here = std::min(left, insights_of_an_episode);
        if (here == 0) co_return;
        left -= here;
        Extraction extraction = extraction_of(episode, here, make);
        co_await library.save(std::move(extraction));
    };
    co_await for_each_parallel(std::move(all), writes_at_once, std::move(save));
}

}  // namespace podbrief::bot::bench
