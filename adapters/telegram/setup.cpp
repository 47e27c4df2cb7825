#include "adapters/telegram/setup.hpp"

#include <nlohmann/json.hpp>

#include "adapters/telegram/menu.hpp"

namespace podbrief::telegram {
namespace {

using Json = nlohmann::json;

constexpr Millis longest_wait{30'000};  // that a 429 may ask for here

class SetUp {
public:
    SetUp(Api& api, Clock& clock) : api_(api), clock_(clock) {}

    asio::awaitable<void> say(const char* method, Json fields, std::string what) {
        Called called = co_await api_.call(method, fields);
        const auto* answer = std::get_if<ApiAnswer>(&called);
        if (answer != nullptr && answer->status == 429 && answer->retry_after <= longest_wait) {
            const Millis wait = std::max(answer->retry_after, Millis{1'000});
            co_await clock_.sleep_for(wait);
            called = co_await api_.call(method, std::move(fields));
        }
        Finding finding;
        finding.what = std::move(what);
        if (worked(called) == nullptr) {
            finding.grade = Finding::Grade::bad;
            finding.what += " failed: " + problem_of(called);
            finding.remedy = "Check the token (@BotFather, /mybots, API Token) and the network, and repeat.";
        }
        findings.push_back(std::move(finding));
    }

    asio::awaitable<void> say_menu(const MenuLanguage& language, bool groups) {
        Json commands = Json::array();
        for (const MenuEntry& entry : language.entries) {
            if (groups && !entry.in_groups) continue;
            commands.push_back(Json{{"command", entry.command}, {"description", entry.description}});
        }
        Json scope{{"type", groups ? "all_group_chats" : "all_private_chats"}};
        Json fields = Json::object();
        fields["commands"] = std::move(commands);
        fields["scope"] = std::move(scope);
        if (!language.code.empty()) fields["language_code"] = language.code;
        std::string what = "Commands in " + std::string(groups ? "groups" : "private chats") + named(language);
        co_await say("setMyCommands", std::move(fields), std::move(what));
    }

    asio::awaitable<void> say_language(const MenuLanguage& language) {
        co_await say_menu(language, false);
        co_await say_menu(language, true);
        Json description = Json::object();
        description["description"] = language.description;
        Json short_description = Json::object();
        short_description["short_description"] = language.short_description;
        if (!language.code.empty()) {
            description["language_code"] = language.code;
            short_description["language_code"] = language.code;
        }
        std::string what = "Description" + named(language);
        co_await say("setMyDescription", std::move(description), std::move(what));
        what = "Short description" + named(language);
        co_await say("setMyShortDescription", std::move(short_description), std::move(what));
    }

    std::vector<Finding> findings;

private:
    static std::string named(const MenuLanguage& language) {
        return language.code.empty() ? "" : " (" + std::string(language.code) + ")";
    }

    Api& api_;
    Clock& clock_;
};

}  // namespace

Json allowed_updates() {
    return Json::array({"message", "callback_query", "my_chat_member", "channel_post"});
}

asio::awaitable<std::vector<Finding>> set_up(Api& api, Clock& clock, const WebhookAddress* webhook) {
    SetUp setting_up(api, clock);
    for (const MenuLanguage& language : menu_languages()) co_await setting_up.say_language(language);
    Json fields = Json::object();
    fields["drop_pending_updates"] = false;
    if (webhook == nullptr) {
        std::string what = "No webhook: updates are polled";
        co_await setting_up.say("deleteWebhook", std::move(fields), std::move(what));
        co_return std::move(setting_up.findings);
    }
    fields["url"] = webhook->url;
    fields["secret_token"] = webhook->secret;
    fields["max_connections"] = webhook->max_connections;
    fields["allowed_updates"] = allowed_updates();
    std::string what = "Webhook";
    co_await setting_up.say("setWebhook", std::move(fields), std::move(what));
    co_return std::move(setting_up.findings);
}

}  // namespace podbrief::telegram
