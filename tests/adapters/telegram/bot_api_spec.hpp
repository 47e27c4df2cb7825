#pragma once
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

namespace podbrief::telegram_test {

// The machine-readable description of the Bot API, where developers keep it beside the checkout.
class BotApiSpec {
public:
    static std::optional<BotApiSpec> load();
    // What is wrong with a call: no such method, an unknown or missing field, a field of another type, at any depth.
    // Empty: nothing.
    std::string problem_with_call(const std::string& method, const nlohmann::json& fields) const;
    std::string problem_with_type(const std::string& type, const nlohmann::json& value, const std::string& where) const;

private:
    std::string problem_with_fields(const nlohmann::json& described, const nlohmann::json& fields,
                                    const std::string& where) const;
    std::shared_ptr<const nlohmann::json> spec_;
};

}  // namespace podbrief::telegram_test
