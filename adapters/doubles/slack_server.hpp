#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "adapters/doubles/api_double.hpp"
#include "adapters/doubles/slack_blocks.hpp"
#include "adapters/doubles/slack_model.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/http_client.hpp"

namespace podbrief::doubles {

struct SlackServerOptions {
    std::string app = "A0PODBRIEF";
    std::string bot_user = "U0BOT";
    std::string signing_secret = "an example of a signing secret";
    std::string client_id = "12.34";
    std::string client_secret = "an example of a client secret";
    std::string app_token = "xapp-1-example";
    std::string scopes = "chat:write,commands,app_mentions:read,im:history,im:write,users:read";
    std::string hooks = "https://hooks.slack.com";            // what a response_url begins with
    std::string socket = "wss://wss-double.slack.com/link/";  // where apps.connections.open leads
    bool rotates = false;                                     // tokens live 12 h and are exchanged
    Millis first_retry{1'000};                                // of an event; then 1 min, then 5 min
};

// Slack as an app sees it, in front of a SlackModel: Web API, OAuth, response_url, signed events to the app's
// addresses or over its sockets, and the people who use it. Requests are judged as Slack documents it.
class SlackServer final : public ApiDouble {
public:
    struct User {
        std::string name;
        std::string time_zone = "Europe/Berlin";
        std::string locale = "en-GB";
    };
    // Where the app wants to be called; `http` empty: over its sockets.
    struct App {
        HttpClient* http = nullptr;
        std::string events;
        std::string commands;
        std::string interactivity;
    };
    SlackServer(asio::any_io_executor executor, Clock& clock, SlackModel& model, SlackServerOptions options = {});
    ~SlackServer() override;

    // ---- the world ----
    void add_workspace(const std::string& team, const std::string& name);
    void add_user(const std::string& team, const std::string& user, User details);
    void add_channel(const std::string& team, const std::string& channel);
    // The direct conversation with the app; made where there is none.
    std::string direct_chat(const std::string& team, const std::string& user);
    // As if the app had been installed there: the bot's token.
    std::string install(const std::string& team);
    // From now on no token of that workspace opens; the app is told (tokens_revoked, app_uninstalled).
    asio::awaitable<void> uninstall(std::string team);
    void app_is_at(App app) { app_ = std::move(app); }
    // Whom the authorize page takes for the one in front of it; `allows`: presses Allow.
    void visitor(std::string team, std::string user, bool allows = true);

    // ---- the protocol ----
    PlatformModel& model() override { return model_; }
    std::string op_of(const ServerRequest& request) const override;
    Answer answer(const ServerRequest& request, const Call& call) override;  // Web API, pages, response_url
    SocketHandler sockets();

    // ---- people ----
    // What became of what somebody did: how the app answered, at last.
    struct Told {
        bool arrived = false;  // 2xx, or acknowledged
        int tries = 0;
        int status = 0;     // HTTP
        std::string body;   // what was answered
        std::string error;  // what Slack shows: "operation_timeout"
    };
    // Writes into a channel; the app hears of it in its direct conversation, and where it is mentioned (`<@U0BOT>`).
    asio::awaitable<Told> say(std::string team, std::string user, std::string channel, std::string text,
                              std::string thread = {});
    asio::awaitable<Told> slash(std::string team, std::string user, std::string channel, std::string command,
                                std::string text);
    // Presses the button, or chooses the menu's entry, with that label: the newest that this person sees there.
    asio::awaitable<Told> press(std::string team, std::string user, std::string channel, std::string label);
    asio::awaitable<Told> press_at_home(std::string team, std::string user, std::string label);
    asio::awaitable<Told> open_home(std::string team, std::string user, std::string tab = "home");
    // Sends the form that is open for them, with some values changed (name -> value, several by line feeds).
    asio::awaitable<Told> submit(std::string team, std::string user, std::map<std::string, std::string> values);
    // What is offered while somebody types into an external select.
    asio::awaitable<std::vector<std::string>> suggestions(std::string team, std::string user, std::string action_id,
                                                          std::string typed);
    // Any event, as the app would get it (an envelope is made around it). `event_id` empty: a new one.
    asio::awaitable<Told> event(std::string team, std::string event_json, std::string event_id = {});

    // ---- what can be seen ----
    // "ada: more on chips", and what the app said, with its buttons; `user`: as that person sees it.
    std::string transcript(const std::string& team, const std::string& channel, const std::string& user = {}) const;
    std::string home(const std::string& team, const std::string& user) const;   // empty: never published
    std::string modal(const std::string& team, const std::string& user) const;  // empty: none is open
    const std::vector<std::string>& pings() const { return pings_; }            // that our messages caused
    const std::vector<std::string>& complaints() const { return complaints_; }  // requests that Slack would refuse
    // (team, channel, ts) of the newest message of the app there; empty: none.
    std::string newest(const std::string& team, const std::string& channel) const;

    // ---- sockets ----
    std::size_t open_sockets() const;
    // Tells every open socket; "warning" and "refresh_requested" close them 10 s later, "link_disabled" at once.
    asio::awaitable<void> disconnect(std::string reason);

private:
    struct Request;
    struct Reply;
    struct Socket;
    struct ResponseUrl {
        std::string team;
        std::string channel;
        std::string user;
        std::string ts;  // of the message that was pressed; empty: a command
        WallTime until{};
        int uses = 0;
    };
    struct Token {
        std::string team;
        std::optional<WallTime> expires_at;
    };
    struct View {
        std::string id;
        std::string json;
        int version = 0;
    };
    struct Code {
        std::string team;
        std::string user;
        std::string redirect_uri;
        WallTime until{};
    };
    using Place = std::pair<std::string, std::string>;  // (team, user) or (team, channel)
    using Json = nlohmann::json;

    // slack_server.cpp
    Answer web_api(const std::string& method, const ServerRequest& request, const Call& call);
    Answer failed(const std::string& error, const std::string& detail = {});
    const Token* token_of(const ServerRequest& request, const Call& call, std::string& error) const;
    std::string new_id(const char* prefix);
    // slack_methods.cpp
    Answer method(const std::string& name, const std::string& team, const Json& args, const Call& call);
    Answer post_message(const std::string& team, const Json& args, const Call& call);
    Answer update(const std::string& team, const Json& args, const Call& call);
    Answer history(const std::string& team, const Json& args, const Call& call);
    Answer post_ephemeral(const std::string& team, const Json& args, const Call& call);
    Answer users_info(const std::string& team, const Json& args);
    Answer views(const std::string& name, const std::string& team, const Json& args, const Call& call);
    std::string judge(const Json& args, slack::Message& message);
    void remember(const std::string& team, const std::string& channel, const std::string& ts, const Json& args);
    // slack_pages.cpp
    Answer authorize(const ServerRequest& request, const Call& call);
    Answer oauth_access(const ServerRequest& request, const Call& call);
    Answer grant(const std::string& team, const std::string& user, const Call& call);
    Answer response_url(const ServerRequest& request, const Call& call);
    // slack_person.cpp
    asio::awaitable<Told> tell_event(Json envelope);
    asio::awaitable<Told> interact(Json payload);
    asio::awaitable<Told> press_one(std::string team, std::string user, slack::Pressable one, Json where);
    std::string open_response_url(const std::string& kind, const std::string& team, const std::string& channel,
                                  const std::string& user, const std::string& ts);
    std::string open_trigger(const std::string& team, const std::string& user);
    // slack_delivery.cpp
    asio::awaitable<Told> deliver(std::string type, Json payload, int retry, std::string reason);
    asio::awaitable<Told> by_http(std::string type, Json payload, int retry, std::string reason);
    asio::awaitable<Told> by_socket(std::string type, Json payload, int retry, std::string reason);
    asio::awaitable<void> serve(ServerRequest request, std::unique_ptr<WebSocket> socket);

    asio::any_io_executor executor_;
    Clock& clock_;
    SlackModel& model_;
    SlackServerOptions options_;
    App app_;
    std::map<std::string, std::string> workspaces_;  // team -> name
    std::map<Place, User> users_;
    std::map<Place, std::string> direct_chats_;  // (team, user) -> channel
    std::map<std::string, Token> tokens_;
    std::map<std::string, std::string> refresh_tokens_;  // -> team; used ones are taken out
    std::map<std::string, Code> codes_;
    std::map<std::string, ResponseUrl> response_urls_;            // by path
    std::map<std::string, std::pair<Place, WallTime>> triggers_;  // open once, for 3 s
    std::map<std::string, std::string> blocks_;                   // "team/channel/ts" -> JSON of the blocks
    std::map<Place, View> homes_;
    std::map<Place, View> modals_;
    std::set<std::string> tickets_;
    std::list<std::shared_ptr<Socket>> sockets_;
    std::size_t next_socket_ = 0;
    std::string visitor_team_;
    std::string visitor_user_;
    bool visitor_allows_ = true;
    std::uint64_t next_id_ = 1;
    std::vector<std::string> pings_;
    std::vector<std::string> complaints_;
};

}  // namespace podbrief::doubles
