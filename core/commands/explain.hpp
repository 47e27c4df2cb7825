#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/briefs/zones.hpp"
#include "core/model/reply.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/outbox_store.hpp"

namespace podbrief::commands {

// What is known of one slot.
struct Explained {
    std::string reader;  // name
    SlotStory story;
    std::vector<InsightDetail> details;           // of the brief's items, in any order
    std::vector<DestinationRecord> destinations;  // of the reader
    std::map<std::int64_t, std::string> briefs;   // keys of the reader's slots, by sequence
    WallTime now{};
};

// The whole story for whoever is to find out what became of a brief: the end first, then when it was due, planned and
// composed of what, then every message with its history, times relative to when it was due.
Reply explain(const Explained& what, const briefs::Zones& zones);
// The same for programs; payloads are left out.
std::string explain_json(const Explained& what, const briefs::Zones& zones);

// How the slot as a whole, and one of its messages, ended or what they wait for: one sentence.
std::string last_word(const Explained& what, const briefs::Zones& zones);
std::string last_word(const Delivery& delivery, const Explained& what, const briefs::Zones& zones);

// "-44 min 58 s", "+0.412 s", "+1 d 02 h"; 0: "0.000 s".
std::string offset_text(Millis offset);
// "0.4 s", "12 s", "3 min 5 s", "2 h 10 min", "3 d 4 h"; of the amount, whatever its sign.
std::string span_text(Millis span);
// "08:00:00", "08:00:00.412" in the zone; "2026-03-12 07:00:00" in UTC.
std::string clock_text(WallTime at, const briefs::Zone& zone);
std::string utc_text(WallTime at);

}  // namespace podbrief::commands
