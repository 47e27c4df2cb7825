#include "core/delivery/payload.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

namespace podbrief::delivery {
namespace {

using Json = nlohmann::ordered_json;

// ---- freezing: members that have their default are left out ----

template <class T>
void put(Json& json, const char* name, const T& value, const T& standard = T{}) {
    if (value != standard) json[name] = value;
}

Json json_of(const Heading& heading) {
    return {{"t", "heading"}, {"text", heading.text}};
}

Json json_of(const Paragraph& paragraph) {
    return {{"t", "paragraph"}, {"text", paragraph.text}};
}

Json json_of(const Table& table) {
    Json rows = Json::array();
    for (const Table::Row& row : table.rows) rows.push_back(Json::array({row.label, row.value}));
    Json json;
    json["t"] = "table";
    json["rows"] = std::move(rows);
    return json;
}

Json json_of(const InsightCard& card) {
    Json json;
    json["t"] = "insight";
    put(json, "number", card.number);
    put(json, "insight", card.insight.value);
    put(json, "text", card.text);
    if (card.relation) json["relation"] = static_cast<int>(*card.relation);
    put(json, "update", card.update);
    put(json, "disputed", card.now_disputed);
    put(json, "outside", card.outside_bubble);
    put(json, "origin", static_cast<int>(card.origin));
    put(json, "modality", static_cast<int>(card.modality));
    put(json, "speaker", card.speaker);
    put(json, "show", card.show);
    put(json, "episode", card.episode);
    if (card.published_at) json["published_at_ms"] = to_ms(*card.published_at);
    put(json, "start_ms", static_cast<std::int64_t>(card.start.count()));
    put(json, "approximate", card.time_is_approximate);
    put(json, "link", card.link);
    put(json, "sources", card.sources, 1);
    put(json, "why", card.why);
    put(json, "quote", card.quote);
    put(json, "topic", card.topic);
    put(json, "liked", card.marks.liked);
    put(json, "disliked", card.marks.disliked);
    put(json, "saved", card.marks.saved);
    put(json, "muted", card.marks.muted);
    return json;
}

Json json_of(const Choices& choices) {
    Json json;
    json["t"] = "choices";
    json["choices"] = Json::array();
    for (const Choice& choice : choices.choices) {
        Json one;
        one["label"] = choice.label;
        put(one, "link", choice.link);
        if (choice.link.empty()) {
            one["kind"] = static_cast<int>(choice.action.kind);
            put(one, "insight", choice.action.insight.value);
            put(one, "list", choice.action.list);
            put(one, "text", choice.action.text);
        }
        put(one, "chosen", choice.chosen);
        json["choices"].push_back(std::move(one));
    }
    return json;
}

// ---- thawing ----

// Exactly of the type wanted: the library would also turn 1.5, true or a number too large into an int.
template <class T>
T value_of(const Json& json) {
    if constexpr (std::is_same_v<T, bool>) {
        if (!json.is_boolean()) throw std::out_of_range("not a boolean");
    } else if constexpr (std::is_integral_v<T>) {
        if (!json.is_number_integer()) throw std::out_of_range("not an integer");
        const bool fits = json.is_number_unsigned() ? std::in_range<T>(json.get<std::uint64_t>())
                                                    : std::in_range<T>(json.get<std::int64_t>());
        if (!fits) throw std::out_of_range("too large");
    }
    return json.get<T>();
}

template <class T>
T get(const Json& json, const char* name, T standard = T{}) {
    const auto found = json.find(name);
    return found == json.end() ? standard : value_of<T>(*found);
}

// Iterating would take an object, and nothing, for an array as well.
const Json& array_of(const Json&& json) = delete;
const Json& array_of(const Json& json) {
    if (!json.is_array()) throw std::out_of_range("not an array");
    return json;
}

template <class E>
E enum_of(const Json& json, const char* name, E last) {
    const int value = get<int>(json, name);
    if (value < 0 || value > static_cast<int>(last)) throw std::out_of_range(name);
    return static_cast<E>(value);
}

InsightCard card_from(const Json& json) {
    InsightCard card;
    card.number = get<int>(json, "number");
    card.insight = InsightId{get<std::int64_t>(json, "insight")};
    card.text = get<std::string>(json, "text");
    if (json.contains("relation")) card.relation = enum_of(json, "relation", Relation::adds_context);
    card.update = get<bool>(json, "update");
    card.now_disputed = get<bool>(json, "disputed");
    card.outside_bubble = get<bool>(json, "outside");
    card.origin = enum_of(json, "origin", InsightOrigin::asked);
    card.modality = enum_of(json, "modality", Modality::inferred);
    card.speaker = get<std::string>(json, "speaker");
    card.show = get<std::string>(json, "show");
    card.episode = get<std::string>(json, "episode");
    if (json.contains("published_at_ms")) card.published_at = from_ms(get<std::int64_t>(json, "published_at_ms"));
    card.start = Millis{get<std::int64_t>(json, "start_ms")};
    card.time_is_approximate = get<bool>(json, "approximate");
    card.link = get<std::string>(json, "link");
    card.sources = get<int>(json, "sources", 1);
    card.why = get<std::string>(json, "why");
    card.quote = get<std::string>(json, "quote");
    card.topic = get<std::string>(json, "topic");
    card.marks.liked = get<bool>(json, "liked");
    card.marks.disliked = get<bool>(json, "disliked");
    card.marks.saved = get<bool>(json, "saved");
    card.marks.muted = get<bool>(json, "muted");
    return card;
}

Choices choices_from(const Json& json) {
    Choices choices;
    for (const Json& one : array_of(json.at("choices"))) {
        Choice choice;
        choice.label = one.at("label").get<std::string>();
        choice.link = get<std::string>(one, "link");
        if (choice.link.empty()) {
            choice.action.kind = enum_of(one, "kind", Action::Kind::form);
            choice.action.insight = InsightId{get<std::int64_t>(one, "insight")};
            choice.action.list = get<std::int64_t>(one, "list");
            choice.action.text = get<std::string>(one, "text");
        }
        choice.chosen = get<bool>(one, "chosen");
        choices.choices.push_back(std::move(choice));
    }
    return choices;
}

Table table_from(const Json& json) {
    Table table;
    for (const Json& row : array_of(json.at("rows"))) {
        if (array_of(row).size() != 2) throw std::out_of_range("a row of two");
        table.rows.push_back({row.at(0).get<std::string>(), row.at(1).get<std::string>()});
    }
    return table;
}

ReplyBlock block_from(const Json& json) {
    const auto kind = json.at("t").get<std::string>();
    if (kind == "heading") return Heading{json.at("text").get<std::string>()};
    if (kind == "paragraph") return Paragraph{json.at("text").get<std::string>()};
    if (kind == "table") return table_from(json);
    if (kind == "insight") return card_from(json);
    if (kind == "choices") return choices_from(json);
    throw std::out_of_range(kind);
}

}  // namespace

std::string freeze(const Reply& reply) {
    Json json;
    json["blocks"] = Json::array();
    for (const ReplyBlock& block : reply.blocks) {
        json["blocks"].push_back(std::visit([](const auto& one) { return json_of(one); }, block));
    }
    if (!reply.suggestions.empty()) json["suggestions"] = reply.suggestions;
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<Reply> thaw(std::string_view payload) {
    try {
        const Json json = Json::parse(payload);
        Reply reply;
        for (const Json& block : array_of(json.at("blocks"))) reply.blocks.push_back(block_from(block));
        reply.suggestions = get<std::vector<std::string>>(json, "suggestions");
        return reply;
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

bool shows(const Reply& reply, InsightId insight) {
    return std::any_of(reply.blocks.begin(), reply.blocks.end(), [&](const ReplyBlock& block) {
        const auto* card = std::get_if<InsightCard>(&block);
        return card != nullptr && card->insight == insight;
    });
}

}  // namespace podbrief::delivery
