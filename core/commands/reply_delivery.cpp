#include "core/commands/reply_delivery.hpp"

#include <algorithm>

#include "core/briefs/brief_key.hpp"
#include "core/commands/wording.hpp"

namespace podbrief::commands {
namespace {

constexpr std::size_t most_days = 3;
constexpr std::size_t most_suggestions = 4;

// "Tuesday, 3 March" for one day, "2 March, 3 March, 4 March and 2 more" for several; each once.
std::string days_of(const std::vector<std::string>& keys, bool& several) {
    std::vector<std::string> names;  // without the year
    for (const std::string& key : keys) {
        auto day = briefs::read_key(key);
        if (!day) continue;
        day->edition = 1;
        std::string name = briefs::name_of(*day);
        name = name.substr(0, name.rfind(' '));
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
    }
    several = names.size() > 1;
    if (!several) return names.empty() ? std::string{} : names.front();
    for (std::string& name : names) name = name.substr(name.find(' ') + 1);
    if (names.size() > most_days) {
        const std::string more = fmt::format("{} more", names.size() - most_days);
        names.resize(most_days);
        names.push_back(more);
    }
    return listed(names);
}

std::string missed(const Opening& opening) {
    bool several = false;
    const std::string days = days_of(opening.undelivered, several);
    if (days.empty()) return {};
    std::string text = fmt::format("Your {} of {} did not reach you; what mattered in {} may be told here again.",
                                   several ? "briefs" : "brief", days, several ? "them" : "it");
    if (!opening.shown_by.empty()) {
        text += fmt::format(" Say brief {} to see {}.", opening.shown_by, several ? "the latest" : "it");
    }
    return text;
}

}  // namespace

void open_with(Reply& reply, const Opening& opening) {
    const std::string about_missed = missed(opening);
    if (!about_missed.empty()) reply.blocks.insert(reply.blocks.begin(), Paragraph{about_missed});
    if (!opening.due.empty()) {
        reply.blocks.insert(reply.blocks.begin(), Paragraph{fmt::format("Late: this was due at {}.", opening.due)});
    }
    if (about_missed.empty() || opening.shown_by.empty()) return;
    if (reply.suggestions.size() >= most_suggestions) reply.suggestions.resize(most_suggestions - 1);
    reply.suggestions.push_back("brief " + opening.shown_by);
}

}  // namespace podbrief::commands
