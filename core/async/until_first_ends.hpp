#pragma once
#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

namespace podbrief {

namespace asio = boost::asio;

struct NamedTask {
    std::string name;
    asio::awaitable<void> task;
};

// Runs all tasks until one of them ends or throws, or the caller is cancelled; then stops the others and waits until
// they have unwound. Throws what the first one threw; operation_aborted when it was the caller that was cancelled.
asio::awaitable<void> until_first_ends(std::vector<NamedTask> tasks);

}  // namespace podbrief
