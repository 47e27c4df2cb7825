// People at Discord: what they do.
#include <algorithm>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>

#include "adapters/doubles/discord_server.hpp"
#include "adapters/doubles/discord_shown.hpp"
#include "core/crypto/signatures.hpp"

namespace podbrief::doubles {

using Json = nlohmann::json;

namespace {

constexpr Millis to_acknowledge{3'000};
constexpr std::uint64_t all_permissions = 274'877'991'936ULL;
constexpr std::uint64_t manages_too = 32;

// "name:value other:value", as people fill in a command's options. The names are those that the command has.
std::map<std::string, std::string> values_in(const std::string& text, const Json& options) {
    std::map<std::size_t, std::string> begins;  // where, which
    for (const Json& option : options) {
        const std::string mark = option.at("name").get<std::string>() + ":";
        for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
            if (at == 0 || text[at - 1] == ' ') begins[at] = option.at("name").get<std::string>();
        }
    }
    std::map<std::string, std::string> values;
    for (auto one = begins.begin(); one != begins.end(); ++one) {
        const std::size_t from = one->first + one->second.size() + 1;
        const auto next = std::next(one);
        const std::size_t to = next == begins.end() ? text.size() : next->first - 1;
        values[one->second] = text.substr(from, to - from);
    }
    return values;
}

const Json* named(const Json& all, const std::string& name) {
    for (const Json& one : all) {
        if (one.at("name") == name) return &one;
    }
    return nullptr;
}

std::string first_word(std::string& text) {
    const auto end = std::min(text.find(' '), text.size());
    std::string word = text.substr(0, end);
    text = end < text.size() ? text.substr(end + 1) : std::string{};
    return word;
}

// The values as Discord's client sends them. nullopt: its form would not let them be sent.
std::optional<Json> filled(const Json& options, const std::string& text, bool completing) {
    const auto values = values_in(text, options);
    Json out = Json::array();
    std::string last;
    std::size_t furthest = 0;
    for (const auto& [name, value] : values) {
        const auto at = text.find(name + ":");
        if (at >= furthest) {
            furthest = at;
            last = name;
        }
    }
    for (const Json& option : options) {
        const std::string name = option.at("name").get<std::string>();
        const auto value = values.find(name);
        if (value == values.end()) {
            if (option.value("required", false) && !completing) return std::nullopt;
            continue;
        }
        Json one = Json::object();
        one["name"] = name;
        one["type"] = option.at("type");
        one["value"] = value->second;
        if (option.at("type") == 4) {
            int number = 0;
            const char* end = value->second.data() + value->second.size();
            if (std::from_chars(value->second.data(), end, number).ptr != end) return std::nullopt;
            one["value"] = number;
        }
        if (completing && name == last) one["focused"] = true;
        out.push_back(std::move(one));
    }
    return out;
}

}  // namespace

std::optional<Json> DiscordServer::command_data(const std::string& typed, bool completing) const {
    std::string rest = typed;
    std::string name = "brief";
    if (named(*commands_, typed.substr(0, typed.find(' '))) != nullptr) name = first_word(rest);
    const Json* command = named(*commands_, name);
    if (command == nullptr) return std::nullopt;
    Json data = Json::object();
    data["id"] = "800000000000000001";
    data["name"] = name;
    data["type"] = 1;
    const Json* options = &command->at("options");
    Json* into = &data;
    // Down through groups and subcommands.
    while (!options->empty() && options->front().at("type").get<int>() <= 2) {
        const std::string word = first_word(rest);
        const Json* chosen = named(*options, word);
        if (chosen == nullptr) return std::nullopt;
        Json one = Json::object();
        one["name"] = word;
        one["type"] = chosen->at("type");
        (*into)["options"] = Json::array({std::move(one)});
        into = &(*into)["options"].front();
        static const Json none = Json::array();
        options = chosen->contains("options") ? &chosen->at("options") : &none;
    }
    auto values = filled(*options, rest, completing);
    if (!values) return std::nullopt;
    if (!values->empty()) (*into)["options"] = std::move(*values);
    return data;
}

DiscordServer::Turn& DiscordServer::new_turn(const std::string& person, const std::string& channel, int type) {
    Turn turn;
    turn.at = clock_.wall_now();
    turn.id = model_.new_id(turn.at);
    turn.token = "interaction-token-" + std::to_string(++number_) + "-of-" + turn.id;
    turn.person = person;
    turn.channel = channel;
    turn.type = type;
    const std::string guild = guild_of(channel);
    const auto there = guilds_.find(guild);
    const auto place = places_.find(channel);
    const bool direct = place != places_.end() && !place->second.direct.empty();
    turn.elsewhere = !direct && (there == guilds_.end() || !there->second.joined);
    return turns_.emplace(turn.token, std::move(turn)).first->second;
}

Json DiscordServer::person_json(const std::string& person) const {
    const auto found = people_.find(person);
    const std::string name = found == people_.end() ? person : found->second.name;
    Json out = Json::object();
    out["id"] = person;
    out["username"] = name;
    out["global_name"] = name;
    out["discriminator"] = "0";
    return out;
}

Json DiscordServer::interaction_json(const Turn& turn, Json data) const {
    const std::string guild = guild_of(turn.channel);
    const auto person = people_.find(turn.person);
    const auto place = places_.find(turn.channel);
    const bool direct = place != places_.end() && !place->second.direct.empty();
    Json out = Json::object();
    out["id"] = turn.id;
    out["application_id"] = settings_.application;
    out["type"] = turn.type;
    out["token"] = turn.token;
    out["version"] = 1;
    out["channel_id"] = turn.channel;
    out["locale"] = person == people_.end() ? "en-US" : person->second.locale;
    out["entitlements"] = Json::array();
    out["app_permissions"] = turn.elsewhere ? "0" : std::to_string(all_permissions);
    out["context"] = direct ? 1 : guild.empty() ? 2 : 0;
    Json channel = Json::object();
    channel["id"] = turn.channel;
    channel["type"] = direct ? 1 : 0;
    if (place != places_.end() && !place->second.parent.empty()) {
        channel["type"] = 11;
        channel["parent_id"] = place->second.parent;
    }
    out["channel"] = std::move(channel);
    Json owners = Json::object();
    if (turn.elsewhere || installed_.count(turn.person) != 0) owners["1"] = turn.person;
    if (!turn.elsewhere) owners["0"] = direct ? "0" : guild;
    out["authorizing_integration_owners"] = std::move(owners);
    if (guild.empty()) {
        out["user"] = person_json(turn.person);
    } else {
        out["guild_id"] = guild;
        const bool manages = person != people_.end() && person->second.manages;
        out["member"] = {{"user", person_json(turn.person)},
                         {"roles", Json::array()},
                         {"permissions", std::to_string(manages ? all_permissions | manages_too : all_permissions)}};
    }
    out["data"] = std::move(data);
    return out;
}

asio::awaitable<std::optional<HttpResponse>> DiscordServer::send_signed(std::string body) {
    if (http_ == nullptr || endpoint_.empty()) co_return std::nullopt;
    const std::string timestamp = std::to_string(to_ms(clock_.wall_now()) / 1000);
    HttpRequest request;
    request.method = "POST";
    request.url = endpoint_;
    request.deadline = to_acknowledge;
    request.headers.push_back({"Content-Type", "application/json"});
    request.headers.push_back({"User-Agent", "Discord-Interactions/1.0 (+https://discord.com)"});
    const std::string signature = crypto::to_hex(crypto::ed25519_sign(settings_.seed, timestamp + body));
    request.headers.push_back({"X-Signature-Ed25519", signature});
    request.headers.push_back({"X-Signature-Timestamp", timestamp});
    request.body = std::move(body);
    HttpResult result = co_await http_->send(std::move(request));
    if (!result) co_return std::nullopt;
    co_return std::move(*result);
}

asio::awaitable<bool> DiscordServer::probe_bad_signature() {
    if (http_ == nullptr || endpoint_.empty()) co_return false;
    const std::string timestamp = std::to_string(to_ms(clock_.wall_now()) / 1000);
    HttpRequest request;
    request.method = "POST";
    request.url = endpoint_;
    request.deadline = to_acknowledge;
    request.headers.push_back({"Content-Type", "application/json"});
    request.headers.push_back({"X-Signature-Ed25519", std::string(128, 'a')});
    request.headers.push_back({"X-Signature-Timestamp", timestamp});
    request.body = R"({"type":1})";
    const HttpResult result = co_await http_->send(std::move(request));
    co_return result && result->status == 401;
}

asio::awaitable<bool> DiscordServer::set_endpoint(std::string url) {
    const std::string before = std::exchange(endpoint_, std::move(url));
    if (endpoint_.empty()) co_return true;
    Json ping = Json::object();
    ping["type"] = 1;
    ping["id"] = model_.new_id(clock_.wall_now());
    ping["application_id"] = settings_.application;
    ping["token"] = "ping";
    ping["version"] = 1;
    const auto answer = co_await send_signed(ping.dump());
    bool good = answer && answer->status == 200;
    if (good) {
        const Json body = Json::parse(answer->body, nullptr, false);
        good = body.is_object() && body.value("type", 0) == 1;
    }
    if (good) good = co_await probe_bad_signature();
    if (!good) endpoint_ = before;
    co_return good;
}

asio::awaitable<bool> DiscordServer::deliver(Turn& turn, Json interaction) {
    if (endpoint_.empty()) {
        gateway_.send("INTERACTION_CREATE", interaction);
        const SteadyTime end = clock_.steady_now() + to_acknowledge;
        constexpr Millis look{50};
        while (turn.callback == 0 && clock_.steady_now() < end) co_await clock_.sleep_for(look);
        co_return turn.callback != 0;
    }
    const auto answer = co_await send_signed(interaction.dump());
    if (!answer || (answer->status != 200 && answer->status != 202)) co_return false;
    if (answer->status == 200) {
        const Json callback = Json::parse(answer->body, nullptr, false);
        apply_callback(turn, callback, clock_.wall_now());
    }
    co_return turn.callback != 0;
}

asio::awaitable<bool> DiscordServer::slash(std::string person, std::string channel, std::string typed) {
    auto data = command_data(typed, false);
    if (!data) co_return false;
    Turn& turn = new_turn(person, channel, 2);
    Private line;
    line.id = turn.id;
    line.channel = channel;
    line.person = person;
    line.author = people_[person].name;
    const std::string name = data->at("name").get<std::string>();
    line.payload =
        Json::object({{"typed", typed.starts_with(name + " ") ? "/" + typed : "/" + name + " " + typed}}).dump();
    private_.push_back(std::move(line));
    Json interaction = interaction_json(turn, std::move(*data));
    co_return co_await deliver(turn, std::move(interaction));
}

asio::awaitable<std::vector<std::string>> DiscordServer::suggestions(std::string person, std::string channel,
                                                                     std::string typed) {
    auto data = command_data(typed, true);
    if (!data) co_return std::vector<std::string>{};
    Turn& turn = new_turn(person, channel, 4);
    Json interaction = interaction_json(turn, std::move(*data));
    co_await deliver(turn, std::move(interaction));
    co_return turn.suggested;
}

asio::awaitable<bool> DiscordServer::press(std::string person, std::string channel, std::string label,
                                           std::string message) {
    std::vector<std::string> candidates{message};
    if (message.empty()) {
        candidates.clear();
        for (const Private& one : private_) {
            if (one.channel == channel && one.person == person && !one.gone) candidates.push_back(one.id);
        }
        if (const auto* chat = model_.chat(guild_of(channel), channel)) {
            for (const auto& one : chat->messages) candidates.push_back(one.id);
        }
        std::sort(candidates.begin(), candidates.end(), [](const std::string& a, const std::string& b) {
            return a.size() != b.size() ? a.size() > b.size() : a > b;
        });
    }
    for (const std::string& id : candidates) {
        bool is_private = false;
        const Json* payload = payload_of(channel, id, is_private);
        if (payload == nullptr) continue;
        std::string select;
        const std::string action = discord::find_action(*payload, label, select);
        if (action.empty()) continue;
        Turn& turn = new_turn(person, channel, 3);
        turn.original = id;
        Json data = Json::object();
        data["component_type"] = select.empty() ? 2 : 3;
        data["custom_id"] = select.empty() ? action : select;
        data["id"] = 1;
        if (!select.empty()) data["values"] = Json::array({action});
        Json interaction = interaction_json(turn, std::move(data));
        interaction["message"] = {{"id", id}, {"channel_id", channel}, {"flags", is_private ? 64 : 0}};
        const bool answered = co_await deliver(turn, std::move(interaction));
        // A new message of its own: the pressed one is not its original any more.
        if (turn.thinking && turn.original == id) turn.original.clear();
        co_return answered;
    }
    co_return false;
}

asio::awaitable<bool> DiscordServer::submit(std::string person, std::string channel, std::vector<Field> fields) {
    const auto form = forms_.find(person);
    if (form == forms_.end()) co_return false;
    Json data = Json::object();
    data["custom_id"] = form->second.at("custom_id");
    data["components"] = Json::array();
    for (const Json& label : form->second.at("components")) {
        const Json& field = label.at("component");
        const std::string name = field.at("custom_id").get<std::string>();
        const auto given =
            std::find_if(fields.begin(), fields.end(), [&](const Field& one) { return one.name == name; });
        Json one = Json::object();
        one["type"] = field.at("type");
        one["custom_id"] = name;
        if (field.at("type") == 3) {
            one["values"] = Json::array();
            std::string rest = given == fields.end() ? std::string{} : given->value;
            while (!rest.empty()) {
                const auto end = std::min(rest.find('\n'), rest.size());
                one["values"].push_back(rest.substr(0, end));
                rest = end < rest.size() ? rest.substr(end + 1) : std::string{};
            }
        } else {
            one["value"] = given != fields.end() ? given->value : field.value("value", std::string());
        }
        data["components"].push_back({{"type", 18}, {"component", std::move(one)}});
    }
    forms_.erase(form);
    Turn& turn = new_turn(person, channel, 5);
    Json interaction = interaction_json(turn, std::move(data));
    co_return co_await deliver(turn, std::move(interaction));
}

const Json* DiscordServer::open_form(const std::string& person) const {
    const auto form = forms_.find(person);
    return form == forms_.end() ? nullptr : &form->second;
}

std::string DiscordServer::say(const std::string& person, const std::string& channel, const std::string& text) {
    const std::string guild = guild_of(channel);
    const WallTime now = clock_.wall_now();
    model_.say(guild, channel, people_[person].name, text, now);
    auto* chat = model_.chat(guild, channel);
    if (chat == nullptr) return {};
    const std::string id = chat->messages.back().id;
    const auto there = guilds_.find(guild);
    const bool heard = guild.empty() || (there != guilds_.end() && there->second.joined);
    if (!heard) return id;
    constexpr std::string_view mention = "@podbrief";
    const auto at = text.find(mention);
    const bool mentioned = at != std::string::npos;
    Json message = Json::object();
    message["id"] = id;
    message["channel_id"] = channel;
    message["type"] = 0;
    message["author"] = person_json(person);
    message["mentions"] = Json::array();
    std::string content = text;
    if (mentioned) {
        content.replace(at, mention.size(), "<@" + settings_.application + ">");
        message["mentions"].push_back({{"id", settings_.application}});
    }
    // Without Discord's leave to read messages, only these have their content.
    message["content"] = mentioned || guild.empty() ? content : std::string{};
    if (!guild.empty()) message["guild_id"] = guild;
    gateway_.send("MESSAGE_CREATE", message);
    return id;
}

}  // namespace podbrief::doubles
