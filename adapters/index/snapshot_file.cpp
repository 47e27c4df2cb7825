#include "adapters/index/snapshot_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/index/archive.hpp"
#include "adapters/index/documents.hpp"
#include "adapters/index/scoring.hpp"
#include "core/async/run_on.hpp"
#include "core/search/synonyms.hpp"
#include "core/text/digest.hpp"
#include "core/text/words.hpp"

namespace podbrief::index {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t magic = 0x3178646E49627064ULL;  // "dpbIndx1", read from the low byte on
constexpr std::uint64_t format = 1;                     // to be raised when what is written changes

struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

// Of all that decides what a word is and what it counts, beside the code itself: an index that was made otherwise would
// answer, and wrongly.
std::uint64_t digest() {
    std::string all = std::to_string(sizeof(DocumentRecord)) + ' ' + std::to_string(Documents::window);
    for (const FieldWeight& field : field_weights) {
        for (const float one : {field.weight, field.length_share, field.usual_length}) all += std::to_string(one) + ' ';
    }
    all += std::to_string(saturation);
    for (const search::Phrase& phrase : search::phrases()) {
        for (const std::string& stem : phrase.stems) all += stem + ' ';
        all += phrase.name + '\n';
    }
    constexpr std::string_view sample =
        "The U.S. isn't exporting GPT-4 regulations: C++20, Node.js 3.5, R&D, e-mail, 10,000 Zoë Привет 半導体 and us "
        "organisations generously relativity's skies, running; whatever it was that they would have been doing.";
    for (const std::string& stem : text::stems(sample)) all += stem + ' ';
    return text::fnv1a(all);
}

struct Read {
    std::unique_ptr<MemoryIndex> index;
    IndexPoint point;
};

Read read_file(const fs::path& path, const search::TextVectors* meaning) {
    const File file(std::fopen(path.c_str(), "rbe"));
    struct ::stat about{};
    if (!file || ::fstat(::fileno(file.get()), &about) != 0) return {};
    Loading from(file.get(), static_cast<std::uint64_t>(about.st_size));
    if (from.number() != magic || from.number() != format || from.number() != digest()) return {};
    Read read;
    read.point.sequence = static_cast<std::int64_t>(from.number());
    read.point.insight = {static_cast<std::int64_t>(from.number())};
    read.index = std::make_unique<MemoryIndex>(meaning);
    if (!read.index->load(from)) return {};
    return read;
}

bool write_file(const fs::path& path, const MemoryIndex& index, IndexPoint point) {
    fs::path fresh = path;
    fresh += ".new";
    const int descriptor = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) return false;
    File file(::fdopen(descriptor, "wb"));
    if (!file) {
        ::close(descriptor);
        return false;
    }
    Saving to(file.get());
    to.number(magic);
    to.number(format);
    to.number(digest());
    to.number(static_cast<std::uint64_t>(point.sequence));
    to.number(static_cast<std::uint64_t>(point.insight.value));
    index.save(to);
    const bool written = to.finish() && ::fsync(descriptor) == 0;
    const bool closed = std::fclose(file.release()) == 0;
    if (written && closed && ::rename(fresh.c_str(), path.c_str()) == 0) return true;
    ::unlink(fresh.c_str());
    return false;
}

}  // namespace

SnapshotFile::SnapshotFile(asio::any_io_executor pool, fs::path file, MemoryIndex& index)
    : pool_(std::move(pool)), file_(std::move(file)), index_(index) {}
SnapshotFile::~SnapshotFile() = default;

asio::awaitable<std::optional<IndexPoint>> SnapshotFile::load() {
    auto job = [file = file_, meaning = index_.meaning()] { return read_file(file, meaning); };
    Read read = co_await run_on(pool_, std::move(job));
    loaded_ = std::move(read.index);
    if (!loaded_) co_return std::nullopt;
    co_return read.point;
}

void SnapshotFile::adopt() {
    if (!loaded_) loaded_ = std::make_unique<MemoryIndex>(index_.meaning());
    index_.take(std::move(*loaded_));
    loaded_.reset();
}

asio::awaitable<bool> SnapshotFile::save(IndexPoint point) {
    auto job = [file = file_, &index = std::as_const(index_), point] { return write_file(file, index, point); };
    co_return co_await run_on(pool_, std::move(job));
}

}  // namespace podbrief::index
