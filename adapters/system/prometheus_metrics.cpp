#include "adapters/system/prometheus_metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace podbrief::system {

struct PrometheusMetrics::Impl {
    prometheus::Registry registry;
};

PrometheusMetrics::PrometheusMetrics() : impl_(std::make_unique<Impl>()) {}
PrometheusMetrics::~PrometheusMetrics() = default;

void PrometheusMetrics::count(std::string_view name, std::string_view outcome, double by) {
    auto& family = prometheus::BuildCounter().Name("podbrief_" + std::string(name)).Register(impl_->registry);
    prometheus::Labels labels;
    if (!outcome.empty()) labels.emplace("outcome", outcome);
    family.Add(labels).Increment(by);
}

void PrometheusMetrics::set(std::string_view name, double value) {
    prometheus::BuildGauge().Name("podbrief_" + std::string(name)).Register(impl_->registry).Add({}).Set(value);
}

std::string PrometheusMetrics::text() const {
    return prometheus::TextSerializer().Serialize(impl_->registry.Collect());
}

}  // namespace podbrief::system
