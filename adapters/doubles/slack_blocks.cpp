// The rules of Block Kit, as a table of checks.
#include "adapters/doubles/slack_blocks.hpp"

#include <nlohmann/json.hpp>
#include <set>

#include "adapters/doubles/platform_model.hpp"

namespace podbrief::doubles::slack {
namespace {

using Json = nlohmann::json;

struct Wrong {
    std::string what;
};

[[noreturn]] void wrong(const std::string& where, const std::string& what) {
    throw Wrong{where + ": " + what};
}

const Json& member(const Json& of, const char* name, const std::string& where) {
    if (!of.is_object() || !of.contains(name)) wrong(where, std::string("missing ") + name);
    return of[name];
}

std::string text_member(const Json& of, const char* name, const std::string& where) {
    const Json& value = member(of, name, where);
    if (!value.is_string()) wrong(where + "." + name, "must be a string");
    return value.get<std::string>();
}

void only(const Json& of, std::initializer_list<std::string_view> names, const std::string& where) {
    for (const auto& [name, value] : of.items()) {
        if (std::find(names.begin(), names.end(), name) == names.end()) wrong(where, "unexpected member " + name);
    }
}

void length(const std::string& text, std::size_t least, std::size_t most, const std::string& where) {
    const std::size_t size = utf16_units(text);
    if (size < least) wrong(where, "must not be empty");
    if (size > most) wrong(where, fmt::format("more than {} characters", most));
}

void text_object(const Json& of, std::size_t most, bool plain, const std::string& where) {
    const std::string type = text_member(of, "type", where);
    if (type != "plain_text" && (plain || type != "mrkdwn")) wrong(where, "must be plain_text");
    only(of,
         type == "plain_text" ? std::initializer_list<std::string_view>{"type", "text", "emoji"}
                              : std::initializer_list<std::string_view>{"type", "text", "verbatim"},
         where);
    length(text_member(of, "text", where), 1, most, where + ".text");
}

void optional_text(const Json& of, const char* name, std::size_t most, const std::string& where) {
    if (of.contains(name)) text_object(of[name], most, true, where + "." + name);
}

void id(const Json& of, const char* name, std::set<std::string>& seen, const std::string& where) {
    if (!of.contains(name)) return;
    const std::string value = text_member(of, name, where);
    length(value, 1, 255, where + "." + name);
    if (!seen.insert(value).second) wrong(where + "." + name, "`" + value + "` is there twice");
}

void option(const Json& of, const std::string& where) {
    only(of, {"text", "value", "description"}, where);
    text_object(member(of, "text", where), 75, true, where + ".text");
    length(text_member(of, "value", where), 1, 150, where + ".value");
    optional_text(of, "description", 75, where);
}

void options(const Json& of, std::size_t least, std::size_t most, const std::string& where) {
    const Json& all = member(of, "options", where);
    if (!all.is_array() || all.size() < least || all.size() > most)
        wrong(where + ".options", fmt::format("must be {} to {}", least, most));
    for (std::size_t i = 0; i < all.size(); ++i) option(all[i], fmt::format("{}.options[{}]", where, i));
    for (const char* initial : {"initial_option"}) {
        if (!of.contains(initial)) continue;
        if (std::find(all.begin(), all.end(), of[initial]) == all.end()) wrong(where, "initial_option is no option");
    }
    if (!of.contains("initial_options")) return;
    if (of["initial_options"].empty()) wrong(where + ".initial_options", "must not be empty");
    for (const Json& one : of["initial_options"]) {
        if (std::find(all.begin(), all.end(), one) == all.end()) wrong(where, "initial_options has what is no option");
    }
}

void button(const Json& of, const std::string& where) {
    only(of, {"type", "text", "action_id", "value", "url", "style", "accessibility_label"}, where);
    text_object(member(of, "text", where), 75, true, where + ".text");
    if (of.contains("value")) length(text_member(of, "value", where), 0, 2'000, where + ".value");
    if (of.contains("url")) length(text_member(of, "url", where), 1, 3'000, where + ".url");
    if (of.contains("style") && of["style"] != "primary" && of["style"] != "danger") wrong(where + ".style", "unknown");
}

void element(const Json& of, bool in_input, std::set<std::string>& actions, const std::string& where) {
    const std::string type = text_member(of, "type", where);
    id(of, "action_id", actions, where);
    if (type == "button" && !in_input) return button(of, where);
    if (type == "overflow" && !in_input) return options(of, 2, 5, where);
    if (type == "external_select" || type == "multi_external_select") {
        return optional_text(of, "placeholder", 150, where);
    }
    if (type == "static_select" || type == "multi_static_select") {
        optional_text(of, "placeholder", 150, where);
        return options(of, 1, 100, where);
    }
    if (type == "checkboxes" || type == "radio_buttons") return options(of, 1, 10, where);
    if (type == "plain_text_input" && in_input) {
        optional_text(of, "placeholder", 150, where);
        const auto most = of.value("max_length", 3'000);
        if (most < 1 || most > 3'000) wrong(where + ".max_length", "must be 1 to 3000");
        if (of.contains("initial_value"))
            length(text_member(of, "initial_value", where), 0, static_cast<std::size_t>(most),
                   where + ".initial_value");
        return;
    }
    wrong(where, "unsupported type: " + type);
}

void rich_text(const Json& block, const std::string& where) {
    const Json& sections = member(block, "elements", where);
    if (!sections.is_array() || sections.empty()) wrong(where + ".elements", "must not be empty");
    for (const Json& section : sections) {
        const std::string type = text_member(section, "type", where);
        if (type != "rich_text_section" && type != "rich_text_quote" && type != "rich_text_preformatted")
            wrong(where, "unsupported type: " + type);
        const Json& parts = member(section, "elements", where);
        if (!parts.is_array() || parts.empty()) wrong(where + ".elements.elements", "must not be empty");
        for (const Json& part : parts) {
            const std::string kind = text_member(part, "type", where);
            if (kind != "text" && kind != "link" && kind != "user" && kind != "broadcast" && kind != "channel")
                wrong(where, "unsupported type: " + kind);
            if (kind == "text") length(text_member(part, "text", where), 1, 3'000, where + ".text");
            if (kind == "link") length(text_member(part, "url", where), 1, 3'000, where + ".url");
        }
    }
}

void elements_of(const Json& block, std::size_t most, const std::string& where, bool texts) {
    const Json& all = member(block, "elements", where);
    if (!all.is_array() || all.empty() || all.size() > most)
        wrong(where + ".elements", fmt::format("must be 1 to {}", most));
    std::set<std::string> actions;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::string here = fmt::format("{}.elements[{}]", where, i);
        if (texts) {
            text_object(all[i], 3'000, false, here);
        } else {
            element(all[i], false, actions, here);
        }
    }
}

void input(const Json& block, const std::string& where) {
    only(block, {"type", "block_id", "label", "element", "hint", "optional", "dispatch_action"}, where);
    text_object(member(block, "label", where), 2'000, true, where + ".label");
    optional_text(block, "hint", 2'000, where);
    std::set<std::string> actions;
    element(member(block, "element", where), true, actions, where + ".element");
}

void section(const Json& block, const std::string& where) {
    only(block, {"type", "block_id", "text", "fields", "accessory", "expand"}, where);
    if (!block.contains("text") && !block.contains("fields")) wrong(where, "text or fields must be there");
    if (block.contains("text")) text_object(block["text"], 3'000, false, where + ".text");
    if (!block.contains("accessory")) return;
    std::set<std::string> actions;
    element(block["accessory"], false, actions, where + ".accessory");
}

void check(const Json& block, Surface surface, const std::string& where) {
    const std::string type = text_member(block, "type", where);
    if (type == "header") return text_object(member(block, "text", where), 150, true, where + ".text");
    if (type == "divider") return;
    if (type == "section") return section(block, where);
    if (type == "rich_text") return rich_text(block, where);
    if (type == "context") return elements_of(block, 10, where, true);
    if (type == "actions") return elements_of(block, 25, where, false);
    if (type == "input" && surface != Surface::message) return input(block, where);
    wrong(where, "unsupported type: " + type);
}

}  // namespace

std::string problem_of_blocks(const Json& blocks, Surface surface) {
    const std::size_t most = surface == Surface::message ? 50 : 100;
    try {
        if (!blocks.is_array()) wrong("blocks", "must be an array");
        if (blocks.size() > most) wrong("blocks", fmt::format("more than {}", most));
        std::set<std::string> ids;
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            const std::string where = fmt::format("blocks[{}]", i);
            check(blocks[i], surface, where);
            id(blocks[i], "block_id", ids, where);
        }
    } catch (const Wrong& found) {
        return found.what;
    }
    return {};
}

std::string problem_of_view(const Json& view) {
    try {
        const std::string type = text_member(view, "type", "view");
        if (type != "modal" && type != "home") wrong("view.type", "must be modal or home");
        if (type == "modal") {
            only(view,
                 {"type", "title", "submit", "close", "blocks", "callback_id", "private_metadata", "notify_on_close",
                  "clear_on_close", "external_id"},
                 "view");
            text_object(member(view, "title", "view"), 24, true, "view.title");
            optional_text(view, "submit", 24, "view");
            optional_text(view, "close", 24, "view");
        } else {
            only(view, {"type", "blocks", "callback_id", "private_metadata", "external_id"}, "view");
        }
        if (view.contains("callback_id")) length(text_member(view, "callback_id", "view"), 1, 255, "view.callback_id");
        if (view.contains("private_metadata"))
            length(text_member(view, "private_metadata", "view"), 0, 3'000, "view.private_metadata");
        return problem_of_blocks(member(view, "blocks", "view"), type == "modal" ? Surface::modal : Surface::home);
    } catch (const Wrong& found) {
        return found.what;
    }
}

}  // namespace podbrief::doubles::slack
