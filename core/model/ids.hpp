#pragma once
#include <cstdint>
#include <functional>

namespace podbrief {

// A row's id: 64 bits, given by the store, positive; 0 stands for "not stored yet". Each kind of thing has a type of
// its own, so that an episode's id cannot be handed where a podcast's is wanted.
template <class Tag>
struct Id {
    std::int64_t value = 0;

    explicit operator bool() const { return value != 0; }
    auto operator<=>(const Id&) const = default;
};

using PodcastId = Id<struct PodcastTag>;
using EpisodeId = Id<struct EpisodeTag>;
using TranscriptId = Id<struct TranscriptTag>;
using InsightId = Id<struct InsightTag>;
using ClaimClusterId = Id<struct ClaimClusterTag>;
using ReaderId = Id<struct ReaderTag>;
using BriefId = Id<struct BriefTag>;
using DestinationId = Id<struct DestinationTag>;
using SlotId = Id<struct SlotTag>;
using DeliveryId = Id<struct DeliveryTag>;

}  // namespace podbrief

template <class Tag>
struct std::hash<podbrief::Id<Tag>> {
    std::size_t operator()(const podbrief::Id<Tag>& id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
