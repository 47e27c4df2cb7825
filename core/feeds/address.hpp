#pragma once
#include <string>
#include <string_view>

#include "core/feeds/error.hpp"

namespace podbrief::feeds {

// What people paste as the address of a podcast, made an absolute http(s) URL: feed:, feed://, itpc://, pcast:,
// podcast:, rss: and missing schemes understood; white space, <> and quotes around it dropped; scheme and host in lower
// case; default port and fragment dropped; spaces and non-ASCII characters percent-encoded. Anything else (file:,
// mailto:, pages of Apple Podcasts or Spotify, more than 4 KiB, control characters) is bad_address with a message that
// says what to do. Messages show neither user, password nor query.
FeedResult<std::string> normalise_feed_address(std::string_view pasted);

}  // namespace podbrief::feeds
