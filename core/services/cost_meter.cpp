#include "core/services/cost_meter.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cmath>
#include <sstream>

namespace podbrief::services {
namespace {

void add(Spent& to, TokenUsage tokens, MicroMoney money) {
    to.tokens = to.tokens + tokens;
    to.money += money;
}

}  // namespace

MicroMoney cost_of(TokenUsage usage, const TokenPrices& prices) {
    const double cost =
        static_cast<double>(usage.input) * prices.input + static_cast<double>(usage.output) * prices.output;
    return static_cast<MicroMoney>(std::ceil(cost));
}

std::string to_text(const SpendingNote& note) {
    std::string text = note.day + "\n";
    for (const auto& [provider, spent] : note.spent) {
        text += fmt::format("{} {} {} {} {}\n", spent.money, spent.tokens.input, spent.tokens.output, spent.calls,
                            provider);
    }
    return text;
}

std::string spending_day(WallTime at) {
    const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(at)};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

SpendingNote spending_from(const std::string& text) {
    SpendingNote note;
    std::istringstream lines(text);
    std::getline(lines, note.day);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream parts(line);
        Spent spent;
        std::string provider;
        parts >> spent.money >> spent.tokens.input >> spent.tokens.output >> spent.calls >> std::ws;
        std::getline(parts, provider);
        if (!provider.empty()) note.spent[provider] = spent;
    }
    return note;
}

CostMeter::CostMeter(Ports ports, Ceiling ceiling, std::string note, MeterWords words)
    : ports_(ports), ceiling_(ceiling), note_(std::move(note)), words_(words) {}

// Reads what a former process left, once; begins a new account with a new day. A clock that is set back into the day
// before opens none: what was spent stays spent.
asio::awaitable<void> CostMeter::open_day() {
    if (!loaded_) {
        const std::string text = co_await ports_.notes.note(note_);
        if (!loaded_) {
            SpendingNote note = spending_from(text);
            day_ = std::move(note.day);
            spent_ = std::move(note.spent);
            loaded_ = true;
        }
    }
    const WallTime now = ports_.clock.wall_now();
    const std::string today = spending_day(now);
    if (today == day_ || spending_day(now + std::chrono::days{1}) == day_) co_return;
    day_ = today;
    spent_.clear();
    told_ = false;
}

asio::awaitable<void> CostMeter::keep() {
    SpendingNote note{day_, spent_};
    co_await ports_.notes.set_note(note_, to_text(note));
}

asio::awaitable<std::optional<CostMeter::Booking>> CostMeter::book(std::string provider, TokenUsage at_most,
                                                                   TokenPrices prices) {
    co_await open_day();
    Booking booking{day_, std::move(provider), at_most, cost_of(at_most, prices)};
    Spent all;
    for (const auto& [name, spent] : spent_) add(all, spent.tokens, spent.money);
    add(all, booking.tokens, booking.money);
    if (all.money > ceiling_.money || all.tokens.input + all.tokens.output > ceiling_.tokens) {
        ports_.metrics.count(words_.calls_over_ceiling);
        if (!told_) {
            ports_.log.warning(words_.reached, {{"provider", booking.provider}});
        }
        told_ = true;
        co_return std::nullopt;
    }
    Spent& mine = spent_[booking.provider];
    add(mine, booking.tokens, booking.money);
    ++mine.calls;
    co_await keep();
    co_return booking;
}

asio::awaitable<void> CostMeter::settle(Booking booking, TokenUsage used, TokenPrices prices) {
    const MicroMoney money = cost_of(used, prices);
    ports_.metrics.count(words_.tokens, "input", static_cast<double>(used.input));
    ports_.metrics.count(words_.tokens, "output", static_cast<double>(used.output));
    ports_.metrics.count(words_.cost, {}, static_cast<double>(money) / 1e6);
    if (booking.day != day_) co_return;
    add(spent_[booking.provider], {used.input - booking.tokens.input, used.output - booking.tokens.output},
        money - booking.money);
    co_await keep();
}

asio::awaitable<std::map<std::string, Spent>> CostMeter::today() {
    co_await open_day();
    co_return spent_;
}

ChatFailure over_ceiling() {
    ChatFailure failure;
    failure.kind = ChatFailure::Kind::out_of_quota;
    failure.our_ceiling = true;
    failure.detail = "the day's ceiling is reached";
    return failure;
}

}  // namespace podbrief::services
