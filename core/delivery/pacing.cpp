#include "core/delivery/pacing.hpp"

#include <algorithm>

namespace podbrief::delivery {
namespace {

constexpr SteadyTime never = SteadyTime::min();

}  // namespace

Window::Window(Rate rate) : rate_(rate), times_(static_cast<std::size_t>(std::max(0, rate.count)), never) {}

SteadyTime Window::earliest(SteadyTime at) const {
    if (times_.empty()) return at;
    const SteadyTime oldest = times_[next_];
    return oldest == never ? at : std::max(at, oldest + rate_.per);
}

void Window::book(SteadyTime at) {
    if (times_.empty()) return;
    times_[next_] = at;
    next_ = (next_ + 1) % times_.size();
}

bool Window::idle(SteadyTime now) const {
    return std::all_of(times_.begin(), times_.end(), [&](SteadyTime t) { return t == never || t + rate_.per <= now; });
}

Pacer::Pacer(const PlatformTraits& traits) : lane_(traits.lane_rate), finds_(traits.find_rate) {}

SteadyTime Pacer::earliest(SteadyTime now, const std::string& chat) const {
    SteadyTime at = std::max({now, lane_.earliest(now), lane_held_});
    const auto found = chats_.find(chat);
    return found == chats_.end() ? at : std::max({at, found->second.window.earliest(at), found->second.held});
}

SteadyTime Pacer::book(SteadyTime now, const std::string& chat, Rate chat_rate) {
    const SteadyTime at = earliest(now, chat);
    lane_.book(at);
    Window& window = chats_[chat].window;
    if (window.rate() != chat_rate) window = Window(chat_rate);
    window.book(at);
    return at;
}

SteadyTime Pacer::book_find(SteadyTime now) {
    const SteadyTime at = std::max(finds_.earliest(now), lane_held_);
    finds_.book(at);
    return at;
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
