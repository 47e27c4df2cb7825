#include "core/commands/reply_json.hpp"

#include <nlohmann/json.hpp>

namespace podbrief::commands {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Heading& heading) {
    return {{"type", "heading"}, {"text", heading.text}};
}
Json json_of(const Paragraph& paragraph) {
    return {{"type", "paragraph"}, {"text", paragraph.text}};
}

Json json_of(const Table& table) {
    Json rows = Json::array();
    for (const Table::Row& row : table.rows) {
        Json one = Json::object();
        one["label"] = row.label;
        one["value"] = row.value;
        rows.push_back(std::move(one));
    }
    Json json = Json::object();
    json["type"] = "table";
    json["rows"] = std::move(rows);
    return json;
}

Json json_of(const InsightCard& card) {
    Json json = Json::object();
    json["type"] = "insight";
    json["number"] = card.number;
    json["insight_id"] = card.insight.value;
    json["text"] = card.text;
    json["relation"] = card.relation ? Json(to_string(*card.relation)) : Json(nullptr);
    json["update"] = card.update;
    json["now_disputed"] = card.now_disputed;
    json["outside_bubble"] = card.outside_bubble;
    json["origin"] = to_string(card.origin);
    json["modality"] = to_string(card.modality);
    json["speaker"] = card.speaker;
    json["show"] = card.show;
    json["episode"] = card.episode;
    json["published_at_ms"] = card.published_at ? Json(to_ms(*card.published_at)) : Json(nullptr);
    json["start_ms"] = card.start.count();
    json["time_is_approximate"] = card.time_is_approximate;
    json["link"] = card.link;
    json["sources"] = card.sources;
    if (!card.why.empty()) json["why"] = card.why;
    if (!card.quote.empty()) json["quote"] = card.quote;
    return json;
}

Json json_of(const Choices& choices) {
    Json all = Json::array();
    for (const Choice& choice : choices.choices) {
        Json one = Json::object();
        one["label"] = choice.label;
        if (!choice.link.empty()) one["link"] = choice.link;
        if (choice.link.empty()) one["action"] = to_data(choice.action).value_or("");
        all.push_back(std::move(one));
    }
    Json json = Json::object();
    json["type"] = "choices";
    json["choices"] = std::move(all);
    return json;
}

}  // namespace

std::string to_json(const Reply& reply) {
    Json json = Json::object();
    json["blocks"] = Json::array();
    for (const ReplyBlock& block : reply.blocks) {
        json["blocks"].push_back(std::visit([](const auto& one) { return json_of(one); }, block));
    }
    json["suggestions"] = reply.suggestions;
    // Text from outside is valid UTF-8 by then; should it not be, it is replaced rather than refused.
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace podbrief::commands
