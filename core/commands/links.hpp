#pragma once
#include <string>
#include <string_view>

#include "core/ports/library_store.hpp"

namespace podbrief::commands {

// Opens the moment an insight was said: the episode's page where pages of that site are known to take times
// (#t=SECONDS), else the audio with #t=SECONDS (Media Fragments), else the page as it is. Without a time (show notes)
// the page comes first. Only http(s) addresses that hold no white space or control characters; empty: none.
std::string time_link(const InsightDetail& detail);

// An address that may be handed on as a link.
bool is_web_address(std::string_view url);

}  // namespace podbrief::commands
