#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "adapters/telegram/wire.hpp"
#include "core/model/incoming.hpp"

namespace podbrief::telegram {

// Who we are, from getMe.
struct Bot {
    std::int64_t id = 0;
    std::string username;  // without @
};

// What an update means for us; nullopt: nothing (not said to us, an edit, another bot's command). Pure; may_manage is
// only set where the update itself tells. `now` is when it came: callback queries do not say when they were made.
std::optional<Incoming> incoming_from(const Update& update, const Bot& bot, WallTime now);

// "u123".
std::string event_id_of(const Update& update);

// In a group only what was said by somebody who may change its settings may change them. Whether that must be asked of
// Telegram: for what could be a setting, not for questions, since asking costs a call.
bool needs_rights(const Incoming& incoming);

}  // namespace podbrief::telegram
