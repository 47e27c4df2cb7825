#pragma once
#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "bot/settings_keys.hpp"

// The kinds of keys that there are; of the settings' own files only.
namespace podbrief::bot {

using Wrong = std::optional<std::string>;
inline constexpr Wrong fine = std::nullopt;
inline constexpr std::size_t longest_secret = 4096;

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

template <class Put>
Setting text(std::string key, std::string takes, Put put) {
    return {std::move(key), std::move(takes),
            [put](Settings& s, const SettingValue& value) -> Wrong {
                if (!value.text) return "is not a text in quotes";
                return put(s, *value.text);
            },
            false, true};
}

template <class Put>
Setting texts(std::string key, std::string takes, Put put) {
    return {std::move(key), std::move(takes),
            [put](Settings& s, const SettingValue& value) -> Wrong {
                if (!value.texts) return "is not a list of texts";
                return put(s, *value.texts);
            },
            true};
}

// One of the names, each standing for a value.
template <class Value, class Put>
Setting one_of(std::string key, std::vector<std::pair<std::string, Value>> names, Put put) {
    std::string takes = "one of";
    for (const auto& [name, value] : names) takes += (name == names.front().first ? " \"" : ", \"") + name + "\"";
    return text(std::move(key), std::move(takes), [names = std::move(names), put](Settings& s, const std::string& v) {
        for (const auto& [name, value] : names) {
            if (name != v) continue;
            put(s, value);
            return Wrong(fine);
        }
        return Wrong(fmt::format("is \"{}\"", v));
    });
}

// ---- secrets: never repeated in a message -------------------------------------------------------------------------

bool is_token(const std::string& v);

// The lines of a file of secrets, without white space around them; empty ones left out.
std::optional<std::vector<std::string>> lines_of(const std::string& path);

// A secret in the file itself (or the environment), and the same from a file of its own: two keys.
template <class Member>
void add_secret(std::vector<Setting>& to, const std::string& key, Member member) {
    const auto put = [member](Settings& s, const std::string& v) -> Wrong {
        if (!is_token(v)) return "has white space, or characters that no token has";
        member(s) = v;
        return fine;
    };
    to.push_back(text(key, "the token as the platform gave it", put));
    to.push_back(text(key + "_file", "the path of a file that holds nothing else",
                      [put](Settings& s, const std::string& v) -> Wrong {
                          if (v.empty()) return fine;
                          const auto lines = lines_of(v);
                          if (!lines || lines->size() != 1)
                              return fmt::format("names {}, which cannot be read as one line", v);
                          return put(s, lines->front());
                      }));
}

template <class Put>
void add_secrets(std::vector<Setting>& to, const std::string& key, const std::string& takes, Put put) {
    to.push_back(texts(key, "a list of " + takes, put));
    to.push_back(text(key + "_file", "the path of a file with " + takes + ", one a line",
                      [put](Settings& s, const std::string& v) -> Wrong {
                          if (v.empty()) return fine;
                          const auto lines = lines_of(v);
                          if (!lines) return fmt::format("names {}, which cannot be read", v);
                          return put(s, *lines);
                      }));
}

template <class Member>
auto tokens_into(Member member) {
    return [member](Settings& s, const std::vector<std::string>& all) -> Wrong {
        for (const std::string& one : all) {
            if (one.empty() || !is_token(one)) return "has an entry that is empty or has white space";
        }
        member(s) = all;
        return fine;
    };
}

// ---- addresses ----------------------------------------------------------------------------------------------------

bool is_base_url(const std::string& v);

template <class Member>
Setting base_url(std::string key, bool may_be_empty, Member member) {
    return text(std::move(key), "an address such as \"https://brief.example.org\", without a slash at its end",
                [may_be_empty, member](Settings& s, const std::string& v) -> Wrong {
                    if (!(v.empty() && may_be_empty) && !is_base_url(v)) return fmt::format("is \"{}\"", v);
                    member(s) = v;
                    return fine;
                });
}

}  // namespace podbrief::bot
