#pragma once
#include <memory>
#include <string>

#include "core/ports/metrics.hpp"

namespace podbrief::system {

// Metrics kept by prometheus-cpp; `text()` is the exposition format that /metrics answers. Every name gets the
// prefix "podbrief_". May be used from any thread.
class PrometheusMetrics final : public Metrics {
public:
    PrometheusMetrics();
    ~PrometheusMetrics() override;
    void count(std::string_view name, std::string_view outcome, double by) override;
    void set(std::string_view name, double value) override;
    std::string text() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace podbrief::system
