#pragma once
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "core/model/time.hpp"
#include "core/ports/messenger.hpp"

namespace podbrief::delivery {

// At most `count` calls in any stretch of `per`, whenever that begins. Bookings need not be in order: one far ahead,
// for a chat that must wait, leaves the time before it to others.
class Window {
public:
    explicit Window(Rate rate) : rate_(rate) {}
    void set_rate(Rate rate) { rate_ = rate; }  // what is booked stays
    // The earliest time, not before `at`, at which one more call keeps to the rate.
    SteadyTime earliest(SteadyTime at) const;
    void book(SteadyTime at);
    // Forgets what can limit no call at `now` or later.
    void forget(SteadyTime now);
    // True: nothing booked would limit a call at `now` or later.
    bool idle(SteadyTime now) const;
    Rate rate() const { return rate_; }

private:
    Rate rate_;
    std::vector<SteadyTime> times_;  // ascending
};

// When the calls of one lane may be made: the lane's rate, each chat's rate, and what the platform asked for. In
// memory; what must outlive the owner (not_before) is in the store too.
class Pacer {
public:
    explicit Pacer(const PlatformTraits& traits);

    // Books the next call to `chat`, which bears that rate, and gives its time, at or after `now`.
    SteadyTime book(SteadyTime now, const std::string& chat, Rate chat_rate);
    SteadyTime book_find(SteadyTime now);
    // When a call to `chat` could be made; nothing is booked.
    SteadyTime earliest(SteadyTime now, const std::string& chat) const;

    void hold_lane(SteadyTime until);
    void hold_finds(SteadyTime until);
    void hold_chat(const std::string& chat, SteadyTime until);
    // Not before this may anything go to `chat`: asked again right before a call that was booked earlier.
    SteadyTime held_until(const std::string& chat) const;

    // Forgets chats at rest; call it now and then.
    void tidy(SteadyTime now);
    std::size_t chats() const { return chats_.size(); }

private:
    struct Chat {
        Window window{Rate{}};
        SteadyTime held{};
    };

    Window lane_;
    Window finds_;
    SteadyTime lane_held_{};
    SteadyTime finds_held_{};
    std::map<std::string, Chat> chats_;
};

}  // namespace podbrief::delivery
