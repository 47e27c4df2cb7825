#include "adapters/sqlite/writer.hpp"

#include <algorithm>
#include <optional>

namespace podbrief::sqlite {
namespace {

constexpr std::size_t longest_group = 128;  // jobs; a group cannot be checkpointed before it is committed
constexpr int pages_between_checkpoints = 1000;
constexpr std::int64_t longest_wal_bytes = 16 << 20;  // above, the WAL is emptied, not only copied
constexpr Millis wait_for_readers{250};               // to empty the WAL; writers wait meanwhile

}  // namespace

Writer::Writer(std::unique_ptr<Connection> connection, LockFile& lock, Role role, Millis busy_wait)
    : connection_(std::move(connection)),
      lock_(lock),
      role_(role),
      busy_wait_(busy_wait),
      checkpoint_at_(pages_between_checkpoints),
      thread_([this] { work(); }) {}

Writer::~Writer() {
    queue_.close();
    thread_.join();
}

void Writer::work() {
    while (queue_.wait()) {
        write_group();
        checkpoint_when_due();
    }
    if (role_ == Role::owner && !connection_->failed_sync()) checkpoint(true);
    connection_.reset();
}

void Writer::take_into(Group& group) {
    for (auto& job : queue_.take(longest_group)) group.push_back({std::move(job), nullptr});
}

void Writer::write_group() {
    Group group;
    try {
        if (const auto& lost = connection_->failed_sync()) throw StoreFailure(lost->kind(), lost->what());
        std::optional<LockFile::Gate> gate;  // outlives the transaction
        Transaction transaction(*connection_, Transaction::Begin::write);
        // After BEGIN, so that the owner can checkpoint while this waits for its turn to write; before the first
        // change, because that is when SQLite may start the log anew.
        if (role_ == Role::guest && !gate.emplace(lock_, busy_wait_)) {
            throw StoreFailure(
                StoreFailure::Kind::in_use,
                connection_->file().string() + " is kept busy by another podbrief. Try again in a moment");
        }
        take_into(group);  // as late as possible: those that came meanwhile come along
        apply(group);
        if (connection_->in_transaction()) transaction.commit();
    } catch (...) {
        const std::exception_ptr failed = connection_->failure();
        if (group.empty()) take_into(group);
        for (Taken& taken : group) taken.failure = failed;
    }

    const auto written = std::count_if(group.begin(), group.end(), [](const Taken& t) { return !t.failure; });
    writes_ += static_cast<std::uint64_t>(written);
    commits_ += written > 0 ? 1 : 0;
    wal_bytes_ =
        static_cast<std::uint64_t>(connection_->wal_pages()) * static_cast<std::uint64_t>(connection_->page_bytes());
    for (Taken& taken : group) {
        taken.job->finish(std::move(taken.failure));
        queue_.finished_one();
    }
}

void Writer::apply(Group& group) {
    for (auto it = group.begin(); it != group.end(); ++it) {
        it->failure = apply_one(*it->job);
        if (connection_->in_transaction()) continue;
        // SQLite gave up the whole transaction, and with it what was done before: nobody got what they asked for.
        const std::exception_ptr lost = it->failure;
        for (Taken& taken : group) taken.failure = lost;
        return;
    }
}

std::exception_ptr Writer::apply_one(Job& job) {
    connection_->run("SAVEPOINT job");
    std::exception_ptr failure;
    try {
        job.run(*connection_);
    } catch (...) {
        failure = connection_->failure();
    }
    if (!connection_->in_transaction()) return failure;
    if (failure) connection_->run("ROLLBACK TO job");
    connection_->run("RELEASE job");
    return failure;
}

void Writer::checkpoint_when_due() {
    if (role_ != Role::owner || connection_->failed_sync()) return;
    const int pages = connection_->wal_pages();
    if (pages < pages_before_) checkpoint_at_ = pages_between_checkpoints;  // the WAL was started anew
    pages_before_ = pages;
    if (pages < checkpoint_at_) return;
    const bool truncate = std::int64_t{pages} * connection_->page_bytes() > longest_wal_bytes;
    const Checkpoint done = checkpoint(truncate);
    if (done == Checkpoint::not_now) return;  // after the next commit
    // What was not done (because of a reader or a full disk) is tried again only after as many pages more.
    checkpoint_at_ = (truncate && done == Checkpoint::complete ? 0 : pages) + pages_between_checkpoints;
}

Writer::Checkpoint Writer::checkpoint(bool truncate) {
    Checkpoint done = Checkpoint::partial;
    try {
        const LockFile::Gate gate(lock_, Millis{0});
        if (!gate) return Checkpoint::not_now;
        if (truncate) connection_->set_busy_wait(wait_for_readers);
        if (connection_->checkpoint(truncate)) done = Checkpoint::complete;
        checkpoints_++;
        if (truncate && done == Checkpoint::complete) wal_bytes_ = 0;
    } catch (...) {
        // Nothing is lost: what is in the WAL stays there. Only a failed sync ends the writing.
        connection_->failure();
    }
    connection_->set_busy_wait(busy_wait_);
    return done;
}

}  // namespace podbrief::sqlite
