#include "adapters/ai/openai_transcriber.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "adapters/ai/exchange.hpp"
#include "adapters/ai/multipart.hpp"
#include "core/text/ascii.hpp"
#include "core/text/sentences.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::ai {
namespace {

using nlohmann::json;

constexpr std::size_t most_segments = 20'000;
constexpr std::size_t longest_segment = 20'000;  // bytes

// A number that is one; nothing for what is missing, of another type or absurd.
std::optional<double> number_at(const json& object, const char* key) {
    const json* value = find(object, key);
    if (value == nullptr || !value->is_number()) return std::nullopt;
    const double number = value->get<double>();
    if (!std::isfinite(number) || std::abs(number) > 1e6) return std::nullopt;
    return number;
}

Millis millis(double seconds) {
    return Millis{std::llround(seconds * 1000.0)};
}

std::string clean_text(const json& object) {
    std::string text = text_at(object, "text");
    if (text.size() > longest_segment) text.resize(longest_segment);
    return text::collapse_white_space(text::to_valid_utf8(text));
}

// https://platform.openai.com/docs/api-reference/audio/verbose-json-object; relied upon: segments[].{start, end, text},
// and where they are told avg_logprob, no_speech_prob, compression_ratio, speaker. whisper.cpp leaves some of them out.
TranscriptionResult read_segments(const json& segments, Millis length) {
    HeardClip clip;
    clip.timed = true;
    if (segments.size() > most_segments) return bad_answer("the answer has too many segments");
    Millis last{0};
    for (const json& one : segments) {
        const auto start = number_at(one, "start");
        const auto end = number_at(one, "end");
        HeardSegment segment;
        segment.text = clean_text(one);
        if (segment.text.empty()) continue;
        if (!start || !end) return bad_answer("a segment of the answer has no times");
        // Whisper's last segment may end beyond the clip; one that begins there was made up.
        segment.start = std::clamp(millis(*start), last, length);
        segment.end = std::clamp(millis(*end), segment.start, length);
        if (millis(*start) > length + Millis{1000}) continue;
        last = segment.start;
        segment.speaker = text_at(one, "speaker");
        if (segment.speaker.size() > 40) segment.speaker.clear();
        segment.avg_logprob = number_at(one, "avg_logprob");
        segment.no_speech_prob = number_at(one, "no_speech_prob");
        segment.compression_ratio = number_at(one, "compression_ratio");
        clip.segments.push_back(std::move(segment));
    }
    return clip;
}

// Text without times: its sentences, each at the time that its place in the text tells.
std::vector<HeardSegment> spread(const std::string& text, Millis length) {
    std::vector<HeardSegment> out;
    const auto at = [&](std::size_t byte) {
        return Millis{length.count() * static_cast<std::int64_t>(byte) / static_cast<std::int64_t>(text.size())};
    };
    for (const text::ByteRange& sentence : text::sentences(text)) {
        HeardSegment segment;
        segment.start = at(sentence.begin);
        segment.end = at(sentence.end);
        segment.text = std::string(sentence.in(text));
        out.push_back(std::move(segment));
    }
    return out;
}

TranscriptionResult read(const std::string& body, Millis length) {
    const json answer = json::parse(body, nullptr, false);
    if (!answer.is_object()) return bad_answer("the answer is not JSON");
    if (const json* error = find(answer, "error"); error != nullptr && !error->is_null()) {
        return bad_answer("an error inside an answer");
    }
    const json* text = find(answer, "text");
    const json* segments = find(answer, "segments");
    TranscriptionResult result = HeardClip{};
    if (segments != nullptr && segments->is_array()) {
        result = read_segments(*segments, length);
        if (!result) return result;
    } else if (text != nullptr && text->is_string()) {
        result->segments = spread(clean_text(answer), length);
    } else {
        return bad_answer("the answer has no text");
    }
    result->language = text_at(answer, "language");
    if (result->language.size() > 20) result->language.clear();
    result->billed = length;
    if (const json* usage = find(answer, "usage"); usage != nullptr && text_at(*usage, "type") == "duration") {
        if (const auto seconds = number_at(*usage, "seconds"); seconds && *seconds >= 0) {
            result->billed = std::min(millis(*seconds), 2 * length);
        }
    }
    return result;
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), text::ascii_lower);
    return text;
}

}  // namespace

OpenAiTranscriber::OpenAiTranscriber(HttpClient& http, const Clock& clock, Endpoint endpoint, Server server)
    : http_(http),
      clock_(clock),
      endpoint_(std::move(endpoint)),
      server_(server),
      form_(lower(endpoint_.model).find("diarize") != std::string::npos ? Form::diarized : Form::verbose) {}

std::string OpenAiTranscriber::name() const {
    const std::string server = server_ == Server::whisper_cpp ? "whisper.cpp" : "openai";
    return endpoint_.model.empty() ? server : server + " " + endpoint_.model;
}

asio::awaitable<TranscriptionResult> OpenAiTranscriber::transcribe(TranscriptionRequest request) {
    const Form form = form_;
    const bool whisper_cpp = server_ == Server::whisper_cpp;
    std::vector<FormPart> parts;
    const auto field = [&parts](const char* name, std::string value) {
        parts.push_back({name, std::move(value), "", ""});
    };
    if (!endpoint_.model.empty()) field("model", endpoint_.model);
    field("response_format", form == Form::verbose    ? "verbose_json"
                             : form == Form::diarized ? "diarized_json"
                                                      : "json");
    if (form == Form::verbose && !whisper_cpp) field("timestamp_granularities[]", "segment");
    if (form == Form::diarized) field("chunking_strategy", "auto");
    if (!request.language.empty()) field("language", request.language);
    // Without it whisper.cpp takes everything for English.
    if (request.language.empty() && whisper_cpp) field("language", "auto");
    if (!request.prompt.empty() && form != Form::diarized) field("prompt", request.prompt);
    if (form != Form::diarized) field("temperature", "0");
    // Spares another pass over the audio.
    if (whisper_cpp) field("no_language_probabilities", "true");
    parts.push_back({"file", std::move(request.audio), request.file_name, request.media_type});

    ai::Form body = to_form(parts);
    Post what;
    what.path = whisper_cpp ? "/inference" : "/audio/transcriptions";
    if (!endpoint_.key.empty()) what.headers.push_back({"Authorization", "Bearer " + endpoint_.key});
    what.body = std::move(body.body);
    what.content_type = std::move(body.content_type);
    what.deadline = request.deadline;
    Posted posted = co_await post(http_, clock_, endpoint_, std::move(what));
    if (posted) co_return read(*posted, request.length);
    ChatFailure failure = posted.error();
    if (failure.kind == ChatFailure::Kind::bad_request) {
        const std::string said = lower(failure.detail);
        const bool of_form = said.find("response_format") != std::string::npos ||
                             said.find("verbose_json") != std::string::npos ||
                             said.find("timestamp_granularities") != std::string::npos;
        if (form_ != form) {
            failure.kind = ChatFailure::Kind::ask_again;  // another call has learnt it meanwhile
        } else if (of_form && form == Form::verbose) {
            form_ = Form::text;
            failure.kind = ChatFailure::Kind::ask_again;
        } else if (whisper_cpp && said.starts_with("http 404")) {
            failure.kind = ChatFailure::Kind::retry_later;  // its word for a model that is still being loaded
        }
    }
    co_return failure;
}

}  // namespace podbrief::ai
