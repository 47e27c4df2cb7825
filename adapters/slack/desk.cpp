#include "adapters/slack/desk.hpp"

#include <nlohmann/json.hpp>

#include "adapters/slack/modal.hpp"
#include "core/async/with_timeout.hpp"
#include "core/ports/http_server.hpp"

namespace podbrief::slack {
namespace {

constexpr Millis longest{2'500};       // Slack waits 3 s
constexpr Millis for_looking_up{400};  // who somebody is, when they write for the first time
constexpr Millis for_a_form{1'500};    // a trigger opens for 3 s
constexpr Millis for_suggestions{1'500};

asio::awaitable<Result<Intake::Accepted>> accepted(Intake& intake, Incoming incoming) {
    co_return co_await intake.accept(std::move(incoming));
}

asio::awaitable<Result<std::optional<Form>>> asked_form(Intake& intake, Incoming incoming) {
    std::optional<Form> form = co_await intake.form_for(std::move(incoming));
    co_return form;
}

asio::awaitable<Result<std::vector<std::string>>> suggested(Intake& intake, Account from, std::string what,
                                                            std::string typed) {
    co_return co_await intake.suggest(std::move(from), std::move(what), std::move(typed));
}

}  // namespace

// Who it is, and where they can be written to.
asio::awaitable<void> Desk::look_up(Inbound& inbound) {
    Incoming& incoming = inbound.incoming;
    const std::string workspace = incoming.tenant;
    const std::string user = incoming.from.user;
    if (user.empty()) co_return;
    using Kind = Incoming::Kind;
    const bool speaks = incoming.kind == Kind::text || incoming.kind == Kind::opened || incoming.kind == Kind::home;
    if (speaks) {
        Person person = co_await people_.person(workspace, user, for_looking_up);
        incoming.name = std::move(person.name);
        incoming.locale = std::move(person.locale);
        incoming.time_zone = std::move(person.time_zone);
    }
    if (!inbound.elsewhere) {
        if (incoming.direct) people_.learn_direct_chat(workspace, user, incoming.where.chat);
        co_return;
    }
    const auto ours = co_await people_.direct_chat(workspace, user, for_looking_up);
    const bool in_ours = ours && *ours == incoming.where.chat;
    if (!in_ours && inbound.route) inbound.route->answers = true;
    incoming.where.chat = ours.value_or(user);
    if (!in_ours) incoming.where.thread.clear();
}

asio::awaitable<bool> Desk::open_form(const Inbound& inbound, Millis patience) {
    using Kind = Incoming::Kind;
    const Incoming& incoming = inbound.incoming;
    if (inbound.trigger.empty() || (incoming.kind != Kind::text && incoming.kind != Kind::button)) co_return false;
    const auto asked = co_await with_timeout(ports_.clock, patience, asked_form(ports_.intake, incoming));
    if (!asked || !*asked) co_return false;
    const std::string view = modal_view(**asked, incoming);
    ApiCall call;
    call.workspace = incoming.tenant;
    call.method = "views.open";
    call.body = Fields().text("trigger_id", inbound.trigger).json("view", view).object();
    call.deadline = patience;
    const Answered answered = co_await api_.call_within_budget(std::move(call));
    if (good(answered) != nullptr) co_return true;
    ports_.log.warning("slack form was not opened", {{"problem", problem_of(answered)}});
    co_return false;
}

// Whether nobody has written there yet. In doubt: somebody has.
asio::awaitable<bool> Desk::is_empty(Destination where) {
    ApiCall call;
    call.workspace = where.workspace;
    call.method = "conversations.history";
    call.body = to_form({{"channel", where.chat}, {"limit", "1"}});
    call.form = true;
    call.deadline = for_looking_up;
    const Answered answered = co_await api_.call_within_budget(std::move(call));
    const Answer* answer = good(answered);
    const Json* messages = answer == nullptr ? nullptr : at(*answer->body, {"messages"});
    co_return messages != nullptr && messages->is_array() && messages->empty();
}

asio::awaitable<Desk::Outcome> Desk::accept(Inbound inbound, SteadyTime end) {
    Outcome out;
    if (inbound.incoming.kind == Incoming::Kind::opened) {
        const bool first = co_await is_empty(inbound.incoming.where);
        if (!first) {
            count("ignored");
            co_return out;
        }
    }
    co_await look_up(inbound);
    const bool opened = co_await open_form(inbound, for_a_form);
    if (opened) {
        count("form_opened");
        co_return out;
    }
    if (inbound.route) routes_.open(inbound.incoming, *inbound.route, ports_.clock.steady_now());
    const Millis left = std::max(Millis{100}, Millis{end - ports_.clock.steady_now()});
    const std::string workspace = inbound.incoming.tenant;
    const auto kept = co_await with_timeout(ports_.clock, left, accepted(ports_.intake, std::move(inbound.incoming)));
    if (!kept || *kept == Intake::Accepted::unavailable) {
        count("unavailable");
        out.kind = Outcome::Kind::unavailable;
        co_return out;
    }
    count(*kept == Intake::Accepted::first ? "accepted" : "seen_before");
    if (inbound.token_gone) api_.tokens().forget(workspace);
    co_return out;
}

asio::awaitable<Desk::Outcome> Desk::take(Inbound inbound) {
    const SteadyTime end = ports_.clock.steady_now() + longest;
    Outcome out;
    switch (inbound.kind) {
        case Inbound::Kind::incoming:
            co_return co_await accept(std::move(inbound), end);
        case Inbound::Kind::suggestions: {
            const auto names =
                co_await with_timeout(ports_.clock, for_suggestions,
                                      suggested(ports_.intake, inbound.incoming.from, inbound.text, inbound.typed));
            out.json = suggestions_json(names ? *names : std::vector<std::string>{});
            count("suggested");
            co_return out;
        }
        case Inbound::Kind::rate_limited:
            ports_.log.warning("slack holds events back: over 30,000 an hour", {{"workspace", inbound.text}});
            count("rate_limited");
            co_return out;
        case Inbound::Kind::malformed:
            count("malformed");
            out.kind = Outcome::Kind::malformed;
            co_return out;
        case Inbound::Kind::challenge:
        case Inbound::Kind::probe:
            count("probe");
            co_return out;
        case Inbound::Kind::ignored:
            break;
    }
    count("ignored");
    co_return out;
}

}  // namespace podbrief::slack
