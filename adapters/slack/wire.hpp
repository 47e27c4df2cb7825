#pragma once
#include <cstddef>
#include <initializer_list>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

// Slack's JSON, read with limits. Ids and `ts` are opaque strings, never numbers.
namespace podbrief::slack {

using Json = nlohmann::json;

inline constexpr std::size_t longest_request = 256 << 10;  // bytes of body that we take from Slack
inline constexpr int deepest_json = 64;

// nullopt: not JSON (or not UTF-8), deeper than deepest_json, or with a name twice in one object.
std::optional<Json> parse_json(std::string_view text);

// What stands at that path of names; null: nothing does.
const Json* at(const Json& json, std::initializer_list<const char*> path);
// The string there; empty: there is none, or something else.
std::string text_at(const Json& json, std::initializer_list<const char*> path);
bool flag_at(const Json& json, std::initializer_list<const char*> path);

// "1767225600.000100" as milliseconds since 1970, the rest of it dropped; nullopt: not of that form.
std::optional<long long> ms_of_ts(std::string_view ts);
std::string ts_of_ms(long long ms);

}  // namespace podbrief::slack
