#pragma once
#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "core/model/time.hpp"

// JSON as Discord sends it, read without trust.
namespace podbrief::discord {

using Json = nlohmann::json;

// False: not JSON, not valid UTF-8, nested more than limits::json_depth deep, or with a name twice in one object.
bool read_json(std::string_view text, Json& out);

// Of anything; what is missing or of another type is null, empty, or `other`.
const Json& member(const Json& of, std::string_view name);
std::string text_member(const Json& of, std::string_view name);
std::int64_t number_member(const Json& of, std::string_view name, std::int64_t other = 0);
bool flag_member(const Json& of, std::string_view name);

// Valid UTF-8 of at most that many code points.
std::string bounded(std::string_view text, std::size_t code_points);

// 1 to 20 digits.
bool is_snowflake(std::string_view id);
// When it was given out; the epoch for what is none.
WallTime time_of(std::string_view snowflake);
std::string snowflake_at(WallTime at);  // the least of that moment
bool is_after(std::string_view snowflake, std::string_view other);

}  // namespace podbrief::discord
