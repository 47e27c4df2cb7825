#pragma once
#include <boost/asio/awaitable.hpp>

#include "adapters/telegram/callbacks.hpp"
#include "adapters/telegram/client.hpp"
#include "adapters/telegram/identity.hpp"
#include "adapters/telegram/rights.hpp"
#include "core/ports/intake.hpp"

namespace podbrief::telegram {

// Takes an update in, whichever way it came.
class Receiver {
public:
    struct Parts {
        Intake& intake;
        Identity& identity;
        Rights& rights;
        Callbacks& callbacks;
        AnswerRoutes& routes;
        Clock& clock;
        Metrics& metrics;
    };
    explicit Receiver(Parts parts) : parts_(parts) {}

    // True: kept, known already, or nothing to us: Telegram need not tell it again. The bot's name is known.
    asio::awaitable<bool> take(Update update);

private:
    void open_ways_to_answer(const Update& update, const Incoming& incoming);

    Parts parts_;
};

}  // namespace podbrief::telegram
