#include "tests/adapters/telegram/bot_api_spec.hpp"

#include <nlohmann/json.hpp>

#include "tests/support/files.hpp"

namespace podbrief::telegram_test {

using Json = nlohmann::json;

std::optional<BotApiSpec> BotApiSpec::load() {
    const auto file = podbrief::testing::shared_data("../platforms/specs/telegram-bot-api.json");
    if (!file) return std::nullopt;
    BotApiSpec out;
    out.spec_ = std::make_shared<const Json>(Json::parse(podbrief::testing::read_file(*file)));
    return out;
}

std::string BotApiSpec::problem_with_call(const std::string& method, const Json& fields) const {
    const auto& methods = (*spec_)["methods"];
    if (!methods.contains(method)) return "no method " + method;
    return problem_with_fields(methods[method], fields, method);
}

std::string BotApiSpec::problem_with_fields(const Json& described, const Json& fields, const std::string& where) const {
    if (!fields.is_object()) return where + " is no object";
    const Json known = described.value("fields", Json::array());
    for (const auto& [name, value] : fields.items()) {
        const Json* field = nullptr;
        for (const Json& one : known) {
            if (one["name"] == name) field = &one;
        }
        if (field == nullptr) return where + " has no field " + name;
        std::string problem;
        for (const Json& type : (*field)["types"]) {
            problem = problem_with_type(type.get<std::string>(), value, where + "." + name);
            if (problem.empty()) break;
        }
        if (!problem.empty()) return problem;
    }
    for (const Json& field : known) {
        if (field["required"].get<bool>() && !fields.contains(field["name"].get<std::string>())) {
            return where + " wants " + field["name"].get<std::string>();
        }
    }
    return {};
}

std::string BotApiSpec::problem_with_type(const std::string& type, const Json& value, const std::string& where) const {
    constexpr std::string_view array = "Array of ";
    if (type.starts_with(array)) {
        if (!value.is_array()) return where + " is no array";
        for (std::size_t i = 0; i < value.size(); ++i) {
            const auto problem =
                problem_with_type(type.substr(array.size()), value[i], where + "." + std::to_string(i));
            if (!problem.empty()) return problem;
        }
        return {};
    }
    if (type == "Integer") return value.is_number_integer() ? "" : where + " is no integer";
    if (type == "String") return value.is_string() ? "" : where + " is no string";
    if (type == "Boolean" || type == "True") return value.is_boolean() ? "" : where + " is no boolean";
    if (type == "Float") return value.is_number() ? "" : where + " is no number";
    const auto& types = (*spec_)["types"];
    if (!types.contains(type)) return where + " has the unknown type " + type;
    const Json subtypes = types[type].value("subtypes", Json::array());
    if (subtypes.empty()) return problem_with_fields(types[type], value, where);
    std::string problem;
    for (const Json& one : subtypes) {
        problem = problem_with_type(one.get<std::string>(), value, where);
        if (problem.empty()) return {};
    }
    return problem;
}

}  // namespace podbrief::telegram_test
