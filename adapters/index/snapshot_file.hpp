#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <filesystem>
#include <memory>

#include "adapters/index/memory_index.hpp"
#include "core/ports/index_snapshot.hpp"

namespace podbrief::index {

// The snapshot in one file, written and read on `pool`. It is on the disk under another name before it takes the old
// one's place, so a crash leaves one of the two. Its head names the format, the machine's byte order, and a digest of
// what words are read and weighed by; its end is a checksum. Whatever does not match counts as no snapshot.
// `index` must outlive the pool.
class SnapshotFile final : public IndexSnapshot {
public:
    SnapshotFile(asio::any_io_executor pool, std::filesystem::path file, MemoryIndex& index);
    ~SnapshotFile() override;

    asio::awaitable<std::optional<IndexPoint>> load() override;
    void adopt() override;
    asio::awaitable<bool> save(IndexPoint point) override;

private:
    asio::any_io_executor pool_;
    std::filesystem::path file_;
    MemoryIndex& index_;
    std::unique_ptr<MemoryIndex> loaded_;
};

}  // namespace podbrief::index
