#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/ids.hpp"

namespace podbrief {

// What a button does. It names what it is about, so that it works in any message, however old.
struct Action {
    enum class Kind {
        more,     // related insights; `insight`
        against,  // the other side; `insight`
        source,   // quote and source; `insight`
        like,     // `insight`; pressed again it is taken back, as the next three
        less,
        save,
        mute,    // the insight's first topic
        why,     // why it was chosen; without an insight: the whole list
        next,    // the next page of the list number `list` of the conversation
        choose,  // an answer to a question of ours; `text` says to which and what: "hour:8"
        say,     // as if `text` had been typed
        form,    // opens the form named `text`, where the platform has forms; else as if `text` had been typed
    };
    Kind kind = Kind::say;
    InsightId insight;
    std::int64_t list = 0;
    std::string text;
    bool operator==(const Action&) const = default;
};

// The narrowest platform (Telegram's callback_data) carries 64 bytes.
inline constexpr std::size_t longest_action_data = 64;

// The form in which platforms carry it: "more:1a2b" (base 36), "next:3", "say:more on chips". nullopt: too long.
std::optional<std::string> to_data(const Action& action);
// What came back; nullopt: not ours. Its insight or list may not exist (any more).
std::optional<Action> action_from(std::string_view data);

}  // namespace podbrief
