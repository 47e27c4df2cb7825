#include "core/transcripts/choose.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/transcripts/file_names.hpp"
#include "core/transcripts/scanning.hpp"

namespace podbrief::transcripts {
namespace {

using Format = TranscriptFormat;

// The media types seen in feeds.
constexpr std::array<std::pair<std::string_view, Format>, 15> types = {{
    {"application/json", Format::json},
    {"text/json", Format::json},
    {"application/podcast+json", Format::json},
    {"text/vtt", Format::webvtt},
    {"application/vtt", Format::webvtt},
    {"application/x-subrip", Format::srt},
    {"application/srt", Format::srt},
    {"application/srr", Format::srt},
    {"text/srt", Format::srt},
    {"text/x-srt", Format::srt},
    {"text/html", Format::html},
    {"application/xhtml+xml", Format::html},
    {"text/markdown", Format::markdown},
    {"text/x-markdown", Format::markdown},
    {"text/plain", Format::text},
}};

int rank_of(const TranscriptOffer& offer) {
    const auto format = offered_format(offer);
    if (!format) return 6;
    switch (*format) {
        case Format::json:
            return 0;
        case Format::webvtt:
            return 1;
        case Format::srt:
            return 2;
        case Format::html:
            return 3;
        case Format::markdown:
            return 4;
        case Format::text:
        case Format::show_notes:
            break;
    }
    return 5;
}

std::string_view primary(std::string_view language) {
    return language.substr(0, language.find_first_of("-_"));
}

bool speaks(const TranscriptOffer& offer, std::string_view language) {
    const std::string_view a = primary(offer.language);
    const std::string_view b = primary(language);
    if (a.empty() || b.empty()) return true;
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return text::ascii_lower(x) == text::ascii_lower(y); });
}

}  // namespace

std::optional<TranscriptFormat> offered_format(const TranscriptOffer& offer) {
    // A plain type says little: servers call everything so. The name may say more.
    const auto by_name = format_of_name(offer.url);
    const std::string_view type = trimmed(std::string_view(offer.type).substr(0, offer.type.find(';')));
    if (equals_any_case(type, "text/plain") && by_name) return by_name;
    for (const auto& [name, format] : types) {
        if (equals_any_case(type, name)) return format;
    }
    return by_name;
}

std::vector<TranscriptOffer> ranked_offers(const std::vector<TranscriptOffer>& offers,
                                           std::string_view podcast_language) {
    const bool any_matches = std::any_of(offers.begin(), offers.end(),
                                         [&](const TranscriptOffer& o) { return speaks(o, podcast_language); });
    std::vector<TranscriptOffer> ranked;
    for (const TranscriptOffer& offer : offers) {
        const auto same_url = [&](const TranscriptOffer& other) { return other.url == offer.url; };
        if (offer.url.empty() || std::any_of(ranked.begin(), ranked.end(), same_url)) continue;
        if (!any_matches || speaks(offer, podcast_language)) ranked.push_back(offer);
    }
    const auto key = [](const TranscriptOffer& offer) { return std::pair(rank_of(offer), offer.rel == "captions"); };
    std::stable_sort(ranked.begin(), ranked.end(),
                     [&](const TranscriptOffer& a, const TranscriptOffer& b) { return key(a) < key(b); });
    return ranked;
}

}  // namespace podbrief::transcripts
