#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bot/quality/corpora.hpp"

// What an extractive summary is measured against. All of them take whole sentences as they were said, the best first as
// long as they fit into `words`, and give them in order of time.
namespace podbrief::bot::quality {

class Baselines {
public:
    explicit Baselines(const Meeting& meeting);

    std::string lead(std::size_t words) const;                          // the first ones
    std::string random(std::size_t words, std::uint64_t seed) const;    // any
    std::string text_rank(std::size_t words) const;                     // Mihalcea and Tarau 2004
    std::string lex_rank(std::size_t words) const;                      // Erkan and Radev 2004, threshold 0.1
    std::string bm25(std::size_t words, std::string_view query) const;  // most like the query
    // No baseline but a bound: the sentences that raise ROUGE-1 towards the reference, greedily.
    std::string oracle(std::size_t words, std::string_view reference) const;

private:
    struct Sentence {
        std::string text;
        std::vector<std::string> words;                     // lower-cased runs of letters and digits
        std::vector<std::pair<std::size_t, double>> stems;  // stem and how often, sorted, without function words
    };

    std::string fill(const std::vector<std::size_t>& ranked, std::size_t words) const;
    std::string by_rank(const std::vector<std::vector<std::pair<std::size_t, double>>>& neighbours,
                        std::size_t words) const;
    double rarity(std::size_t stem) const;

    std::vector<Sentence> sentences_;
    std::vector<std::vector<std::size_t>> said_in_;  // of each stem, the sentences
    std::vector<std::string> stems_;
};

}  // namespace podbrief::bot::quality
