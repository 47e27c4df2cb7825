#include "tests/crash/wire_json.hpp"

#include <nlohmann/json.hpp>

#include "core/delivery/payload.hpp"

namespace podbrief::testing::wire {
namespace {

using Json = nlohmann::json;

Json json_of(const Destination& to) {
    return {{"platform", to.platform}, {"workspace", to.workspace}, {"chat", to.chat}, {"thread", to.thread}};
}

std::string text(const Json& json, const char* name) {
    return json.at(name).get<std::string>();
}

Destination destination_from(const Json& json) {
    return {text(json, "platform"), text(json, "workspace"), text(json, "chat"), text(json, "thread")};
}

struct Writer {
    Json operator()(const Sent& o) const { return {{"outcome", "sent"}, {"message_ref", o.message_ref}}; }
    Json operator()(const NotFound&) const { return {{"outcome", "not found"}}; }
    Json operator()(const NotSent& o) const {
        return {{"outcome", "not sent"},
                {"wait_ms", o.wait.count()},
                {"scope", static_cast<int>(o.scope)},
                {"limited", o.limited},
                {"reason", o.reason}};
    }
    Json operator()(const OutcomeUnknown& o) const { return {{"outcome", "unknown"}, {"reason", o.reason}}; }
    Json operator()(const DestinationGone& o) const {
        return {{"outcome", "gone"}, {"state", to_string(o.state)}, {"reason", o.reason}};
    }
    Json operator()(const TenantGone& o) const { return {{"outcome", "tenant gone"}, {"reason", o.reason}}; }
    Json operator()(const PayloadRefused& o) const { return {{"outcome", "refused"}, {"reason", o.reason}}; }
    Json operator()(const Moved& o) const { return {{"outcome", "moved"}, {"to", json_of(o.to)}}; }
    Json operator()(const HistoryClosed& o) const { return {{"outcome", "history closed"}, {"reason", o.reason}}; }
};

std::optional<SendOutcome> outcome_in(const Json& json) {
    const std::string kind = text(json, "outcome");
    const std::string reason = json.value("reason", "");
    if (kind == "sent") return Sent{text(json, "message_ref")};
    if (kind == "not found") return NotFound{};
    if (kind == "not sent") {
        NotSent out;
        out.wait = Millis{json.at("wait_ms").get<std::int64_t>()};
        out.scope = static_cast<NotSent::Scope>(json.at("scope").get<int>());
        out.limited = json.at("limited").get<bool>();
        out.reason = reason;
        return out;
    }
    if (kind == "unknown") return OutcomeUnknown{reason};
    if (kind == "gone") {
        const auto state = destination_state_from(text(json, "state"));
        if (!state) return std::nullopt;
        return DestinationGone{*state, reason};
    }
    if (kind == "tenant gone") return TenantGone{reason};
    if (kind == "refused") return PayloadRefused{reason};
    if (kind == "moved") return Moved{destination_from(json.at("to"))};
    if (kind == "history closed") return HistoryClosed{reason};
    return std::nullopt;
}

}  // namespace

std::string to_json(const Call& call) {
    const Json json{{"op", to_string(call.op)},
                    {"to", json_of(call.message.to)},
                    {"key", call.message.key},
                    {"payload", delivery::freeze(call.message.content)},
                    {"plainness", call.message.plainness},
                    {"deadline_ms", call.message.deadline.count()},
                    {"message_ref", call.message_ref},
                    {"since_ms", to_ms(call.since)}};
    return json.dump();
}

std::string to_json(const SendOutcome& outcome) {
    return std::visit(Writer{}, outcome).dump();
}

std::optional<Call> call_from(const std::string& body) {
    try {
        const Json json = Json::parse(body);
        const auto op = step_from(text(json, "op"));
        auto content = delivery::thaw(text(json, "payload"));
        if (!op || !content) return std::nullopt;
        Call call;
        call.op = *op;
        call.message.to = destination_from(json.at("to"));
        call.message.key = text(json, "key");
        call.message.content = std::move(*content);
        call.message.plainness = json.at("plainness").get<int>();
        call.message.deadline = Millis{json.at("deadline_ms").get<std::int64_t>()};
        call.message_ref = text(json, "message_ref");
        call.since = from_ms(json.at("since_ms").get<std::int64_t>());
        return call;
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

std::optional<SendOutcome> outcome_from(const std::string& body) {
    try {
        return outcome_in(Json::parse(body));
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

}  // namespace podbrief::testing::wire
