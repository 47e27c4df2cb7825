#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "core/model/incoming.hpp"
#include "core/ports/intake.hpp"

namespace podbrief::discord {

// `data` of a callback of type 9. The form's name is its custom_id.
nlohmann::json modal_of(const Form& form);

// What somebody sent (`data` of an interaction of type 5): every field with its name, several choices in lines.
std::vector<Incoming::Field> fields_of(const nlohmann::json& data);

}  // namespace podbrief::discord
