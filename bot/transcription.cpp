#include "bot/transcription.hpp"

#include <fmt/format.h>

#include <cmath>

#include "adapters/ai/openai_transcriber.hpp"
#include "bot/transcription_settings.hpp"

namespace podbrief::bot {
namespace {

using Provider = Settings::Transcription::Provider;

std::unique_ptr<Transcriber> service_of(const Settings::Transcription& s, HttpClient& http, const Clock& clock) {
    using Server = ai::OpenAiTranscriber::Server;
    const Server server = s.provider == Provider::whisper_cpp ? Server::whisper_cpp : Server::openai;
    return std::make_unique<ai::OpenAiTranscriber>(http, clock, ai::Endpoint{url_of(s), s.key, s.name}, server);
}

services::CostMeter::Ceiling ceiling_of(const Settings::Transcription& s) {
    return {std::llround(s.daily_ceiling * 1e6), s.daily_minutes * 60};
}

services::MeteredTranscriber::Settings metered_settings(const Settings::Transcription& s) {
    services::MeteredTranscriber::Settings out;
    out.price_per_minute = s.price_minute;
    return out;
}

services::TranscriptionDesk::Settings desk_settings(const Settings::Transcription& s) {
    services::TranscriptionDesk::Settings out;
    out.max_audio_bytes = s.max_audio_mib << 20;
    out.exchange_deadline = s.deadline;
    return out;
}

std::filesystem::path folder_beside(std::filesystem::path store) {
    return store += ".audio";
}

}  // namespace

std::unique_ptr<Transcription> Transcription::of(const Settings& settings, Ports ports) {
    auto ffmpeg = system::find_program(settings.transcription.ffmpeg);
    if (!ffmpeg) {
        ports.log.warning("nothing is transcribed: ffmpeg is not there",
                          {{"looked_for", settings.transcription.ffmpeg}, {"remedy", "apt install ffmpeg"}});
        return nullptr;
    }
    return std::make_unique<Transcription>(settings, std::move(ports), std::move(*ffmpeg));
}

Transcription::Transcription(const Settings& settings, Ports ports, std::string ffmpeg)
    : service_(service_of(settings.transcription, ports.service, ports.clock)),
      meter_({ports.notes, ports.clock, ports.log, ports.metrics}, ceiling_of(settings.transcription),
             transcription_spending_note, services::transcription_words()),
      metered_({*service_, meter_, ports.clock, ports.random, ports.metrics}, metered_settings(settings.transcription)),
      ffmpeg_(ports.clock, std::move(ffmpeg)),
      scratch_(ports.pool, folder_beside(settings.store.path)),
      desk_({ports.library, ports.http, scratch_, ffmpeg_, metered_, ports.notes, ports.clock, ports.log, ports.metrics,
             ports.main},
            desk_settings(settings.transcription)) {}

asio::awaitable<TranscriptionState> look_at_transcription(Settings::Transcription settings, Clock& clock,
                                                          OutboxStore& notes) {
    TranscriptionState found;
    if (settings.provider == Provider::none) {
        found.line = "not transcribed: no service is set (see [transcription])";
        co_return found;
    }
    found.set = true;
    const auto ffmpeg = system::find_program(settings.ffmpeg);
    std::string version;
    if (ffmpeg) {
        std::string program = *ffmpeg;
        version = co_await system::ffmpeg_version(clock, std::move(program));
    }
    found.works = !version.empty();
    if (!ffmpeg) {
        found.line = fmt::format(
            "not transcribed: \"{}\" is not installed or not in PATH; apt install ffmpeg, or set "
            "transcription.ffmpeg to its path",
            settings.ffmpeg);
    } else if (!found.works) {
        found.line = fmt::format("not transcribed: {} does not run", *ffmpeg);
    } else {
        const std::string by = settings.name.empty() ? "whisper.cpp" : settings.name;
        found.line = fmt::format("transcribed by {} at {}, cut by {}", by, url_of(settings), version);
    }
    const std::string note = co_await notes.note(transcription_spending_note);
    services::SpendingNote spending = services::spending_from(note);
    if (spending.day == services::spending_day(clock.wall_now())) found.spent = std::move(spending.spent);
    co_return found;
}

}  // namespace podbrief::bot
