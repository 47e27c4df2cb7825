#pragma once
#include <chrono>
#include <cstddef>

#include "core/model/time.hpp"

namespace podbrief::insights {

struct EngineSettings {
    std::size_t per_episode = 12;               // insights of one episode at most
    Millis one_per = std::chrono::seconds{75};  // of talk; a short episode gets fewer than per_episode, at least one
    std::size_t text_limit = 350;               // code points of an insight
    double least_quality = 0.315;               // 0..1, novelty not counted; what is below is filler
    std::size_t least_words = 22;               // shorter texts are no insights
    std::size_t good_words_from = 30;           // the length that reads best
    std::size_t good_words_to = 60;
    bool operator==(const EngineSettings&) const = default;
};

}  // namespace podbrief::insights
