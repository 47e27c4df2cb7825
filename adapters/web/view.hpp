#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace podbrief::web {

// What a template shows: names with texts, yes or no, further views or lists of them. A text is escaped where it is
// shown ({{name}}); only what templates made themselves is set as it is ({{{name}}}). A name that a view does not have
// is looked for in the views around it, so every view sets all its names, be it to nothing.
class View {
public:
    View();
    ~View();
    View(View&& other) noexcept;
    View& operator=(View&& other) noexcept;
    View(const View& other);
    View& operator=(const View& other);

    // An empty text counts as no: {{#name}} is left out, {{^name}} is shown.
    View& set(std::string_view name, std::string text);
    View& set(std::string_view name, const char* text) { return set(name, std::string(text)); }
    View& set(std::string_view name, bool yes);
    View& set(std::string_view name, View view);
    View& set(std::string_view name, std::vector<View> list);                 // an empty one counts as no
    View& set(std::string_view name, const std::vector<std::string>& texts);  // {{.}} in a section

private:
    friend class Templates;
    struct Node;
    std::unique_ptr<Node> node_;
};

}  // namespace podbrief::web
