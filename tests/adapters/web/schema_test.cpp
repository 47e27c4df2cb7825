// The JSON that programs get, held against config/web/api.schema.json: every member is described, none is missing, each
// is of a described type.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/adapters/web/site_world.hpp"
#include "tests/support/files.hpp"

namespace podbrief::testing {
namespace {

using Json = nlohmann::json;

bool is_of(const Json& value, const std::string& type) {
    if (type == "string") return value.is_string();
    if (type == "integer") return value.is_number_integer();
    if (type == "number") return value.is_number();
    if (type == "boolean") return value.is_boolean();
    if (type == "array") return value.is_array();
    if (type == "object") return value.is_object();
    return type == "null" && value.is_null();
}

// As much of JSON Schema as that file uses: $ref, type, enum, required, properties, items, additionalProperties.
class Schema {
public:
    Schema() : all_(Json::parse(read_file(source_folder() / "config/web/api.schema.json"))) {}

    std::string problem_with(const Json& value, const std::string& name) const {
        return check(value, all_.at("$defs").at(name), name);
    }

private:
    std::string check(const Json& value, const Json& schema, const std::string& where) const {
        if (schema.contains("$ref")) {
            const auto ref = schema["$ref"].get<std::string>();
            return check(value, all_.at("$defs").at(ref.substr(ref.rfind('/') + 1)), where);
        }
        if (schema.contains("enum")) {
            const Json& values = schema["enum"];
            if (std::find(values.begin(), values.end(), value) == values.end()) return where + " is " + value.dump();
        }
        if (schema.contains("type")) {
            const Json& type = schema["type"];
            const std::vector<std::string> types = type.is_array() ? type.get<std::vector<std::string>>()
                                                                   : std::vector<std::string>{type.get<std::string>()};
            const bool fits =
                std::any_of(types.begin(), types.end(), [&](const auto& one) { return is_of(value, one); });
            if (!fits) return where + " is no " + type.dump() + ": " + value.dump();
        }
        if (value.is_object()) {
            for (const Json& required : schema.at("required")) {
                if (!value.contains(required.get<std::string>())) return where + " lacks " + required.dump();
            }
            for (const auto& [name, member] : value.items()) {
                if (!schema.at("properties").contains(name)) return where + " has " + name;
                std::string problem = check(member, schema["properties"][name], where + "." + name);
                if (!problem.empty()) return problem;
            }
        }
        if (value.is_array()) {
            for (const Json& item : value) {
                std::string problem = check(item, schema.at("items"), where + "[]");
                if (!problem.empty()) return problem;
            }
        }
        return {};
    }

    Json all_;
};

TEST(JsonOfTheSite, IsAsItsSchemaSays) {
    SiteWorld world;
    world.library.add_sample();
    Claim notes;
    notes.show = "Notes";
    notes.text = "Chips are written about in show notes too, and nobody is named.";
    notes.topics = {"semiconductors"};
    notes.show_notes = true;
    const Insight from_notes = world.library.add(notes);
    const Schema schema;
    for (const std::int64_t id : {std::int64_t{1}, std::int64_t{6}, from_notes.id.value}) {
        const ServerResponse response = world.ask(fmt::format("/i/{}.json", id));
        ASSERT_EQ(response.status, 200);
        EXPECT_EQ(schema.problem_with(Json::parse(response.body), "insight"), "");
    }
    for (const char* target :
         {"/api/v1/search?q=chips", "/api/v1/search?q=semiconducters", "/api/v1/search?q=quidditch"}) {
        EXPECT_EQ(schema.problem_with(Json::parse(world.ask(target).body), "search"), "") << target;
    }
    for (const char* target : {"/api/v1/search", "/i/4711.json", "/oembed"}) {
        EXPECT_EQ(schema.problem_with(Json::parse(world.ask(target).body), "error"), "") << target;
    }
}

}  // namespace
}  // namespace podbrief::testing
