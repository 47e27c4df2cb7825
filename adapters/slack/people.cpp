#include "adapters/slack/people.hpp"

#include <nlohmann/json.hpp>

#include "core/commands/inert.hpp"
#include "core/ports/http_server.hpp"
#include "core/rendering/measure.hpp"

namespace podbrief::slack {
namespace {

constexpr std::size_t most_known = 50'000;
constexpr Millis good_for{24 * 3'600'000};
constexpr Millis failed_for{10 * 60'000};

std::string name_in(const Json& user, std::initializer_list<const char*> path) {
    return rendering::cut(commands::inert(text_at(user, path)), 80, rendering::code_points);
}

Person person_in(const Json& user) {
    Person out;
    out.name = name_in(user, {"profile", "display_name"});
    if (out.name.empty()) out.name = name_in(user, {"real_name"});
    if (out.name.empty()) out.name = name_in(user, {"name"});
    out.locale = name_in(user, {"locale"});
    out.time_zone = name_in(user, {"tz"});
    return out;
}

}  // namespace

asio::awaitable<Person> People::person(std::string workspace, std::string user, Millis patience) {
    const Key key{workspace, user};
    const auto found = people_.find(key);
    if (found != people_.end() && found->second.until > clock_.steady_now()) co_return found->second.person;
    if (!looks_up_ || user.empty()) co_return Person{};
    ApiCall call;
    call.workspace = workspace;
    call.method = "users.info";
    call.body = to_form({{"user", user}, {"include_locale", "true"}});
    call.form = true;
    call.deadline = patience;
    const Answered answered = co_await api_.call_within_budget(std::move(call));
    if (people_.size() >= most_known) people_.clear();
    Known known;
    known.until = clock_.steady_now() + failed_for;
    if (const Answer* answer = good(answered)) {
        if (const Json* there = at(*answer->body, {"user"})) known.person = person_in(*there);
        known.until = clock_.steady_now() + good_for;
    }
    people_[key] = known;
    co_return known.person;
}

asio::awaitable<std::optional<std::string>> People::direct_chat(std::string workspace, std::string user,
                                                                Millis patience, Answered* refused) {
    if (auto known = known_direct_chat(workspace, user)) co_return known;
    ApiCall call;
    call.workspace = workspace;
    call.method = "conversations.open";
    call.body = Fields().text("users", user).object();
    call.deadline = patience;
    Answered answered = co_await api_.call_within_budget(std::move(call));
    std::string channel;
    if (const Answer* answer = good(answered)) channel = text_at(*answer->body, {"channel", "id"});
    if (channel.empty()) {
        if (refused != nullptr) *refused = std::move(answered);
        co_return std::nullopt;
    }
    learn_direct_chat(workspace, user, channel);
    co_return channel;
}

std::optional<std::string> People::known_direct_chat(const std::string& workspace, const std::string& user) const {
    const auto found = chats_.find({workspace, user});
    if (found == chats_.end()) return std::nullopt;
    return found->second;
}

void People::learn_direct_chat(const std::string& workspace, const std::string& user, const std::string& channel) {
    if (user.empty() || !channel.starts_with('D')) return;
    if (chats_.size() >= most_known) chats_.clear();
    chats_[{workspace, user}] = channel;
}

}  // namespace podbrief::slack
