#pragma once
#include <boost/asio/ip/tcp.hpp>
#include <cstddef>
#include <list>

namespace podbrief::net {

// The connections that a server holds. Some wait for the other side (to shake hands, to ask, to take its answer), the
// others are at work on a request. When there are too many, who has waited longest loses its place to the newcomer: so
// those who ask as soon as they are connected are served, however many sit there and say nothing, or a byte at a time.
class Places {
public:
    // One connection's place, from when it is accepted until it has ended; it waits at first. The socket must outlive
    // the place while that waits.
    class Place {
    public:
        Place(Places& places, boost::asio::ip::tcp::socket& socket);
        ~Place();
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;

        void waits();  // from now on
        void works();
        bool lost() const { return lost_; }  // its socket is closed

    private:
        friend class Places;
        void leave_queue();

        Places& places_;
        boost::asio::ip::tcp::socket& socket_;
        std::list<Place*>::iterator queued_;
        bool waits_ = false;
        bool lost_ = false;
    };

    // Closes the connection that has waited longest; what it awaits ends with operation_aborted. False: none waits.
    bool free_one();
    std::size_t taken() const { return taken_; }

private:
    std::list<Place*> queue_;  // those that wait, longest first
    std::size_t taken_ = 0;
};

}  // namespace podbrief::net
