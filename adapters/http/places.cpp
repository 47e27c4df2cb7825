#include "adapters/http/places.hpp"

#include <boost/system/error_code.hpp>

namespace podbrief::net {

Places::Place::Place(Places& places, boost::asio::ip::tcp::socket& socket) : places_(places), socket_(socket) {
    ++places_.taken_;
    waits();
}

Places::Place::~Place() {
    if (lost_) return;
    leave_queue();
    --places_.taken_;
}

void Places::Place::waits() {
    if (lost_) return;
    leave_queue();
    queued_ = places_.queue_.insert(places_.queue_.end(), this);
    waits_ = true;
}

void Places::Place::works() {
    leave_queue();
}

void Places::Place::leave_queue() {
    if (waits_) places_.queue_.erase(queued_);
    waits_ = false;
}

bool Places::free_one() {
    if (queue_.empty()) return false;
    Place& place = *queue_.front();
    place.leave_queue();
    place.lost_ = true;
    --taken_;
    boost::system::error_code ignored;
    place.socket_.close(ignored);
    return true;
}

}  // namespace podbrief::net
