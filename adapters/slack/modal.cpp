#include "adapters/slack/modal.hpp"

#include <nlohmann/json.hpp>

#include "adapters/slack/blocks.hpp"
#include "adapters/slack/inbound.hpp"
#include "adapters/slack/limits.hpp"
#include "adapters/slack/render.hpp"
#include "core/commands/inert.hpp"
#include "core/rendering/measure.hpp"

namespace podbrief::slack {
namespace {

constexpr std::size_t longest_line = 150;  // of free text in one line

bool is_line_of(const std::string& lines, const std::string& value) {
    return ("\n" + lines + "\n").find("\n" + value + "\n") != std::string::npos;
}

Json option(const std::string& label, const std::string& value) {
    return {{"text", plain_text(label.empty() ? value : label, limits::option_text)}, {"value", value}};
}

Json choice(const Form::Field& field) {
    std::vector<Json> options;
    std::vector<Json> chosen;
    for (const Form::Option& one : field.options) {
        if (options.size() == limits::options || one.value.empty() || one.value.size() > 150) continue;
        options.push_back(option(one.label, one.value));
        if (is_line_of(field.value, one.value)) chosen.push_back(options.back());
    }
    const bool few = options.size() <= limits::checkboxes;
    Json out = {{"type", !field.several ? "static_select"
                         : few          ? "checkboxes"
                                        : "multi_static_select"},
                {"action_id", "value"},
                {"options", std::move(options)}};
    if (!chosen.empty())
        out[field.several ? "initial_options" : "initial_option"] = field.several ? Json(chosen) : chosen.front();
    return out;
}

Json free_text(const Form::Field& field) {
    const std::size_t most = std::clamp<std::size_t>(field.max_length, 1, limits::input_text);
    Json out = {{"type", "plain_text_input"}, {"action_id", "value"}, {"max_length", most}};
    const std::string value = rendering::cut(commands::inert(field.value, true), most, rendering::utf16_units);
    if (!value.empty()) out["initial_value"] = value;
    if (most > longest_line) out["multiline"] = true;
    return out;
}

}  // namespace

std::string modal_view(const Form& form, const Incoming& asked) {
    std::vector<Json> blocks;
    for (const Form::Field& field : form.fields) {
        Json block = {{"type", "input"}, {"block_id", field.name}, {"optional", true}};
        block["label"] = plain_text(field.label.empty() ? field.name : field.label, limits::label_text);
        if (!commands::inert(field.hint).empty()) block["hint"] = plain_text(field.hint, limits::label_text);
        block["element"] = field.options.empty() ? free_text(field) : choice(field);
        blocks.push_back(std::move(block));
    }
    Json view = {{"type", "modal"}, {"callback_id", "form:" + form.name}, {"private_metadata", place_json(asked)}};
    view["title"] = plain_text(form.title.empty() ? "Podcast brief" : form.title, limits::modal_title);
    view["submit"] = plain_text("Save", limits::modal_title);
    view["close"] = plain_text("Cancel", limits::modal_title);
    view["blocks"] = std::move(blocks);
    return view.dump();
}

std::string home_view(const Reply& page) {
    Json search = {{"type", "external_select"}, {"action_id", "suggest:topic"}, {"min_query_length", 2}};
    search["placeholder"] = plain_text("Look up a topic", limits::placeholder);
    Json row = {{"type", "actions"}, {"block_id", "search"}};
    row["elements"] = Json::array({std::move(search)});
    Json blocks = Json::parse(home_blocks(page));
    blocks.insert(blocks.begin(), std::move(row));
    Json view = {{"type", "home"}, {"blocks", std::move(blocks)}};
    return view.dump();
}

std::string suggestions_json(const std::vector<std::string>& names) {
    std::vector<Json> options;
    for (const std::string& name : names) {
        Action say;
        say.kind = Action::Kind::say;
        say.text = "more on " + name;
        const auto data = to_data(say);
        const std::string label = commands::inert(name);
        if (!data || label.find_first_not_of(' ') == std::string::npos || options.size() == limits::options) continue;
        options.push_back(option(label, *data));
    }
    return Json({{"options", std::move(options)}}).dump();
}

}  // namespace podbrief::slack
