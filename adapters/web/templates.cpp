#include "adapters/web/templates.hpp"

#include <kainjow/mustache.hpp>
#include <stdexcept>

#include "adapters/web/embedded_files.hpp"

namespace podbrief::web {

namespace mustache = kainjow::mustache;

struct View::Node {
    mustache::data data = mustache::data(mustache::data::type::object);
};

View::View() : node_(std::make_unique<Node>()) {}
View::~View() = default;
View::View(View&& other) noexcept = default;
View& View::operator=(View&& other) noexcept = default;
View::View(const View& other) : node_(std::make_unique<Node>(*other.node_)) {}
View& View::operator=(const View& other) {
    if (this != &other) node_ = std::make_unique<Node>(*other.node_);
    return *this;
}

namespace {

// Replaced when it is there: the library keeps the first.
void put(mustache::data& object, std::string_view name, const mustache::data& value) {
    const std::string key(name);
    object.set(key, value);
}

mustache::data yes_or_no(bool yes) {
    return mustache::data(yes ? mustache::data::type::bool_true : mustache::data::type::bool_false);
}

}  // namespace

View& View::set(std::string_view name, std::string text) {
    put(node_->data, name, text.empty() ? yes_or_no(false) : mustache::data(text));
    return *this;
}

View& View::set(std::string_view name, bool yes) {
    put(node_->data, name, yes_or_no(yes));
    return *this;
}

View& View::set(std::string_view name, View view) {
    put(node_->data, name, view.node_->data);
    return *this;
}

View& View::set(std::string_view name, std::vector<View> list) {
    mustache::list all;
    all.reserve(list.size());
    for (View& one : list) all.push_back(std::move(one.node_->data));
    put(node_->data, name, all.empty() ? yes_or_no(false) : mustache::data(all));
    return *this;
}

View& View::set(std::string_view name, const std::vector<std::string>& texts) {
    mustache::list all;
    all.reserve(texts.size());
    for (const std::string& text : texts) all.emplace_back(text);
    put(node_->data, name, all.empty() ? yes_or_no(false) : mustache::data(all));
    return *this;
}

struct Templates::Parsed {
    mustache::mustache source;
    explicit Parsed(const std::string& text) : source(text) {}
};

namespace {

constexpr std::string_view extension = ".mustache";

// The library reads a partial anew each time it is shown; put in its place beforehand, it is read once.
std::string with_parts(std::string_view text, int depth = 0) {
    constexpr std::string_view open = "{{> ";
    if (depth > 5) throw std::logic_error("templates that hold each other");
    std::string whole;
    for (;;) {
        const auto at = text.find(open);
        if (at == std::string_view::npos) return whole.append(text);
        const auto end = text.find("}}", at);
        if (end == std::string_view::npos) throw std::logic_error("a part that does not end");
        const std::string name(text.substr(at + open.size(), end - at - open.size()));
        whole.append(text.substr(0, at));
        std::string_view part = embedded(name + std::string(extension));
        if (part.ends_with('\n')) part.remove_suffix(1);
        whole.append(with_parts(part, depth + 1));
        text.remove_prefix(end + 2);
    }
}

}  // namespace

Templates::Templates() {
    for (const EmbeddedFile& file : embedded_files()) {
        if (!file.name.ends_with(extension)) continue;
        const std::string name(file.name.substr(0, file.name.size() - extension.size()));
        auto parsed = std::make_unique<Parsed>(with_parts(file.bytes));
        if (!parsed->source.is_valid()) {
            throw std::logic_error("config/web/" + std::string(file.name) + ": " + parsed->source.error_message());
        }
        parsed_.emplace(name, std::move(parsed));
    }
}

Templates::~Templates() = default;

std::string Templates::render(std::string_view name, const View& view) {
    const auto found = parsed_.find(name);
    if (found == parsed_.end()) throw std::logic_error("no such template: " + std::string(name));
    std::string out;
    out.reserve(16 << 10);
    const mustache::mustache::render_handler keep = [&out](const std::string& piece) { out += piece; };
    found->second->source.render(view.node_->data, keep);
    return out;
}

}  // namespace podbrief::web
