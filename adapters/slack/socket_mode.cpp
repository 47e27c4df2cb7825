#include "adapters/slack/socket_mode.hpp"

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>
#include <nlohmann/json.hpp>

#include "core/async/until_first_ends.hpp"
#include "core/ports/http_server.hpp"

namespace podbrief::slack {
namespace {

constexpr Millis longest_wait{60'000};
constexpr Millis short_life{10'000};
constexpr Millis long_life{60'000};
constexpr Millis between_pings{10'000};
constexpr Millis for_leaving{15'000};     // a socket that Slack said it would close
constexpr std::size_t most_at_once = 64;  // frames of one socket
constexpr std::size_t most_recent = 200;
constexpr std::size_t most_looked_into = 20;
constexpr Millis recent{3'600'000};
constexpr Millis before_gap{2'000};

bool is_fatal(const std::string& error) {
    for (const char* one : {"not_authed", "invalid_auth", "account_inactive", "user_removed_from_team", "team_disabled",
                            "not_allowed_token_type", "missing_scope"}) {
        if (error == one) return true;
    }
    return false;
}

}  // namespace

struct SocketMode::Session {
    explicit Session(std::unique_ptr<WebSocket> opened, asio::any_io_executor executor)
        : socket(std::move(opened)), sending(executor), room(executor) {}
    std::unique_ptr<WebSocket> socket;
    Turnstile sending;
    Wakeup room;
    std::size_t busy = 0;
    bool greeted = false;
    bool retiring = false;
    SteadyTime opened_at{};
    SteadyTime leave_by = SteadyTime::max();
};

SocketMode::SocketMode(Ports ports, Api& api, Desk& desk, const Options& options)
    : ports_(std::move(ports)),
      api_(api),
      desk_(desk),
      options_(options),
      tasks_(ports_.executor,
             [this](const std::string& name, std::exception_ptr failure) {
                 changed_.notify();
                 if (!failure) return;
                 try {
                     std::rethrow_exception(failure);
                 } catch (const std::exception& error) {
                     ports_.log.error("slack socket failed", {{"task", name}, {"error", error.what()}});
                 }
             }),
      changed_(ports_.executor) {}

asio::awaitable<void> SocketMode::run() {
    std::exception_ptr ended;
    try {
        while (!stopped_) {
            if (live_ >= std::max(1, options_.sockets)) {
                co_await changed_.wait();
                continue;
            }
            Millis asked{0};
            const Opened opened = co_await open_one(&asked);
            if (opened == Opened::never) break;
            if (opened == Opened::yes && !short_lived_) continue;
            short_lived_ = false;
            // Full jitter: those that were cut off together do not come back together.
            const auto part = static_cast<std::int64_t>(ports_.random.below(static_cast<std::uint64_t>(wait_.count())));
            co_await ports_.clock.sleep_for(std::max(asked, Millis{200 + part}));
            wait_ = std::min(wait_ * 2, longest_wait);
        }
    } catch (...) {
        ended = std::current_exception();
    }
    stopped_ = true;
    tasks_.request_stop();
    co_await tasks_.drained();
    ports_.metrics.set("slack_sockets_open", 0);
    if (ended) std::rethrow_exception(ended);
}

asio::awaitable<SocketMode::Opened> SocketMode::open_one(Millis* wait) {
    ApiCall call;
    call.method = "apps.connections.open";
    call.body = "{}";
    const std::string token = options_.app_token;
    const Answered answered = co_await api_.call_with(token, std::move(call));
    const Answer* answer = good(answered);
    if (answer == nullptr) {
        const auto* refused = std::get_if<Answer>(&answered);
        const std::string problem = problem_of(answered);
        ports_.metrics.count("slack_sockets_total", "not_opened", 1);
        if (refused != nullptr && refused->readable && is_fatal(refused->error)) {
            ports_.log.error("slack refuses Socket Mode; give another app-level token (connections:write)",
                             {{"problem", problem}});
            co_return Opened::never;
        }
        ports_.log.warning("slack gives no socket", {{"problem", problem}});
        if (refused != nullptr) *wait = refused->retry_after;
        co_return Opened::later;
    }
    WebSocketRequest request;
    request.url = text_at(*answer->body, {"url"});  // holds a ticket: not for the log
    request.headers = {{"User-Agent", options_.user_agent}};
    WebSocketClient::Opened opened = co_await ports_.sockets.open(std::move(request));
    if (!opened.socket) {
        ports_.log.warning("slack socket did not open", {{"problem", opened.problem}});
        ports_.metrics.count("slack_sockets_total", "not_opened", 1);
        co_return Opened::later;
    }
    ports_.metrics.count("slack_sockets_total", "opened", 1);
    auto session = std::make_shared<Session>(std::move(opened.socket), ports_.executor);
    session->opened_at = ports_.clock.steady_now();
    ++live_;
    ports_.metrics.set("slack_sockets_open", live_);
    tasks_.spawn("socket", serve(std::move(session)));
    co_return Opened::yes;
}

// Nothing more is expected of it: another one takes its place.
void SocketMode::retire(Session& session) {
    if (session.retiring) return;
    session.retiring = true;
    session.leave_by = ports_.clock.steady_now() + for_leaving;
    --live_;
    ports_.metrics.set("slack_sockets_open", live_);
    changed_.notify();
}

asio::awaitable<void> SocketMode::serve(std::shared_ptr<Session> session) {
    std::exception_ptr ended;
    try {
        std::vector<NamedTask> both;
        both.push_back({"read", read(session)});
        both.push_back({"watch", watch(session)});
        co_await until_first_ends(std::move(both));
    } catch (...) {
        ended = std::current_exception();
    }
    const SteadyTime now = ports_.clock.steady_now();
    if (!session->retiring && now - session->opened_at < short_life) short_lived_ = true;
    if (now - session->opened_at >= long_life) wait_ = first_wait;
    retire(*session);
    if (session->greeted && --connected_ == 0) {
        if (!stopped_) ports_.log.warning("slack: no socket is open");
        lost_at_ = ports_.clock.wall_now() - (now - session->socket->last_heard());
    }
    if (ended) std::rethrow_exception(ended);
    co_await session->socket->close(1000, "");
}

asio::awaitable<void> SocketMode::watch(std::shared_ptr<Session> session) {
    for (;;) {
        co_await ports_.clock.sleep_for(between_pings);
        const SteadyTime now = ports_.clock.steady_now();
        if (now >= session->leave_by) co_return;
        if (now - session->socket->last_heard() >= longest_silence) {
            ports_.log.warning("slack socket is silent; it is given up");
            ports_.metrics.count("slack_sockets_total", "silent", 1);
            co_return;
        }
        if (!co_await session->socket->ping()) co_return;
    }
}

asio::awaitable<void> SocketMode::read(std::shared_ptr<Session> session) {
    for (;;) {
        WebSocket::Received received = co_await session->socket->receive();
        if (received.closed) {
            ports_.metrics.count("slack_sockets_total", "closed", 1);
            co_return;
        }
        if (received.text->size() > longest_request) {
            desk_.count("oversized");
            continue;
        }
        while (session->busy >= most_at_once) co_await session->room.wait();
        ++session->busy;
        tasks_.spawn("frame", carry_out(session, std::move(*received.text)));
    }
}

bool SocketMode::on_control(Session& session, const Json& frame) {
    const std::string type = text_at(frame, {"type"});
    if (type == "hello") {
        if (session.greeted) return true;
        session.greeted = true;
        const bool first = ++connected_ == 1;
        if (first && lost_at_) tasks_.spawn("missed", look_for_missed(*lost_at_));
        return true;
    }
    if (type != "disconnect") return false;
    const std::string reason = text_at(frame, {"reason"});
    if (reason == "link_disabled") {
        ports_.log.error("Socket Mode was switched off for this app; api.slack.com/apps, Socket Mode");
        stopped_ = true;
    }
    retire(session);
    return true;
}

Inbound SocketMode::read_frame(const Json& frame) const {
    const WallTime now = ports_.clock.wall_now();
    const std::string type = text_at(frame, {"type"});
    const Json* payload = at(frame, {"payload"});
    Inbound out;
    if (payload == nullptr || !payload->is_object()) {
        out.kind = Inbound::Kind::malformed;
    } else if (type == "events_api") {
        out = read_event(*payload, now);
    } else if (type == "interactive") {
        out = read_interaction(*payload, now);
    } else if (type == "slash_commands") {
        std::vector<FormField> fields;
        for (const auto& [name, value] : payload->items()) {
            if (value.is_string() && fields.size() < 100) fields.push_back({name, value.get<std::string>()});
            if (value.is_boolean()) fields.push_back({name, value.get<bool>() ? "true" : "false"});
        }
        out = read_command(fields, now);
    }
    return out;
}

asio::awaitable<void> SocketMode::carry_out(std::shared_ptr<Session> session, std::string text) {
    const auto leave = [](Session* of) {
        --of->busy;
        of->room.notify();
    };
    const std::unique_ptr<Session, decltype(leave)> inside(session.get(), leave);
    const auto frame = parse_json(text);
    if (!frame || !frame->is_object()) {
        desk_.count("malformed");
        co_return;
    }
    if (on_control(*session, *frame)) co_return;
    const std::string envelope = text_at(*frame, {"envelope_id"});
    if (envelope.empty()) co_return;
    Inbound inbound = read_frame(*frame);
    if (inbound.kind == Inbound::Kind::incoming) note(inbound.incoming);
    const Desk::Outcome outcome = co_await desk_.take(std::move(inbound));
    // Not kept: Slack is to tell it again. Malformed ones would come again and again, and are acknowledged.
    if (outcome.kind == Desk::Outcome::Kind::unavailable) co_return;
    Fields acknowledgement;
    acknowledgement.text("envelope_id", envelope);
    if (!outcome.json.empty() && flag_at(*frame, {"accepts_response_payload"}))
        acknowledgement.json("payload", outcome.json);
    const Turnstile::Turn turn = co_await session->sending.enter();
    if (!co_await session->socket->send(acknowledgement.object())) desk_.count("not_acknowledged");
}

// Direct conversations in which somebody wrote of late: looked into after a gap.
void SocketMode::note(const Incoming& incoming) {
    if (incoming.kind != Incoming::Kind::text || !incoming.where.chat.starts_with('D')) return;
    const WallTime now = ports_.clock.wall_now();
    recent_chats_[{incoming.tenant, incoming.where.chat}] = now;
    if (recent_chats_.size() <= most_recent) return;
    const auto oldest = std::min_element(recent_chats_.begin(), recent_chats_.end(),
                                         [](const auto& a, const auto& b) { return a.second < b.second; });
    recent_chats_.erase(oldest);
}

// For some time nothing could come. Slack repeats events a few times; what it gave up is found by reading.
asio::awaitable<void> SocketMode::look_for_missed(WallTime since) {
    const WallTime now = ports_.clock.wall_now();
    ports_.log.info("slack socket is back; looking for what was missed",
                    {{"gap_s", std::to_string((now - since).count() / 1000)}});
    ports_.metrics.count("slack_gaps_total", {}, 1);
    std::vector<std::pair<WallTime, std::pair<std::string, std::string>>> chats;
    for (const auto& [chat, at] : recent_chats_) {
        if (since - at < recent) chats.emplace_back(at, chat);
    }
    std::sort(chats.rbegin(), chats.rend());
    if (chats.size() > most_looked_into) chats.resize(most_looked_into);
    for (const auto& [at, chat] : chats) {
        co_await look_into(chat.first, chat.second, since - before_gap);
        co_await ports_.clock.sleep_for(Millis{1'500});
    }
}

asio::awaitable<void> SocketMode::look_into(std::string workspace, std::string channel, WallTime since) {
    ApiCall call;
    call.workspace = workspace;
    call.method = "conversations.history";
    call.body = to_form({{"channel", channel}, {"oldest", ts_of_ms(to_ms(since))}, {"limit", "15"}});
    call.form = true;
    const Answered answered = co_await api_.call_within_budget(std::move(call));
    const Answer* answer = good(answered);
    if (answer == nullptr) {
        ports_.log.info("slack history was not read", {{"problem", problem_of(answered)}});
        co_return;
    }
    const Json* messages = at(*answer->body, {"messages"});
    if (messages == nullptr || !messages->is_array()) co_return;
    for (auto message = messages->rbegin(); message != messages->rend(); ++message) {  // oldest first
        Inbound inbound = read_missed(workspace, channel, *message, ports_.clock.wall_now());
        if (inbound.kind != Inbound::Kind::incoming) continue;
        co_await desk_.take(std::move(inbound));
    }
}

}  // namespace podbrief::slack
