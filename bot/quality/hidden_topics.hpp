#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "bot/quality/corpora.hpp"

// What simulated readers care about. It is found in the whole talk of all episodes, not in insights, their topics or
// their words: stretches of some 250 words are grouped by their words (spherical k-means over tf-idf), and each group
// is named as people who made the shows named things, in titles, chapters and links of the show notes. The ranking sees
// nothing of it; a reader tells a name, or does not.
namespace podbrief::bot::quality {

struct HiddenTopic {
    std::vector<std::string> names;  // the most telling first; two or three
    std::size_t stretches = 0;
    std::size_t episodes = 0;  // that speak of it
};

class HiddenTopics {
public:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);  // small talk: of no topic

    // How the talk is cut and grouped; the first is what rankings were tuned with.
    struct Grouping {
        std::size_t words_of_stretch = 250;
        std::size_t groups = 36;
        std::uint64_t seed = 5;
    };

    // The same for the same episodes. Those that few episodes speak of are left out: nobody can follow them.
    HiddenTopics(const std::vector<TalkEpisode>& episodes, const Grouping& grouping);

    const std::vector<HiddenTopic>& all() const { return topics_; }
    // Of the stretch in which a segment of an episode (by its place in the list) begins.
    std::size_t at(std::size_t episode, std::size_t segment) const { return at_[episode][segment]; }

private:
    std::vector<HiddenTopic> topics_;
    std::vector<std::vector<std::size_t>> at_;
};

}  // namespace podbrief::bot::quality
