#pragma once
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "core/model/podcast.hpp"

namespace podbrief::feeds {

// The values of elements and attributes, as the model wants them: copied once, cleaned, capped.

constexpr std::size_t max_title_bytes = 1024;
constexpr std::size_t max_notes_bytes = 256 * 1024;
constexpr std::size_t max_description_bytes = 16 * 1024;

// All text inside an element, its children's too, trimmed. May point into `room`.
std::string_view text_of(const pugi::xml_node& element, std::string& room);

// As it is, but clean.
std::string raw(std::string_view value, std::size_t limit);

// One line of plain text: HTML removed, references decoded, white space folded.
std::string line(std::string_view value, std::size_t limit = max_title_bytes);
std::string line(const pugi::xml_node& element, std::size_t limit = max_title_bytes);

// HTML or text, as it is; elements inside (XHTML, HTML that nobody escaped) are written as HTML; what was escaped twice
// is decoded once more.
std::string notes(const pugi::xml_node& element);

// Small numbers; nullopt for what is none.
std::optional<double> number(std::string_view value);

// Lower case, trimmed, at most 64 bytes: media types (parameters dropped), roles, languages.
std::string token(std::string_view value);

// "jane@example.com (Jane Doe)", "Jane Doe <jane@example.com>" -> "Jane Doe"; a bare address gives nothing.
std::string person_name(std::string_view value);

}  // namespace podbrief::feeds
