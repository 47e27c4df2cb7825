#include "core/delivery/pacing.hpp"

#include <algorithm>

namespace podbrief::delivery {

SteadyTime Window::earliest(SteadyTime at) const {
    const auto count = static_cast<std::size_t>(std::max(0, rate_.count));
    if (count == 0) return at;
    // With one call more at `t`, any count + 1 calls in a row must take `per` at least.
    SteadyTime t = at;
    for (bool moved = true; moved;) {
        moved = false;
        const auto before =
            static_cast<std::size_t>(std::upper_bound(times_.begin(), times_.end(), t) - times_.begin());
        if (before >= count && times_[before - count] + rate_.per > t) {
            t = times_[before - count] + rate_.per;
            moved = true;
            continue;
        }
        for (std::size_t first = before > count ? before - count + 1 : 0; first <= before; ++first) {
            const std::size_t last = first + count - 1;  // among times_, where the new call has no place yet
            if (last < before || last >= times_.size()) continue;
            const SteadyTime begin = first == before ? t : times_[first];
            if (times_[last] - begin >= rate_.per) continue;
            t = times_[last];  // it does not fit in before that one
            moved = true;
            break;
        }
    }
    return t;
}

void Window::book(SteadyTime at) {
    if (rate_.count > 0) times_.insert(std::upper_bound(times_.begin(), times_.end(), at), at);
}

void Window::forget(SteadyTime now) {
    const auto old = [&](SteadyTime t) { return t + rate_.per <= now; };
    times_.erase(times_.begin(), std::find_if_not(times_.begin(), times_.end(), old));
}

bool Window::idle(SteadyTime now) const {
    return times_.empty() || times_.back() + rate_.per <= now;
}

Pacer::Pacer(const PlatformTraits& traits) : lane_(traits.lane_rate), finds_(traits.find_rate) {}

SteadyTime Pacer::earliest(SteadyTime now, const std::string& chat) const {
    SteadyTime at = std::max(now, held_until(chat));
    const auto found = chats_.find(chat);
    if (found == chats_.end()) return lane_.earliest(at);
    for (;;) {  // until both agree
        const SteadyTime lane = lane_.earliest(at);
        at = found->second.window.earliest(lane);
        if (at == lane) return at;
    }
}

SteadyTime Pacer::book(SteadyTime now, const std::string& chat, Rate chat_rate) {
    Window& window = chats_[chat].window;
    window.set_rate(chat_rate);
    window.forget(now);
    lane_.forget(now);
    const SteadyTime at = earliest(now, chat);
    lane_.book(at);
    window.book(at);
    return at;
}

SteadyTime Pacer::book_find(SteadyTime now) {
    finds_.forget(now);
    const SteadyTime at = finds_.earliest(std::max(now, std::max(lane_held_, finds_held_)));
    finds_.book(at);
    return at;
}

void Pacer::hold_finds(SteadyTime until) {
    finds_held_ = std::max(finds_held_, until);
}

void Pacer::hold_lane(SteadyTime until) {
    lane_held_ = std::max(lane_held_, until);
}

void Pacer::hold_chat(const std::string& chat, SteadyTime until) {
    SteadyTime& held = chats_[chat].held;
    held = std::max(held, until);
}

SteadyTime Pacer::held_until(const std::string& chat) const {
    const auto found = chats_.find(chat);
    return found == chats_.end() ? lane_held_ : std::max(lane_held_, found->second.held);
}

void Pacer::tidy(SteadyTime now) {
    std::erase_if(chats_, [&](const auto& c) { return c.second.held <= now && c.second.window.idle(now); });
}

}  // namespace podbrief::delivery
