#pragma once
#include <filesystem>

#include "core/model/time.hpp"

namespace podbrief::sqlite {

// `<database>.lock`: what several processes on one database agree upon, as locks of the kernel, which go with the
// process however it ends. The file stays; its text is the owner's process id, for people.
//
// SQLite before 3.51.3 can corrupt a WAL that one connection starts anew while another checkpoints it. So only the
// owner checkpoints, and `Gate` keeps its checkpoints and the writes of others apart.
class LockFile {
public:
    // Makes the file when absent. Throws StoreFailure{unreadable} where its folder is missing or not writable.
    explicit LockFile(const std::filesystem::path& database);
    ~LockFile();
    LockFile(const LockFile&) = delete;
    LockFile& operator=(const LockFile&) = delete;

    // Becomes the owner until this object goes. Throws StoreFailure{in_use}, naming the owner there is.
    void own();
    // Throws StoreFailure{in_use} when somebody else is the owner.
    void expect_no_owner() const;

    // What is held while the schema is looked at and changed. Waits for its turn; throws StoreFailure{in_use} when it
    // does not come in time.
    class Setup {
    public:
        Setup(LockFile& lock, Millis wait);
        ~Setup();
        Setup(const Setup&) = delete;
        Setup& operator=(const Setup&) = delete;

    private:
        LockFile& lock_;
    };

    // Held by the owner during a checkpoint and by others during a write. False when it could not be had in time.
    class Gate {
    public:
        Gate(LockFile& lock, Millis wait);
        ~Gate();
        Gate(const Gate&) = delete;
        Gate& operator=(const Gate&) = delete;
        explicit operator bool() const { return held_; }

    private:
        LockFile& lock_;
        bool held_ = false;
    };

private:
    enum Byte : int;
    bool lock(Byte byte, Millis wait);
    void unlock(Byte byte);
    [[noreturn]] void refuse() const;

    std::filesystem::path database_;
    std::filesystem::path path_;
    int descriptor_ = -1;
};

}  // namespace podbrief::sqlite
