// Answers that list insights.
#include "core/search/balance.hpp"
#include "core/search/relations.hpp"
#include "core/services/responder_pool.hpp"

namespace podbrief::services {

using commands::Command;
using commands::ListItem;
using commands::ListPage;

namespace {

Subject on_insight(InsightId id) {
    Subject subject;
    subject.kind = Subject::Kind::insight;
    subject.insight = id;
    return subject;
}

// How a list calls the insight that it is about.
void name_head(ListPage& page, const InsightDetail& head, int number, bool by_button) {
    page.subject = first_topic(head.insight);
    page.of_insight = true;
    page.head_number = number;
    page.head_text = head.insight.text;
    page.by_button = by_button;
}

asio::awaitable<Reply> against_insight(Desk& desk, Turn& turn, InsightDetail head, int number, bool by_button = false) {
    const Pool pool = co_await find_related(desk, head.insight);
    const search::Opposition found = search::against(head.insight, pool.candidates, longest_list);
    if (found.items.empty()) {
        ListPage none;
        name_head(none, head, number, by_button);
        none.followed = follows(turn.reader.profile, none.subject);
        co_return commands::against_reply(none, false);
    }
    std::vector<ListItem> items;
    for (const search::Candidate& candidate : found.items) items.push_back(pool.item(candidate));
    const Subject subject = on_insight(head.insight.id);
    ListPage page = begin_list(turn, subject, std::move(items));
    name_head(page, head, number, by_button);
    co_return commands::against_reply(page, found.by_stance_only);
}

asio::awaitable<Reply> against_topic(Desk& desk, Turn& turn, std::string topic) {
    const TopicPool found = co_await find_topic(desk, turn, topic);
    const search::Disagreement sides = search::disagreement(found.query.topic, found.pool.candidates, longest_list);
    std::vector<ListItem> items = found.pool.items(sides.disputing);
    if (items.empty()) {
        ListPage none;
        name_topic(none, found, turn);
        if (none.subject.empty()) none.subject = topic;
        co_return commands::against_reply(none, false);
    }
    const Subject subject = on_topic(found.query.topic);
    ListPage page = begin_list(turn, subject, std::move(items));
    name_topic(page, found, turn);
    co_return commands::against_reply(page, false);
}

}  // namespace

asio::awaitable<Reply> more_on_topic(Desk& desk, Turn& turn, Command command) {
    TopicPool found = co_await find_topic(desk, turn, command.text);
    const search::BalancedViews views = co_await balance(desk, found.query.topic, std::move(found.pool.candidates));
    if (views.items.empty()) co_return nothing_on(desk, turn, found, command);
    std::vector<ListItem> items = found.pool.items(views.items);
    const Subject subject = on_topic(found.query.topic);
    ListPage page = begin_list(turn, subject, std::move(items));
    name_topic(page, found, turn);
    co_return commands::topic_reply(page);
}

asio::awaitable<Reply> more_on_number(Desk& desk, Turn& turn, Command command) {
    const Picked picked = co_await pick(desk, turn, command, "more on");
    if (!picked.detail) co_return picked.problem;
    const Insight& head = picked.detail->insight;
    Pool pool = co_await find_related(desk, head);
    const search::BalancedViews views = co_await balance(desk, head, std::move(pool.candidates));
    if (views.items.empty()) co_return commands::nothing_related(picked.number, first_topic(head));
    std::vector<ListItem> items;
    for (const search::Candidate& candidate : views.items) items.push_back(pool.item(candidate));
    const Subject subject = on_insight(head.id);
    ListPage page = begin_list(turn, subject, std::move(items));
    name_head(page, *picked.detail, picked.number, static_cast<bool>(command.insight));
    page.followed = follows(turn.reader.profile, page.subject);
    co_return commands::topic_reply(page);
}

asio::awaitable<Reply> next_page(Desk& desk, Turn& turn, Command command) {
    if (command.list != 0 && command.list != turn.state.list) co_return commands::old_list();
    const Subject subject = subject_from(turn.state.topic);
    std::optional<InsightDetail> head;
    if (subject.kind == Subject::Kind::insight) head = co_await detail_of(desk, subject.insight);
    const std::string name = head ? first_topic(head->insight) : subject.topic;
    std::vector<InsightId>& rest = turn.state.rest;
    if (rest.empty()) {
        const bool was_brief = subject.kind == Subject::Kind::none && !turn.state.listed.empty();
        co_return commands::nothing_more(name, was_brief);
    }
    const auto end = rest.begin() + static_cast<std::ptrdiff_t>(std::min(page_size, rest.size()));
    std::vector<InsightId> ids(rest.begin(), end);
    rest.erase(rest.begin(), end);

    ListPage page;
    page.subject = name;
    page.first_number = static_cast<int>(turn.state.listed.size()) + 1;
    page.left = rest.size();
    // Another page of it: the button of the page before must not show this one again.
    page.list = ++turn.state.list;
    turn.listed = true;
    std::vector<InsightDetail> details = co_await desk.library.details(std::move(ids));
    std::map<InsightId, search::RelationGuess> judged;
    if (head) judged = co_await judged_towards(desk, head->insight.id);
    for (InsightDetail& detail : details) {
        if (detail.insight.superseded) continue;
        ListItem item;
        if (const auto known = judged.find(detail.insight.id); head && known != judged.end()) {
            item.relation = known->second.relation;
        } else if (head) {
            item.relation = search::relation_to(detail.insight, head->insight).relation;
        } else if (subject.kind == Subject::Kind::topic) {
            item.relation = search::relation_to_topic(detail.insight, subject.topic).relation;
        }
        turn.state.listed.push_back(detail.insight.id);
        item.detail = std::move(detail);
        page.items.push_back(std::move(item));
    }
    if (page.items.empty()) co_return commands::nothing_more(name, false);
    co_return commands::next_page_reply(page);
}

asio::awaitable<Reply> other_side(Desk& desk, Turn& turn, Command command) {
    const Subject subject = subject_from(turn.state.topic);
    const bool by_button = static_cast<bool>(command.insight);
    if (!by_button && command.number == 0 && subject.kind == Subject::Kind::topic) {
        co_return co_await against_topic(desk, turn, subject.topic);
    }
    if (!by_button && command.number == 0 && subject.kind == Subject::Kind::insight) {
        std::optional<InsightDetail> head = co_await detail_of(desk, subject.insight);
        if (head) co_return co_await against_insight(desk, turn, std::move(*head), 0);
    }
    Picked picked = co_await pick(desk, turn, command, "against");
    if (!picked.detail) co_return picked.problem;
    co_return co_await against_insight(desk, turn, std::move(*picked.detail), picked.number, by_button);
}

asio::awaitable<Reply> disagreement_on(Desk& desk, Turn& turn, Command command) {
    std::string text = command.text;
    if (text.empty()) {
        const Subject subject = subject_from(turn.state.topic);
        text = subject.topic;
        if (subject.kind == Subject::Kind::insight) {
            const std::optional<InsightDetail> head = co_await detail_of(desk, subject.insight);
            if (head) text = first_topic(head->insight);
        }
    }
    const TopicPool found = co_await find_topic(desk, turn, text);
    if (found.pool.candidates.empty()) co_return nothing_on(desk, turn, found, command);
    const search::Disagreement sides = search::disagreement(found.query.topic, found.pool.candidates, longest_side);

    ListPage in_favour, against;
    name_topic(in_favour, found, turn);
    in_favour.items = found.pool.items(sides.supporting);
    against.items = found.pool.items(sides.disputing);
    against.first_number = static_cast<int>(in_favour.items.size()) + 1;
    if (!in_favour.items.empty() || !against.items.empty()) {
        std::vector<ListItem> all = in_favour.items;
        all.insert(all.end(), against.items.begin(), against.items.end());
        const Subject subject = on_topic(found.query.topic);
        begin_list(turn, subject, std::move(all), 2 * longest_side);
    }
    co_return commands::disagreement_reply(in_favour, against);
}

asio::awaitable<Reply> show_saved(Desk& desk, Turn& turn) {
    const std::vector<Feedback> feedback = co_await desk.readers.feedback(turn.reader.id);
    std::vector<InsightId> ids;
    for (const Feedback& one : feedback) {
        if (one.kind == FeedbackKind::save) ids.push_back(one.insight);
    }
    std::vector<InsightDetail> details = co_await desk.library.details(std::move(ids));
    std::vector<ListItem> items;
    for (InsightDetail& detail : details) {
        ListItem item;
        item.detail = std::move(detail);
        items.push_back(std::move(item));
    }
    if (items.empty()) co_return commands::saved_reply(ListPage());
    Subject subject;
    subject.kind = Subject::Kind::saved;
    const ListPage page = begin_list(turn, subject, std::move(items));
    co_return commands::saved_reply(page);
}

}  // namespace podbrief::services
