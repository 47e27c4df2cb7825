#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "core/model/insight.hpp"

namespace podbrief::bot::quality {

// SQLite's full-text search (FTS5, porter stems, bm25) in memory: what the index is measured against.
class FullText {
public:
    enum class Wanted { all_words, any_word };

    FullText();
    ~FullText();
    void add(const Insight& insight);
    // Numbers of the insights, in the order in which they were added, best first.
    std::vector<std::int64_t> best(std::string_view question, Wanted wanted, int limit);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace podbrief::bot::quality
