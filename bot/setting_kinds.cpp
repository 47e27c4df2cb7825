#include "bot/setting_kinds.hpp"

#include <algorithm>
#include <fstream>

namespace podbrief::bot {

bool is_token(const std::string& v) {
    return v.size() <= longest_secret &&
           std::all_of(v.begin(), v.end(), [](unsigned char c) { return c > 0x20 && c < 0x7F; });
}

std::optional<std::vector<std::string>> lines_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    std::string content(longest_secret + 1, '\0');
    in.read(content.data(), static_cast<std::streamsize>(content.size()));
    content.resize(static_cast<std::size_t>(in.gcount()));
    if (content.size() > longest_secret) return std::nullopt;
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < content.size();) {
        const std::size_t end = std::min(content.find('\n', begin), content.size());
        std::string line = content.substr(begin, end - begin);
        begin = end + 1;
        const auto first = line.find_first_not_of(" \t\r");
        if (first == std::string::npos) continue;
        lines.push_back(line.substr(first, line.find_last_not_of(" \t\r") - first + 1));
    }
    return lines;
}

bool is_base_url(const std::string& v) {
    const bool web = v.starts_with("https://") || v.starts_with("http://");
    return web && v.size() <= 300 && !v.ends_with('/') && v.find_first_of(" ?#@") == std::string::npos && is_token(v);
}

}  // namespace podbrief::bot
