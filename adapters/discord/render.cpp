#include "adapters/discord/render.hpp"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <span>

#include "adapters/discord/limits.hpp"
#include "adapters/discord/render_text.hpp"
#include "adapters/discord/wire.hpp"
#include "core/commands/inert.hpp"
#include "core/commands/links.hpp"
#include "core/rendering/buttons.hpp"
#include "core/rendering/measure.hpp"
#include "core/rendering/parts.hpp"
#include "core/text/digest.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::discord {
namespace {

constexpr int suppress_embeds = 1 << 2;
constexpr int components_v2 = 1 << 15;
enum Type : std::uint8_t { row = 1, button = 2, string_select = 3, text_display = 10 };
enum Style : std::uint8_t { secondary = 2, success = 3, link_style = 5 };
// What is kept free for what a message may need beside its blocks: a list of rarer choices, and text at the end.
constexpr std::size_t list_components = 2;
constexpr std::size_t closing_components = 1;
constexpr std::string_view nothing_to_say = "Nothing to show.";
constexpr std::size_t marked_letters = 8;

// A number that Discord gives no component by itself.
std::int32_t mark_of(std::string_view key) {
    return static_cast<std::int32_t>((text::fnv1a(key) & 0x3FFFFFFFU) | 0x40000000U);
}

std::string mark_line(std::string_view key) {
    return "-# ref " + std::string(key.substr(0, marked_letters));
}

std::string label_of(const Choice& choice, std::size_t limit) {
    std::string label = rendering::cut(commands::inert(choice.label), limit, rendering::utf16_units);
    return label.find_first_not_of(' ') == std::string::npos ? std::string{} : label;
}

bool is_link_button(const Choice& choice) {
    return !choice.link.empty() && choice.link.size() <= limits::link_button && commands::is_web_address(choice.link);
}

// The rarer ones, for when there is no room for all.
bool is_rare(const Choice& choice) {
    return choice.action.kind == Action::Kind::source || choice.action.kind == Action::Kind::mute;
}

class Builder {
public:
    explicit Builder(bool compact) : compact_(compact) {}

    void add(const Heading& heading) { add_text(heading_text(heading, true)); }
    void add(const Paragraph& paragraph) { add_text(paragraph_text(paragraph)); }
    void add(const Table& table) { add_text(table_text(table, true)); }
    void add(const InsightCard& card) {
        add_text(card_text(card, true));
        std::vector<Choice> buttons = rendering::card_buttons(card);
        if (compact_ && buttons.size() > limits::row) {
            const auto rare = std::stable_partition(buttons.begin(), buttons.end(),
                                                    [](const Choice& choice) { return !is_rare(choice); });
            for (auto one = rare; one != buttons.end(); ++one) {
                one->label = std::to_string(card.number) + ": " + one->label;
                list_.push_back(std::move(*one));
            }
            buttons.erase(rare, buttons.end());
        }
        add_rows(buttons);
    }
    void add(const Choices& choices) {
        add_text(long_links_text(choices));
        add_rows(choices.choices);
    }
    void add_text(const std::string& text) {
        if (text.empty()) return;
        if (!pending_.empty()) pending_ += "\n\n";
        pending_ += text;
    }

    void close(const Reply& reply) {
        const auto buttons = rendering::suggestion_buttons(reply);
        const std::size_t rows = (buttons.size() + limits::row - 1) / limits::row;
        const std::size_t list = list_.empty() ? 0 : list_components;
        const std::size_t text = pending_.empty() ? 0 : 1;
        const bool room = !buttons.empty() && count_ + text + rows + buttons.size() + list <= limits::components;
        if (!room && !buttons.empty()) add_text(suggestions_text(reply, true));
        if (pending_.empty() && out_.empty()) add_text(std::string(nothing_to_say));
        flush();
        if (room) add_rows(buttons);
        add_list();
    }

    std::size_t count() const { return count_; }
    Json take() { return std::move(out_); }

private:
    void flush() {
        if (pending_.empty()) return;
        Json display = Json::object();
        display["type"] = Type::text_display;
        display["content"] = std::exchange(pending_, {});
        out_.push_back(std::move(display));
        ++count_;
    }

    // Null: it cannot be a button, or there is one that does the same.
    Json button_of(const Choice& choice) {
        const std::string label = label_of(choice, limits::label);
        if (label.empty()) return nullptr;
        Json out = Json::object();
        out["type"] = Type::button;
        out["label"] = label;
        if (!choice.link.empty()) {
            if (!is_link_button(choice)) return nullptr;
            out["style"] = Style::link_style;
            out["url"] = choice.link;
            return out;
        }
        const auto data = to_data(choice.action);
        if (!data || !text::is_valid_utf8(*data) || !used_.insert(*data).second) return nullptr;
        out["style"] = choice.chosen ? Style::success : Style::secondary;
        out["custom_id"] = *data;
        return out;
    }

    void add_rows(const std::vector<Choice>& choices) {
        Json buttons = Json::array();
        for (const Choice& choice : choices) {
            Json one = button_of(choice);
            if (!one.is_null()) buttons.push_back(std::move(one));
        }
        if (buttons.empty()) return;
        flush();
        for (std::size_t begin = 0; begin < buttons.size(); begin += limits::row) {
            Json children = Json::array();
            const std::size_t end = std::min(buttons.size(), begin + limits::row);
            for (std::size_t i = begin; i < end; ++i) children.push_back(std::move(buttons[i]));
            count_ += 1 + children.size();
            Json line = Json::object();
            line["type"] = Type::row;
            line["components"] = std::move(children);
            out_.push_back(std::move(line));
        }
    }

    void add_list() {
        Json options = Json::array();
        for (const Choice& choice : list_) {
            const std::string label = label_of(choice, limits::option);
            const auto data = to_data(choice.action);
            if (label.empty() || !data || options.size() == limits::options || !used_.insert(*data).second) continue;
            Json option = Json::object();
            option["label"] = label;
            option["value"] = *data;
            options.push_back(std::move(option));
        }
        if (options.empty()) return;
        Json select = Json::object();
        select["type"] = Type::string_select;
        select["custom_id"] = "list";
        select["placeholder"] = "Source, mute\u2026";
        select["options"] = std::move(options);
        Json line = Json::object();
        line["type"] = Type::row;
        line["components"] = Json::array({std::move(select)});
        out_.push_back(std::move(line));
        count_ += list_components;
    }

    bool compact_;
    Json out_ = Json::array();
    std::string pending_;
    std::size_t count_ = 0;
    std::vector<Choice> list_;
    std::set<std::string> used_;
};

Json components_of(const Reply& reply) {
    for (const bool compact : {false, true}) {
        Builder builder(compact);
        for (const ReplyBlock& block : reply.blocks) {
            std::visit([&](const auto& one) { builder.add(one); }, block);
        }
        builder.close(reply);
        if (builder.count() <= limits::components || compact) return builder.take();
    }
    return Json::array();
}

std::string plain_text(const Reply& reply) {
    std::string text;
    const auto add = [&](const std::string& more) {
        if (!more.empty()) text += (text.empty() ? "" : "\n\n") + more;
    };
    for (const ReplyBlock& block : reply.blocks) {
        if (const auto* heading = std::get_if<Heading>(&block)) add(heading_text(*heading, false));
        if (const auto* paragraph = std::get_if<Paragraph>(&block)) add(paragraph_text(*paragraph));
        if (const auto* card = std::get_if<InsightCard>(&block)) add(card_text(*card, false));
        if (const auto* table = std::get_if<Table>(&block)) add(table_text(*table, false));
        if (const auto* choices = std::get_if<Choices>(&block)) add(choices_text(*choices));
    }
    add(suggestions_text(reply, false));
    return text.empty() ? std::string(nothing_to_say) : text;
}

Json one_text(std::string text) {
    Json display = Json::object();
    display["type"] = Type::text_display;
    display["content"] = std::move(text);
    return Json::array({std::move(display)});
}

rendering::Size size_of(const ReplyBlock& block) {
    constexpr std::size_t between = 2;
    rendering::Size size;
    const auto rows = [](std::size_t buttons) { return (buttons + limits::row - 1) / limits::row; };
    if (const auto* heading = std::get_if<Heading>(&block)) size.text = cost(heading_text(*heading, true));
    if (const auto* paragraph = std::get_if<Paragraph>(&block)) size.text = cost(paragraph_text(*paragraph));
    if (const auto* table = std::get_if<Table>(&block)) size.text = cost(table_text(*table, true));
    if (const auto* card = std::get_if<InsightCard>(&block)) {
        size.text = std::max(cost(card_text(*card, true)), cost(card_text(*card, false)));
        const std::size_t buttons = std::min(limits::row, rendering::card_buttons(*card).size());
        size.components = buttons == 0 ? 0 : 1 + rows(buttons) + buttons;
    }
    if (const auto* choices = std::get_if<Choices>(&block)) {
        size.text = cost(choices_text(*choices));
        const std::size_t buttons = choices->choices.size();
        size.components = buttons == 0 ? 0 : 1 + rows(buttons) + buttons;
    }
    size.text += between;
    return size;
}

}  // namespace

Json message_of(const Reply& reply, const Shape& shape) {
    Json out = Json::object();
    out["allowed_mentions"] = Json::object({{"parse", Json::array()}});
    const std::string end = shape.key.empty() ? std::string{} : "\n" + mark_line(shape.key);
    const std::size_t room = limits::content - rendering::utf16_units(end);
    std::string text;
    if (shape.plainness == 1) text = plain_text(reply);
    if (shape.plainness >= 2) text = links_only_text(reply, room);
    const bool as_content = shape.plainness > 0 && !shape.components_v2_only && rendering::utf16_units(text) <= room;
    if (as_content) {
        out["content"] = text + end;
        out["flags"] = suppress_embeds;
        return out;
    }
    Json components = shape.plainness > 0 ? one_text(std::move(text)) : components_of(reply);
    if (!shape.key.empty()) components.front()["id"] = mark_of(shape.key);
    out["components"] = std::move(components);
    out["flags"] = suppress_embeds | components_v2;
    return out;
}

bool has_mark(const Json& message, std::string_view key) {
    if (text_member(message, "content").ends_with(mark_line(key))) return true;
    const Json& components = member(message, "components");
    return components.is_array() && !components.empty() && number_member(components.front(), "id") == mark_of(key);
}

std::vector<Reply> split(const Reply& reply) {
    rendering::MessageLimits most;
    most.text = limits::text;
    most.components = limits::components - list_components - closing_components;
    rendering::PartSizes sizes;
    sizes.block = size_of;
    sizes.closing = [](const Reply& all) {
        rendering::Size size;
        size.text = cost(suggestions_text(all, true)) + 2;
        return size;
    };
    sizes.divide = divided;
    return rendering::split_into_parts(reply, most, sizes);
}

}  // namespace podbrief::discord
