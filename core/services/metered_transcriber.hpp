#pragma once
#include "core/ports/clock.hpp"
#include "core/ports/metrics.hpp"
#include "core/ports/random.hpp"
#include "core/ports/transcriber.hpp"
#include "core/services/cost_meter.hpp"

namespace podbrief::services {

// Stands before a service that hears: books each exchange before it begins and settles it after (of the meter's tokens,
// each is a second of audio), repeats what is worth repeating, waits as the server asks.
class MeteredTranscriber final : public Transcriber {
public:
    struct Ports {
        Transcriber& service;
        CostMeter& meter;
        Clock& clock;
        Random& random;
        Metrics& metrics;
    };
    struct Settings {
        double price_per_minute = 0;  // in the money of the ceiling
        int retries = 2;
        Millis longest_wait{120'000};  // that a server may ask for; beyond, the call fails
    };
    MeteredTranscriber(Ports ports, Settings settings) : ports_(ports), settings_(settings) {}

    // The deadline is that of each exchange.
    asio::awaitable<TranscriptionResult> transcribe(TranscriptionRequest request) override;
    std::string name() const override { return ports_.service.name(); }

private:
    asio::awaitable<TranscriptionResult> exchange(TranscriptionRequest request);

    Ports ports_;
    Settings settings_;
};

// The meter's words for audio.
constexpr MeterWords transcription_words() {
    return {"transcriptions_over_ceiling_total", "transcription_seconds_total", "transcription_cost_total",
            "the day's ceiling for transcription is reached: episodes without a transcript wait until midnight UTC"};
}

}  // namespace podbrief::services
