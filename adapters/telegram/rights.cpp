#include "adapters/telegram/rights.hpp"

#include <charconv>
#include <nlohmann/json.hpp>

#include "adapters/telegram/wire.hpp"

namespace podbrief::telegram {

asio::awaitable<std::optional<bool>> Rights::may_manage(std::string chat, std::string user) {
    const std::pair<std::string, std::string> key{chat, user};
    if (const auto found = known_.find(key); found != known_.end() && found->second.until > clock_.steady_now()) {
        co_return found->second.may;
    }
    std::int64_t chat_id = 0;
    std::int64_t user_id = 0;
    std::from_chars(chat.data(), chat.data() + chat.size(), chat_id);
    std::from_chars(user.data(), user.data() + user.size(), user_id);
    nlohmann::json fields{{"chat_id", chat_id}, {"user_id", user_id}};
    CallOptions options;
    options.deadline = longest_ask;
    const Called called = co_await api_.call("getChatMember", std::move(fields), std::move(options));
    const ApiAnswer* answer = worked(called);
    if (answer == nullptr) co_return std::nullopt;
    const std::string status = membership_from(*answer->result).status;
    const bool may = status == "creator" || status == "administrator";
    if (known_.size() >= most_kept) known_.clear();
    known_[key] = Known{may, clock_.steady_now() + kept_for};
    co_return may;
}

}  // namespace podbrief::telegram
