#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/insights/model_answer.hpp"
#include "core/insights/model_window.hpp"
#include "core/model/episode.hpp"
#include "core/model/podcast.hpp"
#include "core/ports/language_model.hpp"

namespace podbrief::insights {

// What a model is told to do: the texts of config/prompts.
struct ModelPrompts {
    std::string extract;
    std::string repair;
    std::string choose;
    std::string relate;
};
// Compiled in; a test holds them to the files.
ModelPrompts default_prompts();

struct FailedClaim {
    ModelClaim claim;
    std::string_view fault;
};

// The requests. What comes from outside stands between two marks that it cannot know: made of a digest of itself.
ChatRequest ask_for_claims(const ModelPrompts& prompts, const ModelWindow& window, const Podcast& podcast,
                           const Episode& episode, std::size_t most);
ChatRequest ask_for_repair(const ModelPrompts& prompts, const ModelWindow& window, std::span<const FailedClaim> failed);
ChatRequest ask_for_choice(const ModelPrompts& prompts, std::span<const std::string> claims, std::size_t wanted);

// How the first of each pair stands towards the second.
struct ClaimPair {
    std::string claim;
    std::string head;
};
ChatRequest ask_for_relations(const ModelPrompts& prompts, std::span<const ClaimPair> pairs);

// What a fault asks of whoever mends it.
std::string_view advice_for(std::string_view fault);

}  // namespace podbrief::insights
