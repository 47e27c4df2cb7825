#include "adapters/slack/text.hpp"

#include "core/commands/links.hpp"
#include "core/rendering/measure.hpp"

namespace podbrief::slack {
namespace {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view spaces = " \t\r\n";
    const auto begin = text.find_first_not_of(spaces);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(spaces) - begin + 1);
}

std::string unescaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view rest = text.substr(i);
        if (rest.starts_with("&lt;")) {
            out += '<';
            i += 3;
        } else if (rest.starts_with("&gt;")) {
            out += '>';
            i += 3;
        } else if (rest.starts_with("&amp;")) {
            out += '&';
            i += 4;
        } else {
            out += text[i];
        }
    }
    return out;
}

// Of what stands between < and >.
std::string shown(std::string_view inside) {
    const auto bar = inside.find('|');
    const std::string_view target = inside.substr(0, bar);
    const std::string_view label = bar == std::string_view::npos ? std::string_view{} : inside.substr(bar + 1);
    const char kind = target.empty() ? '\0' : target.front();
    if (kind == '@' || kind == '#') {
        return std::string(1, kind) + unescaped(label.empty() ? target.substr(1) : label);
    }
    if (kind == '!') {
        if (!label.empty()) return unescaped(label);
        return "@" + std::string(target.substr(1));
    }
    if (target.starts_with("mailto:") || target.starts_with("tel:")) return unescaped(label.empty() ? target : label);
    return unescaped(target);
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 16);
    for (const char c : text) {
        if (c == '&') {
            out += "&amp;";
        } else if (c == '<') {
            out += "&lt;";
        } else if (c == '>') {
            out += "&gt;";
        } else {
            out += c;
        }
    }
    return out;
}

std::size_t escaped_units(std::string_view text) {
    std::size_t more = 0;
    for (const char c : text) more += c == '&' ? 4U : c == '<' || c == '>' ? 3U : 0U;
    return rendering::utf16_units(text) + more;
}

std::string mrkdwn_link(std::string_view url, std::string_view label) {
    if (!commands::is_web_address(url) || url.find_first_of("<>|\" \n") != std::string_view::npos) return {};
    std::string out = "<" + escaped(url);
    if (!label.empty()) {
        std::string shown_label = escaped(label);
        std::replace(shown_label.begin(), shown_label.end(), '|', '/');
        std::replace(shown_label.begin(), shown_label.end(), '\n', ' ');
        out += "|" + shown_label;
    }
    return out + ">";
}

std::string typed_text(std::string_view mrkdwn, std::string_view bot_user, bool* mentioned) {
    std::string out;
    for (std::size_t i = 0; i < mrkdwn.size();) {
        const auto open = mrkdwn.find('<', i);
        const auto close = open == std::string_view::npos ? open : mrkdwn.find('>', open);
        if (close == std::string_view::npos) {
            out += unescaped(mrkdwn.substr(i));
            break;
        }
        out += unescaped(mrkdwn.substr(i, open - i));
        const std::string_view inside = mrkdwn.substr(open + 1, close - open - 1);
        const bool us =
            !bot_user.empty() && inside.starts_with('@') && inside.substr(1, inside.find('|') - 1) == bot_user;
        if (us && mentioned != nullptr) *mentioned = true;
        if (!us) out += shown(inside);
        i = close + 1;
    }
    return std::string(trimmed(out));
}

}  // namespace podbrief::slack
