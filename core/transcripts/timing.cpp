#include "core/transcripts/timing.hpp"

#include <algorithm>
#include <cmath>

namespace podbrief::transcripts {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr Millis latest_time = std::chrono::hours{1000};
constexpr double usual_pace = 1000.0 / 15;  // ms a character of speech
constexpr seconds longest_overlap{10};      // of two people speaking at once

bool known(Millis time) {
    return time != unknown_time;
}

// Times that no caption of this episode can have become unknown.
void drop_impossible(std::vector<Cue>& cues, Millis duration) {
    const Millis limit = duration > Millis::zero() ? duration + duration / 5 + minutes{1} : latest_time;
    std::size_t starts = 0;
    std::size_t beyond = 0;
    for (Cue& cue : cues) {
        if (cue.start < Millis::zero()) cue.start = unknown_time;
        if (cue.end < Millis::zero() || (known(cue.start) && cue.end <= cue.start)) cue.end = unknown_time;
        starts += known(cue.start) ? 1 : 0;
        beyond += known(cue.start) && cue.start > limit ? 1 : 0;
    }
    // Most of them within the limit: the others are mistakes. Else these are not the times of this audio at all.
    const bool none_fits = beyond * 2 > starts;
    for (Cue& cue : cues) {
        if (none_fits || cue.start > limit) cue.start = unknown_time;
        if (none_fits || cue.end > limit) cue.end = unknown_time;
    }
}

// Indices of the cues whose starts make the longest sequence that never goes back.
std::vector<std::size_t> in_order(const std::vector<Cue>& cues) {
    std::vector<std::size_t> tails;  // tails[n]: the last cue of the best sequence of n + 1
    std::vector<std::size_t> previous(cues.size(), cues.size());
    for (std::size_t i = 0; i < cues.size(); ++i) {
        if (!known(cues[i].start)) continue;
        const auto later = [&](Millis start, std::size_t tail) { return start < cues[tail].start; };
        const auto at = std::upper_bound(tails.begin(), tails.end(), cues[i].start, later);
        if (at != tails.begin()) previous[i] = *(at - 1);
        if (at == tails.end()) {
            tails.push_back(i);
        } else {
            *at = i;
        }
    }
    std::vector<std::size_t> sequence;
    for (std::size_t i = tails.empty() ? cues.size() : tails.back(); i < cues.size(); i = previous[i]) {
        sequence.push_back(i);
    }
    std::reverse(sequence.begin(), sequence.end());
    return sequence;
}

void put_in_order(std::vector<Cue>& cues) {
    const auto going_back = [](const Cue& a, const Cue& b) {
        return known(a.start) && known(b.start) && b.start < a.start;
    };
    Millis last = Millis::zero();
    bool ordered = true;
    for (const Cue& cue : cues) {
        if (!known(cue.start)) continue;
        ordered = ordered && cue.start >= last;
        last = cue.start;
    }
    if (ordered) return;
    const std::vector<std::size_t> sequence = in_order(cues);
    const auto starts = std::count_if(cues.begin(), cues.end(), [](const Cue& cue) { return known(cue.start); });
    const bool all_known = starts == static_cast<std::ptrdiff_t>(cues.size());
    if (all_known && sequence.size() * 10 < cues.size() * 7) {
        std::stable_sort(cues.begin(), cues.end(), [&](const Cue& a, const Cue& b) { return going_back(b, a); });
        return;
    }
    std::size_t next = 0;
    for (std::size_t i = 0; i < cues.size(); ++i) {
        if (next < sequence.size() && sequence[next] == i) {
            ++next;
        } else {
            cues[i].start = cues[i].end = unknown_time;
        }
    }
}

// A known moment: after so many characters, so late it is.
struct Point {
    double characters = 0;
    double ms = 0;
};

double in_ms(Millis time) {
    return static_cast<double>(time.count());
}

double length_of(const Cue& cue) {
    return static_cast<double>(cue.text.size() + 1);
}

// Ends that lie beyond the start of the next cue are pulled back, but for people who speak at once. The points that
// come of all that is known go up in both of their parts.
std::vector<Point> settle_known(std::vector<Cue>& cues) {
    Millis next_start = latest_time * 2;
    for (auto cue = cues.rbegin(); cue != cues.rend(); ++cue) {
        if (known(cue->end) && cue->end > next_start + longest_overlap) cue->end = next_start;
        if (known(cue->end) && known(cue->start) && cue->end < cue->start) cue->end = unknown_time;
        if (known(cue->start)) next_start = cue->start;
    }
    std::vector<Point> points;
    double characters = 0;
    const auto add = [&](double at, double ms) {
        if (points.empty() || ms >= points.back().ms) points.push_back({at, ms});
    };
    for (std::size_t i = 0; i < cues.size(); ++i) {
        if (known(cues[i].start)) add(characters, in_ms(cues[i].start));
        characters += length_of(cues[i]);
        const bool overlaps = i + 1 < cues.size() && known(cues[i + 1].start) && cues[i].end > cues[i + 1].start;
        if (known(cues[i].end) && !overlaps) add(characters, in_ms(cues[i].end));
    }
    return points;
}

// Adds what must be guessed: when the talk begins and when it ends.
void add_bounds(std::vector<Point>& points, double characters, Millis duration) {
    const double whole = in_ms(duration);
    if (points.empty()) {
        points.push_back({0, 0});
        points.push_back({characters, whole > 0 ? whole : characters * usual_pace});
        return;
    }
    const Point first = points.front();
    if (first.characters > 0) {
        points.insert(points.begin(), Point{0, std::max(0.0, first.ms - first.characters * 1.5 * usual_pace)});
    }
    const Point last = points.back();
    if (last.characters >= characters) return;
    const double heard = last.characters - points.front().characters;
    double pace = heard > 500 ? (last.ms - points.front().ms) / heard : usual_pace;
    pace = std::clamp(pace, usual_pace / 2, usual_pace * 2);
    double end = last.ms + (characters - last.characters) * pace;
    if (whole > last.ms) end = std::min(end, whole);
    points.push_back({characters, end});
}

// Reads off the line through the points; asked in rising order.
class Line {
public:
    explicit Line(const std::vector<Point>& points) : points_(points) {}

    Millis at(double characters) {
        while (next_ + 1 < points_.size() && points_[next_].characters < characters) ++next_;
        const Point& b = points_[next_];
        const Point& a = next_ == 0 ? b : points_[next_ - 1];
        const double part =
            b.characters > a.characters ? (characters - a.characters) / (b.characters - a.characters) : 1;
        return Millis{std::llround(a.ms + (b.ms - a.ms) * std::clamp(part, 0.0, 1.0))};
    }

private:
    const std::vector<Point>& points_;
    std::size_t next_ = 0;
};

}  // namespace

bool settle_times(std::vector<Cue>& cues, Millis episode_duration) {
    if (cues.empty()) return false;
    drop_impossible(cues, episode_duration);
    put_in_order(cues);
    std::vector<Point> points = settle_known(cues);
    const bool timed = !points.empty();
    double characters = 0;
    for (const Cue& cue : cues) characters += length_of(cue);
    add_bounds(points, characters, episode_duration);

    Line starts(points);
    Line ends(points);
    characters = 0;
    Millis last = Millis::zero();
    for (Cue& cue : cues) {
        if (!known(cue.start)) cue.start = starts.at(characters);
        characters += length_of(cue);
        // Where the marks are far apart for the words between them, something else was heard: adverts, music.
        const Millis slow{std::llround(length_of(cue) * usual_pace * 3) + 2000};
        const Millis slowest_end = timed ? std::max(cue.start, last) + slow : latest_time;
        if (!known(cue.end)) cue.end = std::min(ends.at(characters), slowest_end);
        cue.start = last = std::max(cue.start, last);
        cue.end = std::max(cue.end, cue.start);
    }
    return timed;
}

}  // namespace podbrief::transcripts
