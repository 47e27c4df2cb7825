#include "adapters/telegram/check.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/telegram/setup.hpp"
#include "adapters/telegram/wire.hpp"
#include "core/commands/inert.hpp"

namespace podbrief::telegram {
namespace {

using Json = nlohmann::json;
using Grade = Finding::Grade;

constexpr const char* set_it_up = "Run `podbrief platforms setup telegram`.";

Finding finding(Grade grade, std::string what, std::string remedy = {}) {
    Finding out;
    out.grade = grade;
    out.what = std::move(what);
    out.remedy = std::move(remedy);
    return out;
}

// "https://brief.example/..."
std::string without_path(const std::string& url) {
    const auto host = url.find("://");
    const auto path = url.find('/', host == std::string::npos ? 0 : host + 3);
    return commands::inert(path == std::string::npos ? url : url.substr(0, path) + "/...");
}

void look_at_clock(std::vector<Finding>& out, const ApiAnswer& answer, WallTime now) {
    if (!answer.date) return;
    const auto apart = std::chrono::duration_cast<std::chrono::seconds>(now - *answer.date).count();
    if (apart >= -60 && apart <= 60) {
        out.push_back(finding(Grade::good, "The clock agrees with Telegram's."));
        return;
    }
    out.push_back(finding(Grade::bad,
                          "This machine's clock is " + std::to_string(apart < 0 ? -apart : apart) + " s " +
                              (apart < 0 ? "behind" : "ahead of") + " Telegram's.",
                          "Synchronise it (timedatectl set-ntp true)."));
}

void look_at_bot(std::vector<Finding>& out, const Json& me) {
    out.push_back(finding(Grade::good, "The token belongs to @" + commands::inert(text(me, "username")) + "."));
    if (!flag(me, "can_join_groups")) {
        out.push_back(finding(Grade::note, "The bot cannot be added to groups.",
                              "@BotFather: /mybots, Bot Settings, Allow Groups?, Turn groups on."));
    }
    if (flag(me, "can_read_all_group_messages")) {
        out.push_back(finding(Grade::note,
                              "The bot sees all messages of its groups (privacy mode is off); it answers only what is "
                              "said to it.",
                              "@BotFather: /mybots, Bot Settings, Group Privacy, Turn on; then add it to the groups "
                              "again. A mention without a command is only seen while it is off."));
    }
}

void look_at_updates(std::vector<Finding>& out, const Json& info) {
    const auto found = info.find("allowed_updates");
    if (found == info.end() || !found->is_array()) return;
    for (const Json& wanted : allowed_updates()) {
        if (std::find(found->begin(), found->end(), wanted) != found->end()) continue;
        out.push_back(finding(
            Grade::bad, "Telegram does not send updates of the kind " + wanted.get<std::string>() + ".", set_it_up));
    }
}

void look_at_webhook(std::vector<Finding>& out, const Json& info, const std::string& wanted, WallTime now) {
    const std::string url = text(info, "url");
    if (url != wanted) {
        if (wanted.empty()) {
            out.push_back(finding(
                Grade::bad, "Updates go to a webhook at " + without_path(url) + ", so none can be polled.", set_it_up));
        } else {
            const std::string now_at = url.empty() ? "nowhere" : "to " + without_path(url);
            out.push_back(
                finding(Grade::bad, "Updates go " + now_at + ", not to " + without_path(wanted) + ".", set_it_up));
        }
    } else {
        out.push_back(finding(Grade::good, wanted.empty() ? std::string("Updates are polled.")
                                                          : "Updates go to " + without_path(url) + "."));
    }
    if (!wanted.empty()) look_at_updates(out, info);
    const std::int64_t waiting = integer(info, "pending_update_count");
    if (waiting > 100) {
        out.push_back(finding(Grade::note, std::to_string(waiting) + " updates wait to be fetched.",
                              "Is the server running? They are kept for 24 hours."));
    }
    const std::int64_t failed_at = integer(info, "last_error_date");
    if (!wanted.empty() && failed_at > 0 && now - from_ms(failed_at * 1000) < std::chrono::hours{1}) {
        out.push_back(finding(Grade::bad,
                              "Telegram could not deliver lately: " + commands::inert(text(info, "last_error_message")),
                              "The address must be reachable from outside on port 443, 80, 88 or 8443, with a "
                              "certificate that is valid for its name, and answer within seconds."));
    }
}

}  // namespace

asio::awaitable<std::vector<Finding>> check(Api& api, Clock& clock, std::string webhook_url) {
    std::vector<Finding> out;
    Json nothing = Json::object();
    const Called me = co_await api.call("getMe", nothing);
    const ApiAnswer* answer = worked(me);
    if (answer == nullptr) {
        const auto* refused = std::get_if<ApiAnswer>(&me);
        const bool token = refused != nullptr && (refused->status == 401 || refused->status == 404);
        out.push_back(token ? finding(Grade::bad, "Telegram refuses the token: " + problem_of(me),
                                      "@BotFather: /mybots, the bot, API Token; put it into PODBRIEF_TELEGRAM_TOKEN.")
                            : finding(Grade::bad, "Telegram cannot be reached: " + problem_of(me),
                                      "Check the network, a proxy or a firewall on the way to the Bot API."));
        co_return out;
    }
    look_at_bot(out, *answer->result);
    look_at_clock(out, *answer, clock.wall_now());
    const Called info = co_await api.call("getWebhookInfo", nothing);
    if (const ApiAnswer* told = worked(info)) {
        look_at_webhook(out, *told->result, webhook_url, clock.wall_now());
    } else {
        out.push_back(finding(Grade::bad, "Telegram does not say where updates go: " + problem_of(info), "Try again."));
    }
    co_return out;
}

}  // namespace podbrief::telegram
