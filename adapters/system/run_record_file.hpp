#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <filesystem>

#include "core/ports/run_record.hpp"

namespace podbrief::system {

// The record in a small file beside the store: one line, milliseconds since 1970. Replaced as a whole, on `pool`. A
// file that says anything else counts as none.
class RunRecordFile final : public RunRecord {
public:
    RunRecordFile(asio::any_io_executor pool, std::filesystem::path file)
        : pool_(std::move(pool)), file_(std::move(file)) {}

    asio::awaitable<std::optional<WallTime>> last_seen() override;
    asio::awaitable<void> seen(WallTime now) override;

private:
    asio::any_io_executor pool_;
    std::filesystem::path file_;
};

}  // namespace podbrief::system
