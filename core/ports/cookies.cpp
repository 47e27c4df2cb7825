#include "core/ports/cookies.hpp"

namespace podbrief {

std::string only_cookie(const ServerRequest& request, std::string_view name) {
    std::string found;
    int count = 0;
    for (const HttpHeader& header : request.headers) {
        if (find_header({header}, "Cookie") == nullptr) continue;
        for (std::string_view rest = header.value; !rest.empty();) {
            const auto end = rest.find(';');
            std::string_view one = rest.substr(0, end);
            rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
            while (one.starts_with(' ')) one.remove_prefix(1);
            if (!one.starts_with(name) || one.substr(name.size(), 1) != "=") continue;
            found = one.substr(name.size() + 1);
            ++count;
        }
    }
    return count == 1 ? found : std::string();
}

}  // namespace podbrief
