#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/insights/style.hpp"
#include "core/insights/turns.hpp"
#include "core/insights/wording.hpp"

namespace podbrief::insights {

using StemId = std::uint32_t;

// How often things are said in one episode.
class Vocabulary {
public:
    StemId id_of(std::string_view stem);  // new ids count up from 0

    // In how many sentences a stem occurs.
    std::vector<std::uint32_t> sentences;

    void count_pair(StemId a, StemId b) { ++pairs_[key(a, b)]; }
    std::uint32_t pair_count(StemId a, StemId b) const;

    // A word met inside a sentence, with or without a capital.
    void count_case(std::string_view lower, bool capital);
    // Met with a capital, and mostly so.
    bool is_proper(std::string_view lower) const;
    // Met without one.
    bool is_small(std::string_view lower) const;

private:
    static std::uint64_t key(StemId a, StemId b) { return (static_cast<std::uint64_t>(a) << 32) | b; }
    struct Case {
        std::uint32_t capital = 0;
        std::uint32_t small = 0;
    };
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };

    std::unordered_map<std::string, StemId, Hash, std::equal_to<>> ids_;
    std::unordered_map<std::uint64_t, std::uint32_t> pairs_;
    std::unordered_map<std::string, Case, Hash, std::equal_to<>> cases_;
};

// Another wording of a sentence that could not open an insight as it is.
struct Lead {
    std::string text;
    SentenceFacts facts;
    std::size_t from = 0;  // the statement that names what the sentence speaks of: the quote begins there
    int words = 0;
    int code_points = 0;
};

// A sentence, cleaned and looked at. Those that are nothing but filler have no text.
struct Statement {
    std::size_t turn = 0;
    text::ByteRange range;  // in the turn's text
    CleanSentence clean;
    SentenceFacts facts;
    std::vector<StemId> stems;  // of its telling words, sorted, each once
    int words = 0;              // of clean.text
    int code_points = 0;        // of clean.text
    std::optional<Lead> lead;   // see leads.hpp

    // A short sentence that fails a gate ("Right?", "It's crazy."): left out of a text that goes on behind it.
    bool is_aside() const { return !facts.fault.empty() && words <= 6; }
};

// `speakers`: the name of each turn's speaker as shown, empty where unknown.
std::vector<Statement> statements_of(const std::vector<Turn>& turns, const std::vector<std::string>& speakers,
                                     Vocabulary& vocabulary);

}  // namespace podbrief::insights
