#include "core/ports/http_client.hpp"

#include <algorithm>
#include <boost/throw_exception.hpp>
#include <cctype>
#include <stdexcept>

namespace podbrief {

const std::string* find_header(const std::vector<HttpHeader>& headers, std::string_view name) {
    const auto same = [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); };
    for (const auto& header : headers) {
        if (std::equal(header.name.begin(), header.name.end(), name.begin(), name.end(), same)) return &header.value;
    }
    return nullptr;
}

std::string_view to_string(HttpErrc code) {
    switch (code) {
        case HttpErrc::bad_url:
            return "not a usable address";
        case HttpErrc::blocked:
            return "address not allowed";
        case HttpErrc::resolve_failed:
            return "host name not found";
        case HttpErrc::connect_failed:
            return "could not connect";
        case HttpErrc::tls_failed:
            return "secure connection failed";
        case HttpErrc::timed_out:
            return "took too long";
        case HttpErrc::connection_lost:
            return "connection lost";
        case HttpErrc::malformed:
            return "answer is not valid HTTP";
        case HttpErrc::too_large:
            return "answer too large";
        case HttpErrc::too_many_redirects:
            return "too many redirects";
        case HttpErrc::called_off:
            return "called off before it was sent";
    }
    return "unknown";
}

void throw_exception_from_error(const HttpFailure& failure, const boost::source_location& location) {
    boost::throw_with_location(std::runtime_error(std::string(to_string(failure.code)) + ": " + failure.detail),
                               location);
}

}  // namespace podbrief
