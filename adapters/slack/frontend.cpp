#include "adapters/slack/frontend.hpp"

#include "adapters/slack/limits.hpp"
#include "adapters/slack/modal.hpp"
#include "adapters/slack/text.hpp"
#include "core/commands/inert.hpp"
#include "core/delivery/key.hpp"
#include "core/rendering/measure.hpp"

namespace podbrief::slack {
namespace {

constexpr Millis patience{3'000};

}  // namespace

void SlackFrontend::failed(std::string_view what, const std::string& problem) {
    metrics_.count("slack_frontend_failures_total", what, 1);
    log_.debug("slack frontend failed", {{"what", std::string(what)}, {"problem", problem}});
}

asio::awaitable<void> SlackFrontend::notice(Incoming about, std::string text) {
    const std::string shown =
        escaped(rendering::cut(commands::inert(text, true), limits::fallback_text, escaped_units));
    if (shown.empty()) co_return;
    const std::string key = delivery::reply_key(about.platform, about.tenant, about.event_id, 1);
    const auto route = routes_.of_answer(key, clock_.steady_now());
    // The last uses are kept for the answer, where it goes that way.
    if (route && (!route->answers || *route->left > 2)) {
        Fields fields;
        fields.text("response_type", "ephemeral").flag("replace_original", false).text("text", shown);
        fields.text("parse", "none");
        if (!route->thread.empty()) fields.text("thread_ts", route->thread);
        const auto outcome = co_await client_.respond(*route, fields.object(), patience, {});
        if (outcome && !std::holds_alternative<NotSent>(*outcome)) co_return;
    }
    std::string channel = about.where.chat;
    if (People::is_person(channel))
        channel = (co_await people_.direct_chat(about.tenant, channel, patience)).value_or(std::string());
    if (channel.empty() || about.from.user.empty()) co_return failed("notice", "nowhere to show it");
    Fields fields;
    fields.text("channel", channel).text("user", about.from.user).text("text", shown).text("parse", "none");
    if (!about.where.thread.empty()) fields.text("thread_ts", about.where.thread);
    ApiCall call;
    call.workspace = about.tenant;
    call.method = "chat.postEphemeral";
    call.body = fields.object();
    call.deadline = patience;
    const Answered answered = co_await api_.call_within_budget(std::move(call));
    if (good(answered) == nullptr) failed("notice", problem_of(answered));
}

// Commands and buttons were acknowledged when they came; nothing waits.
asio::awaitable<void> SlackFrontend::settled(Incoming) {
    co_return;
}

asio::awaitable<void> SlackFrontend::show_home(Incoming about, Reply page) {
    const std::string view = home_view(page);
    ApiCall call;
    call.workspace = about.tenant;
    call.method = "views.publish";
    call.body = Fields().text("user_id", about.from.user).json("view", view).object();
    const Answered answered = co_await api_.call_within_budget(std::move(call));
    if (good(answered) == nullptr) failed("home", problem_of(answered));
}

}  // namespace podbrief::slack
