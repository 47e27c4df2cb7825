#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "core/ports/clock.hpp"
#include "core/ports/language_model.hpp"
#include "core/ports/log.hpp"
#include "core/ports/metrics.hpp"
#include "core/ports/outbox_store.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

// Money in millionths of whatever the prices are in. A price for a million tokens, times tokens, is just that.
using MicroMoney = std::int64_t;

struct TokenPrices {
    double input = 0;  // of a million tokens
    double output = 0;
};
MicroMoney cost_of(TokenUsage usage, const TokenPrices& prices);  // rounded up

// What one provider was used for in a day (UTC).
struct Spent {
    TokenUsage tokens;
    MicroMoney money = 0;
    std::int64_t calls = 0;
    bool operator==(const Spent&) const = default;
};

// What a meter calls what it measures, in metrics and the log. Tokens are whatever is counted: of audio, seconds.
struct MeterWords {
    std::string_view calls_over_ceiling = "model_calls_over_ceiling_total";
    std::string_view tokens = "model_tokens_total";
    std::string_view cost = "model_cost_total";
    std::string_view reached =
        "the day's ceiling for models is reached: the built-in engine goes on alone until midnight UTC";
};

// What was spent on models today, by provider, under a ceiling that is never passed: the most that a call can cost is
// booked, and written down, before the call begins; what it did cost takes its place afterwards. What happens to a call
// that never came back, or to the process meanwhile, stays booked. Kept as a note of the store.
class CostMeter {
public:
    struct Ceiling {
        MicroMoney money = 0;     // a day
        std::int64_t tokens = 0;  // a day, input and output; for models without a price
    };
    struct Ports {
        OutboxStore& notes;
        Clock& clock;
        Log& log;
        Metrics& metrics;
    };
    // `note`: under which name it is kept; one meter a name.
    CostMeter(Ports ports, Ceiling ceiling, std::string note = "model_spending", MeterWords words = {});

    struct Booking {
        std::string day;  // what is settled on another day stays as it was booked
        std::string provider;
        TokenUsage tokens;
        MicroMoney money = 0;
    };
    // nullopt: it might pass the ceiling. Throws StoreFailure.
    asio::awaitable<std::optional<Booking>> book(std::string provider, TokenUsage at_most, TokenPrices prices);
    asio::awaitable<void> settle(Booking booking, TokenUsage used, TokenPrices prices);

    // Of today, by provider.
    asio::awaitable<std::map<std::string, Spent>> today();

private:
    asio::awaitable<void> open_day();
    asio::awaitable<void> keep();

    Ports ports_;
    Ceiling ceiling_;
    std::string note_;
    MeterWords words_;
    bool loaded_ = false;
    bool told_ = false;  // that the ceiling was reached, today
    std::string day_;    // "2026-03-02"
    std::map<std::string, Spent> spent_;
};

// The note: the day, then a line for each provider. Reads nothing from what it does not know.
struct SpendingNote {
    std::string day;
    std::map<std::string, Spent> spent;
};
std::string to_text(const SpendingNote& note);
SpendingNote spending_from(const std::string& text);
std::string spending_day(WallTime at);  // as it stands in the note: "2026-03-02"

// What is answered where `book` gave nothing: the day's ceiling is ours, not the provider's.
ChatFailure over_ceiling();

}  // namespace podbrief::services
