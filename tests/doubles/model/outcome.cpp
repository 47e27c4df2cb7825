#include "tests/doubles/model/outcome.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "core/feeds/freshness.hpp"

namespace podbrief::testing {

Millis wait_of(const HttpPart& answer) {
    const auto& text = answer.retry_after;
    if (text.empty()) return Millis{0};
    char* end = nullptr;
    const double seconds = std::strtod(text.c_str(), &end);
    if (end == text.c_str() + text.size()) {
        constexpr double most = 30.0 * 86'400;
        if (!(seconds > 0)) return Millis{0};
        return Millis{static_cast<std::int64_t>(std::ceil(std::min(seconds, most) * 1000))};
    }
    return std::max(Millis{0}, feeds::retry_after({{"Retry-After", text}}, answer.date));
}

SendOutcome unclear(Step step, std::string reason) {
    if (step != Step::find) return OutcomeUnknown{std::move(reason)};
    NotSent again;
    again.reason = std::move(reason);
    return again;
}

SendOutcome classify(Step step, const NoAnswer& none) {
    if (none.handed_over != HandedOver::nothing) return unclear(step, none.reason);
    NotSent out;
    out.reason = none.reason;
    return out;
}

}  // namespace podbrief::testing
