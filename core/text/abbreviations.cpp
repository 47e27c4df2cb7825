#include "core/text/abbreviations.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "core/text/ascii.hpp"

namespace podbrief::text {
namespace {

using Entry = std::pair<std::string_view, Abbreviation>;
constexpr auto more = Abbreviation::before_more;
constexpr auto number = Abbreviation::before_number;
constexpr auto either = Abbreviation::either;

// Sorted.
constexpr std::array<Entry, 63> abbreviations = {{
    {"a.k.a.", more}, {"a.m.", either}, {"approx.", more}, {"apr.", number},  {"art.", number}, {"aug.", number},
    {"capt.", more},  {"cf.", more},    {"ch.", number},   {"co.", either},   {"col.", more},   {"corp.", either},
    {"dec.", number}, {"dept.", more},  {"dr.", more},     {"e.g.", more},    {"ed.", either},  {"eq.", number},
    {"esp.", more},   {"est.", either}, {"etc.", either},  {"feb.", number},  {"fig.", number}, {"gen.", more},
    {"gov.", more},   {"hon.", more},   {"i.e.", more},    {"inc.", either},  {"jan.", number}, {"jr.", either},
    {"jul.", number}, {"jun.", number}, {"lt.", more},     {"ltd.", either},  {"mr.", more},    {"mrs.", more},
    {"ms.", more},    {"mt.", more},    {"no.", number},   {"nos.", number},  {"nov.", number}, {"oct.", number},
    {"op.", number},  {"p.", number},   {"p.m.", either},  {"ph.d.", either}, {"pp.", number},  {"prof.", more},
    {"rep.", more},   {"rev.", more},   {"sec.", number},  {"sen.", more},    {"sep.", number}, {"sept.", number},
    {"sgt.", more},   {"sr.", either},  {"st.", more},     {"u.k.", either},  {"u.n.", either}, {"u.s.", either},
    {"v.", more},     {"vol.", number}, {"vs.", more},
}};
static_assert(std::is_sorted(abbreviations.begin(), abbreviations.end(),
                             [](const Entry& a, const Entry& b) { return a.first < b.first; }));

// Sorted.
constexpr std::array<std::string_view, 66> starters = {
    "A",     "After", "All",   "Also", "An",   "And",  "Are",  "As",    "At",   "Because", "But",
    "By",    "Can",   "Could", "Did",  "Do",   "Does", "Even", "Every", "For",  "From",    "He",
    "Her",   "Here",  "His",   "How",  "I",    "I'd",  "I'll", "I'm",   "I've", "If",      "In",
    "Is",    "It",    "It's",  "Let",  "Like", "Most", "My",   "No",    "Not",  "Now",     "Of",
    "On",    "One",   "Or",    "Our",  "She",  "So",   "Some", "That",  "The",  "Then",    "There",
    "These", "They",  "This",  "To",   "Was",  "We",   "Well", "What",  "When", "Yeah",    "You",
};
static_assert(std::is_sorted(starters.begin(), starters.end()));

}  // namespace

Abbreviation abbreviation_kind(std::string_view word) {
    if (word.size() < 2 || word.size() > 8 || word.back() != '.') return Abbreviation::none;
    char lower[8];
    std::transform(word.begin(), word.end(), lower, ascii_lower);
    const std::string_view key(lower, word.size());
    const auto found = std::lower_bound(abbreviations.begin(), abbreviations.end(), key,
                                        [](const Entry& entry, std::string_view k) { return entry.first < k; });
    if (found != abbreviations.end() && found->first == key) {
        // Words that are also words ("no.", "art.", "rep.", "mt.") count with a capital, at the start of a name.
        const bool also_a_word = key == "no." || key == "art." || key == "rep." || key == "gen." || key == "op." ||
                                 key == "jun." || key == "sec." || key == "dec." || key == "ed." || key == "est.";
        return also_a_word && !is_ascii_upper(word[0]) ? Abbreviation::none : found->second;
    }
    return Abbreviation::none;
}

bool starts_a_sentence(std::string_view word) {
    return std::binary_search(starters.begin(), starters.end(), word);
}

}  // namespace podbrief::text
