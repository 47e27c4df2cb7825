#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <map>
#include <memory>
#include <string>

#include "adapters/system/ffmpeg.hpp"
#include "adapters/system/scratch_folder.hpp"
#include "bot/settings.hpp"
#include "core/ports/random.hpp"
#include "core/services/metered_transcriber.hpp"
#include "core/services/transcription_desk.hpp"

namespace podbrief::bot {

// The service that hears, as it is set, with the meter before it and the desk that has recordings transcribed.
// What the server of this store spends on it is kept under this name.
inline constexpr const char* transcription_spending_note = "transcription_spending";

class Transcription {
public:
    struct Ports {
        HttpClient& service;  // that may reach the service's address, whatever network it is on
        HttpClient& http;     // for recordings: behind the egress guard
        LibraryStore& library;
        OutboxStore& notes;
        Clock& clock;
        Random& random;
        Log& log;
        Metrics& metrics;
        asio::any_io_executor main;
        asio::any_io_executor pool;
    };
    // Null, and a warning in the log, where ffmpeg is not installed.
    static std::unique_ptr<Transcription> of(const Settings& settings, Ports ports);

    Transcription(const Settings& settings, Ports ports, std::string ffmpeg);
    services::TranscriptionDesk& desk() { return desk_; }

private:
    std::unique_ptr<Transcriber> service_;
    services::CostMeter meter_;
    services::MeteredTranscriber metered_;
    system::Ffmpeg ffmpeg_;
    system::ScratchFolder scratch_;
    services::TranscriptionDesk desk_;
};

// What of transcription is there and was used today; nothing is sent to find out.
struct TranscriptionState {
    bool set = false;
    bool works = false;  // ffmpeg runs
    std::string line;    // for people
    std::map<std::string, services::Spent> spent;
};
asio::awaitable<TranscriptionState> look_at_transcription(Settings::Transcription settings, Clock& clock,
                                                          OutboxStore& notes);

}  // namespace podbrief::bot
