// RELIABILITY row 94: how long a check of a signature takes must not tell how much of a forged one is right. As dudect
// does it: two classes of forgeries, one wrong in its first character and one in its last, measured in random order;
// Welch's t-test says whether their times differ. |t| below 4.5 at 10^6 measurements is the goal.
//
//   bench_signature_timing [measurements]
//
// The last line measures a comparison that stops at the first difference: it shows that the method would notice.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

#include "adapters/slack/verify.hpp"
#include "adapters/telegram/verify.hpp"
#include "core/crypto/signatures.hpp"
#include "core/ports/random.hpp"

namespace podbrief {
namespace {

// Mean and variance of one class, as they come (Welford).
struct Times {
    double count = 0;
    double mean = 0;
    double squares = 0;
    void add(double value) {
        count += 1;
        const double apart = value - mean;
        mean += apart / count;
        squares += apart * (value - mean);
    }
    double variance() const { return count > 1 ? squares / (count - 1) : 0; }
};

double welch(const Times& a, const Times& b) {
    const double spread = std::sqrt(a.variance() / a.count + b.variance() / b.count);
    return spread > 0 ? (a.mean - b.mean) / spread : 0;
}

using Check = std::function<bool(const std::string&)>;

// One class differs from `right` in its first character, the other in its last.
void measure(const char* name, const std::string& right, long measurements, const Check& accepts) {
    using Ticks = std::chrono::steady_clock;
    std::string classes[2] = {right, right};
    classes[0][0] = right[0] == 'f' ? 'e' : 'f';
    classes[1].back() = right.back() == 'f' ? 'e' : 'f';
    Random random(2026);
    // Each measurement has bytes of its own at a place of its own, so that only their worth differs.
    std::vector<std::string> inputs(4096);
    std::vector<int> of(inputs.size());
    std::vector<double> taken;
    std::vector<int> class_of;
    taken.reserve(static_cast<std::size_t>(measurements));
    class_of.reserve(static_cast<std::size_t>(measurements));
    long accepted = 0;
    while (static_cast<long>(taken.size()) < measurements) {
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            of[i] = static_cast<int>(random.below(2));
            inputs[i] = classes[of[i]];
        }
        for (std::size_t i = 0; i < inputs.size() && static_cast<long>(taken.size()) < measurements; ++i) {
            const auto begin = Ticks::now();
            accepted += accepts(inputs[i]) ? 1 : 0;
            const auto end = Ticks::now();
            taken.push_back(std::chrono::duration<double, std::nano>(end - begin).count());
            class_of.push_back(of[i]);
        }
    }
    // Interruptions have nothing to do with the check: also looked at without the slowest part of all.
    std::vector<double> sorted = taken;
    std::sort(sorted.begin(), sorted.end());
    std::string line = fmt::format("{:<34}", name);
    double worst = 0;
    for (const double kept : {1.0, 0.99, 0.95, 0.9, 0.75, 0.5}) {
        const double limit = sorted[static_cast<std::size_t>(kept * static_cast<double>(sorted.size() - 1))];
        Times times[2];
        for (std::size_t i = 0; i < taken.size(); ++i) {
            if (taken[i] <= limit) times[class_of[i]].add(taken[i]);
        }
        const double t = welch(times[0], times[1]);
        if (std::abs(t) > std::abs(worst)) worst = t;
        line += fmt::format("  {:>3.0f} %: {:+.2f}", kept * 100, t);
    }
    fmt::print("{}  worst {:+.2f}, median {:.0f} ns, {} accepted\n", line, worst, sorted[sorted.size() / 2], accepted);
    std::fflush(stdout);
}

bool stops_at_the_first_difference(const std::string& a, const std::string& b) {
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i] != b[i]) return false;
    }
    return true;
}

}  // namespace
}  // namespace podbrief

int main(int count, char** arguments) {
    using namespace podbrief;
    const long measurements = count > 1 ? std::max(1'000L, std::atol(arguments[1])) : 1'000'000;
    fmt::print("t of {} measurements each, all of them and the fastest part only\n", measurements);

    const std::string secret = "8f742231b10e8888abcd99yyyzzz85a5";
    const std::string at = "1767225600";
    const WallTime now = from_ms(1'767'225'600'000);
    const std::string body(1'000, 'x');
    const std::string right = slack::signature_of(secret, at, body);
    const std::string digits = right.substr(3);

    measure("equal_in_constant_time", digits, measurements,
            [&](const std::string& given) { return crypto::equal_in_constant_time(digits, given); });
    std::vector<HttpHeader> signed_headers = {{"X-Slack-Request-Timestamp", at}, {"X-Slack-Signature", right}};
    const std::vector<std::string> secrets = {secret};
    measure("slack::verify", digits, measurements, [&](const std::string& given) {
        std::memcpy(signed_headers[1].value.data() + 3, given.data(), given.size());
        return slack::verify(signed_headers, body, secrets, now) == slack::Verdict::good;
    });
    std::vector<HttpHeader> with_secret = {{"X-Telegram-Bot-Api-Secret-Token", digits}};
    const std::vector<std::string> tokens = {digits};
    measure("telegram::is_from_telegram", digits, measurements, [&](const std::string& given) {
        std::memcpy(with_secret[0].value.data(), given.data(), given.size());
        return telegram::is_from_telegram(with_secret, tokens);
    });
    measure("(one that stops early)", digits, measurements,
            [&](const std::string& given) { return stops_at_the_first_difference(digits, given); });
}
