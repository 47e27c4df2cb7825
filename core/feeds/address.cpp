#include "core/feeds/address.hpp"

#include <algorithm>
#include <boost/url.hpp>

#include "core/feeds/trim.hpp"
#include "core/feeds/url.hpp"

namespace podbrief::feeds {
namespace {

namespace urls = boost::urls;

FeedError refused(std::string message) {
    return {FeedErrc::bad_address, std::move(message), {}};
}

std::string_view unwrapped(std::string_view s) {
    s = trimmed(s);
    for (const auto& [open, close] : {std::pair{'<', '>'}, {'"', '"'}, {'\'', '\''}, {'(', ')'}}) {
        if (s.size() >= 2 && s.front() == open && s.back() == close) s = trimmed(s.substr(1, s.size() - 2));
    }
    return s;
}

// Schemes of podcast programs: feed://host/path and feed:https://host/path are both in use. http is what they stood
// for, but the servers that are left answer https, and those that do not redirect to it.
std::string_view without_podcast_scheme(std::string_view s, bool& had_one) {
    for (const std::string_view scheme :
         {"feed:", "itpc:", "pcast:", "podcast:", "rss:", "itms-pcast:", "itms-podcast:"}) {
        if (!begins_ignoring_case(s, scheme)) continue;
        had_one = true;
        s.remove_prefix(scheme.size());
        while (s.starts_with('/')) s.remove_prefix(1);
        break;
    }
    return s;
}

bool is_http(std::string_view s) {
    return begins_ignoring_case(s, "http://") || begins_ignoring_case(s, "https://");
}

// "mailto:", "file:", but not "example.com:8080/feed"
std::string_view other_scheme(std::string_view s) {
    const std::size_t colon = s.find(':');
    if (colon == std::string_view::npos || colon == 0 || !text::is_ascii_letter(s.front())) return {};
    for (const char c : s.substr(0, colon)) {
        if (!text::is_ascii_alnum(c) && c != '+' && c != '-') return {};  // a '.': a host name
    }
    const bool port_follows = colon + 1 < s.size() && text::is_ascii_digit(s[colon + 1]);
    return port_follows ? std::string_view() : s.substr(0, colon);
}

bool is_directory_page(std::string_view host, std::string_view path) {
    if (host == "open.spotify.com") return true;
    if (host == "podcasts.apple.com" || host == "itunes.apple.com") return path.find("/id") != std::string_view::npos;
    return false;
}

}  // namespace

FeedResult<std::string> normalise_feed_address(std::string_view pasted) {
    std::string_view s = unwrapped(pasted);
    if (s.empty()) return refused("no address given: paste the address of the podcast's feed (https://...)");
    if (s.size() > max_url_bytes)
        return refused("the address is longer than 4 KiB: paste only the address of the feed");
    const auto is_control = [](unsigned char c) { return c < 0x20 || c == 0x7F; };
    if (std::any_of(s.begin(), s.end(), is_control)) {
        return refused("the address has line breaks or control characters in it: paste one address at a time");
    }
    bool had_podcast_scheme = false;
    s = without_podcast_scheme(s, had_podcast_scheme);
    std::string address(s);
    if (!is_http(s)) {
        if (const std::string_view scheme = other_scheme(s); !scheme.empty() && !had_podcast_scheme) {
            return refused("addresses that begin with " + std::string(scheme.substr(0, 20)) +
                           ": cannot be polled: use the http or https address of the feed");
        }
        while (s.starts_with('/')) s.remove_prefix(1);
        address = (had_podcast_scheme ? "http://" : "https://") + std::string(s);
    }
    if (address.substr(0, address.find('?')).find(' ') != std::string::npos && !is_http(s)) {
        return refused("that is not an address: paste the address of the podcast's feed (https://...)");
    }
    address = percent_encoded(address);
    const auto parsed = urls::parse_uri(address);
    if (!parsed || parsed->host().empty()) {
        return refused("that is not a usable address: it should read like https://example.com/feed.xml");
    }
    urls::url url(*parsed);
    url.normalize_scheme();
    url.normalize_authority();
    url.remove_fragment();
    const std::string host(std::string_view(url.encoded_host()));
    if (host.find('%') != std::string::npos) {
        return refused("that is not a usable address: its host name has spaces or other characters that no name has");
    }
    const bool has_dot = host.find('.') != std::string::npos || host.starts_with('[') || host == "localhost";
    if (!has_dot && !is_http(s)) {
        return refused("that is not a usable address: it should read like https://example.com/feed.xml");
    }
    if (is_directory_page(host, url.encoded_path())) {
        return refused(
            "that is the show's page in an app's directory, not its feed: look for the RSS address on the show's own "
            "page");
    }
    const bool default_port =
        (url.scheme() == "https" && url.port() == "443") || (url.scheme() == "http" && url.port() == "80");
    if (default_port || (url.has_port() && url.port().empty())) url.remove_port();
    std::string text(url.buffer());
    if (url.encoded_path().empty()) text.insert(std::min(text.find('?'), text.size()), "/");
    return text;
}

}  // namespace podbrief::feeds
