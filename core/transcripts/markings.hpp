#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/transcript.hpp"

namespace podbrief::transcripts {

// Segments under study: what has been found of each so far, at most one stretch of bytes of one kind.
class Markings {
public:
    explicit Markings(std::vector<Segment>& segments);

    std::size_t size() const { return segments_.size(); }
    const Segment& segment(std::size_t i) const { return segments_[i]; }
    std::string_view text(std::size_t i) const { return segments_[i].text; }
    std::string_view lower(std::size_t i) const { return lower_[i]; }  // ASCII letters lower case, same size
    bool is_marked(std::size_t i) const {
        return segments_[i].kind != SegmentKind::speech || stretches_[i].has_value();
    }

    // Marks a stretch or the whole of a segment; what is marked already stays as it is.
    void mark(std::size_t i, std::size_t begin, std::size_t end, SegmentKind kind);
    void mark(std::size_t i, SegmentKind kind) { mark(i, 0, segments_[i].text.size(), kind); }

    // Gives the segments their kinds. One of which only a stretch is marked is cut there, its times with it; scraps of
    // a word or two beside the stretch go with it.
    void apply();

private:
    struct Stretch {
        std::size_t begin;
        std::size_t end;
        SegmentKind kind;
    };

    std::vector<Segment>& segments_;
    std::vector<std::string> lower_;
    std::vector<std::optional<Stretch>> stretches_;
};

}  // namespace podbrief::transcripts
