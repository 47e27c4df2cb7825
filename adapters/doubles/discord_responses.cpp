// What interactions open: callbacks, the first answer, follow-ups.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/doubles/discord_checks.hpp"
#include "adapters/doubles/discord_route.hpp"
#include "adapters/doubles/discord_server.hpp"
#include "adapters/doubles/discord_shown.hpp"

namespace podbrief::doubles {

using discord::MessageUse;
using Json = nlohmann::json;

namespace {

constexpr Millis token_lives{15 * 60'000};
constexpr Millis to_acknowledge{3'000};
constexpr int ephemeral_flag = 1 << 6;
constexpr int most_follow_ups = 5;  // where the bot is not a member

discord::Looks looks_of(const Json& body, const discord::Shown& shown) {
    return {shown.buttons, shown.links, body.dump()};
}

// Answers that came to nothing on the way; 200: it did not.
int spoilt_status(const Fault& fault) {
    switch (fault.kind) {
        case FaultKind::http_500:
            return 500;
        case FaultKind::http_502:
            return 502;
        case FaultKind::http_503:
            return 503;
        case FaultKind::http_504:
            return 504;
        default:
            return 200;
    }
}

}  // namespace

DiscordServer::Turn* DiscordServer::turn_of(const std::string& token) {
    const auto found = turns_.find(token);
    return found == turns_.end() ? nullptr : &found->second;
}

DiscordServer::Private* DiscordServer::private_message(const std::string& id) {
    const auto found =
        std::find_if(private_.begin(), private_.end(), [&](const Private& one) { return one.id == id && !one.gone; });
    return found == private_.end() ? nullptr : &*found;
}

ApiDouble::Answer DiscordServer::called_back(const Route& route, const Call& call) {
    Turn* turn = turn_of(route.at(2));
    if (turn == nullptr || turn->id != route.at(1)) return error(404, 10062, "Unknown interaction");
    const int code = apply_callback(*turn, route.body, call.at);
    if (code == 10062) return error(404, code, "Unknown interaction");
    if (code == 40060) return error(400, code, "Interaction has already been acknowledged.");
    if (code != 0) return error(400, code, "Invalid Form Body");
    Answer out;
    out.response.status = 204;
    return out;
}

// How the person's client shows the acknowledgement, whichever way it came.
int DiscordServer::apply_callback(Turn& turn, const Json& callback, WallTime now) {
    if (turn.callback != 0) return 40060;
    if (now - turn.at > to_acknowledge) return 10062;
    if (!callback.is_object() || !callback.contains("type") || !callback.at("type").is_number_integer()) return 50035;
    const int type = callback.at("type").get<int>();
    const Json data = callback.value("data", Json::object());
    const bool of_component = turn.type == 3;
    switch (type) {
        case 4: {
            const std::string wrong = discord::wrong_in_message(data, MessageUse::respond);
            if (!wrong.empty()) {
                refused_.push_back(wrong);
                return 50035;
            }
            turn.ephemeral = (data.value("flags", 0) & ephemeral_flag) != 0;
            turn.original = put_response(turn, data, turn.ephemeral, now);
            break;
        }
        case 5:
            if (turn.type == 4) return 50035;
            turn.thinking = true;
            turn.ephemeral = (data.value("flags", 0) & ephemeral_flag) != 0;
            break;
        case 6:
            if (!of_component) return 50035;
            break;
        case 8: {
            if (turn.type != 4) return 50035;
            const Json choices = data.value("choices", Json::array());
            if (choices.size() > 25) return 50035;
            for (const Json& one : choices) {
                const std::string name = one.value("name", std::string());
                if (name.empty() || code_points(name) > 100) {
                    refused_.emplace_back("choices.name");
                    return 50035;
                }
                turn.suggested.push_back(name);
            }
            break;
        }
        case 9: {
            if (turn.type == 5 || turn.type == 4) return 50035;
            const std::string wrong = discord::wrong_in_modal(data);
            if (!wrong.empty()) {
                refused_.push_back(wrong);
                return 50035;
            }
            forms_[turn.person] = data;
            break;
        }
        default:
            return 50035;
    }
    turn.callback = type;
    return 0;
}

std::string DiscordServer::put_response(Turn& turn, const Json& body, bool ephemeral, WallTime now) {
    count_pings(body);
    if (ephemeral) {
        Private one;
        one.id = model_.new_id(now);
        one.channel = turn.channel;
        one.person = turn.person;
        one.author = bot_name;
        one.payload = body.dump();
        private_.push_back(one);
        return one.id;
    }
    const auto shown = discord::shown_message(body);
    discord::CreateMessage create;
    create.channel = turn.channel;
    create.guild = guild_of(turn.channel);
    create.content = shown.text;
    create.looks = looks_of(body, shown);
    return model_.respond(create, now);
}

ApiDouble::Answer DiscordServer::by_webhook(const Route& route, const Call& call) {
    Turn* turn = turn_of(route.at(2));
    // Not acknowledged yet, or too old: there is no such webhook.
    const bool open = turn != nullptr && turn->callback != 0 && call.at - turn->at <= token_lives;
    if (route.at(1) != settings_.application || turn == nullptr || turn->callback == 0) {
        return error(404, 10015, "Unknown Webhook");
    }
    if (!open) return error(401, 50027, "Invalid Webhook Token");
    const Fault& fault = call.fault;
    if (fault.kind == FaultKind::limited) {
        Answer out = error(429, 0, "You are being rate limited.");
        Json body = Json::object();
        body["message"] = "You are being rate limited.";
        body["retry_after"] = static_cast<double>(fault.delay.count()) / 1000;
        body["global"] = false;
        out.response.body = body.dump();
        out.response.headers.push_back({"X-RateLimit-Scope", "user"});
        return out;
    }
    const int spoilt = spoilt_status(fault);
    if (spoilt != 200 && !fault.made) return Answer{text_response(spoilt, "<html>", "text/html"), 0};
    Answer out = route.size() == 3 ? followed(*turn, route, call) : original_changed(*turn, route.at(4), route, call);
    if (spoilt != 200) out.response = text_response(spoilt, "<html>", "text/html");
    return out;
}

ApiDouble::Answer DiscordServer::followed(Turn& turn, const Route& route, const Call& call) {
    const std::string wrong = discord::wrong_in_message(route.body, MessageUse::respond);
    if (!wrong.empty()) return wrong_form(wrong);
    if (turn.elsewhere && turn.followed >= most_follow_ups) {
        return error(400, 40094, "This interaction has reached its follow-up limit");
    }
    ++turn.followed;
    const bool ephemeral = (route.body.value("flags", 0) & ephemeral_flag) != 0;
    const std::string id = put_response(turn, route.body, ephemeral, call.at);
    Json body = Json::object();
    body["id"] = id;
    body["channel_id"] = turn.channel;
    Answer out;
    out.response = json_response(200, body.dump());
    if (route.query("wait") == "false") out.response.status = 204;
    return out;
}

// GET, PATCH or DELETE of a message that the interaction made, or of the one that was pressed.
ApiDouble::Answer DiscordServer::original_changed(Turn& turn, const std::string& message, const Route& route,
                                                  const Call& call) {
    std::string id = message == "@original" ? turn.original : message;
    const bool fills = message == "@original" && turn.thinking && id.empty();
    const bool gone = id.empty() && !fills;
    if (gone) return error(404, 10008, "Unknown Message");
    bool is_private = false;
    const Json* there = fills ? nullptr : payload_of(turn.channel, id, is_private);
    if (!fills && there == nullptr) return error(404, 10008, "Unknown Message");
    if (route.method == "DELETE") {
        turn.thinking = false;
        if (is_private) private_message(id)->gone = true;
        if (!fills && !is_private) model_.delete_message(guild_of(turn.channel), turn.channel, id, call.at);
        Answer out;
        out.response.status = 204;
        return out;
    }
    if (route.method == "GET") {
        if (fills) return error(404, 10008, "Unknown Message");
        Json body = *there;
        body["id"] = id;
        Answer out;
        out.response = json_response(200, body.dump());
        return out;
    }
    const std::string wrong = discord::wrong_in_message(route.body, MessageUse::edit);
    if (!wrong.empty()) return wrong_form(wrong);
    if (call.fault.kind == FaultKind::payload_refused && route.body.contains("components")) {
        return error(400, 50035, "Invalid Form Body");
    }
    constexpr int components_v2 = 1 << 15;
    const bool was_v2 = there != nullptr && (there->value("flags", 0) & components_v2) != 0;
    if (was_v2 && (route.body.value("flags", 0) & components_v2) == 0) {
        return wrong_form("flags: components v2 cannot be unset");
    }
    count_pings(route.body);
    if (fills) {
        turn.thinking = false;
        id = turn.original = put_response(turn, route.body, turn.ephemeral, call.at);
    } else if (is_private) {
        private_message(id)->payload = route.body.dump();
    } else {
        const auto shown = discord::shown_message(route.body);
        discord::EditMessage edit;
        edit.channel = turn.channel;
        edit.guild = guild_of(turn.channel);
        edit.message = id;
        edit.content = shown.text;
        edit.looks = looks_of(route.body, shown);
        model_.change_response(edit, call.at);
    }
    Json body = Json::object();
    body["id"] = id;
    body["channel_id"] = turn.channel;
    Answer out;
    out.response = json_response(200, body.dump());
    return out;
}

const Json* DiscordServer::payload_of(const std::string& channel, const std::string& message, bool& is_private) const {
    const auto own = std::find_if(private_.begin(), private_.end(),
                                  [&](const Private& one) { return one.id == message && !one.gone; });
    looked_at_ = std::make_unique<Json>();
    is_private = own != private_.end();
    if (is_private) {
        *looked_at_ = Json::parse(own->payload);
        return looked_at_.get();
    }
    auto* chat = model_.chat(guild_of(channel), channel);
    const auto* found = chat == nullptr ? nullptr : chat->find(message);
    if (found == nullptr || !found->visible() || found->metadata.empty()) return nullptr;
    *looked_at_ = Json::parse(found->metadata);
    return looked_at_.get();
}

}  // namespace podbrief::doubles
