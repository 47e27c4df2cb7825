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

private:
    Kind kind_;
};

}  // namespace podbrief
