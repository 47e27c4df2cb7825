#pragma once
#include <functional>
#include <string>
#include <vector>

#include "bot/quality/corpora.hpp"
#include "core/ports/random.hpp"

namespace podbrief::bot::quality {

// Any number of insights cut from real talk: one to three sentences that follow each other, each cut different, with
// the words around them as the quote, who said them, names in them, and telling words as topics. Not worth reading, but
// spread over words as claims are.
class TalkInsights {
public:
    TalkInsights(std::vector<TalkEpisode> episodes, std::uint64_t seed);

    Insight next();
    // A random one of them, for asking about.
    Insight any();

private:
    struct Place {
        std::size_t episode;
        std::size_t segment;
        std::size_t sentence;  // among those of the segment
    };
    Insight at(const Place& place, std::size_t least_words);

    std::vector<TalkEpisode> episodes_;
    std::vector<Place> places_;  // of each sentence
    std::size_t taken_ = 0;
    Random random_;
};

// What people might ask such a library, of several kinds, all different.
struct TalkQuestion {
    std::string kind;  // "two to five words", "a slip", ...
    std::string text;
};
std::vector<TalkQuestion> talk_questions(TalkInsights& insights, const std::vector<TopicQuery>& titles,
                                         const std::vector<std::string>& shows, std::uint64_t seed);

}  // namespace podbrief::bot::quality
