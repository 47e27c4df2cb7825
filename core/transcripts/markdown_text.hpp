#pragma once
#include <string>
#include <string_view>

namespace podbrief::transcripts {

// The words of a piece of Markdown: emphasis, code ticks, headings, quotes, images and backslashes removed, links
// reduced to their words, references decoded, rules (---) left out. "[unintelligible 00:12:34]" loses its time. Linear
// in time whatever comes.
std::string plain_markdown(std::string_view markdown);

}  // namespace podbrief::transcripts
