#include "core/insights/model_window.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/ports/language_model.hpp"
#include "core/text/sentences.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::insights {
namespace {

// What a line may hold: no breaks, no control characters, no marks that turn the direction of text.
std::string one_line(std::string_view text) {
    return text::collapse_white_space(text::to_valid_utf8(text));
}

// Pieces of a text that are at most `tokens` each, cut between sentences where that is possible.
std::vector<std::string> pieces_of(const std::string& text, std::int64_t tokens) {
    if (tokens_at_most(text) <= tokens) return {text};
    const auto longest = static_cast<std::size_t>(std::max<std::int64_t>(tokens, 16));
    std::vector<std::string> pieces;
    std::int64_t filled = tokens;
    const auto add = [&](std::string_view part) {
        const std::int64_t size = tokens_at_most(part) + 1;
        if (filled + size > tokens) {
            pieces.emplace_back();
            filled = 0;
        }
        if (!pieces.back().empty()) pieces.back() += ' ';
        pieces.back() += part;
        filled += size;
    };
    for (const text::ByteRange& sentence : text::sentences(text)) {
        std::string_view rest = sentence.in(text);
        while (tokens_at_most(rest) >= tokens) {  // a sentence without end
            const std::string_view head = text::prefix_of(rest, longest / 2);
            if (head.empty()) break;
            add(head);
            rest.remove_prefix(head.size());
        }
        if (!rest.empty()) add(rest);
    }
    return pieces;
}

std::vector<ModelWindow> evenly(std::vector<ModelWindow> windows, std::size_t most) {
    if (windows.size() <= most) return windows;
    std::vector<ModelWindow> taken;
    for (std::size_t i = 0; i < most; ++i) taken.push_back(std::move(windows[i * windows.size() / most]));
    return taken;
}

}  // namespace

std::vector<ModelWindow> windows_of(std::span<const Segment> segments, const WindowLimits& limits) {
    std::vector<ModelWindow> windows;
    std::int64_t filled = limits.tokens;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const Segment& segment = segments[i];
        if (segment.kind != SegmentKind::speech) continue;
        const std::string text = one_line(segment.text);
        if (text.empty()) continue;
        const std::string speaker(text::prefix_of(one_line(segment.speaker), 60));
        for (const std::string& piece : pieces_of(text, limits.tokens)) {
            const std::string line = fmt::format("[{}] {}{}{}\n", i, speaker, speaker.empty() ? "" : ": ", piece);
            const std::int64_t tokens = tokens_at_most(line);
            if (windows.empty() || filled + tokens > limits.tokens) {
                windows.emplace_back();
                filled = 0;
            }
            windows.back().text += line;
            windows.back().segments.insert(static_cast<int>(i));
            filled += tokens;
        }
    }
    return evenly(std::move(windows), std::max<std::size_t>(limits.most, 1));
}

}  // namespace podbrief::insights
