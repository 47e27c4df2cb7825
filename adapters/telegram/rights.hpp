#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "adapters/telegram/api.hpp"

namespace podbrief::telegram {

// Who may change a group's settings: its administrators. Asked of Telegram (getChatMember) only when it matters, and
// kept for some minutes, so that somebody who goes through the settings is asked about once.
class Rights {
public:
    static constexpr Millis kept_for{300'000};
    static constexpr Millis longest_ask{500};
    static constexpr std::size_t most_kept = 10'000;

    Rights(Api& api, Clock& clock) : api_(api), clock_(clock) {}
    // nullopt: Telegram did not say.
    asio::awaitable<std::optional<bool>> may_manage(std::string chat, std::string user);

private:
    struct Known {
        bool may = false;
        SteadyTime until{};
    };
    Api& api_;
    Clock& clock_;
    std::map<std::pair<std::string, std::string>, Known> known_;
};

}  // namespace podbrief::telegram
