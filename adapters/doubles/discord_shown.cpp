#include "adapters/doubles/discord_shown.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <nlohmann/json.hpp>

namespace podbrief::doubles::discord {
namespace {

using Json = nlohmann::json;
constexpr int button_type = 2;
constexpr int select_type = 3;
constexpr int text_type = 10;
constexpr int success = 3;

std::string text_in(const Json& of, const char* name) {
    if (!of.is_object() || !of.contains(name) || !of.at(name).is_string()) return {};
    return of.at(name).get<std::string>();
}
int number_in(const Json& of, const char* name) {
    return of.is_object() && of.contains(name) && of.at(name).is_number_integer() ? of.at(name).get<int>() : 0;
}

bool is_punctuation(char c) {
    return std::ispunct(static_cast<unsigned char>(c)) != 0;
}

// Nothing begins with it.
bool is_plain(char c) {
    constexpr std::string_view beginnings = "hHdD\n";
    return !is_punctuation(c) && beginnings.find(c) == std::string_view::npos;
}

// Reads Markdown from left to right.
class Reader {
public:
    explicit Reader(std::string_view markdown) : in_(markdown) {}

    Shown read() {
        while (at_ < in_.size()) {
            if (line_begins_ && line_mark()) continue;
            line_begins_ = false;
            if (is_plain(in_[at_])) {
                out_.text += in_[at_++];
                continue;
            }
            if (escape() || code() || masked() || angle() || mention() || address() || emphasis()) continue;
            line_begins_ = in_[at_] == '\n';
            out_.text += in_[at_++];
        }
        return std::move(out_);
    }

private:
    bool starts(std::string_view mark) const { return in_.substr(at_).starts_with(mark); }

    bool line_mark() {
        for (const std::string_view mark : {"### ", "## ", "# ", "-# "}) {
            if (!starts(mark)) continue;
            at_ += mark.size();
            line_begins_ = false;
            return true;
        }
        if (starts("- ") || starts("* ") || starts("+ ")) {
            out_.text += "\u2022 ";
            at_ += 2;
            line_begins_ = false;
            return true;
        }
        return false;
    }

    bool escape() {
        if (in_[at_] != '\\' || at_ + 1 >= in_.size() || !is_punctuation(in_[at_ + 1])) return false;
        out_.text += in_[at_ + 1];
        at_ += 2;
        return true;
    }

    bool code() {
        if (in_[at_] != '`') return false;
        const auto end = in_.find('`', at_ + 1);
        if (end == std::string_view::npos) return false;
        out_.text += in_.substr(at_ + 1, end - at_ - 1);
        at_ = end + 1;
        return true;
    }

    // [label](<url>) and [label](url)
    bool masked() {
        if (in_[at_] != '[') return false;
        std::size_t end = at_ + 1;
        while (end < in_.size() && in_[end] != ']') end += in_[end] == '\\' ? 2 : 1;
        if (end + 1 >= in_.size() || in_[end + 1] != '(') return false;
        const auto close = in_.find(')', end + 2);
        if (close == std::string_view::npos) return false;
        std::string url(in_.substr(end + 2, close - end - 2));
        if (url.size() > 2 && url.front() == '<' && url.back() == '>') url = url.substr(1, url.size() - 2);
        if (!url.starts_with("http://") && !url.starts_with("https://")) return false;
        const Shown label = Reader(in_.substr(at_ + 1, end - at_ - 1)).read();
        out_.text += label.text;
        out_.links.push_back(url);
        out_.opens.push_back(std::move(url));
        at_ = close + 1;
        return true;
    }

    // <https://...>, <@1>, <#1>, <@&1>, <t:1>, </c:1>
    bool angle() {
        if (in_[at_] != '<') return false;
        const auto close = in_.find('>', at_);
        if (close == std::string_view::npos) return false;
        const std::string inside(in_.substr(at_ + 1, close - at_ - 1));
        if (inside.empty() || inside.find_first_of(" \n<") != std::string::npos) return false;
        if (inside.starts_with("http://") || inside.starts_with("https://")) {
            out_.opens.push_back(inside);
            out_.text += inside;
        } else if (inside.front() == '@' || inside.front() == '#' || inside.front() == '/' ||
                   inside.starts_with("t:") || inside.starts_with("id:")) {
            out_.mentions.push_back("<" + inside + ">");
            out_.text += "@somebody";
        } else {
            return false;
        }
        at_ = close + 1;
        return true;
    }

    bool mention() {
        for (const std::string_view word : {"@everyone", "@here"}) {
            if (!starts(word)) continue;
            out_.mentions.emplace_back(word);
            out_.text += word;
            at_ += word.size();
            return true;
        }
        return false;
    }

    bool address() {
        constexpr std::array<std::string_view, 5> schemes{"http://", "https://", "discord.gg/", "discord.com/invite/",
                                                          "discord://"};
        const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
        const bool link = std::any_of(schemes.begin(), schemes.end(), [&](std::string_view scheme) {
            const std::string_view rest = in_.substr(at_, scheme.size());
            return rest.size() == scheme.size() && std::equal(rest.begin(), rest.end(), scheme.begin(), same);
        });
        if (!link) return false;
        const auto end = std::min(in_.find_first_of(" \n<", at_), in_.size());
        out_.opens.emplace_back(in_.substr(at_, end - at_));
        out_.text += in_.substr(at_, end - at_);
        at_ = end;
        return true;
    }

    bool emphasis() {
        for (const std::string_view mark : {"**", "__", "~~", "||", "*", "_"}) {
            if (!starts(mark)) continue;
            at_ += mark.size();
            return true;
        }
        return false;
    }

    std::string_view in_;
    std::size_t at_ = 0;
    bool line_begins_ = true;
    Shown out_;
};

void each_component(const Json& components, const std::function<void(const Json&)>& look) {
    if (!components.is_array()) return;
    for (const Json& one : components) {
        look(one);
        if (one.is_object() && one.contains("components")) each_component(one.at("components"), look);
        if (one.is_object() && one.contains("accessory")) each_component(Json::array({one.at("accessory")}), look);
    }
}

void append(Shown& to, Shown more) {
    if (!to.text.empty() && !more.text.empty()) to.text += '\n';
    to.text += more.text;
    std::move(more.links.begin(), more.links.end(), std::back_inserter(to.links));
    std::move(more.opens.begin(), more.opens.end(), std::back_inserter(to.opens));
    std::move(more.mentions.begin(), more.mentions.end(), std::back_inserter(to.mentions));
}

void append_line(std::string& text, const std::string& line) {
    if (line.empty()) return;
    if (!text.empty()) text += '\n';
    text += line;
}

std::string row_line(const Json& row) {
    std::string line;
    for (const Json& one : row.value("components", Json::array())) {
        if (!line.empty()) line += ' ';
        if (number_in(one, "type") == button_type) {
            const std::string label = text_in(one, "label");
            line += number_in(one, "style") == success ? "[*" + label + "*]" : "[" + label + "]";
        } else if (number_in(one, "type") == select_type) {
            std::string options;
            for (const Json& option : one.value("options", Json::array())) {
                options += (options.empty() ? "" : " | ") + text_in(option, "label");
            }
            line += "[" + text_in(one, "placeholder") + " v: " + options + "]";
        }
    }
    return line;
}

}  // namespace

Shown shown_markdown(std::string_view markdown) {
    return Reader(markdown).read();
}

Shown shown_message(const Json& payload) {
    Shown out = shown_markdown(text_in(payload, "content"));
    if (!payload.contains("components")) return out;
    each_component(payload.at("components"), [&](const Json& one) {
        const int type = number_in(one, "type");
        if (type == text_type) append(out, shown_markdown(text_in(one, "content")));
        if (type == button_type) {
            out.buttons.push_back(text_in(one, "label"));
            if (!text_in(one, "url").empty()) {
                out.links.push_back(text_in(one, "url"));
                out.opens.push_back(text_in(one, "url"));
            }
        }
        if (type != select_type) return;
        for (const Json& option : one.value("options", Json::array())) out.buttons.push_back(text_in(option, "label"));
    });
    return out;
}

std::string transcript_of(const Json& payload) {
    std::string text = shown_markdown(text_in(payload, "content")).text;
    for (const Json& one : payload.value("components", Json::array())) {
        const bool is_text = number_in(one, "type") == text_type;
        append_line(text, is_text ? shown_markdown(text_in(one, "content")).text : row_line(one));
    }
    return text;
}

std::string find_action(const Json& payload, std::string_view label, std::string& select) {
    std::string found;
    if (!payload.contains("components")) return found;
    each_component(payload.at("components"), [&](const Json& one) {
        if (!found.empty()) return;
        if (number_in(one, "type") == button_type) {
            const std::string data = text_in(one, "custom_id");
            if (text_in(one, "label") == label || data == label) found = data;
        }
        if (number_in(one, "type") != select_type) return;
        for (const Json& option : one.value("options", Json::array())) {
            if (text_in(option, "label") != label && text_in(option, "value") != label) continue;
            found = text_in(option, "value");
            select = text_in(one, "custom_id");
        }
    });
    return found;
}

}  // namespace podbrief::doubles::discord
