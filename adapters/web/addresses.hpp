#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/model/insight.hpp"
#include "core/model/podcast.hpp"

namespace podbrief::web {

// Where things stand on this site. Paths, fit for links: what is not ASCII is escaped (%C3%A9).

std::string insight_path(const Insight& insight);               // "/i/7-chips-are-scarce"
std::string insight_path(InsightId id, std::string_view slug);  // the same from what is known of it
std::string show_path(PodcastId id, std::string_view title);    // "/shows/3-go-time"
// "/topics/open-source", the same for "Open-Source" and for its plural; empty: it has none
std::string topic_path(std::string_view topic);
std::string search_path(std::string_view text, std::size_t page = 1);  // "/search?q=chips&page=2"

// Bytes that may not stand in a path become %XX.
std::string escaped_path(std::string_view text);
// nullopt: a broken escape, or what it says is no UTF-8.
std::optional<std::string> unescaped_path(std::string_view path);

}  // namespace podbrief::web
