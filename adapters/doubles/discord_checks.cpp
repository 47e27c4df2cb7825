#include "adapters/doubles/discord_checks.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "adapters/doubles/platform_model.hpp"

namespace podbrief::doubles::discord {
namespace {

using Json = nlohmann::json;

// Says the first thing that is wrong.
struct Wrong : std::runtime_error {
    using std::runtime_error::runtime_error;
};
void demand(bool good, const std::string& otherwise) {
    if (!good) throw Wrong(otherwise);
}

std::size_t length(const Json& text) {
    return text.is_string() ? code_points(text.get<std::string>()) : 0;
}
void demand_text(const Json& of, const char* name, std::size_t least, std::size_t most) {
    demand(of.contains(name) && of.at(name).is_string(), std::string(name) + ": required");
    const std::size_t size = length(of.at(name));
    demand(size >= least && size <= most, std::string(name) + ": length " + std::to_string(size));
}
void demand_known(const Json& of, const std::set<std::string>& names, const char* where) {
    demand(of.is_object(), std::string(where) + ": not an object");
    for (const auto& [name, value] : of.items()) {
        demand(names.count(name) != 0, std::string(where) + "." + name + ": unknown");
    }
}
int number_in(const Json& of, const char* name) {
    demand(of.contains(name) && of.at(name).is_number_integer(), std::string(name) + ": not a number");
    return of.at(name).get<int>();
}

constexpr int components_v2 = 1 << 15;

// The components of one message.
class Components {
public:
    explicit Components(bool v2) : v2_(v2) {}

    void look_at(const Json& components) {
        demand(components.is_array() && !components.empty(), "components: empty");
        demand(v2_ || components.size() <= 5, "components: more than 5 rows");
        for (const Json& one : components) top(one);
        demand(count_ <= 40, "components: " + std::to_string(count_));
        demand(text_ <= 4000, "components: text of " + std::to_string(text_));
        demand(bytes_ + 12 * count_ <= 10'170, "components: " + std::to_string(bytes_) + " bytes");
    }

private:
    void common(const Json& one) {
        ++count_;
        if (!one.contains("id")) return;
        const int id = number_in(one, "id");
        demand(id > 0 && ids_.insert(id).second, "components.id: twice");
    }
    void top(const Json& one) {
        const int type = number_in(one, "type");
        common(one);
        if (type == 1) {
            demand_known(one, {"type", "id", "components"}, "row");
            const Json& children = one.at("components");
            demand(children.is_array() && !children.empty() && children.size() <= 5, "row: 1 to 5 components");
            for (const Json& child : children) {
                const int kind = number_in(child, "type");
                demand(kind == 2 || (kind == 3 && children.size() == 1), "row: no such component");
                if (kind == 2) button(child);
                if (kind == 3) select(child);
            }
        } else {
            demand(v2_ && type == 10, "components: type " + std::to_string(type) + " is not for this message");
            demand_known(one, {"type", "id", "content"}, "text display");
            demand_text(one, "content", 1, 4000);
            text_ += length(one.at("content"));
            bytes_ += one.at("content").get<std::string>().size();
        }
    }
    void custom_id(const Json& one) {
        demand_text(one, "custom_id", 1, 100);
        demand(data_.insert(one.at("custom_id").get<std::string>()).second, "custom_id: twice");
    }
    void button(const Json& one) {
        common(one);
        demand_known(one, {"type", "id", "style", "label", "custom_id", "url", "disabled"}, "button");
        demand_text(one, "label", 1, 80);
        const int style = number_in(one, "style");
        demand(style >= 1 && style <= 5, "button.style");
        if (style == 5) {
            demand(!one.contains("custom_id"), "button: a link has no custom_id");
            demand_text(one, "url", 1, 512);
        } else {
            demand(!one.contains("url"), "button: only links have a url");
            custom_id(one);
        }
    }
    void select(const Json& one) {
        common(one);
        demand_known(one, {"type", "id", "custom_id", "placeholder", "options", "min_values", "max_values"}, "select");
        custom_id(one);
        if (one.contains("placeholder")) demand_text(one, "placeholder", 0, 150);
        const Json& options = one.at("options");
        demand(options.is_array() && !options.empty() && options.size() <= 25, "select: 1 to 25 options");
        std::set<std::string> values;
        for (const Json& option : options) {
            demand_text(option, "label", 1, 100);
            demand_text(option, "value", 1, 100);
            demand(values.insert(option.at("value").get<std::string>()).second, "select: value twice");
        }
    }

    bool v2_;
    std::size_t count_ = 0;
    std::size_t text_ = 0;
    std::size_t bytes_ = 0;
    std::set<int> ids_;
    std::set<std::string> data_;
};

bool is_blank(const std::string& text) {
    return text.find_first_not_of(" \n") == std::string::npos;
}

void look_at_message(const Json& body, MessageUse use) {
    std::set<std::string> names{"content", "components", "flags", "allowed_mentions", "embeds"};
    if (use == MessageUse::create) names.insert({"nonce", "enforce_nonce", "message_reference", "tts"});
    demand_known(body, names, "message");
    int flags = body.contains("flags") ? number_in(body, "flags") : 0;
    const int allowed = use == MessageUse::create ? 4 | 4096 | components_v2
                        : use == MessageUse::edit ? 4 | components_v2
                                                  : 4 | 64 | 4096 | components_v2;
    demand((flags & ~allowed) == 0, "flags: " + std::to_string(flags));
    const bool v2 = (flags & components_v2) != 0;
    const bool has_content = body.contains("content") && !body.at("content").is_null();
    const bool has_components = body.contains("components") && !body.at("components").empty();
    if (v2) {
        demand(!has_content, "content: not with components v2");
        demand(has_components, "components: empty");
    } else {
        demand(has_content && body.at("content").is_string() && !is_blank(body.at("content").get<std::string>()),
               "content: empty");
        demand(length(body.at("content")) <= 2000, "content: too long");
    }
    if (has_components) Components(v2).look_at(body.at("components"));
    // Not Discord's rule but ours: nobody is ever pinged.
    demand(body.contains("allowed_mentions") && body.at("allowed_mentions") == Json({{"parse", Json::array()}}),
           "allowed_mentions: parse must be empty");
    if (body.contains("nonce")) demand_text(body, "nonce", 1, 25);
}

void look_at_option(const Json& option, bool nested, std::size_t& total) {
    demand_known(option,
                 {"type", "name", "description", "required", "options", "autocomplete", "choices", "max_length",
                  "min_length", "min_value", "max_value"},
                 "option");
    demand_text(option, "name", 1, 32);
    demand_text(option, "description", 1, 100);
    total += length(option.at("name")) + length(option.at("description"));
    const std::string name = option.at("name").get<std::string>();
    demand(std::none_of(name.begin(), name.end(), [](char c) { return c == ' ' || (c >= 'A' && c <= 'Z'); }),
           "option.name: " + name);
    const int type = number_in(option, "type");
    demand(type >= 1 && type <= 11, "option.type");
    demand(!nested || type != 2, "option: groups in groups");
    demand(!(option.contains("choices") && option.contains("autocomplete")), "option: choices and autocomplete");
    if (!option.contains("options")) return;
    demand(type <= 2 && option.at("options").size() <= 25, "option.options");
    std::set<std::string> names;
    bool optional = false;
    for (const Json& one : option.at("options")) {
        look_at_option(one, true, total);
        demand(names.insert(one.at("name").get<std::string>()).second, "option.name: twice");
        const bool required = one.value("required", false);
        demand(!(required && optional), "option: required ones come first");
        optional = optional || !required;
    }
}

void look_at_command(const Json& command) {
    demand_known(command, {"type", "name", "description", "options", "contexts", "integration_types"}, "command");
    demand_text(command, "name", 1, 32);
    demand_text(command, "description", 1, 100);
    std::size_t total = length(command.at("name")) + length(command.at("description"));
    const Json options = command.value("options", Json::array());
    demand(options.size() <= 25, "command.options: " + std::to_string(options.size()));
    std::set<std::string> names;
    for (const Json& option : options) {
        look_at_option(option, false, total);
        demand(names.insert(option.at("name").get<std::string>()).second, "option.name: twice");
    }
    demand(total <= 8000, "command: " + std::to_string(total) + " characters");
}

void look_at_modal(const Json& data) {
    demand_known(data, {"custom_id", "title", "components"}, "modal");
    demand_text(data, "custom_id", 1, 100);
    demand_text(data, "title", 1, 45);
    const Json& components = data.at("components");
    demand(components.is_array() && !components.empty() && components.size() <= 5, "modal: 1 to 5 fields");
    for (const Json& one : components) {
        demand_known(one, {"type", "label", "description", "component"}, "label");
        demand(number_in(one, "type") == 18, "modal: labels only");
        demand_text(one, "label", 1, 45);
        if (one.contains("description")) demand_text(one, "description", 1, 100);
        const Json& field = one.at("component");
        demand_text(field, "custom_id", 1, 100);
        const int type = number_in(field, "type");
        demand(type == 3 || type == 4, "modal: no such field");
        if (type == 4) demand(number_in(field, "style") <= 2, "text input: style");
        if (type == 4 && field.contains("value")) demand(length(field.at("value")) <= 4000, "text input: value");
        if (type == 3) demand(field.at("options").size() <= 25 && !field.at("options").empty(), "select: options");
    }
}

template <class Look>
std::string wrong(Look look) {
    try {
        look();
    } catch (const Wrong& error) {
        return error.what();
    } catch (const Json::exception& error) {
        return error.what();
    }
    return {};
}

}  // namespace

std::string wrong_in_message(const Json& body, MessageUse use) {
    return wrong([&] { look_at_message(body, use); });
}

std::string wrong_in_commands(const Json& commands) {
    return wrong([&] {
        demand(commands.is_array() && commands.size() <= 100, "commands");
        for (const Json& command : commands) look_at_command(command);
    });
}

std::string wrong_in_modal(const Json& data) {
    return wrong([&] { look_at_modal(data); });
}

}  // namespace podbrief::doubles::discord
