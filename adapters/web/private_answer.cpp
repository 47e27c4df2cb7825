#include "adapters/web/private_answer.hpp"

#include <algorithm>

namespace podbrief::web {

ServerResponse private_answer(const Shell& shell, Page page, const ServerRequest& request) {
    page.cache = "private, no-store";
    ReadyPage ready(std::move(page));
    ServerResponse response = ready.answer(request);
    shell.secure(response);
    std::erase_if(response.headers, [](const HttpHeader& header) { return header.name == "Referrer-Policy"; });
    response.headers.push_back({"Referrer-Policy", "no-referrer"});
    response.headers.push_back({"X-Robots-Tag", "noindex, nofollow, noarchive"});
    return response;
}

Page words_page(Shell& shell, int status, const std::string& heading, const std::string& message,
                const std::optional<OnwardLink>& onward) {
    PageHead head;
    head.title = heading;
    head.index = false;
    View view;
    view.set("heading", heading).set("message", message).set("onward", onward.has_value());
    if (onward) view.set("onward_href", onward->href).set("onward_words", onward->words);
    Page page = shell.page(head, "plain_words", view);
    page.status = status;
    return page;
}

Page too_often_page(Shell& shell, Millis wait) {
    Page page = words_page(shell, 429, "Too many requests", "Please wait a moment and try again.");
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
    page.headers.push_back({"Retry-After", std::to_string(seconds)});
    return page;
}

}  // namespace podbrief::web
