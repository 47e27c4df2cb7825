#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace podbrief::commands {

// One-time codes by which a person on two platforms becomes one reader: ten characters [a-z2-7] (50 bits), shown as
// "abcde-fgh23".

// The code as it is compared and hashed, from what somebody typed: "ABCDE-fgh23", "abcdefgh23". nullopt: none. Ten
// letters in one may be a word; `certainly`: they are not.
std::optional<std::string> read_link_code(std::string_view typed, bool certainly = false);

// Made of a secret of ours and the happening that asked for it, so that asking again for the same gives the same.
std::string make_link_code(std::string_view secret, std::string_view happening);

std::string show_link_code(std::string_view code);
// What is stored of it: SHA-256 hex.
std::string hash_link_code(std::string_view code);

}  // namespace podbrief::commands
