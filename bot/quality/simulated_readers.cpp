#include "bot/quality/simulated_readers.hpp"

#include <algorithm>

#include "core/ports/random.hpp"

namespace podbrief::bot::quality {
namespace {

// 0..1 by reader and insight.
double luck(std::size_t reader, std::int64_t insight) {
    Random chance(reader * 1'000'003 + static_cast<std::uint64_t>(insight));
    chance.next();
    return chance.unit();
}

}  // namespace

bool SimulatedReader::wants(std::size_t topic, int day) const {
    if (topic == HiddenTopics::none) return false;
    const bool turned = day >= turns_on;
    if (turned && topic == turns_to) return true;
    const auto found = std::find(cares.begin() + (turned ? 1 : 0), cares.end(), topic);
    return found != cares.end();
}

std::vector<SimulatedReader> draw_readers(const HiddenTopics& topics, const std::vector<std::size_t>& speaking,
                                          std::size_t count, bool turning, std::uint64_t seed) {
    Random chance(seed);
    std::vector<SimulatedReader> readers;
    for (std::size_t i = 0; i < count; ++i) {
        SimulatedReader& reader = readers.emplace_back();
        std::vector<std::size_t> left = speaking;
        auto draw = [&] {
            const auto at = static_cast<std::ptrdiff_t>(chance.below(left.size()));
            const std::size_t topic = left[static_cast<std::size_t>(at)];
            left.erase(left.begin() + at);
            return topic;
        };
        for (std::size_t wanted = 2 + chance.below(3); reader.cares.size() < wanted;) reader.cares.push_back(draw());
        reader.tired_of = draw();
        reader.turns_to = draw();
        if (turning) reader.turns_on = simulated_days / 2;
        const std::size_t told = i % 4 == 0 ? 0 : i % 4 == 3 ? reader.cares.size() - 1 : 1;
        for (std::size_t t = 0; t < told; ++t) {
            // Not everybody calls a thing by the same name.
            const auto& names = topics.all()[reader.cares[t]].names;
            reader.tells.push_back(names[chance.below(std::min<std::size_t>(2, names.size()))]);
        }
    }
    return readers;
}

Reaction react(const SimulatedReader& reader, std::size_t number, std::int64_t insight, std::size_t topic, int day) {
    const bool wanted = reader.wants(topic, day);
    const double like = wanted ? 0.4 : 0.04;
    const double less = wanted ? 0.02 : topic == reader.tired_of ? 0.5 : 0.15;
    const double drawn = luck(number, insight);
    if (drawn < like) return Reaction::like;
    return drawn > 1 - less ? Reaction::less : Reaction::none;
}

}  // namespace podbrief::bot::quality
