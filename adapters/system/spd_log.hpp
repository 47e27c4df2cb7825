#pragma once
#include <memory>
#include <string>

#include "core/ports/log.hpp"

namespace podbrief::system {

enum class LogFormat { text, json };

// Writes to standard error through spdlog, one line an event. Control characters and line breaks in values are
// escaped, values longer than 500 bytes are cut: what feeds say can neither forge a line nor flood the log.
class SpdLog final : public Log {
public:
    SpdLog(LogLevel least, LogFormat format, bool colour);
    ~SpdLog() override;
    void write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) override;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace podbrief::system
