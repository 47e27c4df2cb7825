#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace podbrief::feeds {

constexpr std::size_t max_url_bytes = 4096;

// An address out of a feed as an absolute URL: white space dropped from the ends and, as line breaks, from within;
// characters that no URL may hold percent-encoded; relative ones resolved against `base`. Empty for what is neither
// http nor https, too long or not to be understood; file: URLs are passed only below the folder of a file: base.
std::string absolute_url(std::string_view reference, std::string_view base);

// Lower-case host of an http(s) URL, without user and port; empty when there is none.
std::string host_of(std::string_view url);

// Characters that no URL may hold percent-encoded, also '%' without two hexadecimal digits behind it.
std::string percent_encoded(std::string_view text);

}  // namespace podbrief::feeds
