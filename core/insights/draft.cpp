#include "core/insights/draft.hpp"

#include "core/text/ascii.hpp"

namespace podbrief::insights {
namespace {

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

// Nothing but what separates words of one clause or sentence.
bool is_plain(std::string_view gap) {
    return !gap.empty() && gap.find_first_not_of(" ,.") == std::string_view::npos;
}

void capitalise(std::string& text) {
    const std::size_t at = text.find_first_not_of("\"'(");
    if (at == std::string::npos || !text::is_ascii_lower(text[at])) return;
    // "iOS" keeps its case.
    for (std::size_t i = at; i < text.size() && text::is_ascii_alnum(text[i]); ++i) {
        if (text::is_ascii_upper(text[i])) return;
    }
    text[at] = static_cast<char>(text[at] - 'a' + 'A');
}

}  // namespace

bool has_comma_or_stop(std::string_view gap) {
    return !gap.empty() && (gap[0] == ',' || gap[0] == '.');
}
bool has_dash(std::string_view gap) {
    return contains(gap, "--");
}

bool Draft::says(std::size_t i, std::string_view phrase) const {
    while (!phrase.empty()) {
        const std::size_t space = phrase.find(' ');
        if (lower(i++) != phrase.substr(0, space)) return false;
        phrase = space == std::string_view::npos ? std::string_view{} : phrase.substr(space + 1);
    }
    return true;
}

void Draft::drop_front(std::size_t count) {
    list_.erase(list_.begin(), list_.begin() + static_cast<std::ptrdiff_t>(count));
    // An opening mark stays with its closing one.
    if (!contains(opening_, "\"") && !contains(opening_, "(")) opening_ = {};
}

void Draft::drop(std::size_t i, std::size_t count) {
    if (i == 0) return drop_front(count);
    const std::string_view left = list_[i - 1].after;
    const std::string_view right = list_[i + count - 1].after;
    std::string_view merged = right;
    if (i + count < list_.size() && is_plain(left) && is_plain(right)) {
        const bool both = contains(left, ",") && contains(right, ",");
        const bool left_separates = contains(left, ",") || contains(left, ".");
        merged = both || !left_separates ? std::string_view(" ") : left;
    } else if (has_dash(left)) {
        merged = has_dash(right) || is_plain(right) ? std::string_view(" ") : right;
    } else if (!is_plain(left) && is_plain(right) && i + count < list_.size()) {
        merged = left;
    }
    list_[i - 1].after = merged;
    const auto from = list_.begin() + static_cast<std::ptrdiff_t>(i);
    list_.erase(from, from + static_cast<std::ptrdiff_t>(count));
}

std::string Draft::text() const {
    std::string out(opening_);
    for (const Token& token : list_) {
        out += token.word;
        out += token.after;
    }
    return out;
}

std::string tidy(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    const auto trim = [&out](std::string_view what) {
        while (!out.empty() && what.find(out.back()) != std::string_view::npos) out.pop_back();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (text.substr(i, 3) == "...") {
            while (i + 1 < text.size() && (text[i + 1] == '.' || text[i + 1] == ' ')) ++i;
            trim(" ,");
            out += i + 1 < text.size() ? ", " : ".";
            continue;
        }
        if (c == ' ' && (out.empty() || out.back() == ' ')) continue;
        if (c == ',' || c == '.' || c == '?' || c == '!' || c == ';') {
            trim(" ,");
            if (out.empty()) continue;
            if (c == ',' && (out.back() == '?' || out.back() == '!')) continue;
        }
        out += c;
    }
    trim(" ,-");
    capitalise(out);
    return out;
}

}  // namespace podbrief::insights
