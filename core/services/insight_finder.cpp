#include "core/services/insight_finder.hpp"

#include "core/services/responder_pool.hpp"

namespace podbrief::services {
namespace {

std::vector<FoundInsight> found_in(const Pool& pool, const search::BalancedViews& views) {
    std::vector<FoundInsight> found;
    found.reserve(views.items.size());
    for (commands::ListItem& item : pool.items(views.items)) {
        FoundInsight one;
        one.detail = std::move(item.detail);
        one.relation = item.relation;
        found.push_back(std::move(one));
    }
    return found;
}

}  // namespace

asio::awaitable<std::vector<FoundInsight>> InsightFinder::related_to(Insight head) {
    Shelf shelf{ports_.library, ports_.index,  ports_.heavy,    ports_.relations,
                nullptr,        ports_.people, ports_.meanings, ports_.acronyms};
    Pool pool = co_await find_close(shelf, head);
    const search::BalancedViews views = co_await balance(shelf, std::move(head), std::move(pool.candidates));
    co_return found_in(pool, views);
}

asio::awaitable<InsightFinder::OnTopic> InsightFinder::on_topic(std::string text) {
    Shelf shelf{ports_.library, ports_.index,  ports_.heavy,    ports_.relations,
                nullptr,        ports_.people, ports_.meanings, ports_.acronyms};
    Turn turn;
    turn.now = ports_.clock.wall_now();
    TopicPool found = co_await find_topic(shelf, turn, std::move(text));
    const search::BalancedViews views = co_await balance(shelf, found.query.topic, std::move(found.pool.candidates));
    commands::ListPage page;
    name_topic(page, found, turn);
    OnTopic on;
    on.insights = found_in(found.pool, views);
    on.topic = page.subject;
    on.note = page.note;
    on.narrowed = page.narrowed;
    on.not_narrowed = page.not_narrowed;
    on.unknown = found.query.unknown;
    co_return on;
}

}  // namespace podbrief::services
