#pragma once
#include <optional>
#include <string>

#include "adapters/web/page.hpp"
#include "adapters/web/shell.hpp"
#include "core/ports/http_server.hpp"

namespace podbrief::web {

// The answer with a page that is for one person: kept nowhere, listed nowhere, and its address told to nobody whom a
// link on it leads to.
ServerResponse private_answer(const Shell& shell, Page page, const ServerRequest& request);

// A text page of that kind, by the template "plain_words".
struct OnwardLink {
    std::string href;
    std::string words;
};
Page words_page(Shell& shell, int status, const std::string& heading, const std::string& message,
                const std::optional<OnwardLink>& onward = std::nullopt);
Page too_often_page(Shell& shell, Millis wait);  // 429

}  // namespace podbrief::web
