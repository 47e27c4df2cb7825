#pragma once
#include <cstdint>
#include <string>

#include "core/search/model_fit.hpp"

namespace podbrief::services {

// How far the vectors of a model have come, as the store keeps it between two processes.
struct EmbeddingNote {
    std::string model;         // empty: nothing is noted
    std::int64_t come_to = 0;  // the change of the feed up to which every insight has a vector, or cannot have one
    std::size_t weighed = 0;   // vectors there were when `fit` was told; 0: it was not yet
    search::ModelFit fit;
};
std::string to_text(const EmbeddingNote& note);
EmbeddingNote embedding_note_from(const std::string& text);  // of what is no such note: nothing

}  // namespace podbrief::services
