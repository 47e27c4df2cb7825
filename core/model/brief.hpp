#pragma once
#include <string>
#include <vector>

#include "core/model/ids.hpp"
#include "core/model/time.hpp"

namespace podbrief {

// Why an insight is in a brief: each part is a factor of the score, so that it can be shown and changed.
struct Reason {
    double interest = 0;          // match with topics, shows, persons and likes; may be negative
    double quality = 0;           // 0..1
    double freshness = 0;         // 0..1
    std::string matched;          // the topic, show or person that matched best; empty: none
    bool outside_bubble = false;  // the labelled slot for something the reader does not follow
    bool update = false;          // an idea sent before, with new evidence
    std::string disputed_by;      // an idea sent before that this person or show has disputed since; empty: none
    double weight = 0;            // of `matched` in the profile, where that is a topic
    double liked = 0;             // what likes added to the interest
    double against = 0;           // what dislikes and negative weights took from it
    double fairness = 1;          // above 1 for shows that seldom publish, below for those that do all the time
    std::string watched = {};     // the topic that the reader watches and this is news of; empty: none
    bool operator==(const Reason&) const = default;
};

struct BriefItem {
    InsightId insight;
    ClaimClusterId cluster;
    double score = 0;
    Reason reason;
    int sources = 0;  // independent sources of the claim when this was composed; 0: not known
    bool operator==(const BriefItem&) const = default;
};

// The ranked insights of one reader for one local day. Unique by (reader, local_date).
struct Brief {
    BriefId id;
    ReaderId reader;
    std::string local_date;        // YYYY-MM-DD in the reader's zone; the second of a day ends in "#2"
    std::vector<BriefItem> items;  // best first, at most five
    std::string note;              // said when there are fewer than five good ones; empty otherwise
    WallTime composed_at{};
    bool unsent = false;  // its slot was superseded before it was seen: its ideas may be told again
    bool operator==(const Brief&) const = default;
};

}  // namespace podbrief
