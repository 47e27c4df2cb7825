#pragma once
#include <boost/asio/awaitable.hpp>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "adapters/doubles/api_double.hpp"
#include "adapters/doubles/discord_gateway.hpp"
#include "adapters/doubles/discord_model.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/http_client.hpp"

namespace podbrief::doubles {

// Discord for one bot: its REST API v10 in front of the model, its gateway, interactions signed with a key of its own,
// and the people who use it.
class DiscordServer final : public ApiDouble {
public:
    struct Settings {
        std::string token = "discord-double-token";
        std::string application = "900000000000000001";         // the bot's user too
        std::string seed = "podbrief discord double, 32 byte";  // of the Ed25519 key; 32 bytes
        std::string base_path = "/api/v10";
        std::string gateway_url = "ws://discord.double/gateway";
        int shards = 1;  // that are recommended
    };
    DiscordServer(DiscordModel& model, Clock& clock, Settings settings);
    ~DiscordServer() override;

    // ---- the API ----
    PlatformModel& model() override { return model_; }
    std::string op_of(const ServerRequest& request) const override;
    Answer answer(const ServerRequest& request, const Call& call) override;
    discord::GatewayDouble& gateway() { return gateway_; }
    SocketHandler gateway_handler();
    std::string public_key() const;  // hex

    // ---- the way to the bot ----
    // Interactions go to this URL from now on; empty: by the gateway. As when the owner sets it in the portal: a PING
    // and wrong signatures come first. False: refused, nothing changed.
    asio::awaitable<bool> set_endpoint(std::string url);
    // Who carries requests to the endpoint; null: nobody.
    void reach_by(HttpClient* http) { http_ = http; }
    // A wrong signature, as Discord sends it from time to time. True: it was refused with 401.
    asio::awaitable<bool> probe_bad_signature();
    // Any request, signed.
    asio::awaitable<std::optional<HttpResponse>> send_signed(std::string body);

    // ---- people and places ----
    struct Person {
        std::string id;
        std::string name;
        std::string locale = "en-GB";
        bool manages = false;  // may manage servers
    };
    void add_person(Person person);
    void add_guild(const std::string& guild, const std::string& name);  // the bot is not in it
    void add_channel(const std::string& guild, const std::string& channel);
    void add_thread(const std::string& guild, const std::string& channel, const std::string& thread);
    void add_bot(const std::string& guild);
    void remove_bot(const std::string& guild);
    void outage(const std::string& guild);  // not available for a while
    void delete_channel(const std::string& channel);
    void install_for(const std::string& person);             // their own install: usable everywhere
    std::string direct_messages(const std::string& person);  // the channel; there from then on
    // From now on the bot may not open direct messages (40003).
    void stop_opening(bool stopped) { opening_stopped_ = stopped; }
    int openings() const { return openings_; }

    // ---- what people do; each returns when the bot has acknowledged it, or not ----
    // "more topic:chip export controls" of /brief; "ask text:..." of /ask. Only what is registered can be sent.
    asio::awaitable<bool> slash(std::string person, std::string channel, std::string typed);
    // What Discord suggests while that is typed.
    asio::awaitable<std::vector<std::string>> suggestions(std::string person, std::string channel, std::string typed);
    // A button or a choice of a list, by its label or data, of that message (empty: the latest that has it).
    asio::awaitable<bool> press(std::string person, std::string channel, std::string label, std::string message = {});
    struct Field {
        std::string name;
        std::string value;  // several: in lines
    };
    // The form that was opened last for them. False: there is none.
    asio::awaitable<bool> submit(std::string person, std::string channel, std::vector<Field> fields);
    // A message. Mentions of the bot as "@podbrief". Gives its id.
    std::string say(const std::string& person, const std::string& channel, const std::string& text);

    // ---- what people see ----
    // Messages in order, author first; what only one person sees says so; buttons where they stand.
    std::string transcript(const std::string& channel) const;
    std::string latest(const std::string& channel) const;  // message of the bot that all see; empty: none
    const nlohmann::json* open_form(const std::string& person) const;
    std::size_t pings() const { return pings_; }                          // people who were pinged
    const std::vector<std::string>& refused() const { return refused_; }  // what was wrong with calls
    const nlohmann::json& registered() const;

private:
    using Json = nlohmann::json;
    // One interaction and what became of it.
    struct Turn {
        std::string id;
        std::string token;
        std::string person;
        std::string channel;
        WallTime at{};
        int type = 2;
        int callback = 0;        // type of the acknowledgement; 0: none
        bool elsewhere = false;  // the bot is not a member: five follow-ups
        bool ephemeral = false;
        bool thinking = false;
        std::string original;  // message
        int followed = 0;
        std::vector<std::string> suggested;
    };
    // A message that only one person sees, or what the platform itself tells them.
    struct Private {
        std::string id;
        std::string channel;
        std::string person;
        std::string author;
        std::string payload;  // JSON
        bool gone = false;
    };
    struct Place {
        std::string guild;
        std::string parent;  // of a thread
        std::string direct;  // person
    };
    struct Guild {
        std::string name;
        std::vector<std::string> channels;
        bool joined = false;
        std::string joined_at;
    };

    // ---- routes ----
    struct Route;
    Answer routed(const Route& route, const Call& call);
    Answer about_us(const Route& route);
    Answer about_commands(const Route& route);
    Answer opened(const Route& route, const Call& call);
    Answer created(const Route& route, const Call& call);
    Answer edited(const Route& route, const Call& call);
    Answer listed(const Route& route, const Call& call);
    Answer channel_told(const Route& route);
    Answer called_back(const Route& route, const Call& call);
    Answer by_webhook(const Route& route, const Call& call);
    Answer followed(Turn& turn, const Route& route, const Call& call);
    Answer original_changed(Turn& turn, const std::string& message, const Route& route, const Call& call);

    Answer error(int status, int code, const std::string& message);
    Answer wrong_form(const std::string& what);
    Answer of_model(const discord::Answer& answer, const Json& body, const std::string& route) const;
    Json message_json(const std::string& channel, const std::string& id) const;

    // ---- interactions ----
    int apply_callback(Turn& turn, const Json& callback, WallTime now);  // a Discord error code; 0: done
    std::string put_response(Turn& turn, const Json& body, bool ephemeral, WallTime now);
    asio::awaitable<bool> deliver(Turn& turn, Json interaction);
    Turn& new_turn(const std::string& person, const std::string& channel, int type);
    Json interaction_json(const Turn& turn, Json data) const;
    Turn* turn_of(const std::string& token);
    std::optional<Json> command_data(const std::string& typed, bool completing) const;
    const Json* payload_of(const std::string& channel, const std::string& message, bool& is_private) const;
    Private* private_message(const std::string& id);

    std::string guild_of(const std::string& channel) const;
    Json guild_json(const std::string& guild) const;
    Json person_json(const std::string& person) const;
    void count_pings(const Json& body);

    DiscordModel& model_;
    Clock& clock_;
    Settings settings_;
    discord::GatewayDouble gateway_;
    HttpClient* http_ = nullptr;
    std::string endpoint_;
    std::map<std::string, Person> people_;
    std::map<std::string, Guild> guilds_;
    std::map<std::string, Place> places_;
    std::map<std::string, bool> installed_;
    std::map<std::string, Turn> turns_;  // by token
    std::vector<Private> private_;
    std::map<std::string, Json> forms_;  // by person
    std::unique_ptr<Json> commands_;
    mutable std::unique_ptr<Json> looked_at_;
    bool opening_stopped_ = false;
    int openings_ = 0;
    std::size_t pings_ = 0;
    std::uint64_t number_ = 0;
    std::vector<std::string> refused_;
};

}  // namespace podbrief::doubles
