#pragma once
#include <cstddef>
#include <string>
#include <string_view>

// Slack's `mrkdwn` (docs.slack.dev/messaging/formatting-message-text).
namespace podbrief::slack {

// Text in which nothing is a link, a mention or an escape: & < > are written as entities.
std::string escaped(std::string_view text);
// Its length in UTF-16 units; a rendering::Measure.
std::size_t escaped_units(std::string_view text);

// `<address|label>`, or `<address>` for an empty label. Empty: it is no web address.
std::string mrkdwn_link(std::string_view url, std::string_view label);

// What somebody typed, from the `text` of an event: `<@bot>` is taken out, other mentions and links become what they
// show (links: their address), entities what they stand for. `mentioned`: whether the bot was.
std::string typed_text(std::string_view mrkdwn, std::string_view bot_user, bool* mentioned = nullptr);

}  // namespace podbrief::slack
