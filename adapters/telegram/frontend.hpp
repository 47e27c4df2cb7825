#pragma once
#include "adapters/telegram/api.hpp"
#include "adapters/telegram/callbacks.hpp"
#include "core/ports/intake.hpp"

namespace podbrief::telegram {

// Words beside messages: over a pressed button where it still waits for some; else a message of its own, since
// Telegram shows nothing to one person alone. There is no page of ours.
class TelegramFrontend final : public Frontend {
public:
    TelegramFrontend(Api& api, Callbacks& callbacks, Log& log) : api_(api), callbacks_(callbacks), log_(log) {}
    asio::awaitable<void> notice(Incoming about, std::string text) override;
    asio::awaitable<void> settled(Incoming about) override;
    asio::awaitable<void> show_home(Incoming about, Reply page) override;

private:
    Api& api_;
    Callbacks& callbacks_;
    Log& log_;
};

}  // namespace podbrief::telegram
