// The sentences of an explanation.
#include <algorithm>

#include "core/briefs/local_time.hpp"
#include "core/commands/explain.hpp"
#include "core/commands/wording.hpp"

namespace podbrief::commands {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Millis long_under_way{30'000};  // calls end within seconds: whoever made this one is gone

std::string with_reason(std::string sentence, const std::string& reason) {
    return reason.empty() ? sentence : fmt::format("{}: {}", sentence, reason);
}

std::string folded_into(std::int64_t sequence, const Explained& what) {
    const auto brief = what.briefs.find(sequence);
    if (brief != what.briefs.end()) return "folded into the brief of " + brief->second;
    return sequence > 0 ? fmt::format("folded into brief number {}", sequence) : "folded into the next brief";
}

std::string in_time(WallTime at, WallTime now) {
    return at > now ? "in " + span_text(at - now) : "at once";
}

std::string sent_word(const Delivery& d, const Explained& what) {
    const auto& events = what.story.events;
    const bool found = std::any_of(events.begin(), events.end(), [&](const DeliveryEvent& event) {
        return event.delivery == d.id && event.event == "found in the chat";
    });
    const Millis after = d.finished_at - d.send_at;
    const std::string when = fmt::format("{} {} its time", span_text(after), after < Millis{0} ? "before" : "after");
    return found ? "sent; found in the chat " + when : "sent " + when;
}

// What holds a message back that may be sent.
std::string waits_for(const Delivery& d, const Explained& what, const briefs::Zone& zone) {
    for (const Delivery& other : what.story.deliveries) {
        if (other.destination == d.destination && other.part < d.part && !is_final(other.state)) {
            return fmt::format("waits for part {}, which goes first", other.part);
        }
    }
    if (d.send_at > what.now) {
        return fmt::format("waits for its time, {}", in_time(d.send_at, what.now));
    }
    if (d.quiet && d.quiet->contains(what.now)) {
        return fmt::format("waits: the reader's quiet hours end at {}", clock_text(d.quiet->end, zone));
    }
    for (const DestinationRecord& destination : what.destinations) {
        if (destination.id == d.destination && destination.not_before > what.now) {
            return fmt::format("waits: the platform asked to leave this chat alone for another {}",
                               span_text(destination.not_before - what.now));
        }
    }
    const std::string& trouble = d.reason;
    if (d.next_at > what.now) {
        return with_reason(fmt::format("waits and is tried again {}", in_time(d.next_at, what.now)), trouble);
    }
    return with_reason(fmt::format("due for {} and taken by no worker: is podbrief serve running",
                                   span_text(what.now - std::max(d.send_at, d.next_at))),
                       trouble.empty() ? "" : "the latest trouble was " + trouble);
}

std::string under_way(const Delivery& d, const Explained& what) {
    if (d.state == DeliveryState::claimed) {
        return fmt::format("under way: {} has it in hand, and nothing was sent so far", d.worker);
    }
    if (d.state == DeliveryState::reconciling) {
        return fmt::format("being looked into by {}: it may be in the chat", d.worker);
    }
    const Millis since = what.now - d.attempt_at;
    const std::string began = fmt::format("an attempt of {} began {} ago", d.worker, span_text(since));
    if (since < long_under_way) return "under way: " + began;
    return fmt::format("not known: {} and its end was not written; whoever takes the lane next looks into it", began);
}

}  // namespace

std::string span_text(Millis span) {
    const Millis amount = span < Millis{0} ? -span : span;
    if (amount < seconds{10}) return fmt::format("{:.1f} s", static_cast<double>(amount.count()) / 1000);
    const auto s = std::chrono::floor<seconds>(amount).count();
    if (s < 60) return fmt::format("{} s", s);
    if (s < 3600) return s % 60 == 0 ? fmt::format("{} min", s / 60) : fmt::format("{} min {} s", s / 60, s % 60);
    const auto min = s / 60;
    if (min < 48 * 60) {
        return min % 60 == 0 ? fmt::format("{} h", min / 60) : fmt::format("{} h {} min", min / 60, min % 60);
    }
    return fmt::format("{} d {} h", min / 1440, min / 60 % 24);
}

std::string offset_text(Millis offset) {
    if (offset == Millis{0}) return "0.000 s";
    const char* sign = offset < Millis{0} ? "-" : "+";
    const Millis amount = offset < Millis{0} ? -offset : offset;
    if (amount < minutes{1}) return fmt::format("{}{:.3f} s", sign, static_cast<double>(amount.count()) / 1000);
    const auto s = std::chrono::floor<seconds>(amount).count();
    if (amount < hours{1}) return fmt::format("{}{} min {:02} s", sign, s / 60, s % 60);
    if (amount < days{1}) return fmt::format("{}{} h {:02} min", sign, s / 3600, s / 60 % 60);
    return fmt::format("{}{} d {:02} h", sign, s / 86'400, s / 3600 % 24);
}

std::string clock_text(WallTime at, const briefs::Zone& zone) {
    const auto ms = zone.to_local(at).since_midnight.count();
    const std::string whole = fmt::format("{:02}:{:02}:{:02}", ms / 3'600'000, ms / 60'000 % 60, ms / 1000 % 60);
    return ms % 1000 == 0 ? whole : fmt::format("{}.{:03}", whole, ms % 1000);
}

std::string utc_text(WallTime at) {
    return fmt::format("{} {}", briefs::local_date(at, "UTC"), clock_text(at, briefs::Zone()));
}

std::string last_word(const Delivery& d, const Explained& what, const briefs::Zones& zones) {
    switch (d.state) {
        case DeliveryState::ready:
            return waits_for(d, what, *zones.find_or_utc(what.story.slot.zone));
        case DeliveryState::claimed:
        case DeliveryState::dispatching:
        case DeliveryState::reconciling:
            return under_way(d, what);
        case DeliveryState::unknown:
            return with_reason(fmt::format("not known whether it arrived; looked into {}, and not sent again before",
                                           in_time(d.next_at, what.now)),
                               d.reason);
        case DeliveryState::parked:
            return with_reason(fmt::format("waits apart, looked at again {}, given up at {} UTC",
                                           in_time(d.next_at, what.now), utc_text(d.expires_at)),
                               d.reason);
        case DeliveryState::sent:
            return sent_word(d, what);
        case DeliveryState::superseded:
            return with_reason(folded_into(d.superseded_by, what), d.reason);
        case DeliveryState::destination_gone:
            return with_reason("not sent, there is nowhere to send to any more", d.reason);
        case DeliveryState::cancelled:
            return with_reason("not sent, it was not wanted any more", d.reason);
        case DeliveryState::dead:
            return with_reason("not sent, given up", d.reason);
    }
    return {};
}

std::string last_word(const Explained& what, const briefs::Zones& zones) {
    const Slot& slot = what.story.slot;
    switch (slot.state) {
        case SlotState::planned:
            return fmt::format("planned, to be composed and then sent at its time, {}", in_time(slot.due_at, what.now));
        case SlotState::composing:
            if (slot.lease_until > what.now) return "being composed by " + slot.worker;
            return slot.worker + " took it and did not finish; the next worker composes it";
        case SlotState::superseded:
            return with_reason(folded_into(slot.superseded_by, what), slot.note);
        case SlotState::cancelled:
            return with_reason("cancelled, another slot took its place", slot.note);
        case SlotState::composed:
        case SlotState::fired:
            break;
    }
    const auto& deliveries = what.story.deliveries;
    if (deliveries.empty()) {
        return fmt::format("composed; there was nowhere to send it to, {} sees it by asking for it", what.reader);
    }
    if (deliveries.size() == 1) return last_word(deliveries.front(), what, zones);
    std::map<std::string, std::size_t> ends;
    for (const Delivery& d : deliveries) {
        const bool doubtful = d.state == DeliveryState::unknown || d.state == DeliveryState::reconciling;
        ends[d.state == DeliveryState::sent     ? "sent"
             : d.state == DeliveryState::parked ? "parked"
             : doubtful                         ? "not known"
             : is_final(d.state)                ? "not sent"
                                                : "on their way"]++;
    }
    std::vector<std::string> parts;
    for (const auto& [end, count] : ends) parts.push_back(fmt::format("{} {}", count, end));
    return fmt::format("{} messages: {}", deliveries.size(), listed(parts));
}

}  // namespace podbrief::commands
