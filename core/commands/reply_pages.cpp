#include "core/commands/reply_pages.hpp"

#include "core/commands/reply_parts.hpp"
#include "core/commands/wording.hpp"

namespace podbrief::commands {

Reply page_reply(const std::string& address, bool others_ended) {
    Reply reply = saying(
        "Your briefs, today's and earlier ones, are on a page of your own; it works when this chat does "
        "not. Whoever has its address can read it, so keep it to yourself.");
    Choices choices;
    const std::pair<const char*, const char*> ways[] = {{"Your briefs", ""}, {"As a feed (RSS)", ".rss"}};
    for (const auto& [label, ending] : ways) {
        Choice choice;
        choice.label = label;
        choice.link = address + ending;
        choices.choices.push_back(std::move(choice));
    }
    reply.blocks.emplace_back(std::move(choices));
    if (others_ended) say(reply, "Earlier addresses of it do not work any more.");
    suggest(reply, "page new");
    suggest(reply, "page off");
    return reply;
}

Reply pages_ended(int count) {
    return saying(count == 0 ? "You have no page. Say page, and you get its address."
                             : "Your page is closed: its address does not work any more. Say page for a new one.",
                  {"page"});
}

Reply no_pages_here() {
    return saying("This podbrief has no web pages. Whoever runs it turns them on with server.listen.", {"brief"});
}

}  // namespace podbrief::commands
