#include "core/commands/explain.hpp"

#include <algorithm>

#include "core/briefs/local_time.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::commands {
namespace {

constexpr std::size_t longest_claim = 110;

std::string sentence(std::string words) {
    if (!words.empty() && words[0] >= 'a' && words[0] <= 'z') words[0] = static_cast<char>(words[0] - 'a' + 'A');
    return words + (words.ends_with('.') || words.ends_with('?') ? "" : ".");
}

// "2026-03-12 06:15:00 UTC, 45 min before".
std::string beside_due(WallTime at, const Slot& slot) {
    const Millis after = at - slot.due_at;
    if (after == Millis{0}) return utc_text(at) + " UTC";
    return fmt::format("{} UTC, {} {}", utc_text(at), span_text(after), after < Millis{0} ? "before" : "after");
}

Table slot_table(const Explained& what, const briefs::Zones& zones) {
    const Slot& slot = what.story.slot;
    const auto zone = zones.find_or_utc(slot.zone);
    Table table;
    table.rows.push_back({"Due", fmt::format("{}, {} {}", briefs::format_day(slot.due_at, slot.zone),
                                             clock_text(slot.due_at, *zone), slot.zone)});
    table.rows.push_back({"", utc_text(slot.due_at) + " UTC"});
    table.rows.push_back({"Planned", beside_due(slot.planned_at, slot)});
    if (slot.composed_at != WallTime{}) {
        table.rows.push_back({"Composed", fmt::format("{}, by {}", beside_due(slot.composed_at, slot), slot.worker)});
    }
    table.rows.push_back(
        {"State", fmt::format("{} (number {} of {})", to_string(slot.state), slot.sequence, what.reader)});
    if (slot.crashes > 0) table.rows.push_back({"Crashes", fmt::format("{} while it was composed", slot.crashes)});
    return table;
}

// Names of the store's events that say little to people.
std::string event_text(const DeliveryEvent& event) {
    std::string name = event.event;
    if (name == "destination_gone") name = "nowhere to send to";
    if (name == "reconciling") name = "looked into";
    if (name == "fired") name = event.detail.empty() ? "first attempt" : "done";
    if (name == "put back") name = "put back to wait";
    return event.detail.empty() ? name : fmt::format("{}: {}", name, event.detail);
}

// "06:15:00.120": as exactly as it is stored, to be found again in the log.
std::string utc_clock(WallTime at) {
    const Millis of_day = at - std::chrono::floor<std::chrono::days>(at);
    const std::string text = clock_text(at, briefs::Zone());
    return of_day.count() % 1000 == 0 ? text + ".000" : text;
}

// One row for each event; who did it where that is somebody else than before.
Table history(const Explained& what, DeliveryId of) {
    Table table;
    std::size_t widest = 0;
    std::vector<std::string> clocks;
    std::string before;
    for (const DeliveryEvent& event : what.story.events) {
        if (event.delivery != of) continue;
        std::string who = event.worker;
        if (!who.empty() && event.epoch > 0) who += fmt::format(", epoch {}", event.epoch);
        std::string text = event_text(event);
        if (!who.empty() && who != before) text += fmt::format(" ({})", who);
        if (!who.empty()) before = who;
        table.rows.push_back({offset_text(event.at - what.story.slot.due_at), std::move(text)});
        widest = std::max(widest, table.rows.back().label.size());
        clocks.push_back(utc_clock(event.at));
    }
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        std::string& label = table.rows[i].label;
        label = fmt::format("{}  {:>{}}", clocks[i], label, widest);
    }
    return table;
}

void add_brief(Reply& reply, const Explained& what) {
    if (!what.story.brief) return;
    const Brief& brief = *what.story.brief;
    reply.blocks.emplace_back(Heading{"What is in it"});
    Table table;
    for (const BriefItem& item : brief.items) {
        std::string text = "not in the library any more";
        for (const InsightDetail& detail : what.details) {
            if (detail.insight.id != item.insight) continue;
            text = fmt::format("{} ({})", text::shortened(detail.insight.text, longest_claim), detail.show);
        }
        table.rows.push_back(
            {fmt::format("{}. insight {}", table.rows.size() + 1, item.insight.value), std::move(text)});
    }
    if (!brief.items.empty()) reply.blocks.emplace_back(std::move(table));
    if (!brief.note.empty()) reply.blocks.emplace_back(Paragraph{brief.note});
    if (brief.items.empty() && brief.note.empty()) reply.blocks.emplace_back(Paragraph{"No insight."});
}

void add_delivery(Reply& reply, const Delivery& d, const Explained& what, const briefs::Zones& zones) {
    const Slot& slot = what.story.slot;
    const auto zone = zones.find_or_utc(slot.zone);
    const std::string part = d.parts > 1 ? fmt::format(", part {} of {}", d.part, d.parts) : "";
    reply.blocks.emplace_back(Heading{fmt::format("To {}{}", to_string(d.address), part)});
    Table table;
    table.rows.push_back({"In short", sentence(last_word(d, what, zones))});
    table.rows.push_back({"Key", d.key});
    table.rows.push_back({"Assigned", fmt::format("{} {}, {} from its hour", clock_text(d.send_at, *zone), slot.zone,
                                                  offset_text(d.send_at - slot.due_at))});
    const auto begun = std::count_if(what.story.events.begin(), what.story.events.end(), [&](const auto& event) {
        return event.delivery == d.id && event.event == "attempt began";
    });
    std::string state =
        fmt::format("{}, {} begun", to_string(d.state), begun == 1 ? "1 attempt" : fmt::format("{} attempts", begun));
    if (d.crashes > 0)
        state += fmt::format(", {} died with it in hand",
                             d.crashes == 1 ? "1 worker" : fmt::format("{} workers", d.crashes));
    table.rows.push_back({"State", std::move(state)});
    if (!is_final(d.state)) table.rows.push_back({"Given up", utc_text(d.expires_at) + " UTC"});
    reply.blocks.emplace_back(std::move(table));
    reply.blocks.emplace_back(history(what, d.id));
}

}  // namespace

Reply explain(const Explained& what, const briefs::Zones& zones) {
    const Slot& slot = what.story.slot;
    Reply reply;
    reply.blocks.emplace_back(Heading{fmt::format("Brief of {} for {}", slot.key, what.reader)});
    reply.blocks.emplace_back(Paragraph{sentence(last_word(what, zones))});
    reply.blocks.emplace_back(slot_table(what, zones));
    reply.blocks.emplace_back(Heading{"What happened, in UTC and counted from when it was due"});
    reply.blocks.emplace_back(history(what, {}));
    for (const Delivery& delivery : what.story.deliveries) add_delivery(reply, delivery, what, zones);
    add_brief(reply, what);
    return reply;
}

}  // namespace podbrief::commands
