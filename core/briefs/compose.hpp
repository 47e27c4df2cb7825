#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/briefs/pool.hpp"
#include "core/briefs/rank.hpp"
#include "core/model/brief.hpp"
#include "core/model/reader.hpp"

namespace podbrief::briefs {

// An idea that was in a brief of the last 30 days.
struct SentIdea {
    ClaimClusterId cluster;
    std::vector<std::string> stems;  // sorted, each once
    int sources = 0;                 // independent ones at that time; 0: not known
};

// Who disputes a claim that was sent, in words to be shown ("Jane Doe in Chip Talk"), and when they said so.
struct Dispute {
    std::string by;
    WallTime at{};
};

// All that a brief depends on; shared parts are not changed by anybody.
struct ComposeInput {
    Reader reader;
    std::string key;                            // the brief's local_date
    std::shared_ptr<const CandidatePool> pool;  // never null
    TopicsFound topics;                         // what the pool holds on the reader's topics, learnt and muted ones too
    std::map<InsightId, int> sources;           // independent ones, where they were counted again
    std::vector<SentIdea> sent;
    std::map<CandidatePool::Number, Dispute> disputed;  // by claim: sent ones that somebody has disputed since
    std::vector<Taste> tastes;
    WallTime now{};
};

struct ComposeRules {
    std::size_t most = 5;
    std::size_t most_per_show = 2;
    double least_quality = 0.3;         // below: not good enough to be sent
    double same_idea = 0.6;             // overlap of words from which two claims are one idea
    double diversity = 0.5;             // how much likeness to what is chosen already costs: 0..1
    std::size_t least_for_outside = 5;  // candidates needed for the slot outside the bubble
    std::size_t most_watched = 2;       // places that news of watched topics may take before all else
};

inline constexpr std::chrono::days idea_memory{30};

// The reader's brief, best first, not stored yet (id 0). Same input, same brief. Says in `note` why there are fewer
// than five.
Brief compose(const ComposeInput& input, const ComposeRules& rules = {});

}  // namespace podbrief::briefs
