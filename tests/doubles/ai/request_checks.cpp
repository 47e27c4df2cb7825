#include "tests/doubles/ai/request_checks.hpp"

#include <algorithm>
#include <initializer_list>
#include <nlohmann/json.hpp>

#include "core/text/unicode.hpp"

namespace podbrief::testing {
namespace {

using nlohmann::json;

class Check {
public:
    std::vector<std::string> breaches;

    void that(bool holds, const std::string& otherwise) {
        if (!holds) breaches.push_back(otherwise);
    }
    void fields(const json& object, const std::string& of, std::initializer_list<const char*> required,
                std::initializer_list<const char*> optional) {
        if (!object.is_object()) return that(false, of + " is no object");
        for (const char* key : required) that(object.contains(key), of + " lacks " + key);
        for (const auto& field : object.items()) {
            const std::string& key = field.key();
            const auto same = [&key](const char* other) { return key == other; };
            that(std::any_of(required.begin(), required.end(), same) ||
                     std::any_of(optional.begin(), optional.end(), same),
                 of + " has the unknown field " + key);
        }
    }
    void text(const json& object, const char* key) {
        that(object.contains(key) && object[key].is_string() && !object[key].get_ref<const std::string&>().empty(),
             std::string(key) + " is no text");
    }
    void positive(const json& object, const char* key) {
        that(object.contains(key) && object[key].is_number_integer() && object[key].get<std::int64_t>() > 0,
             std::string(key) + " is no positive whole number");
    }
};

void check_schema(const json& schema, int depth, Check& check) {
    check.that(depth <= 5, "the schema is deeper than needed");
    if (!schema.is_object() || !schema.contains("type") || !schema["type"].is_string()) {
        return check.that(false, "a schema without a type");
    }
    const std::string type = schema["type"].get<std::string>();
    if (type == "object") {
        check.fields(schema, "an object's schema", {"type", "additionalProperties", "required", "properties"},
                     {"description"});
        if (!check.breaches.empty()) return;
        check.that(schema["additionalProperties"] == false, "additionalProperties is not false");
        std::vector<std::string> names;
        for (const auto& [name, inner] : schema["properties"].items()) {
            names.push_back(name);
            check_schema(inner, depth + 1, check);
        }
        auto required = schema["required"].get<std::vector<std::string>>();
        std::sort(required.begin(), required.end());
        check.that(required == names, "not all properties are required");
    } else if (type == "array") {
        check.fields(schema, "an array's schema", {"type", "items"}, {"description"});
        if (schema.contains("items")) check_schema(schema["items"], depth + 1, check);
    } else {
        check.fields(schema, "a value's schema", {"type"}, {"enum", "description"});
        check.that(type == "string" || type == "integer" || type == "boolean" || type == "number",
                   "a schema of type " + type);
    }
}

void check_messages(const json& body, std::initializer_list<const char*> roles, Check& check) {
    if (!body.contains("messages") || !body["messages"].is_array() || body["messages"].empty()) {
        return check.that(false, "no messages");
    }
    for (const json& message : body["messages"]) {
        check.fields(message, "a message", {"role", "content"}, {});
        check.text(message, "content");
        const std::string role = message.value("role", "");
        check.that(std::any_of(roles.begin(), roles.end(), [&](const char* r) { return role == r; }),
                   "a message of the role " + role);
    }
    check.that(body["messages"].back().value("role", "") == "user", "the last message is not the user's");
}

void check_openai(const json& body, Check& check) {
    check.fields(body, "the request", {"model", "messages"},
                 {"max_completion_tokens", "max_tokens", "response_format"});
    check.text(body, "model");
    check_messages(body, {"system", "user"}, check);
    const bool old_field = body.contains("max_tokens");
    check.that(old_field != body.contains("max_completion_tokens"), "not exactly one limit of tokens");
    check.positive(body, old_field ? "max_tokens" : "max_completion_tokens");
    if (!body.contains("response_format")) return;
    const json& format = body["response_format"];
    const std::string type = format.value("type", "");
    if (type == "json_object") {
        check.fields(format, "response_format", {"type"}, {});
        bool mentioned = false;
        for (const json& message : body["messages"]) {
            mentioned = mentioned || message["content"].get<std::string>().find("JSON") != std::string::npos;
        }
        check.that(mentioned, "json_object without JSON in the prompt");
        return;
    }
    check.that(type == "json_schema", "response_format of the type " + type);
    check.fields(format, "response_format", {"type", "json_schema"}, {});
    if (!format.contains("json_schema")) return;
    const json& named = format["json_schema"];
    check.fields(named, "json_schema", {"name", "strict", "schema"}, {});
    const std::string name = named.value("name", "");
    check.that(!name.empty() && name.size() <= 64 &&
                   name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") ==
                       std::string::npos,
               "json_schema.name is " + name);
    if (named.contains("schema")) check_schema(named["schema"], 0, check);
}

void check_anthropic(const json& body, Check& check) {
    check.fields(body, "the request", {"model", "max_tokens", "messages"}, {"system", "output_config"});
    check.text(body, "model");
    check.positive(body, "max_tokens");
    check_messages(body, {"user"}, check);
    if (body.contains("system")) check.text(body, "system");
    if (!body.contains("output_config")) return;
    check.fields(body["output_config"], "output_config", {"format"}, {});
    if (!body["output_config"].contains("format")) return;
    const json& format = body["output_config"]["format"];
    check.fields(format, "output_config.format", {"type", "schema"}, {});
    check.that(format.value("type", "") == "json_schema", "output_config.format of another type");
    if (format.contains("schema")) check_schema(format["schema"], 0, check);
}

void check_ollama(const json& body, Check& check) {
    check.fields(body, "the request", {"model", "messages", "stream", "options"}, {"format"});
    check.text(body, "model");
    check_messages(body, {"system", "user"}, check);
    check.that(body.contains("stream") && body["stream"] == false, "stream is not false, and true by default");
    if (body.contains("options")) {
        check.fields(body["options"], "options", {"num_ctx", "num_predict"}, {});
        check.positive(body["options"], "num_ctx");
        check.positive(body["options"], "num_predict");
    }
    if (body.contains("format")) check_schema(body["format"], 0, check);
}

void check_bearer(const HttpRequest& request, const std::string& key, Check& check) {
    const std::string* header = find_header(request.headers, "Authorization");
    if (key.empty()) return check.that(header == nullptr, "a key that nobody gave");
    check.that(header != nullptr && *header == "Bearer " + key, "no Authorization: Bearer with the key");
}

json parsed(const HttpRequest& request, const std::string& key, Check& check) {
    check.that(request.method == "POST", "not a POST");
    check.that(text::is_valid_utf8(request.body), "the body is not UTF-8");
    check.that(request.max_redirects == 0, "follows redirects with a key");
    const std::string* type = find_header(request.headers, "Content-Type");
    check.that(type != nullptr && *type == "application/json", "the content type is not application/json");
    check.that(key.empty() || request.url.find(key) == std::string::npos, "the key is in the address");
    check.that(key.empty() || request.body.find(key) == std::string::npos, "the key is in the body");
    json body = json::parse(request.body, nullptr, false);
    check.that(body.is_object(), "the body is no JSON object");
    return body;
}

}  // namespace

std::vector<std::string> breaches_of_schema(const json& schema) {
    Check check;
    check_schema(schema, 0, check);
    return check.breaches;
}

std::vector<std::string> breaches_of_chat(Dialect dialect, const HttpRequest& request, const std::string& key) {
    Check check;
    const json body = parsed(request, key, check);
    if (!check.breaches.empty()) return check.breaches;
    if (dialect == Dialect::anthropic) {
        const std::string* own = find_header(request.headers, "x-api-key");
        const std::string* version = find_header(request.headers, "anthropic-version");
        check.that(own != nullptr && *own == key, "no x-api-key with the key");
        check.that(version != nullptr && *version == "2023-06-01", "no anthropic-version: 2023-06-01");
        check_anthropic(body, check);
    } else {
        check_bearer(request, key, check);
        dialect == Dialect::openai ? check_openai(body, check) : check_ollama(body, check);
    }
    return check.breaches;
}

std::vector<std::string> breaches_of_embeddings(const HttpRequest& request, const std::string& key) {
    Check check;
    const json body = parsed(request, key, check);
    if (!check.breaches.empty()) return check.breaches;
    check_bearer(request, key, check);
    check.fields(body, "the request", {"model", "input"}, {"encoding_format", "dimensions"});
    check.text(body, "model");
    if (body.contains("dimensions")) check.positive(body, "dimensions");
    check.that(body.value("encoding_format", "float") == "float", "another encoding_format than float");
    if (!body.contains("input") || !body["input"].is_array()) return {"input is no list"};
    check.that(!body["input"].empty() && body["input"].size() <= 2048, "not 1 to 2048 texts");
    for (const json& text : body["input"]) {
        check.that(text.is_string() && !text.get_ref<const std::string&>().empty(),
                   "an input that is empty or no text");
    }
    return check.breaches;
}

}  // namespace podbrief::testing
