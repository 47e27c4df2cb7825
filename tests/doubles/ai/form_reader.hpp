#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/ports/http_client.hpp"

namespace podbrief::testing {

struct ReadPart {
    std::string name;
    std::string content;
    std::string file_name;
    std::string media_type;
};

// A multipart/form-data body, read to the letter (RFC 7578, RFC 2046). nullopt: `problem` says what is wrong.
std::optional<std::vector<ReadPart>> read_form(const HttpRequest& request, std::string& problem);

}  // namespace podbrief::testing
