#pragma once
#include <string>
#include <vector>

#include "core/model/insight.hpp"
#include "core/ports/random.hpp"

namespace podbrief::index {

// Insights of invented words, common ones common and rare ones rare, as in talk.
class RandomLibrary {
public:
    RandomLibrary(std::uint64_t seed, std::size_t words) : random_(seed), words_(words) {}

    std::string word() {
        // Squared: low numbers, the common words, come more often.
        const double at = random_.unit();
        return "w" + std::to_string(static_cast<std::size_t>(at * at * static_cast<double>(words_))) + "ab";
    }

    std::string text(std::size_t length) {
        std::string joined;
        for (std::size_t i = 0; i < length; ++i) joined += (i == 0 ? "" : " ") + word();
        return joined;
    }

    Insight insight(std::int64_t id) {
        Insight one;
        one.id = {id};
        one.episode = {static_cast<std::int64_t>(1 + random_.below(20))};
        one.podcast = {static_cast<std::int64_t>(1 + random_.below(3))};
        one.cluster = {id};
        one.text = text(1 + random_.below(12)) + (random_.below(4) == 0 ? " large language models" : "");
        one.quote = text(random_.below(12)) + (random_.below(4) == 0 ? " artificial intelligence" : "");
        if (random_.below(2) == 0) one.topics.push_back(text(1));
        if (random_.below(2) == 0) one.entities.push_back(text(2));
        one.speaker = random_.below(3) == 0 ? "" : "speaker " + std::to_string(random_.below(4));
        one.published_at = from_ms(static_cast<std::int64_t>(random_.below(1000)));
        one.stance = static_cast<Stance>(random_.below(3));
        return one;
    }

    Random& random() { return random_; }

private:
    Random random_;
    std::size_t words_;
};

}  // namespace podbrief::index
