#include "adapters/sqlite/incoming_json.hpp"

#include <nlohmann/json.hpp>

#include "core/ports/store_failure.hpp"

namespace podbrief::sqlite {
namespace {

using Json = nlohmann::json;

std::string str(const Json& value) {
    return value.get<std::string>();
}

Json destination(const Destination& d) {
    return Json::array({d.platform, d.workspace, d.chat, d.thread});
}
Destination destination_from(const Json& j) {
    return {str(j.at(0)), str(j.at(1)), str(j.at(2)), str(j.at(3))};
}

Json fields(const std::vector<Incoming::Field>& all) {
    Json array = Json::array();
    for (const Incoming::Field& field : all) array.push_back(Json::array({field.name, field.value}));
    return array;
}

Incoming read(const Json& j) {
    Incoming i;
    i.at = from_ms(j.at("at_ms").get<std::int64_t>());
    i.kind = incoming_kind_from(str(j.at("kind"))).value_or(Incoming::Kind::text);
    i.from = {str(j.at("from").at(0)), str(j.at("from").at(1)), str(j.at("from").at(2))};
    i.where = destination_from(j.at("where"));
    i.direct = j.at("direct").get<bool>();
    i.answer_in_thread = j.at("answer_in_thread").get<bool>();
    i.text = str(j.at("text"));
    i.action_data = str(j.at("action_data"));
    for (const Json& field : j.at("fields")) i.fields.push_back({str(field.at(0)), str(field.at(1))});
    i.message_ref = str(j.at("message_ref"));
    i.moved_to = destination_from(j.at("moved_to"));
    if (!j.at("may_manage").is_null()) i.may_manage = j.at("may_manage").get<bool>();
    i.name = str(j.at("name"));
    i.locale = str(j.at("locale"));
    i.time_zone = str(j.at("time_zone"));
    return i;
}

}  // namespace

std::string to_json(const Incoming& i) {
    const Json json{{"at_ms", to_ms(i.at)},
                    {"kind", std::string(to_string(i.kind))},
                    {"from", Json::array({i.from.platform, i.from.workspace, i.from.user})},
                    {"where", destination(i.where)},
                    {"direct", i.direct},
                    {"answer_in_thread", i.answer_in_thread},
                    {"text", i.text},
                    {"action_data", i.action_data},
                    {"fields", fields(i.fields)},
                    {"message_ref", i.message_ref},
                    {"moved_to", destination(i.moved_to)},
                    {"may_manage", i.may_manage ? Json(*i.may_manage) : Json(nullptr)},
                    {"name", i.name},
                    {"locale", i.locale},
                    {"time_zone", i.time_zone}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Incoming incoming_from(std::string_view text) {
    try {
        return read(Json::parse(text));
    } catch (const Json::exception& e) {
        // What it says may quote what somebody wrote.
        throw StoreFailure(StoreFailure::Kind::corrupt,
                           "The database is damaged: something that came in cannot be read (JSON error " +
                               std::to_string(e.id) + "). Stop podbrief and restore a backup");
    }
}

}  // namespace podbrief::sqlite
