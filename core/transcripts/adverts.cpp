#include "core/transcripts/adverts.hpp"

#include <algorithm>
#include <optional>

#include "core/text/sentences.hpp"
#include "core/transcripts/advert_signs.hpp"
#include "core/transcripts/bookends.hpp"
#include "core/transcripts/markings.hpp"
#include "core/transcripts/phrases.hpp"
#include "core/transcripts/scanning.hpp"

namespace podbrief::transcripts {
namespace {

using std::chrono::minutes;

constexpr minutes longest_advert{4};
constexpr std::size_t longest_lull = 1;  // segments without a sign between two that have one

// Segments with signs that stand close together.
struct Cluster {
    std::size_t first = 0;
    std::size_t last = 0;
    AdvertSigns signs;  // of all together

    // Certain openings stand alone; others want calls to act; many of these will do without an opening.
    bool is_advert() const {
        const int points = signs.action_points();
        return signs.announced || (signs.named && points >= 1) || (signs.opened && points >= 2) || points >= 3;
    }
};

// Marks the advert in segments [first, last]: from the first sentence with a sign to the last that has one, or an
// address, or names the sponsor.
void mark_cluster(Markings& markings, std::size_t first, std::size_t last, std::string_view sponsor,
                  std::string_view show) {
    const auto speaks_for_it = [&](std::size_t i, const text::ByteRange& sentence, bool opening) {
        const std::string_view lower = sentence.in(markings.lower(i));
        const AdvertSigns signs = advert_signs(sentence.in(markings.text(i)), lower, show);
        if (signs.any()) return true;
        return !opening &&
               (has_web_address(lower) || (sponsor.size() > 2 && find_phrase(lower, sponsor) != lower.npos));
    };
    for (std::size_t i = first; i <= last; ++i) {
        std::size_t begin = 0;
        std::size_t end = markings.text(i).size();
        if (i == first || i == last) {
            const std::vector<text::ByteRange> sentences = text::sentences(markings.text(i));
            if (i == first) {
                const auto from = std::find_if(sentences.begin(), sentences.end(),
                                               [&](const auto& s) { return speaks_for_it(i, s, true); });
                if (from != sentences.end()) begin = from->begin;
            }
            if (i == last) {
                const auto to = std::find_if(sentences.rbegin(), sentences.rend(),
                                             [&](const auto& s) { return speaks_for_it(i, s, false); });
                // "A word from our sponsor" and nothing more to go by: what follows is that word.
                const bool only_announced = to != sentences.rend() && hands_over(to->in(markings.lower(i)));
                if (to != sentences.rend() && to->end > begin && !only_announced) end = to->end;
            }
        }
        markings.mark(i, begin, end, SegmentKind::advert);
    }
}

void mark_clusters(Markings& markings, std::string_view show) {
    std::optional<Cluster> open;
    const auto close = [&] {
        if (open && open->is_advert()) {
            std::string sponsor;
            for (std::size_t i = open->first; i <= open->last && sponsor.empty(); ++i) {
                sponsor = named_sponsor(markings.text(i), markings.lower(i));
            }
            mark_cluster(markings, open->first, open->last, sponsor, show);
        }
        open.reset();
    };
    for (std::size_t i = 0; i < markings.size(); ++i) {
        const AdvertSigns signs = advert_signs(markings.text(i), markings.lower(i), show);
        if (!signs.any()) continue;
        const bool near = open && i - open->last <= longest_lull + 1 &&
                          markings.segment(i).end - markings.segment(open->first).start <= longest_advert;
        if (near) {
            open->last = i;
            open->signs |= signs;
        } else {
            close();
            open = Cluster{i, i, signs};
        }
    }
    close();
}

// The words of "Sponsor: Fly.io" that name who pays, lower case.
std::string sponsor_of(std::string_view title) {
    const std::size_t colon = title.find(':');
    std::string name(trimmed(colon == std::string_view::npos ? std::string_view() : title.substr(colon + 1)));
    name.resize(std::min(name.find_first_of(".,("), name.size()));
    std::transform(name.begin(), name.end(), name.begin(), text::ascii_lower);
    return name;
}

// A chapter tells where an advert is only about as well as the transcript's times are true, so the words must agree:
// what counts is the stretch of it from where the sponsor is first named, or called for, to where it last is.
void mark_chapter(Markings& markings, Millis begin, Millis end, std::string_view sponsor, std::string_view show) {
    if (end - begin > longest_advert) return;
    std::optional<std::size_t> first;
    std::size_t last = 0;
    for (std::size_t i = 0; i < markings.size() && markings.segment(i).start < end; ++i) {
        const Segment& segment = markings.segment(i);
        const Millis inside = std::min(segment.end, end) - std::max(segment.start, begin);
        if (inside <= Millis::zero() || inside * 2 < segment.end - segment.start) continue;
        const bool named = sponsor.size() > 2 && find_phrase(markings.lower(i), sponsor) != std::string_view::npos;
        const AdvertSigns signs = advert_signs(markings.text(i), markings.lower(i), show);
        if (!named && !signs.announced && signs.actions == 0) continue;
        if (!first) first = i;
        last = i;
    }
    for (std::size_t i = first.value_or(markings.size()); i < markings.size() && i <= last; ++i) {
        markings.mark(i, SegmentKind::advert);
    }
}

}  // namespace

bool is_sponsor_chapter(std::string_view title) {
    std::string lower(trimmed(title));
    std::transform(lower.begin(), lower.end(), lower.begin(), text::ascii_lower);
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

void mark_adverts(std::vector<Segment>& segments, const std::vector<Chapter>& chapters, std::string_view show) {
    std::string show_lower(trimmed(show));
    std::transform(show_lower.begin(), show_lower.end(), show_lower.begin(), text::ascii_lower);
    Markings markings(segments);
    mark_clusters(markings, show_lower);
    for (std::size_t i = 0; i < chapters.size(); ++i) {
        if (!is_sponsor_chapter(chapters[i].title)) continue;
        const Millis end = i + 1 < chapters.size() ? chapters[i + 1].start : chapters[i].start + minutes{2};
        mark_chapter(markings, chapters[i].start, end, sponsor_of(chapters[i].title), show_lower);
    }
    mark_bookends(markings, show_lower);
    markings.apply();
}

}  // namespace podbrief::transcripts
