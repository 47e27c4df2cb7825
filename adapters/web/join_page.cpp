#include "adapters/web/join_page.hpp"

#include "core/commands/doors.hpp"
#include "core/commands/wording.hpp"

namespace podbrief::web {
namespace {

constexpr std::size_t most_topics = 3;  // as the first question shows them

Page redirect(const std::string& to) {
    Page page;
    page.status = 302;
    page.headers.push_back({"Location", to});
    return page;
}

}  // namespace

asio::awaitable<Page> JoinPage::page_of(ServerRequest request) {
    if (request.method != "GET" && request.method != "HEAD") {
        Page page = words_page(shell_, 405, "This page can only be read", "Open it in a browser.");
        page.headers.push_back({"Allow", "GET, HEAD"});
        co_return page;
    }
    const auto fields = parse_form(request.query());
    std::optional<InsightId> insight;
    if (fields) insight = commands::insight_of_number(form_value(*fields, "insight"));
    if (!insight) co_return redirect(invitation_);
    const std::vector<InsightId> wanted(1, *insight);
    const std::vector<OutboxStore::Withdrawal> withdrawn = co_await ports_.outbox.withdrawals(wanted);
    const std::vector<InsightDetail> details = co_await ports_.library.details(wanted);
    if (!withdrawn.empty() || details.empty() || details.front().insight.topics.empty()) {
        co_return redirect(invitation_);
    }
    std::vector<std::string> topics = details.front().insight.topics;
    if (topics.size() > most_topics) topics.resize(most_topics);
    PageHead head;
    head.title = "Add podbrief to Discord";
    head.index = false;
    View view;
    view.set("invitation", invitation_).set("topics", commands::listed(topics));
    view.set("words", "start " + commands::door_payload(*insight));
    co_return shell_.page(head, "join_discord", view);
}

asio::awaitable<ServerResponse> JoinPage::answer(ServerRequest request) {
    Page page = co_await page_of(request);
    co_return private_answer(shell_, std::move(page), request);
}

}  // namespace podbrief::web
