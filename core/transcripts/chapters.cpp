#include "core/transcripts/chapters.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/text/unicode.hpp"
#include "core/transcripts/record_reader.hpp"
#include "core/transcripts/sniff.hpp"

namespace podbrief::transcripts {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t chapters_size_limit = 1024 * 1024;
constexpr std::size_t chapter_limit = 10'000;
constexpr double longest_s = 1000 * 3600;

enum Field { start_field, title_field };

constexpr std::array start_names = {"startTime"sv};
constexpr std::array title_names = {"title"sv};
constexpr std::array fields = {FieldNames{start_names}, FieldNames{title_names}};
constexpr std::array lists = {"chapters"sv};

}  // namespace

boost::system::result<std::vector<Chapter>, TranscriptError> parse_chapters(std::string_view json) {
    if (json.size() > chapters_size_limit) return TranscriptError{"the chapters file is larger than 1 MiB"};
    const auto text = readable_text(json, "application/json");
    if (!text) return TranscriptError{"the chapters file is not text"};
    std::vector<Chapter> chapters;
    const auto add = [&](std::span<JsonScalar> record) {
        const JsonScalar& start = record[start_field];
        const JsonScalar& title = record[title_field];
        const bool timed = start.kind == JsonScalar::Kind::number && start.number >= 0 && start.number < longest_s;
        if (!timed || title.kind != JsonScalar::Kind::string) return true;
        std::string words = text::collapse_white_space(title.string);
        if (!words.empty()) chapters.push_back({Millis{std::llround(start.number * 1000)}, std::move(words)});
        return chapters.size() < chapter_limit;
    };
    const std::string error = read_records(*text, RecordShape{lists, fields, {}}, RecordSink{add, {}});
    if (!error.empty()) return TranscriptError{error};
    std::stable_sort(chapters.begin(), chapters.end(),
                     [](const Chapter& a, const Chapter& b) { return a.start < b.start; });
    return chapters;
}

}  // namespace podbrief::transcripts
