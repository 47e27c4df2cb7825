#pragma once
#include <string>
#include <string_view>

namespace podbrief::feeds {

// Valid UTF-8 without control characters (tab, LF and CR are none). Several GB/s on ASCII.
bool is_clean(std::string_view bytes);

// Makes it so: bytes that are not UTF-8, and C1 controls, are read as windows-1252; other controls are dropped.
std::string cleaned(std::string_view bytes);

// A feed's bytes as clean UTF-8, without byte order mark. What is valid UTF-8 stays as it is, whatever is declared;
// else UTF-16 and UTF-32 by their look, then the charset of the HTTP header and of the XML declaration, then
// windows-1252 for the bytes that are not UTF-8.
std::string to_clean_utf8(std::string body, std::string_view content_type);

// `text` cut to at most `limit` bytes without splitting a character.
std::string_view cut(std::string_view text, std::size_t limit);

}  // namespace podbrief::feeds
