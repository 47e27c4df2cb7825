#include "adapters/discord/modal.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/discord/limits.hpp"
#include "adapters/discord/wire.hpp"
#include "core/commands/inert.hpp"
#include "core/rendering/measure.hpp"

namespace podbrief::discord {
namespace {

enum Type : std::uint8_t { row = 1, string_select = 3, text_input = 4, label = 18 };

std::string cut_to(std::string_view text, std::size_t limit) {
    return rendering::cut(commands::inert(text), limit, rendering::utf16_units);
}

// Whole lines of the value.
bool is_chosen(const Form::Field& field, const std::string& value) {
    const std::string lines = "\n" + field.value + "\n";
    return lines.find("\n" + value + "\n") != std::string::npos;
}

Json select_of(const Form::Field& field) {
    Json options = Json::array();
    for (const Form::Option& one : field.options) {
        if (options.size() == limits::options) break;
        Json option = Json::object();
        option["label"] = cut_to(one.label.empty() ? one.value : one.label, limits::option);
        option["value"] = one.value;
        if (is_chosen(field, one.value)) option["default"] = true;
        options.push_back(std::move(option));
    }
    Json out = Json::object();
    out["type"] = string_select;
    out["custom_id"] = field.name;
    out["required"] = false;
    out["min_values"] = 0;
    out["max_values"] = field.several ? options.size() : 1;
    out["options"] = std::move(options);
    return out;
}

Json input_of(const Form::Field& field) {
    constexpr std::size_t one_line = 100;
    const std::size_t most = std::clamp<std::size_t>(field.max_length, 1, limits::modal_text);
    Json out = Json::object();
    out["type"] = text_input;
    out["custom_id"] = field.name;
    out["style"] = most > one_line ? 2 : 1;
    out["required"] = false;
    out["max_length"] = most;
    const std::string value = rendering::cut(commands::inert(field.value, true), most, rendering::utf16_units);
    if (!value.empty()) out["value"] = value;
    return out;
}

// Of a label, or of a row as older clients send it.
void add_field(std::vector<Incoming::Field>& fields, const Json& component) {
    Incoming::Field field;
    field.name = bounded(text_member(component, "custom_id"), limits::custom_id);
    if (field.name.empty()) return;
    const Json& values = member(component, "values");
    if (values.is_array()) {
        for (const Json& value : values) {
            if (!value.is_string()) continue;
            if (!field.value.empty()) field.value += '\n';
            field.value += bounded(value.get<std::string>(), limits::option);
        }
    } else {
        field.value = bounded(text_member(component, "value"), limits::modal_text);
    }
    fields.push_back(std::move(field));
}

}  // namespace

Json modal_of(const Form& form) {
    Json out = Json::object();
    out["custom_id"] = form.name;
    out["title"] = cut_to(form.title, limits::modal_title);
    out["components"] = Json::array();
    for (const Form::Field& field : form.fields) {
        if (out["components"].size() == limits::modal_fields) break;
        Json one = Json::object();
        one["type"] = label;
        one["label"] = cut_to(field.label, limits::modal_label);
        const std::string hint = cut_to(field.hint, limits::modal_hint);
        if (!hint.empty()) one["description"] = hint;
        one["component"] = field.options.empty() ? input_of(field) : select_of(field);
        out["components"].push_back(std::move(one));
    }
    return out;
}

std::vector<Incoming::Field> fields_of(const Json& data) {
    std::vector<Incoming::Field> fields;
    const Json& components = member(data, "components");
    if (!components.is_array()) return fields;
    for (const Json& outer : components) {
        if (fields.size() >= limits::modal_fields) break;
        const Json& inner = member(outer, "components");
        if (inner.is_array()) {
            for (const Json& one : inner) add_field(fields, one);
        } else {
            add_field(fields, member(outer, "component"));
        }
    }
    return fields;
}

}  // namespace podbrief::discord
