#pragma once
#include <fmt/format.h>

#include "bot/settings_keys.hpp"

// Keys that take numbers; of the settings' own files only.
namespace podbrief::bot {

using Wrong = std::optional<std::string>;
inline constexpr Wrong fine = std::nullopt;

template <class Put>
Setting whole_number(std::string key, std::int64_t least, std::int64_t most, const std::string& unit, Put put) {
    return {std::move(key), fmt::format("a whole number of {} from {} to {}", unit, least, most),
            [least, most, put](Settings& s, const SettingValue& value) -> Wrong {
                if (!value.whole) return "is not a whole number";
                if (*value.whole < least || *value.whole > most)
                    return fmt::format("is {}, outside of that", *value.whole);
                put(s, *value.whole);
                return fine;
            }};
}

template <class Put>
Setting decimal(std::string key, double most, const std::string& unit, Put put) {
    return {std::move(key), fmt::format("a number of {} from 0 to {}", unit, most),
            [most, put](Settings& s, const SettingValue& value) -> Wrong {
                if (!value.number) return "is not a number";
                if (!(*value.number >= 0 && *value.number <= most))
                    return fmt::format("is {}, outside of that", *value.number);
                put(s, *value.number);
                return fine;
            }};
}

}  // namespace podbrief::bot
