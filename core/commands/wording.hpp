#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/model/reply.hpp"

namespace podbrief::commands {

// Words that every platform shows alike. English; no quotation marks around anything but quotes.

// "argued by Jane Doe", "Jane Doe", "alleged by Jane Doe", "inferred from what Jane Doe says"; empty: speaker unknown.
std::string attribution(const InsightCard& card);

// "12:34", "1:02:03", "about 12:34"; empty for show notes.
std::string moment(const InsightCard& card);

// What stands before a claim: "Disputes", "Update", "Now disputed", "Outside your topics"; empty: nothing.
std::vector<std::string> labels(const InsightCard& card);

// Speaker, show, episode, moment, day, number of shows, show notes: the parts of the source line that are known.
std::vector<std::string> source_parts(const InsightCard& card);

// The first words of a claim, to tell it from others: "Export controls on advanced chips backfired ...".
std::string beginning_of_claim(std::string_view text);

// "3 Mar 2026" (UTC).
std::string short_day(WallTime at);

// "one insight", "two insights", "12 insights".
std::string counted(std::size_t count, std::string_view one, std::string_view many);

// "a", "a and b", "a, b and c".
std::string listed(const std::vector<std::string>& parts);

// "Correction: an insight in your brief of 2026-03-03 was withdrawn: the transcript was wrong."
std::string correction_line(std::string_view brief_key, std::string_view reason);

// What stands in the place of a withdrawn insight.
std::string withdrawn_text(std::string_view reason);

}  // namespace podbrief::commands
