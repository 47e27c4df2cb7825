#pragma once
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/model/time.hpp"
#include "tests/doubles/scripted_http.hpp"

namespace podbrief::testing {

// A segment as the double tells it; the figures that whisper.cpp leaves out are not told in its dialect.
struct ToldSegment {
    double start = 0;
    double end = 0;
    std::string text;
    double avg_logprob = -0.25;
    double no_speech_prob = 0.01;
    double compression_ratio = 1.4;
};

// What a well-formed request asks.
struct AskedToHear {
    std::map<std::string, std::string> fields;
    std::string audio;
    Millis length{0};  // as the FLAC's own header tells; 0: it is no FLAC
};

enum class Hearing {
    well,
    rate_limited,  // 429, Retry-After: 7
    quota,         // 429 insufficient_quota
    overloaded,    // 529
    server_error,  // 500
    gateway_html,  // 502, HTML
    loading,       // 503; of whisper.cpp 404 "File Not Found"
    lost,          // the connection breaks after the request was read
    no_connection,
    bad_key,        // 401, the message repeats the key
    unknown_model,  // 404
    too_large,      // 413
    cut_body,       // half a JSON document
    html,           // 200, HTML
    wrong_types,    // 200, JSON of other types
    nothing,        // 200, {}
    error_in_200,
    huge,        // 200, 8 MiB
    wild_times,  // 200, times that go back, beyond the clip, negative, absurd
    text_only,   // 200, {"text"} whatever was asked for, as Ollama does
};

// A server of transcriptions behind a ScriptedHttp: OpenAI's, or whisper.cpp's. It refuses what its API does not have
// (400, and `breaches` says why), bills by the second, and does badly when told to.
class TranscriptionDouble {
public:
    enum class Dialect { openai, whisper_cpp };
    TranscriptionDouble(Dialect dialect, ScriptedHttp& http, const std::string& url, std::string key);
    TranscriptionDouble(const TranscriptionDouble&) = delete;
    TranscriptionDouble& operator=(const TranscriptionDouble&) = delete;

    // What is heard in a clip; by default one sentence over the whole of it. `nth` counts the clips, from 1.
    std::function<std::vector<ToldSegment>(const AskedToHear& asked, int nth)> ears;
    std::deque<Hearing> troubles;    // of the next requests, one each
    Hearing always = Hearing::well;  // of all after those
    bool refuses_verbose = false;    // as gpt-4o-transcribe does
    bool wants_flac = true;          // false: the audio of a test is any bytes, a minute long

    std::vector<std::string> breaches;
    std::vector<AskedToHear> asked;  // all that were well formed
    int requests = 0;
    Millis billed{0};

private:
    HttpResult answer(const HttpRequest& request);
    HttpResult tell(const AskedToHear& asked);
    HttpResult in_trouble(Hearing trouble, const AskedToHear& asked);
    std::vector<std::string> breaches_of(const HttpRequest& request, AskedToHear& asked) const;

    Dialect dialect_;
    std::string key_;
    int heard_ = 0;
};

}  // namespace podbrief::testing
