#include "adapters/discord/wire.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "adapters/discord/limits.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::discord {
namespace {

constexpr std::int64_t epoch_ms = 1'420'070'400'000;

// Before anything is built of it: deep nesting overruns the stack of whoever walks the tree.
bool is_shallow(std::string_view text) {
    int depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string) {
            if (c == '\\') ++i;
            if (c == '"') in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            if (++depth > limits::json_depth) return false;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return true;
}

}  // namespace

bool read_json(std::string_view text, Json& out) {
    if (!is_shallow(text)) return false;
    std::vector<std::set<std::string>> names;
    bool twice = false;
    const auto look = [&](int, Json::parse_event_t event, Json& parsed) {
        if (event == Json::parse_event_t::object_start) names.emplace_back();
        if (event == Json::parse_event_t::object_end) names.pop_back();
        if (event == Json::parse_event_t::key && !names.back().insert(parsed.get<std::string>()).second) twice = true;
        return true;
    };
    out = Json::parse(text.begin(), text.end(), look, false);
    return !out.is_discarded() && !twice;
}

const Json& member(const Json& of, std::string_view name) {
    static const Json nothing;
    if (!of.is_object()) return nothing;
    const auto found = of.find(std::string(name));
    return found == of.end() ? nothing : *found;
}

std::string text_member(const Json& of, std::string_view name) {
    const Json& found = member(of, name);
    return found.is_string() ? found.get<std::string>() : std::string{};
}

std::int64_t number_member(const Json& of, std::string_view name, std::int64_t other) {
    const Json& found = member(of, name);
    return found.is_number_integer() ? found.get<std::int64_t>() : other;
}

bool flag_member(const Json& of, std::string_view name) {
    const Json& found = member(of, name);
    return found.is_boolean() && found.get<bool>();
}

std::string bounded(std::string_view text, std::size_t code_points) {
    // Four bytes a code point: nothing longer is looked at.
    const std::string valid = text::to_valid_utf8(text.substr(0, code_points * 4 + 4));
    return std::string(text::prefix_of(valid, code_points));
}

bool is_snowflake(std::string_view id) {
    return !id.empty() && id.size() <= 20 &&
           std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
}

WallTime time_of(std::string_view snowflake) {
    std::uint64_t value = 0;
    const auto read = std::from_chars(snowflake.data(), snowflake.data() + snowflake.size(), value);
    if (read.ec != std::errc{} || read.ptr != snowflake.data() + snowflake.size()) return WallTime{};
    return from_ms(static_cast<std::int64_t>(value >> 22U) + epoch_ms);
}

std::string snowflake_at(WallTime at) {
    return std::to_string(static_cast<std::uint64_t>(std::max<std::int64_t>(0, to_ms(at) - epoch_ms)) << 22U);
}

bool is_after(std::string_view snowflake, std::string_view other) {
    return snowflake.size() != other.size() ? snowflake.size() > other.size() : snowflake > other;
}

}  // namespace podbrief::discord
