#pragma once
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/web/view.hpp"

namespace podbrief::web {

// The templates of config/web, parsed once. {{> name}} puts another one in its place.
class Templates {
public:
    // Throws std::logic_error, with the template's name, for one that is broken: a mistake of ours, met at the start.
    Templates();
    ~Templates();
    Templates(const Templates&) = delete;
    Templates& operator=(const Templates&) = delete;

    // `name` without ".mustache". One thread at a time.
    std::string render(std::string_view name, const View& view);

private:
    struct Parsed;
    std::map<std::string, std::unique_ptr<Parsed>, std::less<>> parsed_;
};

}  // namespace podbrief::web
