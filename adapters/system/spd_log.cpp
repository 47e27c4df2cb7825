#include "adapters/system/spd_log.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace podbrief::system {
namespace {

constexpr std::size_t longest_value = 500;

spdlog::level::level_enum to_spd(LogLevel level) {
    switch (level) {
        case LogLevel::debug:
            return spdlog::level::debug;
        case LogLevel::info:
            return spdlog::level::info;
        case LogLevel::warning:
            return spdlog::level::warn;
        case LogLevel::error:
            return spdlog::level::err;
    }
    return spdlog::level::info;
}

// In double quotes, as JSON wants it; text lines use the same form where a value has spaces.
void append_quoted(std::string& out, std::string_view value) {
    const bool cut = value.size() > longest_value;
    if (cut) {
        std::size_t end = longest_value;
        while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80) --end;  // not inside a character
        value = value.substr(0, end);
    }
    out += '"';
    for (const char c : value) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
        } else {
            out += c;
        }
    }
    if (cut) out += "…";
    out += '"';
}

bool is_plain(std::string_view value) {
    if (value.empty() || value.size() > longest_value) return false;
    return value.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:/+@%,") ==
           std::string_view::npos;
}

}  // namespace

struct SpdLog::Impl {
    spdlog::logger logger;
    LogFormat format;
};

SpdLog::SpdLog(LogLevel least, LogFormat format, bool colour) {
    spdlog::sink_ptr sink;
    if (colour) {
        sink = std::make_shared<spdlog::sinks::stderr_color_sink_mt>();
    } else {
        sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    }
    impl_ = std::make_unique<Impl>(Impl{spdlog::logger("podbrief", sink), format});
    impl_->logger.set_level(to_spd(least));
    impl_->logger.flush_on(spdlog::level::info);
    impl_->logger.set_pattern(format == LogFormat::json ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})"
                                                        : "%Y-%m-%dT%H:%M:%SZ %^%-7l%$ %v",
                              spdlog::pattern_time_type::utc);
}

SpdLog::~SpdLog() = default;

void SpdLog::write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
    if (!impl_->logger.should_log(to_spd(level))) return;
    std::string line;
    if (impl_->format == LogFormat::json) {
        line += "\"event\":";
        append_quoted(line, event);
        for (const auto& [key, value] : fields) {
            line += ',';
            append_quoted(line, key);
            line += ':';
            append_quoted(line, value);
        }
    } else {
        line += event;
        for (const auto& [key, value] : fields) {
            line += ' ';
            line += key;
            line += '=';
            is_plain(value) ? static_cast<void>(line += value) : append_quoted(line, value);
        }
    }
    impl_->logger.log(to_spd(level), "{}", line);
}

}  // namespace podbrief::system
