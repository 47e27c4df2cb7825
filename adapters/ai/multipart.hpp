#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace podbrief::ai {

// One part of a form. A file has a name and a type.
struct FormPart {
    std::string name;
    std::string content;
    std::string file_name;   // empty: a plain field
    std::string media_type;  // of a file
};

// multipart/form-data (RFC 7578). Names are ours and need no escaping; of a file's name only letters, digits, '.', '-'
// and '_' are kept.
struct Form {
    std::string content_type;  // with the boundary
    std::string body;
};
Form to_form(const std::vector<FormPart>& parts);

}  // namespace podbrief::ai
