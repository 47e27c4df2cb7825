#pragma once
#include <string>

#include "core/briefs/pool.hpp"
#include "core/ports/search_index.hpp"

namespace podbrief::services {

// How well the insights of a pool fit a topic, as the index tells.
briefs::TopicHits hits_on(const std::string& topic, const briefs::CandidatePool& pool, const SearchIndex& index);

}  // namespace podbrief::services
