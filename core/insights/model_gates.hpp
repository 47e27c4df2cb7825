#pragma once
#include <string_view>

namespace podbrief::insights::gate {

// Gates that only a model's claims can fail; beside those of gates.hpp. Counted in ExtractionReport.dropped.
inline constexpr std::string_view unreadable = "unreadable answer";
inline constexpr std::string_view unknown_segment = "cites what is not there";
inline constexpr std::string_view invented_quote = "quote not in what it cites";
inline constexpr std::string_view short_quote = "quote too short";
inline constexpr std::string_view beside_the_quote = "says other things than its source";
inline constexpr std::string_view invented_quotation = "quotation marks around other words";
inline constexpr std::string_view lost_hedge = "surer than its source";
inline constexpr std::string_view markup = "markup";
inline constexpr std::string_view to_the_machine = "speaks to the machine";

}  // namespace podbrief::insights::gate
