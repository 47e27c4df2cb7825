#pragma once
#include <cstddef>
#include <string>

#include "core/model/reply.hpp"

namespace podbrief::terminal {

struct RenderOptions {
    std::size_t width = 80;  // columns; what is below 40 counts as 40, what is above 100 as 100
    bool colour = false;     // bold, dim and coloured labels; false: not one escape sequence
    bool links = false;      // OSC 8 hyperlinks on the source line, only with colour; false: the address in plain text
};

// The reply as text for a terminal, ending in a line break. Wrapped by display columns; numbers hang at the left.
// Everything that came from outside is inert: control, escape and bidirectional characters are taken out.
std::string render(const Reply& reply, const RenderOptions& options);

// What stands before the reader's line in `podbrief chat`.
std::string prompt(const RenderOptions& options);

}  // namespace podbrief::terminal
