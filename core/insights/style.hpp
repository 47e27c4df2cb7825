#pragma once
#include <cstddef>
#include <span>
#include <string_view>

#include "core/insights/settings.hpp"
#include "core/insights/tokens.hpp"

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
inline constexpr std::string_view informal = "informal";
inline constexpr std::string_view link = "link";
inline constexpr std::string_view dangling_start = "dangling start";
inline constexpr std::string_view dangling_reference = "dangling reference";
inline constexpr std::string_view too_short = "too short";
inline constexpr std::string_view too_long = "too long";
inline constexpr std::string_view thin = "says little";
inline constexpr std::string_view no_claim = "no claim";
inline constexpr std::string_view ungrounded_number = "number not in the quote";
inline constexpr std::string_view ungrounded_name = "name not in the quote";
inline constexpr std::string_view duplicate = "said already";
inline constexpr std::string_view crowded = "too many from one stretch";
}  // namespace gate

// What one sentence is like.
struct SentenceFacts {
    std::string_view fault;        // a gate that it fails wherever it stands; empty: none
    std::string_view first_fault;  // a gate that it fails as the first sentence of an insight; empty: none
    int words = 0;
    int telling_words = 0;  // neither function words nor words of any talk
    int names = 0;          // capitals and acronyms not at the start
    int numbers = 0;
    int we = 0;  // we, our, us
    int you = 0;
    int loose_references = 0;  // it, this, that, ... that may point outside
    bool needs_name = false;   // he or she before any name of its own
    double claim = 0;          // see claim_weight
};

// Word i is part of a name: a capital that does not come from the start of a sentence, or one inside the word.
bool is_name(std::span<const Token> words, std::size_t i);

// Neither a function word nor a word of any talk.
bool is_telling(const Token& token);

SentenceFacts facts_of(const Tokens& tokens);

// The first gate that a finished text fails, or gate::none: stands alone, is no question, chatter or instruction, is
// long enough and not too long. `text` may come from any engine; it is read, not cleaned.
std::string_view style_fault(std::string_view text, const EngineSettings& settings);

}  // namespace podbrief::insights
