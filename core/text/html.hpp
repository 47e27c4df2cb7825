#pragma once
#include <string>
#include <string_view>

namespace podbrief::text {

// The readable text of an HTML fragment or page: scripts and styles left out, block elements and <br> become line
// breaks, references decoded once, white space folded. No network, no entity expansion; depth and size are limited
// (what lies beyond is left out). Plain text comes back as it is, folded.
std::string html_to_text(std::string_view html);

// Named and numeric character references decoded once: "&amp;lt;" gives "&lt;".
std::string decode_references(std::string_view text);

}  // namespace podbrief::text
