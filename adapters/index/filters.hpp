#pragma once
#include <algorithm>
#include <vector>

#include "adapters/index/documents.hpp"
#include "core/ports/search_index.hpp"

namespace podbrief::index {

// Which insights a query lets in, whatever they say.
class Filters {
public:
    Filters(const Documents& documents, const SearchQuery& query)
        : query_(query), excluded_(query.exclude_insights), excluded_episodes_(query.exclude_episodes) {
        std::sort(excluded_.begin(), excluded_.end());
        std::sort(excluded_episodes_.begin(), excluded_episodes_.end());
        if (!query.speaker.empty()) speaker_ = documents.find_speaker(query.speaker);
    }

    bool nothing() const { return speaker_ == nobody; }

    bool let(const DocumentRecord& record) const {
        return !record.erased && (speaker_ == 0 || record.speaker == speaker_) &&
               (!query_.podcast || record.podcast == *query_.podcast) &&
               (!query_.published_from || record.published_at >= *query_.published_from) &&
               (!query_.published_until || record.published_at < *query_.published_until) &&
               !std::binary_search(excluded_.begin(), excluded_.end(), record.insight) &&
               !std::binary_search(excluded_episodes_.begin(), excluded_episodes_.end(), record.episode);
    }

private:
    static constexpr std::uint32_t nobody = UINT32_MAX;

    const SearchQuery& query_;
    std::vector<InsightId> excluded_;
    std::vector<EpisodeId> excluded_episodes_;
    std::uint32_t speaker_ = 0;  // 0: any
};

}  // namespace podbrief::index
