#include "tests/doubles/ai/transcription_double.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "tests/doubles/ai/form_reader.hpp"

namespace podbrief::testing {
namespace {

using nlohmann::json;

constexpr std::size_t largest_file = 25u << 20;
constexpr const char* html = "<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>";

HttpResponse with_json(const json& body, int status = 200, std::vector<HttpHeader> headers = {}) {
    headers.push_back({"Content-Type", "application/json"});
    return answer_with(body.dump(), std::move(headers), status);
}

// STREAMINFO: 20 bits of sample rate, 36 of the number of samples.
Millis length_of_flac(const std::string& bytes) {
    if (bytes.size() < 42 || !bytes.starts_with("fLaC")) return Millis{0};
    const auto byte = [&bytes](std::size_t at) {
        return static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at]));
    };
    const std::uint64_t rate = byte(18) << 12 | byte(19) << 4 | byte(20) >> 4;
    const std::uint64_t samples = (byte(21) & 15) << 32 | byte(22) << 24 | byte(23) << 16 | byte(24) << 8 | byte(25);
    return rate == 0 ? Millis{0} : Millis{static_cast<std::int64_t>(samples * 1000 / rate)};
}

const std::set<std::string> openai_fields = {"file",
                                             "model",
                                             "language",
                                             "prompt",
                                             "response_format",
                                             "temperature",
                                             "timestamp_granularities[]",
                                             "chunking_strategy"};
const std::set<std::string> whisper_cpp_fields = {
    "file", "model", "language", "prompt", "response_format", "temperature", "no_language_probabilities"};

}  // namespace

TranscriptionDouble::TranscriptionDouble(Dialect dialect, ScriptedHttp& http, const std::string& url, std::string key)
    : dialect_(dialect), key_(std::move(key)) {
    const char* path = dialect == Dialect::openai ? "/audio/transcriptions" : "/inference";
    http.on(url + path, [this](const HttpRequest& request, int) { return answer(request); });
    ears = [](const AskedToHear& a, int) {
        const double length = static_cast<double>(a.length.count()) / 1000.0;
        return std::vector<ToldSegment>{{0, length, " The rule takes effect in the spring."}};
    };
}

std::vector<std::string> TranscriptionDouble::breaches_of(const HttpRequest& request, AskedToHear& a) const {
    std::vector<std::string> out;
    const bool openai = dialect_ == Dialect::openai;
    if (request.method != "POST") out.push_back("not a POST");
    const std::string* authorization = find_header(request.headers, "Authorization");
    if (openai && (authorization == nullptr || *authorization != "Bearer " + key_))
        out.push_back("no key, or a wrong one");
    std::string problem;
    const auto parts = read_form(request, problem);
    if (!parts || !problem.empty()) {
        out.push_back(problem);
        return out;
    }
    int files = 0;
    for (const ReadPart& part : *parts) {
        const auto& known = openai ? openai_fields : whisper_cpp_fields;
        if (!known.contains(part.name)) out.push_back("unknown field " + part.name);
        if (a.fields.contains(part.name)) out.push_back("field " + part.name + " twice");
        a.fields[part.name] = part.name == "file" ? "" : part.content;
        if (part.name != "file") {
            if (!part.file_name.empty() || !part.media_type.empty()) out.push_back(part.name + " is sent as a file");
            continue;
        }
        ++files;
        static const std::regex name("[A-Za-z0-9._-]+\\.(flac|mp3|mp4|mpeg|mpga|m4a|ogg|wav|webm)");
        if (!std::regex_match(part.file_name, name)) out.push_back("the file's name has no extension that is taken");
        if (!part.media_type.starts_with("audio/")) out.push_back("the file's type is not audio");
        if (part.content.empty() || part.content.size() > largest_file) out.push_back("the file is empty or too large");
        a.audio = part.content;
        a.length = length_of_flac(part.content);
        if (!wants_flac) a.length = std::chrono::minutes{1};
        if (wants_flac && a.length == Millis{0}) out.push_back("the file is not what its name says");
    }
    if (files != 1) out.push_back("not one file");
    const auto value = [&a](const char* key) { return a.fields.contains(key) ? a.fields.at(key) : std::string(); };
    if (openai && value("model").empty()) out.push_back("no model");
    static const std::set<std::string> formats = {"json", "text", "srt", "verbose_json", "vtt", "diarized_json"};
    if (!formats.contains(value("response_format"))) out.push_back("unknown response_format");
    if (a.fields.contains("timestamp_granularities[]") && value("response_format") != "verbose_json") {
        out.push_back("timestamp_granularities without verbose_json");
    }
    if (value("response_format") == "diarized_json" && value("chunking_strategy") != "auto" &&
        a.length > std::chrono::seconds{30}) {
        out.push_back("diarized_json of a long clip without a chunking_strategy");
    }
    if (value("response_format") == "diarized_json" && a.fields.contains("prompt"))
        out.push_back("diarized with a prompt");
    static const std::regex language("[a-z]{2}|auto");
    if (a.fields.contains("language") && !std::regex_match(value("language"), language)) out.push_back("no language");
    if (openai && value("language") == "auto") out.push_back("OpenAI has no language auto");
    static const std::regex temperature("0|1|0?\\.[0-9]+");
    if (a.fields.contains("temperature") && !std::regex_match(value("temperature"), temperature)) {
        out.push_back("no temperature");
    }
    if (value("prompt").size() > 1000) out.push_back("the prompt is longer than a model looks at");
    return out;
}

HttpResult TranscriptionDouble::answer(const HttpRequest& request) {
    ++requests;
    AskedToHear a;
    const auto found = breaches_of(request, a);
    breaches.insert(breaches.end(), found.begin(), found.end());
    const bool openai = dialect_ == Dialect::openai;
    if (!found.empty()) {
        if (!openai) return answer_with("Invalid request", {{"Content-Type", "text/plain"}}, 400);
        return with_json({{"error", {{"message", found.front()}, {"type", "invalid_request_error"}}}}, 400);
    }
    Hearing trouble = always;
    if (!troubles.empty()) {
        trouble = troubles.front();
        troubles.pop_front();
    }
    if (refuses_verbose && a.fields.at("response_format") == "verbose_json") {
        return with_json({{"error",
                           {{"message", "response_format 'verbose_json' is not compatible with model 'm'."},
                            {"type", "invalid_request_error"},
                            {"param", "response_format"},
                            {"code", "unsupported_value"}}}},
                         400);
    }
    asked.push_back(a);
    if (trouble != Hearing::well) return in_trouble(trouble, a);
    return tell(a);
}

HttpResult TranscriptionDouble::tell(const AskedToHear& a) {
    billed += a.length;
    const auto segments = ears(a, ++heard_);
    std::string text;
    json list = json::array();
    const bool openai = dialect_ == Dialect::openai;
    const bool diarized = a.fields.at("response_format") == "diarized_json";
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const ToldSegment& s = segments[i];
        text += s.text;
        json one = {{"id", i}, {"start", s.start}, {"end", s.end}, {"text", s.text}};
        if (diarized) {
            one["id"] = fmt::format("seg_{:03}", i);
            one["type"] = "transcript.text.segment";
            one["speaker"] = i % 2 == 0 ? "A" : "B";
        } else {
            one.update({{"avg_logprob", s.avg_logprob}, {"no_speech_prob", s.no_speech_prob}, {"temperature", 0.0}});
            one["tokens"] = {50364, 50414};
            if (openai) one.update({{"compression_ratio", s.compression_ratio}, {"seek", 0}});
            if (!openai) one["words"] = {{{"word", " The"}, {"start", s.start}, {"end", s.end}, {"probability", 0.9}}};
        }
        list.push_back(std::move(one));
    }
    const double length = static_cast<double>(a.length.count()) / 1000.0;
    json body = {{"text", text}};
    if (a.fields.at("response_format") != "json") {
        body.update({{"task", "transcribe"}, {"language", "english"}, {"duration", length}, {"segments", list}});
    }
    if (openai) body["usage"] = {{"type", "duration"}, {"seconds", (a.length.count() + 999) / 1000}};
    return with_json(body);
}

HttpResult TranscriptionDouble::in_trouble(Hearing trouble, const AskedToHear& a) {
    const auto error = [](int status, const std::string& type, const std::string& code, const std::string& message) {
        return with_json({{"error", {{"message", message}, {"type", type}, {"param", nullptr}, {"code", code}}}},
                         status);
    };
    switch (trouble) {
        case Hearing::well:
            return tell(a);
        case Hearing::rate_limited: {
            HttpResponse response = error(429, "requests", "rate_limit_exceeded", "Rate limit reached");
            response.headers.push_back({"Retry-After", "7"});
            return response;
        }
        case Hearing::quota:
            return error(429, "insufficient_quota", "insufficient_quota", "You exceeded your current quota");
        case Hearing::overloaded:
            return error(529, "overloaded_error", "", "Overloaded");
        case Hearing::server_error:
            return error(500, "server_error", "", "The server had an error");
        case Hearing::gateway_html:
            return answer_with(html, {{"Content-Type", "text/html"}}, 502);
        case Hearing::loading:
            if (dialect_ == Dialect::openai) return error(503, "unavailable_error", "", "Loading model");
            return answer_with("File Not Found (/inference)", {{"Content-Type", "text/plain"}}, 404);
        case Hearing::lost:
            billed += a.length;
            return fail_with(HttpErrc::connection_lost, HandedOver::maybe_executed);
        case Hearing::no_connection:
            return fail_with(HttpErrc::connect_failed, HandedOver::nothing);
        case Hearing::bad_key:
            return error(401, "invalid_request_error", "invalid_api_key", "Incorrect API key provided: " + key_);
        case Hearing::unknown_model:
            return error(404, "invalid_request_error", "model_not_found", "The model for key " + key_ + " is unknown");
        case Hearing::too_large:
            return error(413, "invalid_request_error", "", "Maximum content size limit exceeded");
        case Hearing::cut_body: {
            HttpResponse half = *tell(a);
            half.body.resize(half.body.size() / 2);
            return half;
        }
        case Hearing::html:
            return answer_with(html, {{"Content-Type", "text/html"}});
        case Hearing::wrong_types:
            return with_json(
                {{"segments", {{{"start", "now"}, {"end", json::array()}, {"text", "Words."}}}}, {"text", 7}});
        case Hearing::nothing:
            return with_json(json::object());
        case Hearing::error_in_200:
            return error(200, "server_error", "", "Something broke in the middle");
        case Hearing::huge:
            return with_json({{"text", std::string(8u << 20, 'a')}});
        case Hearing::wild_times: {
            json list = json::array();
            list.push_back({{"start", 5}, {"end", 2}, {"text", " Ends before it begins."}});
            list.push_back({{"start", -9}, {"end", 6}, {"text", " Begins before the clip."}});
            list.push_back({{"start", 7}, {"end", 1e5}, {"text", " Ends a day later."}});
            list.push_back({{"start", 9e5}, {"end", 9.1e5}, {"text", " Is of another recording."}});
            return with_json({{"text", "x"}, {"segments", list}});
        }
        case Hearing::text_only:
            billed += a.length;
            return with_json({{"text", "The rule takes effect. Nobody was asked. It will cost jobs."}});
    }
    return tell(a);
}

}  // namespace podbrief::testing
