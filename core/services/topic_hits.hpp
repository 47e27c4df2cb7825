#pragma once
#include <string>

#include "core/briefs/pool.hpp"
#include "core/ports/search_index.hpp"

namespace podbrief::services {

// How well the insights of a pool fit a topic: 0.6 or more what the index finds, 0.5 at most what is only near that.
briefs::TopicHits hits_on(const std::string& topic, const briefs::CandidatePool& pool, const SearchIndex& index);

}  // namespace podbrief::services
