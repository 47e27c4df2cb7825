#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "bot/quality/hidden_topics.hpp"

namespace podbrief::bot::quality {

inline constexpr int simulated_days = 14;

// Somebody who cares about a few hidden topics, and tells us some of them, by a name, or none.
struct SimulatedReader {
    std::vector<std::size_t> cares;  // two to four
    std::vector<std::string> tells;  // names of some of them; empty: a cold start
    std::size_t tired_of = 0;        // a topic that they want to hear nothing of
    int turns_on = simulated_days;   // the day (from 0) from which the first of `cares` is `turns_to` instead
    std::size_t turns_to = 0;

    bool wants(std::size_t topic, int day) const;
};

// A quarter tell nothing, half one of their topics, a quarter all but one. `turning`: all of them change their mind on
// the eighth day. `speaking` are the topics that there are enough insights on.
std::vector<SimulatedReader> draw_readers(const HiddenTopics& topics, const std::vector<std::size_t>& speaking,
                                          std::size_t count, bool turning, std::uint64_t seed);

// What a reader does with an insight they were shown. People are lazy and err: who wants it likes it four times in ten
// and waves it away once in fifty; who does not want it waves it away one time in seven (every second time when tired
// of it) and likes it once in twenty-five. The same reader does the same with the same insight, whoever brought it.
enum class Reaction { none, like, less };
Reaction react(const SimulatedReader& reader, std::size_t number, std::int64_t insight, std::size_t topic, int day);

}  // namespace podbrief::bot::quality
