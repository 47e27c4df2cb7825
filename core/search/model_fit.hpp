#pragma once
#include <optional>
#include <vector>

#include "core/search/fuse.hpp"

namespace podbrief::search {

// What two models say of one pair: the one that is built in, and another.
struct TwoCosines {
    double built_in = 0;
    double model = 0;
};

// What a library shows of a model: its cosines beside those of the vectors that are built in.
struct ModelSample {
    // A topic of the library: to insights that carry it, and to others.
    struct Topic {
        std::vector<TwoCosines> about;
        std::vector<TwoCosines> others;
    };
    std::vector<Topic> topics;
    std::vector<TwoCosines> between;  // any two insights
};

// How the floors of `Fusion`, which belong to the vectors that are built in, stand to another model, and whether it is
// worth being asked.
struct ModelFit {
    // How often an insight on a topic lies nearer to it than another one does: 0.5 is chance.
    double built_in_order = 0;
    double model_order = 0;
    bool useful = false;  // it orders about as well; otherwise it would only harm
    Fusion on_topic;      // for topics
    Fusion between;       // for what is related to an insight
};

// nullopt: the sample is too small to tell.
std::optional<ModelFit> fit_model(const ModelSample& sample);

// The model's cosine that as many of the pairs reach as reach `floor` by the built-in vectors. Where hardly any does,
// what is missing to 1 is divided in the same proportion from the last cosine on that can be told. At least 100 pairs.
double floor_of_model(const std::vector<TwoCosines>& pairs, double floor);

}  // namespace podbrief::search
