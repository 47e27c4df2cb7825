#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace podbrief::web {

// What the preview picture of an insight shows. Valid UTF-8; any length, any script.
struct CardText {
    std::string claim;
    std::string who;    // "Jane Doe on Go Time"
    std::string below;  // day, number of sources; one line
};

inline constexpr int card_width = 1200;
inline constexpr int card_height = 630;

// The picture as PNG. The claim is set as large as it fits, and cut between words with an ellipsis where even the
// smallest size is too large. Takes some milliseconds of computing: for a worker. Threads may draw at the same time.
// Throws std::runtime_error when the picture cannot be drawn (no memory).
std::string draw_card(const CardText& text);

// How the claim was set: for tests.
struct ClaimFit {
    int font_size = 0;  // pixels
    int height = 0;     // of all lines
    bool cut = false;
};
ClaimFit fit_of(const std::string& claim);

}  // namespace podbrief::web
