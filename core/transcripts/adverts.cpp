#include "core/transcripts/adverts.hpp"

#include <algorithm>

#include "core/transcripts/advert_signs.hpp"
#include "core/transcripts/bookends.hpp"
#include "core/transcripts/phrases.hpp"
#include "core/transcripts/scanning.hpp"

namespace podbrief::transcripts {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr minutes longest_advert{4};
constexpr std::size_t longest_lull = 1;  // segments without a sign between two that have one
constexpr seconds chapter_slack{45};     // by which a chapter and the transcript may disagree

std::string lower_of(std::string_view s) {
    std::string lower(s);
    for (char& c : lower) c = text::ascii_lower(c);
    return lower;
}

// Segments with signs that stand close together.
struct Cluster {
    std::size_t first = 0;
    std::size_t last = 0;
    AdvertSigns signs;  // of all together

    // Certain openings stand alone; others want a call to act; many calls to act will do without an opening.
    bool is_advert() const { return signs.announced || (signs.opened && signs.actions >= 2) || signs.actions >= 3; }
};

AdvertSigns together(const AdvertSigns& a, const AdvertSigns& b) {
    return {a.announced || b.announced, a.opened || b.opened, a.actions + b.actions};
}

void mark(std::vector<Segment>& segments, std::size_t first, std::size_t last) {
    for (std::size_t i = first; i <= last; ++i) {
        if (segments[i].kind == SegmentKind::speech) segments[i].kind = SegmentKind::advert;
    }
}

void mark_clusters(std::vector<Segment>& segments, const std::vector<std::string>& lower) {
    std::optional<Cluster> open;
    const auto close = [&] {
        if (open && open->is_advert()) mark(segments, open->first, open->last);
        open.reset();
    };
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const AdvertSigns signs = advert_signs(segments[i].text, lower[i]);
        if (!signs.any()) continue;
        const bool near = open && i - open->last <= longest_lull + 1 &&
                          segments[i].end - segments[open->first].start <= longest_advert;
        if (near) {
            open->last = i;
            open->signs = together(open->signs, signs);
        } else {
            close();
            open = Cluster{i, i, signs};
        }
    }
    close();
}

// The words of "Sponsor: Fly.io" that name who pays.
std::string_view sponsor_of(std::string_view title) {
    const std::size_t colon = title.find(':');
    std::string_view name = trimmed(colon == std::string_view::npos ? std::string_view() : title.substr(colon + 1));
    return name.substr(0, name.find_first_of(".,("));
}

// A chapter tells where an advert is only about as well as the transcript's times are true: it counts where the words
// agree, that is, where they name the sponsor or bear a sign.
void mark_chapter(std::vector<Segment>& segments, const std::vector<std::string>& lower, Millis begin, Millis end,
                  std::string_view sponsor) {
    if (end - begin > longest_advert) return;
    std::optional<std::size_t> first;
    std::size_t last = 0;
    bool agrees = false;
    for (std::size_t i = 0; i < segments.size() && segments[i].start < end + chapter_slack; ++i) {
        const Millis inside = std::min(segments[i].end, end) - std::max(segments[i].start, begin);
        const bool named = sponsor.size() >= 2 && find_phrase(lower[i], sponsor) != std::string_view::npos;
        const bool signs = advert_signs(segments[i].text, lower[i]).any();
        if (inside * 2 < segments[i].end - segments[i].start || inside <= Millis::zero()) continue;
        agrees = agrees || named || signs;
        if (!first) first = i;
        last = i;
    }
    if (first && agrees) mark(segments, *first, last);
}

}  // namespace

bool is_sponsor_chapter(std::string_view title) {
    std::string lower = lower_of(trimmed(title));
    for (const std::string_view whole : {"ad", "ads", "advert", "adverts", "advertisement", "advertisements", "sponsor",
                                         "sponsors", "ad break", "sponsor break", "commercial break", "commercial",
                                         "mid-roll", "midroll", "pre-roll", "preroll", "our sponsors", "our sponsor"}) {
        if (lower == whole) return true;
    }
    for (const std::string_view start :
         {"sponsor:", "sponsors:", "sponsor -", "sponsor \u2013", "sponsor \u2014", "ad:", "ad -",
          "ads:", "advert:", "advertisement:", "sponsored:", "sponsored by ", "sponsor message", "sponsor read", "[ad]",
          "[sponsor]", "(ad)", "(sponsor)"}) {
        if (lower.starts_with(start)) return true;
    }
    return has_phrase(lower, {"word from our sponsor", "word from our sponsors", "message from our sponsor",
                              "message from our sponsors", "message from our partners", "thanks to our sponsor",
                              "thanks to our sponsors"});
}

void mark_adverts(std::vector<Segment>& segments, const std::vector<Chapter>& chapters) {
    std::vector<std::string> lower;
    lower.reserve(segments.size());
    for (const Segment& segment : segments) lower.push_back(lower_of(segment.text));
    mark_clusters(segments, lower);
    for (std::size_t i = 0; i < chapters.size(); ++i) {
        if (!is_sponsor_chapter(chapters[i].title)) continue;
        const Millis end = i + 1 < chapters.size() ? chapters[i + 1].start : chapters[i].start + minutes{2};
        mark_chapter(segments, lower, chapters[i].start, end, lower_of(sponsor_of(chapters[i].title)));
    }
    mark_bookends(segments, lower);
}

}  // namespace podbrief::transcripts
