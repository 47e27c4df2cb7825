#pragma once
#include <string_view>

namespace podbrief::insights {

// What keeps words from being an insight: the gates of "What an insight reads like". Their names are counted in
// ExtractionReport.dropped.
namespace gate {
inline constexpr std::string_view none = {};
inline constexpr std::string_view question = "question";
inline constexpr std::string_view chatter = "host chatter";
inline constexpr std::string_view first_person = "first person";
inline constexpr std::string_view second_person = "speaks to the listener";
inline constexpr std::string_view instruction = "instruction";
inline constexpr std::string_view reported = "reported speech";
inline constexpr std::string_view unfinished = "unfinished";
inline constexpr std::string_view restarted = "false start";
inline constexpr std::string_view unintelligible = "unintelligible";
inline constexpr std::string_view no_verb = "no verb";
inline constexpr std::string_view broken = "broken grammar";
inline constexpr std::string_view story = "tells a story";
inline constexpr std::string_view list = "counts things up";
inline constexpr std::string_view informal = "informal";
inline constexpr std::string_view link = "link";
inline constexpr std::string_view dangling_start = "dangling start";
inline constexpr std::string_view dangling_reference = "dangling reference";
inline constexpr std::string_view too_short = "too short";
inline constexpr std::string_view too_long = "too long";
inline constexpr std::string_view thin = "says little";
inline constexpr std::string_view weak = "weak";
inline constexpr std::string_view no_claim = "no claim";
inline constexpr std::string_view ungrounded_number = "number not in the quote";
inline constexpr std::string_view ungrounded_name = "name not in the quote";
inline constexpr std::string_view duplicate = "said already";
inline constexpr std::string_view crowded = "too many from one stretch";
}  // namespace gate

}  // namespace podbrief::insights
