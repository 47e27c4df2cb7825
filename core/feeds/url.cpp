#include "core/feeds/url.hpp"

#include <array>
#include <boost/url.hpp>

#include "core/feeds/trim.hpp"

namespace podbrief::feeds {
namespace {

namespace urls = boost::urls;

// RFC 3986: unreserved, reserved and '%'.
constexpr std::array<bool, 256> allowed = [] {
    std::array<bool, 256> table{};
    for (const char c : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                         "-._~:/?#[]@!$&'()*+,;=%")) {
        table[static_cast<unsigned char>(c)] = true;
    }
    return table;
}();

// Allowed, and neither an escape nor a possible "&amp;": such a URL is taken as it is.
bool is_usual(std::string_view url) {
    static constexpr auto usual = [] {
        std::array<bool, 256> table = allowed;
        table['%'] = table['&'] = false;
        return table;
    }();
    for (const char c : url) {
        if (!usual[static_cast<unsigned char>(c)]) return false;
    }
    return true;
}

bool is_hex(char c) {
    return text::is_ascii_digit(c) || (text::ascii_lower(c) >= 'a' && text::ascii_lower(c) <= 'f');
}

bool is_http(std::string_view url) {
    if (url.starts_with("https://") || url.starts_with("http://")) return true;
    return begins_ignoring_case(url, "https://") || begins_ignoring_case(url, "http://");
}

bool has_scheme(std::string_view s) {
    if (s.empty() || !text::is_ascii_letter(s.front())) return false;
    for (const char c : s) {
        if (c == ':') return true;
        if (!text::is_ascii_alnum(c) && c != '+' && c != '-' && c != '.') return false;
    }
    return false;
}

// Inside the folder that a local feed lies in.
bool is_beside(std::string_view url, std::string_view base) {
    const std::string_view folder = base.substr(0, base.rfind('/') + 1);
    return begins_ignoring_case(base, "file:") && folder.size() > 7 && url.starts_with(folder);
}

std::string resolved(std::string_view reference, std::string_view base) {
    const auto base_view = urls::parse_absolute_uri(base.substr(0, base.find('#')));
    const auto reference_view = urls::parse_uri_reference(reference);
    if (!base_view || !reference_view) return {};
    urls::url result;
    if (!urls::resolve(*base_view, *reference_view, result)) return {};
    result.normalize_path();
    return std::string(result.buffer());
}

}  // namespace

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        const bool lone_percent = c == '%' && !(i + 2 < text.size() && is_hex(text[i + 1]) && is_hex(text[i + 2]));
        if (allowed[c] && !lone_percent) {
            out += text[i];
        } else {
            out += '%';
            out += hex[c >> 4];
            out += hex[c & 15];
        }
    }
    return out;
}

std::string absolute_url(std::string_view reference, std::string_view base) {
    reference = trimmed(reference);
    if (reference.empty() || reference.size() > max_url_bytes) return {};
    std::string url(reference);
    if (!is_usual(url)) {
        std::erase_if(url, [](char c) { return c == '\n' || c == '\r' || c == '\t'; });
        for (std::size_t at = 0; (at = url.find("&amp;", at)) != std::string::npos; ++at) url.erase(at + 1, 4);
        url = percent_encoded(url);
    }
    if (!is_http(url)) {
        if (has_scheme(url) && !begins_ignoring_case(url, "file:")) return {};
        url = resolved(url, base);  // dot segments are gone from here on
        if (!is_http(url) && !is_beside(url, base)) return {};
    }
    return url.size() <= max_url_bytes ? url : std::string();
}

std::string host_of(std::string_view url) {
    if (!is_http(url)) return {};
    url.remove_prefix(url.find("//") + 2);
    url = url.substr(0, url.find_first_of("/?#"));
    if (const std::size_t at = url.rfind('@'); at != std::string_view::npos) url.remove_prefix(at + 1);
    if (!url.starts_with('[')) url = url.substr(0, url.find(':'));
    std::string host(url);
    for (char& c : host) c = text::ascii_lower(c);
    return host;
}

}  // namespace podbrief::feeds
