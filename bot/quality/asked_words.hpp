#pragma once
#include <span>
#include <string_view>

namespace podbrief::bot::quality {

// A word that insights use, and another that readers may ask by, chosen by tests/bench/words/choose.py; what makes no
// sense
// ("news" for intelligence, "artillery" for a battery) was left out by hand.
struct AskedWord {
    std::string_view said;
    std::string_view asked;
};
std::span<const AskedWord> same_in_talk();
std::span<const AskedWord> broader_in_talk();
// The same for the claims below.
std::span<const AskedWord> same_in_fields();
std::span<const AskedWord> broader_in_fields();

// Claims on medicine, law and sport, fourteen each, made up for this measurement before any word was chosen.
std::span<const std::string_view> claims_of_other_fields();

}  // namespace podbrief::bot::quality
