// Podcasting 2.0 transcripts in JSON, and near relatives (Whisper's segments, lists without a top object).
// https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md#json
// Relied upon: segments[].{speaker, startTime, endTime, body}; times in seconds.
#include <fmt/format.h>

#include <array>
#include <cmath>

#include "core/transcripts/clock_times.hpp"
#include "core/transcripts/draft.hpp"
#include "core/transcripts/record_reader.hpp"
#include "core/transcripts/scanning.hpp"

namespace podbrief::transcripts {
namespace {

using namespace std::string_view_literals;

enum Field { speaker_field, start_field, end_field, body_field };
enum TopField { language_field, whole_text_field };

constexpr std::array speaker_names = {"speaker"sv, "speakerName"sv, "speaker_name"sv};
constexpr std::array start_names = {"startTime"sv, "start"sv, "start_time"sv};
constexpr std::array end_names = {"endTime"sv, "end"sv, "end_time"sv};
constexpr std::array body_names = {"body"sv, "text"sv, "content"sv};
constexpr std::array fields = {FieldNames{speaker_names}, FieldNames{start_names}, FieldNames{end_names},
                               FieldNames{body_names}};
constexpr std::array language_names = {"language"sv};
constexpr std::array text_names = {"text"sv};
constexpr std::array top_fields = {FieldNames{language_names}, FieldNames{text_names}};
constexpr std::array lists = {"segments"sv, "cues"sv, "utterances"sv, "transcript"sv};

constexpr double longest_s = 200'000;  // no episode lasts 55 hours: larger numbers are milliseconds

// Seconds; NaN where unknown.
double seconds_of(const JsonScalar& value) {
    if (value.kind == JsonScalar::Kind::number) return value.number;
    if (value.kind != JsonScalar::Kind::string) return std::nan("");
    if (const auto time = srt_time(value.string)) return static_cast<double>(time->count()) / 1000.0;
    char* end = nullptr;
    const double number = std::strtod(value.string.c_str(), &end);
    return end != value.string.c_str() && *end == '\0' ? number : std::nan("");
}

class JsonReader {
public:
    DraftResult read(std::string_view json, Millis duration) {
        const RecordShape shape{lists, fields, top_fields};
        const RecordSink sink{[&](std::span<JsonScalar> record) { return add(record); },
                              [&](std::size_t field, JsonScalar& value) { take_top(field, value); }};
        const std::string error = read_records(json, shape, sink);
        if (!error.empty()) return TranscriptError{error};
        if (draft_.cues.empty() && !whole_text_.empty()) draft_.cues.push_back({"", std::move(whole_text_)});
        if (draft_.cues.empty()) return TranscriptError{"the JSON holds no transcript segments"};
        set_times(duration);
        return std::move(draft_);
    }

private:
    bool add(std::span<JsonScalar> record) {
        JsonScalar& who = record[speaker_field];
        // The speaker may be named only where it changes; an empty name says that it is not known.
        if (who.kind == JsonScalar::Kind::string) speaker_ = trimmed(who.string);
        if (who.kind == JsonScalar::Kind::number) speaker_ = fmt::format("Speaker {}", who.number);
        if (record[body_field].kind != JsonScalar::Kind::string) return true;
        draft_.cues.push_back({speaker_, std::move(record[body_field].string)});
        starts_.push_back(seconds_of(record[start_field]));
        ends_.push_back(seconds_of(record[end_field]));
        return !draft_.full();
    }

    void take_top(std::size_t field, JsonScalar& value) {
        if (value.kind != JsonScalar::Kind::string) return;
        (field == language_field ? draft_.language : whole_text_).swap(value.string);
    }

    void set_times(Millis duration) {
        double latest = 0;
        for (const double start : starts_) latest = std::max(latest, std::isfinite(start) ? start : 0);
        const double duration_s = static_cast<double>(duration.count()) / 1000.0;
        const bool milliseconds = latest > longest_s || (duration_s > 60 && latest > duration_s * 100);
        const auto to_millis = [&](double seconds) {
            const double ms = milliseconds ? seconds : seconds * 1000;
            return ms >= 0 && ms < 1e12 ? Millis{std::llround(ms)} : unknown_time;
        };
        for (std::size_t i = 0; i < starts_.size(); ++i) {
            draft_.cues[i].start = to_millis(starts_[i]);
            draft_.cues[i].end = to_millis(ends_[i]);
        }
    }

    Draft draft_;
    std::vector<double> starts_;  // of the cues
    std::vector<double> ends_;
    std::string speaker_;
    std::string whole_text_;
};

}  // namespace

DraftResult read_json(std::string_view text, Millis episode_duration) {
    return JsonReader().read(text, episode_duration);
}

}  // namespace podbrief::transcripts
