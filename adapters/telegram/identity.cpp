#include "adapters/telegram/identity.hpp"

#include <nlohmann/json.hpp>

namespace podbrief::telegram {

asio::awaitable<Called> Identity::ask(Millis limit) {
    CallOptions options;
    options.deadline = limit;
    nlohmann::json fields = nlohmann::json::object();
    Called called = co_await api_.call("getMe", std::move(fields), std::move(options));
    if (const ApiAnswer* answer = worked(called)) {
        const User me = user_from(*answer->result);
        if (me.id != 0 && !me.username.empty()) bot_ = Bot{me.id, me.username};
    }
    co_return called;
}

}  // namespace podbrief::telegram
