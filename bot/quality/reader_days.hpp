#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bot/quality/simulated_readers.hpp"
#include "bot/quality/talk_library.hpp"
#include "core/briefs/compose.hpp"

// Two weeks in the life of simulated readers: a library that grows by six or seven episodes a day, a brief each
// morning, and what they say of it.
namespace podbrief::bot::quality {

// The episodes as if they had come out in turn, show by show evenly mixed: the first thirty in the ten days before,
// the others over fourteen days. Changes their dates.
void publish_in_turn(std::vector<TalkEpisode>& episodes);

// One morning: what can be sent, ready for being ranked.
struct Morning {
    WallTime at{};
    std::shared_ptr<const briefs::CandidatePool> pool;
    std::vector<std::size_t> insights;  // that may be sent, by their place in the library; oldest first
    std::unique_ptr<index::MemoryIndex> index;
    std::map<std::string, std::shared_ptr<const briefs::TopicHits>> found;  // kept from reader to reader
};

struct Town {
    explicit Town(const Library& library, const HiddenTopics::Grouping& grouping = {});

    const Library& library;
    HiddenTopics topics;
    std::vector<std::size_t> topic_of;  // hidden, of each insight
    std::vector<std::size_t> speaking;  // hidden topics with enough insights
    std::vector<std::vector<std::string>> stems;
    std::vector<int> likes;  // of each insight, of 200 other people: what is popular
    std::vector<Morning> mornings;

private:
    void ask_others();
};

// Who makes the briefs.
struct Maker {
    enum class Kind { podbrief, random, newest, most_liked, knowing };
    Kind kind = Kind::podbrief;
    bool remembers = true;  // brings nothing twice; of podbrief, which always does so, not asked
    bool learns = true;     // hears likes and dislikes
    bool fades = true;      // what was learnt counts less with time
    bool outside = true;    // keeps a slot for what the reader does not follow
};

// What became of the briefs of one day.
struct DayResult {
    double briefs = 0;
    double shown = 0;
    double wanted = 0;   // shown and cared about
    double fresh = 0;    // shown and not told to this reader before, in other words neither
    double outside = 0;  // in the labelled slot
    double outside_wanted = 0;
};
struct Result {
    std::vector<DayResult> days;
    double evenness = 0;  // entropy of a reader's insights over shows, 1: evenly of all shows; mean over readers
    double found = 0;     // share of what readers care about and did not tell that they were shown twice or more
};
Result live(Town& town, const std::vector<SimulatedReader>& readers, const Maker& maker);

}  // namespace podbrief::bot::quality
