#include "core/services/transcription_job.hpp"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "core/text/unicode.hpp"

namespace podbrief::services {
namespace {

using nlohmann::json;
using State = TranscriptionJob::State;

constexpr std::string_view folder_prefix = "episode-";

std::string dumped(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

// Our own files, read with care: `read` may throw json's exceptions.
template <class T, class Read>
std::optional<T> read_with_care(const std::string& text, Read read) {
    const json value = json::parse(text, nullptr, false);
    if (!value.is_object()) return std::nullopt;
    try {
        return read(value);
    } catch (const json::exception&) {
        return std::nullopt;
    }
}

json span_json(const TimeSpan& span) {
    return {span.start.count(), span.end.count()};
}

TimeSpan span_from(const json& value) {
    return {Millis{value.at(0).get<std::int64_t>()}, Millis{value.at(1).get<std::int64_t>()}};
}

std::optional<double> number_at(const json& value, const char* key) {
    const auto found = value.find(key);
    if (found == value.end()) return std::nullopt;
    return found->get<double>();
}

}  // namespace

std::string job_file::part(std::size_t number) {
    return fmt::format("part-{:03}.json", number);
}

std::string folder_of(EpisodeId episode) {
    return fmt::format("{}{}", folder_prefix, episode.value);
}

std::optional<EpisodeId> episode_of_folder(const std::string& folder) {
    if (!folder.starts_with(folder_prefix)) return std::nullopt;
    EpisodeId id;
    const char* const end = folder.data() + folder.size();
    const auto [read, error] = std::from_chars(folder.data() + folder_prefix.size(), end, id.value);
    if (error != std::errc() || read != end || id.value <= 0) return std::nullopt;
    return id;
}

std::string to_text(const TranscriptionJob& job) {
    const char* state = "wanted";
    if (job.state == State::ready) state = "ready";
    if (job.state == State::given_up) state = "given_up";
    return dumped({{"episode", job.episode.value},
                   {"url", job.url},
                   {"language", job.language},
                   {"names", job.names},
                   {"published_ms", to_ms(job.published)},
                   {"not_before_ms", to_ms(job.not_before)},
                   {"attempts", job.attempts},
                   {"state", state},
                   {"why", job.why}});
}

std::optional<TranscriptionJob> job_from(const std::string& text) {
    return read_with_care<TranscriptionJob>(text, [](const json& value) {
        TranscriptionJob job;
        job.episode.value = value.at("episode").get<std::int64_t>();
        job.url = value.at("url").get<std::string>();
        job.language = value.at("language").get<std::string>();
        job.names = value.at("names").get<std::string>();
        job.published = from_ms(value.at("published_ms").get<std::int64_t>());
        job.not_before = from_ms(value.at("not_before_ms").get<std::int64_t>());
        job.attempts = value.at("attempts").get<int>();
        job.why = value.at("why").get<std::string>();
        const auto state = value.at("state").get<std::string>();
        if (state == "ready") job.state = State::ready;
        if (state == "given_up") job.state = State::given_up;
        return job;
    });
}

std::string to_text(const PreparedAudio& audio) {
    json silences = json::array();
    for (const TimeSpan& silence : audio.silences) silences.push_back(span_json(silence));
    return dumped({{"length_ms", audio.length.count()}, {"silences_ms", silences}});
}

std::optional<PreparedAudio> prepared_from(const std::string& text) {
    return read_with_care<PreparedAudio>(text, [](const json& value) {
        PreparedAudio audio;
        audio.length = Millis{value.at("length_ms").get<std::int64_t>()};
        for (const json& silence : value.at("silences_ms")) audio.silences.push_back(span_from(silence));
        return audio;
    });
}

std::string to_text(const transcripts::HeardPart& part, const std::string& language) {
    json segments = json::array();
    for (const HeardSegment& s : part.segments) {
        json one = {{"span_ms", span_json({s.start, s.end})}, {"text", s.text}};
        if (!s.speaker.empty()) one["speaker"] = s.speaker;
        if (s.avg_logprob) one["avg_logprob"] = *s.avg_logprob;
        if (s.no_speech_prob) one["no_speech_prob"] = *s.no_speech_prob;
        if (s.compression_ratio) one["compression_ratio"] = *s.compression_ratio;
        segments.push_back(std::move(one));
    }
    return dumped(
        {{"span_ms", span_json(part.span)}, {"failed", part.failed}, {"language", language}, {"segments", segments}});
}

std::optional<KeptPart> part_from(const std::string& text) {
    return read_with_care<KeptPart>(text, [](const json& value) {
        KeptPart kept;
        kept.part.span = span_from(value.at("span_ms"));
        kept.part.failed = value.at("failed").get<bool>();
        kept.language = value.at("language").get<std::string>();
        for (const json& one : value.at("segments")) {
            HeardSegment s;
            const TimeSpan span = span_from(one.at("span_ms"));
            s.start = span.start;
            s.end = span.end;
            s.text = one.at("text").get<std::string>();
            s.speaker = one.value("speaker", "");
            s.avg_logprob = number_at(one, "avg_logprob");
            s.no_speech_prob = number_at(one, "no_speech_prob");
            s.compression_ratio = number_at(one, "compression_ratio");
            kept.part.segments.push_back(std::move(s));
        }
        return kept;
    });
}

std::string names_for_prompt(const Podcast& podcast, const Episode& episode) {
    constexpr std::size_t most_names = 8;
    constexpr std::size_t longest_name = 60;
    std::vector<std::string> names;
    const auto add = [&names](const std::vector<Person>& persons) {
        for (const Person& person : persons) {
            const std::string name(text::prefix_of(person.name, longest_name));
            if (name.empty() || names.size() == most_names) continue;
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
        }
    };
    add(episode.persons);
    add(podcast.persons);
    std::string said;
    for (const std::string& name : names) said += (said.empty() ? "With " : ", ") + name;
    return said.empty() ? said : said + ".";
}

}  // namespace podbrief::services
