#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace podbrief::search {

// A phrase that has a short name: "large language model" is "llm". An index that knows phrases notes the name with
// every insight that holds the phrase, so that either finds both.
struct Phrase {
    std::vector<std::string> stems;  // at least two; stop words left out
    std::string name;                // a stem
};
const std::vector<Phrase>& phrases();

// Another word for a word, and how nearly it means the same: 0.9 a variant, 0.5 a neighbour.
struct Synonym {
    std::string stem;
    double weight = 0;
    bool operator==(const Synonym&) const = default;
};
// Best first; empty for words without any. Symmetric.
const std::vector<Synonym>& synonyms_of(std::string_view stem);

// One stem for all ways to say the same, for comparing claims: the first of its set of variants and near neighbours
// ("curbs", "ban" and "restrictions" give one), or the stem itself.
std::string_view canonical(std::string_view stem);

}  // namespace podbrief::search
