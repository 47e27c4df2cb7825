#include "core/feeds/identity.hpp"

#include <fmt/format.h>

#include <array>

#include "core/feeds/trim.hpp"
#include "core/feeds/url.hpp"
#include "core/text/digest.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::feeds {
namespace {

// Services that publishers put before an enclosure's address to count downloads: https://host/something/<the address>.
constexpr std::array<std::string_view, 24> trackers = {
    "podtrac.com", "chtbl.com",     "chrt.fm",           "op3.dev",    "pdst.fm",         "pdcn.co",
    "mgln.ai",     "podscribe.com", "pscrb.fm",          "arttrk.com", "claritaspod.com", "clrtpod.com",
    "up.audio",    "swap.fm",       "media.blubrry.com", "gum.fm",     "podderapp.com",   "podkite.com",
    "vpixl.com",   "podsights.com", "chartable.com",     "podroll.fm", "blubrry.net",     "magellan.ai"};

bool is_tracker(std::string_view host) {
    for (const std::string_view tracker : trackers) {
        if (host == tracker) return true;
        if (host.ends_with(tracker) && host[host.size() - tracker.size() - 1] == '.') return true;
    }
    return false;
}

// Looks like "traffic.example.com", not like "redirect.mp3" or "e,pg=1".
bool is_host_name(std::string_view s) {
    const std::size_t dot = s.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || s.size() - dot < 3) return false;
    for (const char c : s.substr(dot + 1)) {
        if (!text::is_ascii_letter(c)) return false;  // mp3 and m4a are no top-level domains
    }
    for (const char c : s) {
        if (!text::is_ascii_alnum(c) && c != '.' && c != '-' && c != '_') return false;
    }
    for (const std::string_view file : {".aac", ".ogg", ".opus", ".wav", ".flac", ".xml", ".php", ".mov"}) {
        if (s.ends_with(file)) return false;
    }
    return true;
}

// What follows the tracker's own part of the path: "e/traffic.example.com/a.mp3" -> "traffic.example.com/a.mp3".
std::string_view behind_tracker(std::string_view path) {
    for (const std::string_view scheme : {"https://", "http://", "https:/", "http:/", "https%3A%2F%2F"}) {
        if (const std::size_t at = path.find(scheme); at != std::string_view::npos)
            return path.substr(at + scheme.size());
    }
    while (!path.empty()) {
        const std::size_t slash = path.find('/');
        if (slash == std::string_view::npos) return {};
        if (is_host_name(path.substr(0, slash))) return path;
        path.remove_prefix(slash + 1);
    }
    return {};
}

std::string_view without_scheme(std::string_view url) {
    const std::size_t at = url.find("://");
    return at == std::string_view::npos || at > 8 ? url : url.substr(at + 3);
}

// Lower-case host without user, port and "www."
std::string clean_host(std::string_view authority) {
    if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
    if (!authority.starts_with('[')) authority = authority.substr(0, authority.find(':'));
    std::string host(authority);
    for (char& c : host) c = text::ascii_lower(c);
    if (host.starts_with("www.")) host.erase(0, 4);
    return host;
}

// Parts of a query that change without the file behind it changing.
bool is_passing(std::string_view parameter) {
    std::string name(parameter.substr(0, parameter.find('=')));
    for (char& c : name) c = text::ascii_lower(c);
    if (name.starts_with("x-amz-") || name.starts_with("x-goog-") || name.starts_with("utm_")) return true;
    for (const std::string_view passing :
         {"token", "sig",  "signature", "expires", "expiry",    "exp", "policy", "key-pair-id",     "hash",
          "hmac",  "auth", "nonce",     "ts",      "timestamp", "_",   "cb",     "awscollectionid", "awsepisodeid",
          "se",    "sp",   "sv",        "st"}) {
        if (name == passing) return true;
    }
    return false;
}

// An address as it counts for the fingerprint.
std::string lasting(std::string_view url) {
    url = url.substr(0, url.find('#'));
    const std::size_t question = url.find('?');
    std::string out(url.substr(0, question));
    if (question == std::string_view::npos) return out;
    std::string_view query = url.substr(question + 1);
    while (!query.empty()) {
        const std::string_view parameter = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(parameter.size() + 1, query.size()));
        if (!is_passing(parameter)) out.append("&").append(parameter);
    }
    return out;
}

std::string fingerprint_of(const Episode& episode, const EpisodeIdentity& identity) {
    std::string all = fmt::format("{:x}|{:x}|{}|{}|{}", text::fnv1a(episode.title), text::fnv1a(episode.notes),
                                  identity.enclosure_key, lasting(episode.chapters_url),
                                  std::chrono::floor<std::chrono::seconds>(episode.duration).count());
    for (const TranscriptOffer& offer : episode.transcripts) {
        all += '|' + lasting(offer.url) + ' ' + offer.type + ' ' + offer.language + ' ' + offer.rel;
    }
    if (!episode.revision.empty()) all += '|' + episode.revision;
    return fmt::format("{:016x}", text::fnv1a(all));
}

}  // namespace

std::string enclosure_key(std::string_view url) {
    std::string_view rest = without_scheme(trimmed(url));
    rest = rest.substr(0, rest.find_first_of("?#"));
    constexpr int most_trackers = 10;
    for (int i = 0; i < most_trackers; ++i) {
        const std::size_t slash = rest.find('/');
        if (slash == std::string_view::npos || !is_tracker(clean_host(rest.substr(0, slash)))) break;
        const std::string_view behind = behind_tracker(rest.substr(slash + 1));
        if (behind.empty()) break;
        rest = behind;
    }
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    std::string key = clean_host(rest.substr(0, slash)) + std::string(rest.substr(slash));
    while (key.ends_with('/')) key.pop_back();
    return key;
}

EpisodeIdentity identify(const Episode& episode) {
    EpisodeIdentity identity;
    identity.id = episode.id;
    identity.guid = trimmed(episode.guid);
    identity.enclosure_key = enclosure_key(episode.enclosure_url);
    identity.title_key = text::collapse_white_space(text::fold(episode.title));
    identity.published_at = episode.published_at;
    identity.duration = episode.duration;
    identity.fingerprint = fingerprint_of(episode, identity);
    return identity;
}

std::string_view to_string(MatchRung rung) {
    switch (rung) {
        case MatchRung::guid:
            return "guid";
        case MatchRung::enclosure:
            return "enclosure";
        case MatchRung::title:
            return "title";
    }
    return "?";
}

}  // namespace podbrief::feeds
