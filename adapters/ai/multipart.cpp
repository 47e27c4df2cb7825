#include "adapters/ai/multipart.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/text/ascii.hpp"

namespace podbrief::ai {
namespace {

bool is_plain(char c) {
    return text::is_ascii_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
}

std::string plain_name(std::string name) {
    std::erase_if(name, [](char c) { return !is_plain(c); });
    return name;
}

// In none of the contents.
std::string boundary_for(const std::vector<FormPart>& parts) {
    for (int i = 0;; ++i) {
        std::string boundary = fmt::format("podbrief-part-{:08}", i);
        const bool taken = std::any_of(parts.begin(), parts.end(), [&](const FormPart& part) {
            return part.content.find(boundary) != std::string::npos;
        });
        if (!taken) return boundary;
    }
}

}  // namespace

Form to_form(const std::vector<FormPart>& parts) {
    const std::string boundary = boundary_for(parts);
    Form form;
    form.content_type = "multipart/form-data; boundary=" + boundary;
    std::size_t size = 0;
    for (const FormPart& part : parts) size += part.content.size() + 256;
    form.body.reserve(size);
    for (const FormPart& part : parts) {
        form.body += fmt::format("--{}\r\nContent-Disposition: form-data; name=\"{}\"", boundary, part.name);
        if (!part.file_name.empty()) {
            form.body +=
                fmt::format("; filename=\"{}\"\r\nContent-Type: {}", plain_name(part.file_name), part.media_type);
        }
        form.body += "\r\n\r\n";
        form.body += part.content;
        form.body += "\r\n";
    }
    form.body += "--" + boundary + "--\r\n";
    return form;
}

}  // namespace podbrief::ai
