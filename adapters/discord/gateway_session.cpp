#include "adapters/discord/gateway_session.hpp"

#include <nlohmann/json.hpp>

#include "adapters/discord/wire.hpp"

namespace podbrief::discord {
namespace {

enum Op : std::uint8_t {
    dispatch = 0,
    heartbeat_op = 1,
    identify = 2,
    resume = 6,
    reconnect = 7,
    invalid_session = 9,
    hello = 10,
    heartbeat_ack = 11
};
constexpr Millis longest_interval{600'000};
constexpr Millis shortest_interval{1'000};

}  // namespace

GatewayEnd after_close(int code) {
    using Next = GatewayEnd::Next;
    switch (code) {
        case 4004:
            return {Next::stop, Millis{0}, "the bot token is wrong: Developer Portal > Bot > Reset Token"};
        case 4010:
            return {Next::stop, Millis{0}, "Discord does not take the shard we named"};
        case 4011:
            return {Next::stop, Millis{0}, "the bot is in too many servers for one connection; use the HTTP mode"};
        case 4012:
            return {Next::stop, Millis{0},
                    "Discord does not speak this version of its gateway any more: update podbrief"};
        case 4013:
        case 4014:
            return {Next::stop, Millis{0},
                    "Discord does not allow an intent: Developer Portal > Bot > Privileged Gateway Intents"};
        case 1000:
        case 1001:
        case 4003:
        case 4007:
        case 4009:
            return {Next::new_session, Millis{0}, {}};
        case 4008:
            return {Next::resume, Millis{60'000}, {}};
        default:
            return {Next::resume, Millis{0}, {}};
    }
}

GatewayEvent GatewaySession::read(std::string_view payload) {
    using Kind = GatewayEvent::Kind;
    GatewayEvent out;
    Json body;
    if (!read_json(payload, body)) return out;
    const Json& data = member(body, "d");
    switch (number_member(body, "op", -1)) {
        case Op::dispatch: {
            out.kind = Kind::dispatch;
            out.type = text_member(body, "t");
            if (member(body, "s").is_number_integer()) sequence_ = number_member(body, "s");
            if (out.type == "READY") {
                session_ = text_member(data, "session_id");
                resume_url_ = text_member(data, "resume_gateway_url");
                bot_ = text_member(member(data, "user"), "id");
            }
            out.data = data.dump();
            return out;
        }
        case Op::heartbeat_op:
            out.kind = Kind::heartbeat_now;
            return out;
        case Op::reconnect:
            out.kind = Kind::reconnect;
            return out;
        case Op::invalid_session:
            out.kind = Kind::invalid;
            out.resumable = data.is_boolean() && data.get<bool>();
            return out;
        case Op::hello:
            out.kind = Kind::hello;
            out.interval = std::clamp(Millis{number_member(data, "heartbeat_interval", 41'250)}, shortest_interval,
                                      longest_interval);
            return out;
        case Op::heartbeat_ack:
            acknowledged_ = true;
            return out;
        default:
            return out;
    }
}

void GatewaySession::forget() {
    session_.clear();
    resume_url_.clear();
    sequence_.reset();
}

std::string GatewaySession::opening(const std::string& token) const {
    Json data = Json::object();
    data["token"] = token;
    if (can_resume()) {
        data["session_id"] = session_;
        data["seq"] = sequence_.value_or(0);
    } else {
        data["intents"] = intents;
        Json properties = Json::object();
        properties["os"] = "linux";
        properties["browser"] = "podbrief";
        properties["device"] = "podbrief";
        data["properties"] = std::move(properties);
    }
    Json out = Json::object();
    out["op"] = can_resume() ? Op::resume : Op::identify;
    out["d"] = std::move(data);
    return out.dump();
}

std::string GatewaySession::heartbeat() {
    acknowledged_ = false;
    Json out = Json::object();
    out["op"] = Op::heartbeat_op;
    out["d"] = nullptr;
    if (sequence_) out["d"] = *sequence_;
    return out.dump();
}

}  // namespace podbrief::discord
