#include "bot/web_settings.hpp"

#include "bot/setting_kinds.hpp"

namespace podbrief::bot {

void add_web(std::vector<Setting>& to) {
    to.push_back(decimal("web.requests_per_s", 100'000, "requests a second",
                         [](Settings& s, double v) { s.web.requests_per_s = v; }));
    to.push_back(whole_number("web.burst", 1, 1'000'000, "requests",
                              [](Settings& s, std::int64_t v) { s.web.burst = static_cast<double>(v); }));
    to.push_back(whole_number("web.page_cache_mib", 1, 65'536, "MiB",
                              [](Settings& s, std::int64_t v) { s.web.page_cache_mib = static_cast<std::size_t>(v); }));
    to.push_back(whole_number("web.deadline_s", 1, 300, "seconds",
                              [](Settings& s, std::int64_t v) { s.web.deadline = std::chrono::seconds(v); }));
}

}  // namespace podbrief::bot
