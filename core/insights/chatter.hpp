#pragma once
#include <span>
#include <string_view>

#include "core/insights/tokens.hpp"

namespace podbrief::insights {

// The gate that a sentence fails because it is the show's own business (greetings, thanks, "in this episode"), speaks
// to the listener or the guest, retells speech ("and he's like, ..."), is slang or names an address. Empty: none.
std::string_view chatter_in(std::span<const Token> words);

}  // namespace podbrief::insights
