// What a person sees of Block Kit and mrkdwn.
#include <nlohmann/json.hpp>

#include "adapters/doubles/slack_blocks.hpp"

namespace podbrief::doubles::slack {
namespace {

using Json = nlohmann::json;

std::string unescaped(std::string text) {
    for (const auto& [mark, meant] : {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}}) {
        for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1))
            text.replace(at, std::char_traits<char>::length(mark), meant);
    }
    return text;
}

void add(Shown& to, Shown more, std::string_view between) {
    if (!to.text.empty() && !more.text.empty()) to.text += between;
    to.text += more.text;
    for (auto& link : more.links) to.links.push_back(std::move(link));
    for (auto& ping : more.pings) to.pings.push_back(std::move(ping));
    for (auto& one : more.pressable) to.pressable.push_back(std::move(one));
}

// Of what stands between < and >.
void add_token(Shown& out, const std::string& inside) {
    const auto bar = inside.find('|');
    const std::string target = unescaped(inside.substr(0, bar));
    const std::string label = bar == std::string::npos ? std::string() : unescaped(inside.substr(bar + 1));
    const char kind = target.empty() ? '\0' : target.front();
    if (kind == '@' || (kind == '!' && target.rfind("!date^", 0) != 0)) {
        out.pings.push_back("<" + target + ">");
        out.text += "@" + (label.empty() ? target.substr(1) : label);
    } else if (kind == '#' || kind == '!') {
        out.text += label.empty() ? target : label;
    } else {
        out.links.push_back(target);
        out.text += label.empty() ? target : label + " (" + target + ")";
    }
}

void add_bare_links(Shown& out, const std::string& text) {
    for (auto at = text.find("http"); at != std::string::npos; at = text.find("http", at + 1)) {
        if (text.compare(at, 7, "http://") != 0 && text.compare(at, 8, "https://") != 0) continue;
        out.links.push_back(text.substr(at, text.find_first_of(" \n", at) - at));
    }
}

Shown of_text(const Json& object) {
    const std::string text = object.value("text", "");
    if (object.value("type", "") == "mrkdwn") return shown_of_mrkdwn(text, !object.value("verbatim", false));
    Shown out;
    out.text = text;
    return out;
}

Shown of_rich_text(const Json& block) {
    Shown out;
    for (const Json& section : block["elements"]) {
        Shown part;
        for (const Json& element : section["elements"]) {
            const std::string type = element.value("type", "");
            if (type == "text") part.text += element.value("text", "");
            if (type == "link") {
                part.links.push_back(element.value("url", ""));
                part.text += element.value("text", "") + " (" + element.value("url", "") + ")";
            }
            if (type == "user" || type == "broadcast") part.pings.push_back(type);
        }
        if (section.value("type", "") == "rich_text_quote") part.text = "> " + part.text;
        add(out, std::move(part), "\n");
    }
    return out;
}

Shown of_element(const Json& element, const std::string& block_id) {
    Shown out;
    Pressable one;
    one.block_id = block_id;
    one.action_id = element.value("action_id", "");
    one.type = element.value("type", "");
    if (element.contains("options")) {
        for (const Json& option : element["options"]) {
            one.label = option["text"].value("text", "");
            one.value = option.value("value", "");
            out.text += (out.text.empty() ? "[\u22EF " : " | ") + one.label;
            out.pressable.push_back(one);
        }
        out.text += "]";
        return out;
    }
    one.value = element.value("value", "");
    one.url = element.value("url", "");
    const char* words = one.type == "button" ? "text" : "placeholder";
    if (element.contains(words)) one.label = element[words].value("text", "");
    if (one.type == "plain_text_input") one.label = element.value("initial_value", "");
    if (!one.url.empty()) out.links.push_back(one.url);
    out.text = "[" + one.label + (one.url.empty() ? "" : " (" + one.url + ")") + "]";
    out.pressable.push_back(std::move(one));
    return out;
}

Shown of_block(const Json& block) {
    const std::string type = block.value("type", "");
    const std::string id = block.value("block_id", "");
    Shown out;
    if (type == "rich_text") return of_rich_text(block);
    if (type == "header") return of_text(block["text"]);
    if (type == "divider") return out;
    if (type == "context") {
        for (const Json& element : block["elements"]) add(out, of_text(element), " \u00b7 ");
    } else if (type == "actions") {
        for (const Json& element : block["elements"]) add(out, of_element(element, id), " ");
    } else if (type == "input") {
        out = of_text(block["label"]);
        add(out, of_element(block["element"], id), ": ");
    } else if (type == "section") {
        if (block.contains("text")) out = of_text(block["text"]);
        if (block.contains("accessory")) add(out, of_element(block["accessory"], id), " ");
    }
    return out;
}

}  // namespace

Shown shown_of_mrkdwn(std::string_view text, bool auto_links) {
    Shown out;
    for (std::size_t i = 0; i < text.size();) {
        const auto open = text.find('<', i);
        const auto close = open == std::string_view::npos ? open : text.find('>', open);
        const std::string plain = unescaped(std::string(text.substr(i, close == open ? open : open - i)));
        if (auto_links) add_bare_links(out, plain);
        if (close == std::string_view::npos) {
            out.text += unescaped(std::string(text.substr(i)));
            break;
        }
        out.text += plain;
        add_token(out, std::string(text.substr(open + 1, close - open - 1)));
        i = close + 1;
    }
    return out;
}

Shown shown_of_blocks(const Json& blocks) {
    Shown out;
    for (const Json& block : blocks) add(out, of_block(block), "\n");
    return out;
}

}  // namespace podbrief::doubles::slack
