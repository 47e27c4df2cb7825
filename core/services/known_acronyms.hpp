#pragma once
#include <vector>

#include "core/model/transcript.hpp"
#include "core/search/acronyms.hpp"
#include "core/services/indexer.hpp"

namespace podbrief::services {

// What short forms stand for in the library: from insights by the change feed, and from what is said and in show notes
// as far as the index of talk is filled (TalkIndexer). Used by the main thread only.
class KnownAcronyms final : public ChangeListener {
public:
    void heard(const InsightChange& change) override;
    // In place of what was known of the episode; empty: nothing is.
    void heard_talk(EpisodeId episode, const std::vector<text::SpelledOut>& pairs);

    const search::Acronyms& all() const { return all_; }

private:
    search::Acronyms all_;
};

// What the speech of a transcript spells out, also from one segment to the next; title and show notes beside it.
std::vector<text::SpelledOut> spelled_out_in(const std::vector<Segment>& segments, std::string_view title,
                                             std::string_view notes);

}  // namespace podbrief::services
