#include "tests/doubles/ai/form_reader.hpp"

#include <algorithm>
#include <regex>

namespace podbrief::testing {
namespace {

bool read_headers(const std::string& text, ReadPart& part, std::string& problem) {
    static const std::regex disposition(
        "form-data; name=\"([A-Za-z_\\[\\]]+)\"(?:; filename=\"([^\"\\r\\n/\\\\]+)\")?");
    bool named = false;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find("\r\n", begin), text.size());
        const std::string line = text.substr(begin, end - begin);
        begin = end + 2;
        const std::size_t colon = line.find(": ");
        if (colon == std::string::npos) {
            problem = "a part's header without a colon: " + line;
            return false;
        }
        const std::string name = line.substr(0, colon);
        const std::string value = line.substr(colon + 2);
        std::smatch match;
        if (name == "Content-Disposition" && std::regex_match(value, match, disposition)) {
            part.name = match[1];
            part.file_name = match[2];
            named = true;
        } else if (name == "Content-Type") {
            part.media_type = value;
        } else {
            problem = "a part's header is not understood: " + line;
            return false;
        }
    }
    if (!named) problem = "a part without a name";
    return named;
}

}  // namespace

std::optional<std::vector<ReadPart>> read_form(const HttpRequest& request, std::string& problem) {
    static const std::regex type("multipart/form-data; boundary=([A-Za-z0-9'()+_,./:=?-]{1,70})");
    const std::string* header = find_header(request.headers, "Content-Type");
    std::smatch match;
    if (header == nullptr || !std::regex_match(*header, match, type)) {
        problem = "the Content-Type is not multipart/form-data with a boundary";
        return std::nullopt;
    }
    const auto count = std::count_if(request.headers.begin(), request.headers.end(),
                                     [](const HttpHeader& h) { return h.name == "Content-Type"; });
    if (count != 1) problem = "several Content-Types";
    const std::string mark = "--" + match[1].str();
    const std::string& body = request.body;
    std::vector<ReadPart> parts;
    std::size_t at = 0;
    if (!body.starts_with(mark + "\r\n")) {
        problem = "the body does not begin with its boundary";
        return std::nullopt;
    }
    at = mark.size() + 2;
    for (;;) {
        const std::size_t headers_end = body.find("\r\n\r\n", at);
        const std::size_t end = body.find("\r\n" + mark, at);
        if (headers_end == std::string::npos || end == std::string::npos || headers_end > end) {
            problem = "a part that does not end";
            return std::nullopt;
        }
        ReadPart part;
        if (!read_headers(body.substr(at, headers_end - at), part, problem)) return std::nullopt;
        // An empty content: the line end before the boundary is that after the headers.
        const std::size_t begin = headers_end + 4;
        part.content = begin <= end ? body.substr(begin, end - begin) : std::string();
        parts.push_back(std::move(part));
        at = end + 2 + mark.size();
        const std::string after = body.substr(at, 4);
        if (after == "--\r\n" && at + 4 == body.size()) return parts;
        if (!after.starts_with("\r\n")) {
            problem = "something behind a boundary, or behind the last";
            return std::nullopt;
        }
        at += 2;
    }
}

}  // namespace podbrief::testing
