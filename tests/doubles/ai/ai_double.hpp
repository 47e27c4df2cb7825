#pragma once
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "core/ports/language_model.hpp"
#include "tests/doubles/ai/request_checks.hpp"
#include "tests/doubles/scripted_http.hpp"

namespace podbrief::testing {

// What a request asks, in whatever dialect it came.
struct Asked {
    std::string model;
    std::string system;
    std::string user;
    bool schema = false;  // the server was told to hold the model to a schema
    std::int64_t most_tokens = 0;
};
// What the model writes; `nth` counts the answers of this double, from 1.
using Brain = std::function<std::string(const Asked& asked, int nth)>;

// What a server does instead of answering well.
enum class Trouble {
    none,
    rate_limit_seconds,  // 429, Retry-After: 7
    rate_limit_ms,       // 429, retry-after-ms: 1500
    rate_limit_date,     // 429, Retry-After as a date 20 s ahead
    rate_limit_long,     // 429, Retry-After: 3600
    rate_limit_garbage,  // 429, Retry-After: soon
    rate_limit_silent,   // 429 without a word on when
    no_retry,            // 503, x-should-retry: false
    please_retry,        // 400, x-should-retry: true
    quota,               // 429 insufficient_quota
    billing,             // 402
    overloaded,          // 529
    conflict,            // 409
    server_error,        // 500
    gateway_html,        // 502, HTML
    loading,             // 503, llama.cpp while it loads a model
    lost,                // the connection breaks after the request was read
    no_connection,       // nobody listens
    bad_key,             // 401, the message repeats the key
    unknown_model,       // 404
    cut_body,            // half a JSON document
    html,                // 200, HTML
    wrong_types,         // 200, JSON of other types
    no_choices,          // 200, {}
    empty_text,          // 200, an empty answer
    huge,                // 200, 8 MiB
    error_in_200,        // 200, {"error": ...}
    refusal,
    content_filter,
    cut_answer,         // finish_reason length / max_tokens, the text cut in its middle
    context_openai,     // 400 context_length_exceeded, sizes in the sentence
    context_llama,      // 400 exceed_context_size_error, sizes as fields
    context_anthropic,  // 400, "prompt is too long: N tokens > M maximum"
    too_large,          // 413
};

// A server of models behind a ScriptedHttp. It refuses what its API's description does not have (400, and `breaches`
// says why), bills as a server would, and does badly when told to.
class AiDouble {
public:
    // `url`: the endpoint as it is configured.
    AiDouble(Dialect dialect, ScriptedHttp& http, std::string url, std::string key, std::string model = "test-model");
    AiDouble(const AiDouble&) = delete;
    AiDouble& operator=(const AiDouble&) = delete;

    void answer_after(Millis delay);

    Brain brain;
    std::deque<Trouble> troubles;    // of the next requests, one each
    Trouble always = Trouble::none;  // of all after those
    // What this server does not know.
    bool refuses_schema = false;  // 400 for json_schema (output_config)
    bool refuses_json_object = false;
    bool refuses_max_tokens = false;  // as OpenAI's reasoning models do
    bool refuses_max_completion_tokens = false;
    bool tells_usage = true;
    bool streams_anyway = false;     // Ollama: lines instead of one object
    std::int64_t context = 1 << 20;  // tokens; a request beyond is refused with context_openai or context_llama
    std::size_t bytes_a_token = 4;

    std::vector<std::string> breaches;  // of all requests
    std::vector<Asked> asked;           // all that were well formed
    std::vector<HttpRequest> requests;  // all
    TokenUsage billed;                  // whatever became of the answer
    std::int64_t told_context = 4'096;  // by the context troubles

private:
    HttpResult answer(const HttpRequest& request);
    HttpResult in_trouble(Trouble trouble, const HttpRequest& request, const Asked& asked);
    HttpResult write(const Asked& asked, std::string text, const std::string& finish);
    HttpResponse error(int status, const std::string& type, const std::string& code, const std::string& message) const;
    Asked read(const HttpRequest& request) const;
    std::string form_refused(const HttpRequest& request) const;
    std::int64_t tokens(const Asked& asked) const;

    Dialect dialect_;
    ScriptedHttp& http_;
    std::string url_;  // of the one path
    std::string key_;
    std::string model_;
    int written_ = 0;
};

}  // namespace podbrief::testing
