#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/model/delivery.hpp"
#include "core/model/reader.hpp"
#include "core/model/reply.hpp"

namespace podbrief::commands {

// Replies about the chats where briefs come, and about being one reader in several of them.

// "Telegram", "Slack", "Discord".
std::string platform_name(std::string_view platform);

Reply channel_hello();                                              // we were added to a channel
Reply channel_hello_about(const std::vector<std::string>& topics);  // the same, by a page about these
Reply known_hello(const Reader& reader, bool brief_comes);
// Below the first answer to somebody who has no brief yet.
void offer_brief(Reply& reply);

Reply places_reply(const std::vector<DestinationRecord>& places, const Destination& here, bool channel);
// `paused`: where it came until now.
Reply brief_here_reply(const Reader& reader, WallTime next_brief, const std::vector<Destination>& paused);
Reply channel_brief_reply(const Reader& reader, WallTime next_brief, bool anyone_may_change);
Reply stopped_here_reply(bool channel);
Reply no_brief_here();
Reply not_yours_to_change();  // the channel's settings
Reply say_it_privately();

Reply link_code_reply(std::string_view code, std::chrono::minutes lives);
Reply link_code_unknown();
Reply linked_already();
Reply linked_reply(const std::vector<DestinationRecord>& places, const Destination& here);
Reply nothing_to_answer();  // the button of a question that was answered

Reply apology();

}  // namespace podbrief::commands
