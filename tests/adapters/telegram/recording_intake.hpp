#pragma once
#include <deque>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "core/ports/intake.hpp"

namespace podbrief::telegram_test {

// Keeps what came in, each event once, as the reception does.
class RecordingIntake final : public Intake {
public:
    asio::awaitable<Accepted> accept(Incoming incoming) override {
        if (unavailable > 0) {
            --unavailable;
            co_return Accepted::unavailable;
        }
        ++told;
        if (!known_.insert(incoming.event_id).second) co_return Accepted::seen_before;
        kept.push_back(incoming);
        if (on_first) on_first(incoming);
        co_return Accepted::first;
    }
    asio::awaitable<std::optional<Form>> form_for(Incoming) override { co_return std::nullopt; }
    asio::awaitable<std::vector<std::string>> suggest(Account, std::string, std::string) override {
        std::vector<std::string> none;
        co_return none;
    }

    std::vector<Incoming> kept;
    int told = 0;
    int unavailable = 0;  // so many times from now on
    std::function<void(const Incoming&)> on_first;

private:
    std::set<std::string> known_;
};

}  // namespace podbrief::telegram_test
