#include "core/transcripts/file_names.hpp"

#include <array>
#include <utility>

#include "core/text/unicode.hpp"
#include "core/transcripts/scanning.hpp"

namespace podbrief::transcripts {
namespace {

// "2026-03-01" or "20260301" at the front; removed from `name` when it is a date.
std::optional<WallTime> take_date(std::string_view& name) {
    std::array<int, 3> parts{};
    constexpr std::array<std::size_t, 3> digits = {4, 2, 2};
    std::string_view rest = name;
    const bool dashes = rest.size() > 4 && (rest[4] == '-' || rest[4] == '_' || rest[4] == '.');
    for (std::size_t i = 0; i < 3; ++i) {
        if (i > 0 && dashes && !take(rest, "-") && !take(rest, "_") && !take(rest, ".")) return std::nullopt;
        if (rest.size() < digits[i]) return std::nullopt;
        for (std::size_t k = 0; k < digits[i]; ++k) {
            if (!text::is_ascii_digit(rest[k])) return std::nullopt;
            parts[i] = parts[i] * 10 + (rest[k] - '0');
        }
        rest.remove_prefix(digits[i]);
    }
    if (!rest.empty() && text::is_ascii_digit(rest.front())) return std::nullopt;
    const std::chrono::year_month_day day{std::chrono::year{parts[0]},
                                          std::chrono::month{static_cast<unsigned>(parts[1])},
                                          std::chrono::day{static_cast<unsigned>(parts[2])}};
    if (!day.ok() || parts[0] < 1990) return std::nullopt;
    name = rest;
    return WallTime{std::chrono::sys_days{day}};
}

std::string_view last_part(std::string_view path) {
    const std::size_t slash = path.find_last_of('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string_view extension_of(std::string_view name) {
    const std::size_t dot = name.find_last_of('.');
    return dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
}

}  // namespace

std::optional<TranscriptFormat> format_of_name(std::string_view path_or_url) {
    const std::string_view path = path_or_url.substr(0, path_or_url.find_first_of("?#"));
    const std::string_view extension = extension_of(last_part(path));
    using Format = TranscriptFormat;
    static constexpr std::array<std::pair<std::string_view, Format>, 8> known = {{{"json", Format::json},
                                                                                  {"vtt", Format::webvtt},
                                                                                  {"srt", Format::srt},
                                                                                  {"html", Format::html},
                                                                                  {"htm", Format::html},
                                                                                  {"md", Format::markdown},
                                                                                  {"markdown", Format::markdown},
                                                                                  {"txt", Format::text}}};
    for (const auto& [name, format] : known) {
        if (equals_any_case(extension, name)) return format;
    }
    return std::nullopt;
}

NameFacts facts_from_name(std::string_view path) {
    std::string_view name = last_part(path);
    if (format_of_name(name)) name.remove_suffix(extension_of(name).size() + 1);
    const std::string_view whole = name;
    NameFacts facts;
    facts.date = take_date(name);
    while (facts.date && !name.empty() && std::string_view("-_. ").find(name.front()) != std::string_view::npos) {
        name.remove_prefix(1);
    }
    std::string title(name.empty() ? whole : name);
    // "chips-and-trade" and "chips_and_trade" are words; "Chips - and trade" is left as it is.
    if (title.find(' ') == std::string::npos) {
        std::replace(title.begin(), title.end(), '_', ' ');
        std::replace(title.begin(), title.end(), '-', ' ');
    }
    facts.title = text::collapse_white_space(text::to_valid_utf8(title));
    return facts;
}

}  // namespace podbrief::transcripts
