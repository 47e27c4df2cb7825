#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "bot/quality/measures.hpp"
#include "core/ports/insight_engine.hpp"

// The benchmarks that `podbrief bench quality` reads, from a folder beside the checkout. Their READMEs tell source,
// licence and format. Reading throws ExitError when a file is missing or is not what it should be.
namespace podbrief::bot::quality {

// QMSum (Zhong et al. 2021): meetings, and what people asked about them. The marks of the annotators ({vocalsound}) are
// left out of the turns; times are made up, a second for three words.
struct Meeting {
    struct Query {
        std::string text;
        std::string answer;
        std::vector<Span> turns;  // that hold the answer; empty for general queries
    };
    std::string id;
    std::vector<Segment> turns;
    std::vector<Query> specific;
    std::vector<Query> general;
};
std::vector<Meeting> read_qmsum(const std::filesystem::path& data, const std::string& split);  // "train" or "val"

// The episodes of `changelog`, ready for an engine. Ids count from 1 in the order of episodes.json.
struct TalkEpisode {
    std::string show;
    std::string slug;
    ExtractionRequest request;
};
std::vector<TalkEpisode> read_changelog(const std::filesystem::path& data);

// Chapter titles of those episodes, with the stretch that they name.
struct TopicQuery {
    std::string id;
    std::string text;
    std::string show;
    std::string slug;
    Millis start{};
    Millis end{};
    bool clear = false;   // two content words or more, at least half of them said in the stretch
    bool strict = false;  // all of them said
};
std::vector<TopicQuery> read_topic_queries(const std::filesystem::path& data);

}  // namespace podbrief::bot::quality
