#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

namespace podbrief {

enum class LogLevel { debug, info, warning, error };

struct LogField {
    std::string_view key;
    std::string value;
};

// Structured log: an event in a few constant words, and its facts as fields. Values may come from outside; the
// implementation makes them inert (no control characters, capped). Secrets never get here.
class Log {
public:
    virtual ~Log() = default;
    virtual void write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) = 0;

    void debug(std::string_view event, std::initializer_list<LogField> f = {}) { write(LogLevel::debug, event, f); }
    void info(std::string_view event, std::initializer_list<LogField> f = {}) { write(LogLevel::info, event, f); }
    void warning(std::string_view event, std::initializer_list<LogField> f = {}) { write(LogLevel::warning, event, f); }
    void error(std::string_view event, std::initializer_list<LogField> f = {}) { write(LogLevel::error, event, f); }
};

// Says nothing.
class NullLog final : public Log {
public:
    void write(LogLevel, std::string_view, std::initializer_list<LogField>) override {}
};

}  // namespace podbrief
