#pragma once
#include <algorithm>
#include <string>
#include <utility>

#include "core/model/reply.hpp"

namespace podbrief::commands {

// Small steps in building a reply; of this room only.

inline void say(Reply& reply, std::string text) {
    if (!text.empty()) reply.blocks.emplace_back(Paragraph{std::move(text)});
}

// At most four, each once.
inline void suggest(Reply& reply, std::string command) {
    auto& all = reply.suggestions;
    if (command.empty() || all.size() >= 4 || std::find(all.begin(), all.end(), command) != all.end()) return;
    all.push_back(std::move(command));
}

inline Reply saying(std::string text, std::initializer_list<const char*> suggestions = {}) {
    Reply reply;
    say(reply, std::move(text));
    for (const char* command : suggestions) suggest(reply, command);
    return reply;
}

}  // namespace podbrief::commands
