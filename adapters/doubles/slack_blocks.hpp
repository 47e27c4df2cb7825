#pragma once
#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

// Block Kit as Slack takes and shows it (docs.slack.dev/reference/block-kit): the blocks that we know, judged as
// strictly as the documentation allows.
namespace podbrief::doubles::slack {

enum class Surface { message, home, modal };

// What is wrong with it, in one line: "blocks[3].text: more than 3000 characters"; empty: nothing.
std::string problem_of_blocks(const nlohmann::json& blocks, Surface surface);
// Of a whole view (views.open, views.publish).
std::string problem_of_view(const nlohmann::json& view);

struct Pressable {
    std::string block_id;
    std::string action_id;
    std::string type;   // "button", "overflow", "external_select" ...
    std::string label;  // of a menu: of the one option; each is one Pressable
    std::string value;
    std::string url;  // opens it instead
    bool operator==(const Pressable&) const = default;
};

// What a person sees and can do.
struct Shown {
    std::string text;                  // links as "label (address)", buttons as "[label]"
    std::vector<std::string> links;    // addresses that can be opened
    std::vector<std::string> pings;    // whoever is notified: "<!channel>", "<@U1>"
    std::vector<Pressable> pressable;  // in order
};
Shown shown_of_blocks(const nlohmann::json& blocks);
// `text` of a message, or a mrkdwn object; `auto_links`: bare addresses become links (no parse:"none", no verbatim).
Shown shown_of_mrkdwn(std::string_view text, bool auto_links);

}  // namespace podbrief::doubles::slack
