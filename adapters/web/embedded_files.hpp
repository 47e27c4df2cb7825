#pragma once
#include <string_view>
#include <vector>

namespace podbrief::web {

// A file of config/web as a part of the program.
struct EmbeddedFile {
    std::string_view name;  // "insight.mustache"
    std::string_view bytes;
};

const std::vector<EmbeddedFile>& embedded_files();

// The bytes of the file of that name. Throws std::logic_error where there is none: a mistake of ours.
std::string_view embedded(std::string_view name);

}  // namespace podbrief::web
