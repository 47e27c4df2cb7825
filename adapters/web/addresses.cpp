#include "adapters/web/addresses.hpp"

#include "core/ports/http_server.hpp"
#include "core/services/catalogue.hpp"
#include "core/text/topic_words.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::web {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string with_slug(std::string path, std::string_view slug) {
    if (!slug.empty()) path += "-" + escaped_path(slug);
    return path;
}

}  // namespace

std::string escaped_path(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '.' || c == '_' || c == '~';
        if (plain) {
            out += c;
        } else {
            out += {'%', digits[byte >> 4U], digits[byte & 15U]};
        }
    }
    return out;
}

std::optional<std::string> unescaped_path(std::string_view path) {
    std::string out;
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] != '%') {
            out += path[i];
            continue;
        }
        if (i + 2 >= path.size()) return std::nullopt;
        const int high = hex_digit(path[i + 1]), low = hex_digit(path[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    if (!text::is_valid_utf8(out)) return std::nullopt;
    return out;
}

std::string insight_path(InsightId id, std::string_view slug) {
    return with_slug(fmt::format("/i/{}", id.value), slug);
}

std::string insight_path(const Insight& insight) {
    return insight_path(insight.id, services::Catalogue::slug_of(insight));
}

std::string show_path(PodcastId id, std::string_view title) {
    return with_slug(fmt::format("/shows/{}", id.value), services::Catalogue::key_of(title, 60));
}

std::string topic_path(std::string_view topic) {
    const std::string key = text::topic_identity(topic);
    return key.empty() ? std::string() : "/topics/" + escaped_path(key);
}

std::string search_path(std::string_view text, std::size_t page) {
    std::vector<FormField> fields;
    fields.push_back({"q", std::string(text)});
    if (page > 1) fields.push_back({"page", std::to_string(page)});
    return "/search?" + to_form(fields);
}

}  // namespace podbrief::web
