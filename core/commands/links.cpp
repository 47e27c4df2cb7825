#include "core/commands/links.hpp"

#include <boost/url/parse.hpp>

namespace podbrief::commands {
namespace {

// Sites whose episode pages play from #t=SECONDS.
constexpr std::array<std::string_view, 1> pages_with_times = {"changelog.com"};

bool page_takes_times(std::string_view url) {
    const auto parsed = boost::urls::parse_uri(url);
    if (!parsed) return false;
    const std::string host = parsed->host();
    return std::any_of(pages_with_times.begin(), pages_with_times.end(), [&](std::string_view site) {
        return host == site ||
               (host.size() > site.size() + 1 && host.ends_with(site) && host[host.size() - site.size() - 1] == '.');
    });
}

std::string at_second(std::string_view url, Millis time) {
    const auto second = std::chrono::duration_cast<std::chrono::seconds>(time).count();
    return fmt::format("{}#t={}", url.substr(0, url.find('#')), second);
}

}  // namespace

bool is_web_address(std::string_view url) {
    constexpr std::size_t longest = 2000;
    if (url.size() > longest) return false;
    const auto parsed = boost::urls::parse_uri(url);
    return parsed && (parsed->scheme() == "https" || parsed->scheme() == "http") && !parsed->host().empty() &&
           !parsed->has_userinfo();
}

std::string time_link(const InsightDetail& detail) {
    const bool page = is_web_address(detail.episode_link);
    const bool audio = is_web_address(detail.enclosure_url);
    const bool has_time = detail.insight.origin != InsightOrigin::show_notes;
    if (has_time && page && page_takes_times(detail.episode_link)) {
        return at_second(detail.episode_link, detail.insight.start);
    }
    if (has_time && audio) return at_second(detail.enclosure_url, detail.insight.start);
    if (page) return detail.episode_link;
    return audio ? detail.enclosure_url : std::string{};
}

}  // namespace podbrief::commands
