#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/services/insight_finder.hpp"

namespace podbrief::web {

// JSON documents of this site; config/web/api.schema.json says what is in them. `site` is the public address, which
// addresses begin with; empty: they are paths.

// One insight with all that is shown of it, and what is related.
std::string insight_document(const InsightDetail& detail, const std::vector<services::FoundInsight>& related,
                             std::string_view site);

struct SearchResults {
    std::string query;
    const services::InsightFinder::OnTopic& found;
    std::size_t first = 0;  // of found.insights, which are shown
    std::size_t count = 0;
    std::size_t page = 1;
    std::string next;  // path of the next page; empty: none
};
std::string search_document(const SearchResults& results, std::string_view site);

}  // namespace podbrief::web
