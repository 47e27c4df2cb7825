#include "adapters/discord/interactions.hpp"

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>
#include <nlohmann/json.hpp>

#include "adapters/discord/commands.hpp"
#include "adapters/discord/limits.hpp"
#include "adapters/discord/modal.hpp"
#include "adapters/discord/wire.hpp"
#include "core/async/with_timeout.hpp"
#include "core/model/action.hpp"
#include "core/rendering/measure.hpp"

namespace podbrief::discord {
namespace {

enum CallbackType : std::uint8_t { pong = 1, thinking = 5, silent = 6, suggestions = 8, modal = 9 };
constexpr int ephemeral = 1 << 6;
// Together at most 2.5 s; Discord waits for 3.
constexpr Millis for_a_form{500};
constexpr Millis to_keep{1'900};
constexpr Millis to_suggest{2'000};

asio::awaitable<Result<Intake::Accepted>> kept(Intake& intake, Incoming incoming) {
    co_return co_await intake.accept(std::move(incoming));
}

asio::awaitable<Result<std::optional<Form>>> form_of(Intake& intake, Incoming incoming) {
    co_return co_await intake.form_for(std::move(incoming));
}

asio::awaitable<Result<std::vector<std::string>>> names_of(Intake& intake, Account from, Typing typing) {
    co_return co_await intake.suggest(std::move(from), std::move(typing.what), std::move(typing.typed));
}

// What they throw is a failure of the store, or a bug; either way it was not done.
template <class T>
asio::awaitable<Result<T>> in_time(Clock& clock, Log& log, Millis limit, asio::awaitable<Result<T>> work) {
    std::string problem;
    try {
        co_return co_await with_timeout(clock, limit, std::move(work));
    } catch (const boost::system::system_error& error) {
        if (error.code() == asio::error::operation_aborted) throw;
        problem = error.what();
    } catch (const std::exception& error) {
        problem = error.what();
    }
    log.error("discord interaction not taken", {{"error", problem}});
    co_return Errc::unavailable;
}

std::string callback_of(CallbackType type, Json data = nullptr) {
    Json out = Json::object();
    out["type"] = type;
    if (!data.is_null()) out["data"] = std::move(data);
    return out.dump();
}

// Pressed for something new to read, which may be long in coming.
bool asks_for_more(const Incoming& incoming) {
    using Kind = Action::Kind;
    const auto action = action_from(incoming.action_data);
    if (!action) return false;
    switch (action->kind) {
        case Kind::more:
        case Kind::against:
        case Kind::source:
        case Kind::why:
        case Kind::next:
        case Kind::say:
            return true;
        default:
            return false;
    }
}

// Everybody in a channel would see "thinking..."; there only who asked does. In our direct messages a pressed message
// needs none: its answer comes below it.
CallbackType acknowledgement_of(const Interaction& interaction) {
    if (interaction.type != Interaction::Type::component) return thinking;
    return !interaction.own_chat && asks_for_more(interaction.incoming) ? thinking : silent;
}

std::string_view name_of(Interaction::Type type) {
    switch (type) {
        case Interaction::Type::ping:
            return "ping";
        case Interaction::Type::command:
            return "command";
        case Interaction::Type::component:
            return "component";
        case Interaction::Type::autocomplete:
            return "autocomplete";
        case Interaction::Type::modal:
            return "modal";
    }
    return "";
}

}  // namespace

asio::awaitable<Callback> Interactions::handle(const Json& body) {
    Callback out;
    auto interaction = read_interaction(body, places_);
    const bool ours = interaction && interaction->application == application_;
    if (!ours) {
        metrics_.count("discord_interactions_total", "malformed", 1);
        out.status = 400;
        co_return out;
    }
    metrics_.count("discord_interactions_total", name_of(interaction->type), 1);
    if (interaction->type == Interaction::Type::ping) {
        out.json = callback_of(pong);
        co_return out;
    }
    if (interaction->type == Interaction::Type::autocomplete) co_return co_await suggest(body, *interaction);
    co_return co_await take(std::move(*interaction));
}

asio::awaitable<Callback> Interactions::suggest(const Json& body, const Interaction& interaction) {
    Json choices = Json::array();
    auto what = typing(member(body, "data"));
    if (what) {
        const Result<std::vector<std::string>> names =
            co_await in_time(clock_, log_, to_suggest, names_of(intake_, interaction.incoming.from, std::move(*what)));
        if (names) {
            for (const std::string& name : *names) {
                const bool fits = !name.empty() && rendering::utf16_units(name) <= limits::option;
                if (!fits || choices.size() == limits::options) continue;
                Json choice = Json::object();
                choice["name"] = name;
                choice["value"] = name;
                choices.push_back(std::move(choice));
            }
        }
    }
    Callback out;
    Json data = Json::object();
    data["choices"] = std::move(choices);
    out.json = callback_of(suggestions, std::move(data));
    out.id = interaction.id;
    out.token = interaction.token;
    co_return out;
}

asio::awaitable<Callback> Interactions::take(Interaction interaction) {
    Callback out;
    out.id = interaction.id;
    out.token = interaction.token;
    if (interaction.type != Interaction::Type::modal) {
        const Result<std::optional<Form>> form =
            co_await in_time(clock_, log_, for_a_form, form_of(intake_, interaction.incoming));
        if (form && *form) {
            out.json = callback_of(modal, modal_of(**form));
            co_return out;
        }
    }
    const Incoming& incoming = interaction.incoming;
    const CallbackType type = acknowledgement_of(interaction);
    const SteadyTime now = clock_.steady_now();
    Way way;
    way.token = interaction.token;
    way.original = type == thinking;
    way.ephemeral = !interaction.own_chat;
    way.channel_open = interaction.channel_open;
    way.since = now;
    // Open before it is kept: it may be carried out at once.
    ways_.answers.open(incoming.platform, incoming.tenant, incoming.event_id, way, now + limits::token_lives, now);
    if (type == silent) {
        Press press{interaction.token, interaction.message_is_private, now + limits::token_lives};
        ways_.pressed(incoming.message_ref, std::move(press), now);
    }
    const Result<Intake::Accepted> accepted = co_await in_time(clock_, log_, to_keep, kept(intake_, incoming));
    if (!accepted || *accepted == Intake::Accepted::unavailable) {
        metrics_.count("discord_interactions_total", "not kept", 1);
        out.status = 503;
        co_return out;
    }
    Json data;
    if (type == thinking && way.ephemeral) {
        data = Json::object();
        data["flags"] = ephemeral;
    }
    out.json = callback_of(type, std::move(data));
    co_return out;
}

}  // namespace podbrief::discord
