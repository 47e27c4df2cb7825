#pragma once
#include <stdexcept>
#include <string>

namespace podbrief {

// The store cannot do its work: a broken machine, not an outcome. `what()` is one line: what, where, what to do.
class StoreFailure : public std::runtime_error {
public:
    enum class Kind { disk_full, in_use, corrupt, unreadable, newer_schema, other };

    StoreFailure(Kind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}
    Kind kind() const { return kind_; }
    // Goes away by itself when space is made or the other process ends; everything else needs a person or a restart.
    bool may_pass() const { return kind_ == Kind::disk_full || kind_ == Kind::in_use; }

private:
    Kind kind_;
};

}  // namespace podbrief
