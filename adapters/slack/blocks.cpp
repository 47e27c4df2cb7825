#include "adapters/slack/blocks.hpp"

#include <boost/url/parse.hpp>
#include <nlohmann/json.hpp>

#include "adapters/slack/limits.hpp"
#include "adapters/slack/text.hpp"
#include "core/commands/inert.hpp"
#include "core/commands/links.hpp"
#include "core/rendering/buttons.hpp"
#include "core/rendering/measure.hpp"

namespace podbrief::slack {
namespace {

using commands::inert;
using rendering::utf16_units;

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \n") == std::string_view::npos;
}

// Escaping only ever makes longer: what is cut so fits either way.
std::string cut(std::string_view text, std::size_t limit) {
    return rendering::cut(text, limit, escaped_units);
}

std::string one_line(std::string_view text, std::size_t limit) {
    return cut(inert(text), limit);
}

Json text_element(const Run& run, const std::string& text) {
    Json element = {{"type", "text"}, {"text", text}};
    if (run.bold) element["style"] = {{"bold", true}};
    return element;
}

// One button; null: it cannot be one.
Json button(const Choice& choice) {
    std::string label = one_line(choice.label, limits::button_text);
    Json out = {{"type", "button"}};
    if (choice.link.empty()) {
        const auto data = to_data(choice.action);
        if (!data) return nullptr;
        out["value"] = inert(*data);
        if (out["value"] != *data) return nullptr;
    } else {
        if (mrkdwn_link(choice.link, {}).empty() || choice.link.size() > limits::button_url) return nullptr;
        label = one_line(honest_label(label, choice.link), limits::button_text);
        out["url"] = choice.link;
    }
    if (is_blank(label)) return nullptr;
    if (choice.chosen) out["style"] = "primary";
    out["text"] = plain_text(label, limits::button_text);
    return out;
}

Json actions(std::vector<Json> elements) {
    return {{"type", "actions"}, {"elements", std::move(elements)}};
}

// Addresses are counted too: what Slack adds up for its limit on all blocks is not documented.
std::size_t text_of(const Json& element) {
    std::size_t sum = element.contains("url") ? utf16_units(element["url"].get_ref<const std::string&>()) : 0;
    if (element.contains("text")) return sum + escaped_units(element["text"]["text"].get_ref<const std::string&>());
    for (const Json& option : element["options"])
        sum += escaped_units(option["text"]["text"].get_ref<const std::string&>());
    return sum;
}

Json menu(const std::vector<Choice>& choices) {
    std::vector<Json> options;
    for (const Choice& choice : choices) {
        Json option = {{"text", plain_text(choice.label, limits::option_text)}};
        option["value"] = to_data(choice.action).value_or("");
        options.push_back(std::move(option));
    }
    return {{"type", "overflow"}, {"options", std::move(options)}};
}

}  // namespace

void Blocks::add(Blocks more) {
    for (Json& block : more.json) json.push_back(std::move(block));
    text += more.text;
}

Json plain_text(std::string_view text, std::size_t limit) {
    return {{"type", "plain_text"}, {"text", one_line(text, limit)}, {"emoji", false}};
}

Blocks header(std::string_view text) {
    Blocks out;
    Json shown = plain_text(text, limits::header_text);
    const auto& words = shown["text"].get_ref<const std::string&>();
    if (is_blank(words)) return out;
    out.text = escaped_units(words);
    out.json.push_back({{"type", "header"}, {"text", std::move(shown)}});
    return out;
}

Blocks rich_text(const std::vector<Run>& runs, bool quoted) {
    Blocks out;
    std::vector<Json> elements;
    std::size_t size = 0;
    const auto finish = [&] {
        if (elements.empty()) return;
        Json section = {{"type", quoted ? "rich_text_quote" : "rich_text_section"}, {"elements", std::move(elements)}};
        Json block = {{"type", "rich_text"}};
        block["elements"] = Json::array({std::move(section)});
        out.json.push_back(std::move(block));
        out.text += size;
        elements.clear();
        size = 0;
    };
    for (const Run& run : runs) {
        const std::string text = inert(run.text, true);
        if (text.empty()) continue;
        if (size + escaped_units(text) <= limits::block_text) {
            elements.push_back(text_element(run, text));
            size += escaped_units(text);
            continue;
        }
        const std::size_t left = limits::block_text - size;
        if (left < limits::block_text / 3) finish();
        for (const std::string& piece :
             rendering::pieces_of(text, limits::block_text - std::min(size, limits::block_text), escaped_units)) {
            if (piece.empty()) continue;
            if (size + escaped_units(piece) > limits::block_text) finish();
            elements.push_back(text_element(run, piece));
            size += escaped_units(piece);
        }
    }
    finish();
    return out;
}

Blocks context(const std::vector<std::string>& plain, const std::string& url, const std::string& link_label) {
    Blocks out;
    std::vector<Json> elements;
    for (const std::string& words : plain) {
        Json element = plain_text(words, limits::context_text);
        const auto& text = element["text"].get_ref<const std::string&>();
        if (is_blank(text)) continue;
        out.text += escaped_units(text);
        elements.push_back(std::move(element));
    }
    if (const std::string link = mrkdwn_link(url, link_label); !link.empty()) {
        out.text += utf16_units(link);
        elements.push_back({{"type", "mrkdwn"}, {"text", link}, {"verbatim", true}});
    }
    if (!elements.empty()) out.json.push_back({{"type", "context"}, {"elements", std::move(elements)}});
    return out;
}

Blocks buttons(const std::vector<Choice>& choices) {
    Blocks out;
    std::vector<Json> row;
    const auto finish = [&] {
        if (!row.empty()) out.json.push_back(actions(std::move(row)));
        row.clear();
    };
    for (const Choice& choice : choices) {
        Json one = button(choice);
        if (one.is_null()) continue;
        out.text += text_of(one);
        row.push_back(std::move(one));
        if (row.size() == limits::buttons_in_block) finish();
    }
    finish();
    return out;
}

Blocks card_buttons(const InsightCard& card) {
    using Kind = Action::Kind;
    std::vector<Choice> shown;
    std::vector<Choice> behind;
    for (Choice& choice : rendering::card_buttons(card)) {
        const bool rare = choice.action.kind == Kind::save || choice.action.kind == Kind::mute;
        (rare ? behind : shown).push_back(std::move(choice));
    }
    if (behind.size() < 2) {  // a menu has at least two entries
        for (Choice& choice : behind) shown.push_back(std::move(choice));
        behind.clear();
    }
    Blocks out = buttons(shown);
    if (behind.empty() || out.json.empty()) return out;
    Json more = menu(behind);
    out.text += text_of(more);
    out.json.back()["elements"].push_back(std::move(more));
    return out;
}

std::string honest_label(std::string_view label, std::string_view url) {
    const auto parsed = boost::urls::parse_uri(url);
    std::string host = parsed ? std::string(parsed->encoded_host()) : std::string();
    constexpr std::array<std::string_view, 8> signs{".", "@", "://", "\uFF0E", "\u3002", "\u2024", "\uFF61", "\uFF0F"};
    const bool like_a_host = std::any_of(
        signs.begin(), signs.end(), [&](std::string_view sign) { return label.find(sign) != std::string_view::npos; });
    if (!like_a_host && !is_blank(label)) return std::string(label);
    return host;
}

void name_parts(std::vector<Json>& blocks) {
    int number = 0;
    for (Json& block : blocks) {
        ++number;
        if (block["type"] != "actions") continue;
        const std::string name = "b" + std::to_string(number);
        block["block_id"] = name;
        int element = 0;
        for (Json& one : block["elements"]) {
            if (!one.contains("action_id")) one["action_id"] = name + "." + std::to_string(++element);
        }
    }
}

}  // namespace podbrief::slack
