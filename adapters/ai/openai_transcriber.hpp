#pragma once
#include "adapters/ai/endpoint.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/http_client.hpp"
#include "core/ports/transcriber.hpp"

namespace podbrief::ai {

// POST {url}/audio/transcriptions as OpenAI and many others serve it, and POST {url}/inference of whisper.cpp's server.
// Times of segments are asked for (verbose_json; of models that tell speakers apart, diarized_json); a server or model
// that has none is asked for plain text the next time (ask_again), which is kept for later calls.
class OpenAiTranscriber final : public Transcriber {
public:
    enum class Server { openai, whisper_cpp };
    // `endpoint.model` may be empty with whisper.cpp, which has one.
    OpenAiTranscriber(HttpClient& http, const Clock& clock, Endpoint endpoint, Server server = Server::openai);

    asio::awaitable<TranscriptionResult> transcribe(TranscriptionRequest request) override;
    std::string name() const override;

private:
    enum class Form { verbose, diarized, text };

    HttpClient& http_;
    const Clock& clock_;
    Endpoint endpoint_;
    Server server_;
    Form form_;
};

}  // namespace podbrief::ai
