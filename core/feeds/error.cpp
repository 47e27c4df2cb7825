#include "core/feeds/error.hpp"

#include <boost/throw_exception.hpp>
#include <stdexcept>

namespace podbrief::feeds {

void throw_exception_from_error(const FeedError& error, const boost::source_location& location) {
    boost::throw_with_location(std::runtime_error(error.message), location);
}

}  // namespace podbrief::feeds
