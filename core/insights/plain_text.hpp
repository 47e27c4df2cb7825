#pragma once
#include <string_view>

namespace podbrief::insights {

// The gate that a text fails because it is not plain words: gate::link for an address (with or without http, a mail
// address, a host name such as example.org), gate::markup for mentions, tags, emphasis, code, escapes, brackets,
// characters that are not seen or turn the direction of text; gate::none. Of any engine, whatever a platform would
// make of it.
std::string_view plain_text_fault(std::string_view text);

// Whether words are an order to a model, as hostile transcripts have them ("ignore all previous instructions").
bool speaks_to_the_machine(std::string_view text);

}  // namespace podbrief::insights
