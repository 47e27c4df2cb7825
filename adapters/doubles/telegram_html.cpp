#include <array>
#include <string_view>
#include <vector>

#include "adapters/doubles/telegram_model.hpp"

namespace podbrief::doubles::telegram {
namespace {

constexpr std::array<std::string_view, 11> known_tags = {"b",   "strong", "i",    "em",  "u",         "s",
                                                         "ins", "a",      "code", "pre", "blockquote"};

bool is_known(std::string_view tag) {
    for (const auto known : known_tags) {
        if (known == tag) return true;
    }
    return false;
}

}  // namespace

Parsed parse_html(const std::string& html) {
    Parsed out;
    std::string text;
    std::vector<std::string> open;
    const auto fail = [&](const std::string& what, std::size_t at) {
        out.error = "can't parse entities: " + what + " at byte offset " + std::to_string(at);
        return out;
    };
    for (std::size_t at = 0; at < html.size();) {
        if (html[at] == '&') {
            bool decoded = false;
            for (const auto& [name, meant] :
                 {std::pair<std::string_view, char>{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}}) {
                if (html.compare(at, name.size(), name) != 0) continue;
                text += meant;
                at += name.size();
                decoded = true;
                break;
            }
            if (!decoded) text += html[at++];
            continue;
        }
        if (html[at] != '<') {
            text += html[at++];
            continue;
        }
        const auto end = html.find('>', at);
        if (end == std::string::npos) return fail("Unclosed start tag", at);
        const std::string inside = html.substr(at + 1, end - at - 1);
        if (inside.starts_with('/')) {
            if (open.empty() || open.back() != inside.substr(1)) return fail("Unmatched end tag", at);
            open.pop_back();
        } else {
            const std::string name = inside.substr(0, inside.find(' '));
            if (!is_known(name)) return fail("Unsupported start tag \"" + name + "\"", at);
            open.push_back(name);
        }
        at = end + 1;
    }
    if (!open.empty())
        return fail("Can't find end tag corresponding to start tag \"" + open.back() + "\"", html.size());
    out.text = std::move(text);
    return out;
}

}  // namespace podbrief::doubles::telegram
