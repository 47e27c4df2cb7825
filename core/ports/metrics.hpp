#pragma once
#include <string_view>

namespace podbrief {

// Counts what happens. Names and label values are constants of ours, never text from outside.
class Metrics {
public:
    virtual ~Metrics() = default;
    // `name` ends in _total; `outcome` may be empty.
    virtual void count(std::string_view name, std::string_view outcome = {}, double by = 1) = 0;
    virtual void set(std::string_view name, double value) = 0;
};

class NullMetrics final : public Metrics {
public:
    void count(std::string_view, std::string_view, double) override {}
    void set(std::string_view, double) override {}
};

}  // namespace podbrief
