#pragma once
#include <memory>

#include "adapters/index/talk_weights.hpp"
#include "core/ports/passage_index.hpp"

namespace podbrief::index {

// The index over what was said, in memory: for each word the segments that hold it, and its places. A segment is scored
// by BM25 at several widths at once: how often the words are said in it, in some 80 and some 300 words around it
// (Gaussian windows), and in its episode. People speak of a thing for minutes and name it twice; a single width finds
// either the place or the topic. Then by what is said together as it was typed, small words included: "build or buy"
// is said in few places, build and buy in many. Erased episodes are swept out when they are a quarter of all.
class TalkIndex final : public PassageIndex {
public:
    explicit TalkIndex(const PassageWeights& weights = among_episodes);
    ~TalkIndex() override;
    TalkIndex(const TalkIndex&) = delete;
    TalkIndex& operator=(const TalkIndex&) = delete;

    void put(const Talk& talk) override;
    void erase(EpisodeId episode) override;
    std::size_t episodes() const override;

    std::vector<Passage> find(const PassageQuery& query, std::size_t limit) const override;
    std::vector<std::size_t> rank_segments(EpisodeId episode, const std::vector<QueryTerm>& terms) const override;

    std::size_t document_frequency(std::string_view stem) const override;
    std::vector<std::string> near_stems(std::string_view stem, int distance) const override;
    std::vector<KnownWord> near_words(std::string_view folded, int distance) const override;

    std::size_t bytes() const;  // about, of memory

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace podbrief::index
