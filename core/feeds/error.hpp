#pragma once
#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <string>

namespace podbrief::feeds {

enum class FeedErrc {
    empty,        // nothing, or nothing but white space
    html_page,    // a web page
    not_xml,      // JSON, audio, plain text, ...
    not_a_feed,   // XML of another kind
    too_large,    // more bytes, attributes or elements than any feed needs
    too_deep,     // elements nested deeper than ParseOptions::max_depth
    unreadable,   // XML so broken that nothing could be recovered
    bad_address,  // not something that can be fetched over http or https
};

struct FeedError {
    FeedErrc code = FeedErrc::unreadable;
    std::string message;    // one line: what it is and what to do; no secrets
    std::string feed_link;  // html_page only: absolute URL of the feed that the page names, where it names one
};
[[noreturn]] void throw_exception_from_error(const FeedError& error, const boost::source_location& location);

template <class T>
using FeedResult = boost::system::result<T, FeedError>;

}  // namespace podbrief::feeds
