#pragma once
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/system/error_code.hpp>
#include <string>
#include <string_view>

namespace podbrief::net {

// Gives bytes to a Beast parser (http::basic_parser with eager set), which may leave the last ones for later: those
// wait in `pending`. Once the message is done, `pending` is what follows it. Included by the two readers only.
template <class Parser>
boost::system::error_code feed_parser(Parser& parser, std::string& pending, std::string_view bytes) {
    namespace http = boost::beast::http;
    const bool joined = !pending.empty();
    if (joined) pending.append(bytes);
    const std::string_view data = joined ? std::string_view(pending) : bytes;
    std::size_t used = 0;
    boost::system::error_code failure;
    while (used < data.size() && !parser.is_done()) {
        // Beast 1.81 asserts that no fewer than the five bytes of a last chunk are there; more are sure to follow.
        if (parser.is_header_done() && parser.chunked() && data.size() - used < 5) break;
        used += parser.put(boost::asio::buffer(data.data() + used, data.size() - used), failure);
        if (failure) break;
    }
    if (failure == http::error::need_more) failure = {};
    if (joined) {
        pending.erase(0, used);
    } else {
        pending.assign(data.substr(used));
    }
    return failure;
}

}  // namespace podbrief::net
