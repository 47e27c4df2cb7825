#pragma once
#include <optional>
#include <string_view>

#include "core/model/time.hpp"

namespace podbrief::transcripts {

// A WebVTT timestamp, all of it: [HH+:]MM:SS.mmm, as the standard's parser takes it.
// https://www.w3.org/TR/webvtt1/#collect-a-webvtt-timestamp
std::optional<Millis> webvtt_time(std::string_view text);

// A SubRip time, all of it, as leniently as players: "00:00:01,500", "0:0:1", "1:02.5" (a fraction of a second), any
// of , . : and their full-width forms between the parts.
std::optional<Millis> srt_time(std::string_view text);

// The two times of a caption's timing line; unknown_time where one cannot be read.
struct Timing {
    Millis start;
    Millis end;
};

// A line with "-->" between two times; settings after them are ignored. nullopt: the line is no timing line.
std::optional<Timing> webvtt_timing(std::string_view line);

// The same for SubRip, where the arrow may be "->", "-- >" and the like.
std::optional<Timing> srt_timing(std::string_view line);

// A mark in running text, all of it: "4:05", "61:08", "1:02:03.5".
std::optional<Millis> mark_time(std::string_view text);

}  // namespace podbrief::transcripts
