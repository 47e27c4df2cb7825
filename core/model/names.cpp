// The stored and shown names of the model's enumerations: one table each, read both ways.
#include <array>
#include <utility>

#include "core/model/account.hpp"
#include "core/model/delivery.hpp"
#include "core/model/episode.hpp"
#include "core/model/incoming.hpp"
#include "core/model/insight.hpp"
#include "core/model/reader.hpp"
#include "core/model/transcript.hpp"

namespace podbrief {
namespace {

template <class E>
using Names = std::initializer_list<std::pair<E, std::string_view>>;

template <class E>
std::string_view name_in(const Names<E>& names, E value) {
    for (const auto& [v, name] : names) {
        if (v == value) return name;
    }
    return "?";
}

template <class E>
std::optional<E> value_in(const Names<E>& names, std::string_view text) {
    for (const auto& [value, name] : names) {
        if (name == text) return value;
    }
    return std::nullopt;
}

const Names<EpisodeState> episode_states = {
    {EpisodeState::discovered, "discovered"},
    {EpisodeState::awaiting_transcript, "awaiting_transcript"},
    {EpisodeState::extracted, "extracted"},
    {EpisodeState::from_notes, "from_notes"},
    {EpisodeState::without_transcript, "without_transcript"},
    {EpisodeState::skipped, "skipped"},
};
const Names<TranscriptFormat> formats = {
    {TranscriptFormat::json, "json"},
    {TranscriptFormat::webvtt, "webvtt"},
    {TranscriptFormat::srt, "srt"},
    {TranscriptFormat::html, "html"},
    {TranscriptFormat::markdown, "markdown"},
    {TranscriptFormat::text, "text"},
    {TranscriptFormat::show_notes, "show_notes"},
};
const Names<Stance> stances = {
    {Stance::neutral, "neutral"}, {Stance::favourable, "favourable"}, {Stance::critical, "critical"}};
const Names<InsightOrigin> origins = {{InsightOrigin::transcript, "transcript"},
                                      {InsightOrigin::show_notes, "show_notes"},
                                      {InsightOrigin::asked, "asked"}};
const Names<Relation> relations = {
    {Relation::supports, "supports"}, {Relation::disputes, "disputes"}, {Relation::adds_context, "adds context"}};
const Names<Modality> modalities = {{Modality::said, "said"},
                                    {Modality::argued, "argued"},
                                    {Modality::alleged, "alleged"},
                                    {Modality::inferred, "inferred"}};
const Names<Cadence> cadences = {{Cadence::daily, "daily"},
                                 {Cadence::weekdays, "weekdays"},
                                 {Cadence::weekly, "weekly"},
                                 {Cadence::twice_a_day, "twice a day"}};
const Names<FeedbackKind> feedback_kinds = {{FeedbackKind::like, "like"},
                                            {FeedbackKind::less, "less"},
                                            {FeedbackKind::save, "save"},
                                            {FeedbackKind::report, "report"}};

const Names<DestinationState> destination_states = {{DestinationState::active, "active"},
                                                    {DestinationState::paused, "paused"},
                                                    {DestinationState::blocked, "blocked"},
                                                    {DestinationState::gone, "gone"},
                                                    {DestinationState::tenant_revoked, "tenant_revoked"}};
const Names<SlotState> slot_states = {{SlotState::planned, "planned"},       {SlotState::composing, "composing"},
                                      {SlotState::composed, "composed"},     {SlotState::fired, "fired"},
                                      {SlotState::superseded, "superseded"}, {SlotState::cancelled, "cancelled"}};
const Names<DeliveryKind> delivery_kinds = {
    {DeliveryKind::brief, "brief"}, {DeliveryKind::reply, "reply"}, {DeliveryKind::correction, "correction"}};
const Names<DeliveryState> delivery_states = {{DeliveryState::ready, "ready"},
                                              {DeliveryState::claimed, "claimed"},
                                              {DeliveryState::dispatching, "dispatching"},
                                              {DeliveryState::unknown, "unknown"},
                                              {DeliveryState::reconciling, "reconciling"},
                                              {DeliveryState::parked, "parked"},
                                              {DeliveryState::sent, "sent"},
                                              {DeliveryState::superseded, "superseded"},
                                              {DeliveryState::destination_gone, "destination_gone"},
                                              {DeliveryState::cancelled, "cancelled"},
                                              {DeliveryState::dead, "dead"}};
const Names<Step> steps = {{Step::none, "none"}, {Step::post, "post"}, {Step::reserve, "reserve"},
                           {Step::fill, "fill"}, {Step::find, "find"}, {Step::edit, "edit"}};
const Names<Onboarding::Step> onboarding_steps = {{Onboarding::Step::topics, "topics"},
                                                  {Onboarding::Step::shows, "shows"},
                                                  {Onboarding::Step::hour, "hour"},
                                                  {Onboarding::Step::zone, "zone"},
                                                  {Onboarding::Step::done, "done"}};
const Names<Incoming::Kind> incoming_kinds = {{Incoming::Kind::text, "text"},
                                              {Incoming::Kind::button, "button"},
                                              {Incoming::Kind::form, "form"},
                                              {Incoming::Kind::opened, "opened"},
                                              {Incoming::Kind::home, "home"},
                                              {Incoming::Kind::joined, "joined"},
                                              {Incoming::Kind::unblocked, "unblocked"},
                                              {Incoming::Kind::blocked, "blocked"},
                                              {Incoming::Kind::gone, "gone"},
                                              {Incoming::Kind::moved, "moved"},
                                              {Incoming::Kind::tenant_revoked, "tenant_revoked"},
                                              {Incoming::Kind::installed, "installed"}};

}  // namespace

std::string_view to_string(EpisodeState s) {
    return name_in(episode_states, s);
}
std::optional<EpisodeState> episode_state_from(std::string_view s) {
    return value_in(episode_states, s);
}
std::string_view to_string(TranscriptFormat f) {
    return name_in(formats, f);
}
std::optional<TranscriptFormat> transcript_format_from(std::string_view s) {
    return value_in(formats, s);
}
std::string_view to_string(InsightOrigin value) {
    return name_in(origins, value);
}
std::string_view to_string(Stance s) {
    return name_in(stances, s);
}
std::string_view to_string(Relation r) {
    return name_in(relations, r);
}
std::string_view to_string(Modality m) {
    return name_in(modalities, m);
}
std::string_view to_string(Cadence c) {
    return name_in(cadences, c);
}
std::optional<Cadence> cadence_from(std::string_view s) {
    return value_in(cadences, s);
}
std::string_view to_string(FeedbackKind k) {
    return name_in(feedback_kinds, k);
}
std::optional<FeedbackKind> feedback_kind_from(std::string_view s) {
    return value_in(feedback_kinds, s);
}
std::string_view to_string(DestinationState s) {
    return name_in(destination_states, s);
}
std::optional<DestinationState> destination_state_from(std::string_view s) {
    return value_in(destination_states, s);
}
std::string_view to_string(SlotState s) {
    return name_in(slot_states, s);
}
std::optional<SlotState> slot_state_from(std::string_view s) {
    return value_in(slot_states, s);
}
std::string_view to_string(DeliveryKind s) {
    return name_in(delivery_kinds, s);
}
std::optional<DeliveryKind> delivery_kind_from(std::string_view s) {
    return value_in(delivery_kinds, s);
}
std::string_view to_string(DeliveryState s) {
    return name_in(delivery_states, s);
}
std::optional<DeliveryState> delivery_state_from(std::string_view s) {
    return value_in(delivery_states, s);
}
std::string_view to_string(Step s) {
    return name_in(steps, s);
}
std::optional<Step> step_from(std::string_view s) {
    return value_in(steps, s);
}

std::string_view to_string(Onboarding::Step s) {
    return name_in(onboarding_steps, s);
}
std::optional<Onboarding::Step> onboarding_step_from(std::string_view s) {
    return value_in(onboarding_steps, s);
}
std::string_view to_string(Incoming::Kind k) {
    return name_in(incoming_kinds, k);
}
std::optional<Incoming::Kind> incoming_kind_from(std::string_view s) {
    return value_in(incoming_kinds, s);
}

std::string to_string(const Account& a) {
    return a.platform + ":" + (a.workspace.empty() ? "" : a.workspace + "/") + a.user;
}

std::string to_string(const Destination& d) {
    std::string text = d.platform + ":" + d.workspace + (d.workspace.empty() ? "" : "/") + d.chat;
    return d.thread.empty() ? text : text + "/" + d.thread;
}

bool same_schedule(const Reader& a, const Reader& b) {
    return a.time_zone == b.time_zone && a.brief_at == b.brief_at && a.cadence == b.cadence &&
           a.paused_until == b.paused_until && a.quiet == b.quiet;
}

WallTime ordering_time(const Episode& episode) {
    constexpr WallTime earliest = std::chrono::sys_days{std::chrono::year{2000} / 1 / 1};
    if (!episode.published_at) return episode.first_seen_at;
    if (*episode.published_at < earliest || *episode.published_at > episode.first_seen_at) return episode.first_seen_at;
    return *episode.published_at;
}

}  // namespace podbrief
