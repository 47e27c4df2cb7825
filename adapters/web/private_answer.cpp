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

Page words_page(Shell& shell, int status, const std::string& heading, const std::string& message) {
    PageHead head;
    head.title = heading;
    head.index = false;
    View view;
    view.set("heading", heading).set("message", message);
    Page page = shell.page(head, "plain_words", view);
    page.status = status;
    return page;
}

Allowance::Left& Allowance::of(const std::string& address, SteadyTime now) {
    const auto known = left_.find(address);
    if (known != left_.end()) return known->second;
    if (left_.size() >= most_addresses) {
        const auto whole = std::chrono::duration<double, std::ratio<60>>(burst_ / a_minute_);
        std::erase_if(left_, [&](const auto& one) { return now - one.second.at >= whole; });
    }
    const std::string name = left_.size() < most_addresses ? address : std::string();
    return left_.emplace(name, Left{burst_, now}).first->second;
}

bool Allowance::take(const std::string& address) {
    const SteadyTime now = clock_.steady_now();
    Left& left = of(address, now);
    const std::chrono::duration<double, std::ratio<60>> passed = now - left.at;
    left.count = std::min(burst_, left.count + passed.count() * a_minute_);
    left.at = now;
    if (left.count < 1) return false;
    left.count -= 1;
    return true;
}

}  // namespace podbrief::web
