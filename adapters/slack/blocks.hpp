#pragma once
#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/slack/wire.hpp"
#include "core/model/reply.hpp"

// Parts of Block Kit (docs.slack.dev/reference/block-kit), each within its limits. Text is made inert here.
namespace podbrief::slack {

// Blocks and the length of all text in them, as if it were escaped.
struct Blocks {
    std::vector<Json> json;
    std::size_t text = 0;
    void add(Blocks more);
};

struct Run {
    std::string text;
    bool bold = false;
};

Json plain_text(std::string_view text, std::size_t limit);
Blocks header(std::string_view text);
// Runs after each other, as rich_text, in as many blocks as they need. Quoted: set off as a quotation.
Blocks rich_text(const std::vector<Run>& runs, bool quoted = false);
// Small grey text: what is plain first, then a link.
Blocks context(const std::vector<std::string>& plain, const std::string& url, const std::string& link_label);
Blocks buttons(const std::vector<Choice>& choices);
// The buttons under an insight; the less frequent ones behind a menu.
Blocks card_buttons(const InsightCard& card);

// A label that cannot be taken for another host than the one the link leads to.
std::string honest_label(std::string_view label, std::string_view url);

// Gives each block with buttons a name, and each button one that is unique in it.
void name_parts(std::vector<Json>& blocks);

}  // namespace podbrief::slack
