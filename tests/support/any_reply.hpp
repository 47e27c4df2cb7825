#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/commands/inert.hpp"
#include "core/model/reply.hpp"
#include "core/ports/random.hpp"

// Replies made of what feeds and transcripts may hold, for the renderers of the platforms.
namespace podbrief::testing {

// Any reply: every kind of block in any number and order, of text that is harmless, long, in any script, or wants to be
// markup, a mention, a link or an escape sequence. Texts of insights have at most 350 code points, as in the product;
// other texts may be far longer. Same seed: same reply.
Reply any_reply(Random& random);

// Ten insights of exactly 350 code points, each of another kind of trouble (emoji joined by ZWJ, right to left, zalgo,
// mentions, markup, bidi, words without end, astral letters, hostile links), with everything a card can have.
Reply worst_reply();

// A piece of text of at most `longest` code points of any of these kinds.
std::string any_text(Random& random, std::size_t longest);

// How many replies a property is tried with: $PODBRIEF_REPLIES, else `usual`.
std::size_t replies_to_try(std::size_t usual = 2'000);

// The addresses that may be shown as links: those of fields that are links.
std::vector<std::string> links_of(const Reply& reply);

// What a reader can read of it: no white space, nothing that is invisible; for comparing texts that were broken into
// pieces or lines with what they were.
inline std::string letters_of(std::string_view utf8) {
    std::string out = commands::inert(utf8);
    std::erase_if(out, [](char c) { return c == ' '; });
    return out;
}

}  // namespace podbrief::testing
