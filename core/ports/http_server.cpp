#include "core/ports/http_server.hpp"

namespace podbrief {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::optional<std::string> decoded(std::string_view encoded) {
    std::string out;
    out.reserve(encoded.size());
    for (std::size_t i = 0; i < encoded.size(); ++i) {
        if (encoded[i] == '+') {
            out += ' ';
        } else if (encoded[i] == '%') {
            if (i + 2 >= encoded.size()) return std::nullopt;
            const int high = hex_digit(encoded[i + 1]);
            const int low = hex_digit(encoded[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            out += encoded[i];
        }
    }
    return out;
}

bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~' || c == '*';
}

std::string encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (is_unreserved(c)) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += {'%', digits[byte >> 4U], digits[byte & 15U]};
        }
    }
    return out;
}

}  // namespace

std::string_view ServerRequest::path() const {
    return std::string_view(target).substr(0, target.find('?'));
}

std::string_view ServerRequest::query() const {
    const auto mark = target.find('?');
    return mark == std::string::npos ? std::string_view{} : std::string_view(target).substr(mark + 1);
}

ServerResponse text_response(int status, std::string body, std::string content_type) {
    ServerResponse out;
    out.status = status;
    out.headers.push_back({"Content-Type", std::move(content_type)});
    out.body = std::move(body);
    return out;
}

ServerResponse json_response(int status, std::string json) {
    return text_response(status, std::move(json), "application/json; charset=utf-8");
}

std::optional<std::vector<FormField>> parse_form(std::string_view encoded_fields, std::size_t most) {
    std::vector<FormField> fields;
    while (!encoded_fields.empty()) {
        const auto end = encoded_fields.find('&');
        const std::string_view one = encoded_fields.substr(0, end);
        encoded_fields = end == std::string_view::npos ? std::string_view{} : encoded_fields.substr(end + 1);
        if (one.empty()) continue;
        if (fields.size() == most) return std::nullopt;
        const auto equals = one.find('=');
        auto name = decoded(one.substr(0, equals));
        auto value = decoded(equals == std::string_view::npos ? std::string_view{} : one.substr(equals + 1));
        if (!name || !value) return std::nullopt;
        fields.push_back({std::move(*name), std::move(*value)});
    }
    return fields;
}

std::string_view form_value(const std::vector<FormField>& fields, std::string_view name) {
    for (const FormField& field : fields) {
        if (field.name == name) return field.value;
    }
    return {};
}

std::string to_form(const std::vector<FormField>& fields) {
    std::string out;
    for (const FormField& field : fields) {
        out += (out.empty() ? "" : "&") + encoded(field.name) + "=" + encoded(field.value);
    }
    return out;
}

}  // namespace podbrief
