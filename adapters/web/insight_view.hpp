#pragma once
#include <optional>
#include <string>
#include <vector>

#include "adapters/web/view.hpp"
#include "core/ports/library_store.hpp"
#include "core/services/insight_finder.hpp"

namespace podbrief::web {

// Insights as the templates show them: pure.

// One of a list (entry.mustache).
View entry_view(const InsightDetail& detail, std::optional<Relation> relation = std::nullopt);
std::vector<View> entry_views(const std::vector<InsightDetail>& details);
std::vector<View> entry_views(const std::vector<services::FoundInsight>& found);

// The insight of a page of its own (insight.mustache): claim, quote, who, where, when, topics.
View insight_view(const InsightDetail& detail);

// What else speaks of it, under "Supports", "Disputes", "Adds context" and "On the same topic".
struct RelatedGroups {
    std::vector<View> groups;  // heading, kind, entries; those with entries only
    std::string missing;       // "No opposing view in the library so far."; empty: nothing is amiss
};
RelatedGroups related_groups(const std::vector<services::FoundInsight>& related);

// "Jane Doe on Go Time", as far as it is known; of the head of a page and of previews.
std::string said_by(const InsightDetail& detail);
// Two lines at most for search engines and previews: the quote, and who says it.
std::string description_of(const InsightDetail& detail);

// "host", "guest"; empty: the feed does not say.
std::string role_of(const InsightDetail& detail);

}  // namespace podbrief::web
