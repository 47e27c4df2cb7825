#include "bot/quality/corpora.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "bot/exit_codes.hpp"
#include "core/feeds/times.hpp"
#include "core/text/words.hpp"
#include "core/transcripts/adverts.hpp"
#include "core/transcripts/parse.hpp"

namespace podbrief::bot::quality {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in)
        throw ExitError(exit_no_input, file.string() + ": cannot be read; give the folder that holds the benchmarks");
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return std::move(bytes).str();
}

// Calls `take` with every line of JSON of a file; what does not have the fields wanted ends with one line.
template <class Take>
void for_each_line(const fs::path& file, Take take) {
    std::istringstream lines(read(file));
    std::string line;
    for (std::size_t number = 1; std::getline(lines, line); ++number) {
        if (line.empty()) continue;
        try {
            take(json::parse(line));
        } catch (const json::exception& error) {
            throw ExitError(exit_bad_data, file.string() + ":" + std::to_string(number) + ": " + error.what());
        }
    }
}

std::string without_marks(std::string_view text) {
    std::string kept;
    int depth = 0;
    for (const char c : text) {
        if (c == '{') ++depth;
        if (depth == 0) kept += c;
        if (c == '}' && depth > 0) --depth;
    }
    return kept;
}

std::size_t number_in(const json& text) {
    return std::stoul(text.get<std::string>());
}

Meeting::Query query_of(const json& line) {
    Meeting::Query query;
    query.text = line.at("query").get<std::string>();
    query.answer = line.at("answer").get<std::string>();
    if (line.contains("relevant_text_span")) {
        for (const json& span : line["relevant_text_span"]) {
            query.turns.emplace_back(number_in(span.at(0)), number_in(span.at(1)));
        }
    }
    return query;
}

Meeting meeting_of(const json& line) {
    Meeting meeting;
    meeting.id = line.at("id").get<std::string>();
    Millis at{};
    for (const json& turn : line.at("meeting_transcripts")) {
        Segment segment;
        segment.speaker = turn.at("speaker").get<std::string>();
        segment.text = without_marks(turn.at("content").get<std::string>());
        segment.start = at;
        at += Millis(334 * static_cast<std::int64_t>(text::words(segment.text).size()));
        segment.end = at;
        meeting.turns.push_back(std::move(segment));
    }
    for (const json& query : line.at("specific_query_list")) meeting.specific.push_back(query_of(query));
    for (const json& query : line.at("general_query_list")) meeting.general.push_back(query_of(query));
    return meeting;
}

}  // namespace

std::vector<Meeting> read_qmsum(const fs::path& data, const std::string& split) {
    std::vector<Meeting> meetings;
    for_each_line(data / "qmsum" / (split + ".jsonl"), [&](const json& line) { meetings.push_back(meeting_of(line)); });
    return meetings;
}

std::vector<TalkEpisode> read_changelog(const fs::path& data) {
    const fs::path folder = data / "changelog";
    std::map<std::string, std::string> titles;
    std::vector<TalkEpisode> episodes;
    try {
        const json shows = json::parse(read(folder / "shows.json"));
        for (const auto& [show, about] : shows.items()) {
            titles[show] = about.at("title").get<std::string>();
        }
        std::map<std::string, PodcastId> podcasts;
        const json listed = json::parse(read(folder / "episodes.json"));
        for (const json& line : listed.at("episodes")) {
            TalkEpisode& one = episodes.emplace_back();
            one.show = line.at("show").get<std::string>();
            one.slug = line.at("slug").get<std::string>();
            const auto podcast =
                podcasts.emplace(one.show, PodcastId(static_cast<std::int64_t>(podcasts.size()) + 1)).first->second;
            one.request.podcast.id = podcast;
            one.request.podcast.title = titles[one.show];
            Episode& episode = one.request.episode;
            episode.id = EpisodeId(static_cast<std::int64_t>(episodes.size()));
            episode.podcast = podcast;
            episode.title = line.at("title").get<std::string>();
            episode.link = line.at("link").get<std::string>();
            episode.published_at = feeds::parse_date(line.at("published").get<std::string>());
            if (line.at("duration_s").is_number()) {
                episode.duration = std::chrono::seconds(line["duration_s"].get<std::int64_t>());
            }
            if (line.at("notes").is_string()) episode.notes = read(folder / line["notes"].get<std::string>());
            for (const json& chapter : line.at("chapters")) {
                const auto start = static_cast<std::int64_t>(chapter.at("start_s").get<double>() * 1000);
                episode.chapters.push_back({Millis(start), chapter.at("title").get<std::string>()});
            }
            const fs::path file = folder / line.at("transcript").get<std::string>();
            auto parsed = transcripts::parse_transcript(
                read(file),
                {.content_type = "text/markdown", .url = file.string(), .episode_duration = episode.duration});
            if (!parsed) throw ExitError(exit_bad_data, file.string() + ": " + parsed.error().message);
            transcripts::mark_adverts(parsed->segments, {}, one.request.podcast.title);
            one.request.transcript.episode = episode.id;
            one.request.transcript.format = parsed->format;
            one.request.transcript.timed = parsed->timed;
            one.request.transcript.segments = std::move(parsed->segments);
        }
    } catch (const json::exception& error) {
        throw ExitError(exit_bad_data, folder.string() + ": " + error.what());
    }
    return episodes;
}

std::vector<TopicQuery> read_topic_queries(const fs::path& data) {
    std::vector<TopicQuery> queries;
    for_each_line(data / "changelog" / "topic_queries.jsonl", [&](const json& line) {
        TopicQuery& query = queries.emplace_back();
        query.id = line.at("id").get<std::string>();
        query.text = line.at("query").get<std::string>();
        query.show = line.at("show").get<std::string>();
        query.slug = line.at("slug").get<std::string>();
        query.start = Millis(static_cast<std::int64_t>(line.at("start_s").get<double>() * 1000));
        query.end = Millis(static_cast<std::int64_t>(line.at("end_s").get<double>() * 1000));
        const bool worded = line.at("content_words").get<int>() >= 2;
        query.clear = worded && line.at("overlap").get<double>() >= 0.5;
        query.strict = worded && line.at("overlap").get<double>() >= 1;
    });
    return queries;
}

}  // namespace podbrief::bot::quality
