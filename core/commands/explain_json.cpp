#include <nlohmann/json.hpp>

#include "core/commands/explain.hpp"

namespace podbrief::commands {
namespace {

using Json = nlohmann::ordered_json;

// Epoch stands for "not yet".
Json time_of(WallTime at) {
    return at == WallTime{} ? Json(nullptr) : Json(to_ms(at));
}

Json slot_json(const Slot& slot) {
    Json json = Json::object();
    json["sequence"] = slot.sequence;
    json["key"] = slot.key;
    json["state"] = to_string(slot.state);
    json["due_at_ms"] = to_ms(slot.due_at);
    json["zone"] = slot.zone;
    json["planned_at_ms"] = time_of(slot.planned_at);
    json["composed_at_ms"] = time_of(slot.composed_at);
    json["composed_by"] = slot.worker;
    json["crashes"] = slot.crashes;
    json["superseded_by"] = slot.superseded_by;
    json["note"] = slot.note;
    return json;
}

Json brief_json(const Explained& what) {
    if (!what.story.brief) return nullptr;
    Json items = Json::array();
    for (const BriefItem& item : what.story.brief->items) {
        Json one = Json::object();
        one["number"] = items.size() + 1;
        one["insight_id"] = item.insight.value;
        for (const InsightDetail& detail : what.details) {
            if (detail.insight.id != item.insight) continue;
            one["text"] = detail.insight.text;
            one["show"] = detail.show;
            one["episode"] = detail.episode_title;
        }
        items.push_back(std::move(one));
    }
    Json json = Json::object();
    json["note"] = what.story.brief->note;
    json["items"] = std::move(items);
    return json;
}

Json event_json(const DeliveryEvent& event, const Slot& slot) {
    Json json = Json::object();
    json["at_ms"] = to_ms(event.at);
    json["after_due_ms"] = (event.at - slot.due_at).count();
    json["event"] = event.event;
    json["detail"] = event.detail;
    json["worker"] = event.worker;
    json["epoch"] = event.epoch;
    return json;
}

Json history_json(const Explained& what, DeliveryId of) {
    Json events = Json::array();
    for (const DeliveryEvent& event : what.story.events) {
        if (event.delivery == of) events.push_back(event_json(event, what.story.slot));
    }
    return events;
}

Json delivery_json(const Delivery& d, const Explained& what, const briefs::Zones& zones) {
    Json json = Json::object();
    json["destination"] = to_string(d.address);
    json["destination_id"] = d.destination.value;
    json["part"] = d.part;
    json["parts"] = d.parts;
    json["in_short"] = last_word(d, what, zones);
    json["key"] = d.key;
    json["payload_hash"] = d.payload_hash;
    json["lane"] = d.lane;
    json["state"] = to_string(d.state);
    json["send_at_ms"] = to_ms(d.send_at);
    json["next_at_ms"] = time_of(d.next_at);
    json["expires_at_ms"] = to_ms(d.expires_at);
    json["attempts"] = d.attempts;
    json["crashes"] = d.crashes;
    json["attempt_at_ms"] = time_of(d.attempt_at);
    json["first_unknown_at_ms"] = time_of(d.first_unknown_at);
    json["finished_at_ms"] = time_of(d.finished_at);
    json["message_ref"] = d.message_ref;
    json["plainness"] = d.plainness;
    json["worker"] = d.worker;
    json["epoch"] = d.epoch;
    json["superseded_by"] = d.superseded_by;
    json["reason"] = d.reason;
    json["history"] = history_json(what, d.id);
    return json;
}

}  // namespace

std::string explain_json(const Explained& what, const briefs::Zones& zones) {
    Json json = Json::object();
    json["reader"] = what.reader;
    json["in_short"] = last_word(what, zones);
    json["slot"] = slot_json(what.story.slot);
    json["brief"] = brief_json(what);
    json["history"] = history_json(what, {});
    json["deliveries"] = Json::array();
    for (const Delivery& d : what.story.deliveries) json["deliveries"].push_back(delivery_json(d, what, zones));
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace podbrief::commands
