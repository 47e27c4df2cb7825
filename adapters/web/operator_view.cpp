#include "adapters/web/operator_view.hpp"

#include <algorithm>

#include "adapters/web/bar_chart.hpp"
#include "adapters/web/http_date.hpp"
#include "core/commands/explain.hpp"
#include "core/commands/reply_places.hpp"

namespace podbrief::web {
namespace {

using namespace std::chrono_literals;

constexpr Millis long_overdue = 15min;
constexpr Millis long_unfetched = 3h;

std::string few(std::int64_t count, const char* one, const char* many) {
    return count == 1 ? std::string("One ") + one : grouped(count) + " " + many;
}

std::string ago(WallTime at, WallTime now) {
    return at > now ? "in " + commands::span_text(at - now) : commands::span_text(now - at) + " ago";
}

// "18:00", UTC.
std::string clock_of(WallTime at) {
    return iso_time(at).substr(11, 5);
}

View line(std::string label, std::string value) {
    View view;
    view.set("label", std::move(label)).set("value", std::move(value));
    return view;
}

// One thing that may need a look: what, then details in small print.
View note(std::string what, const std::string& detail, std::string href = {}) {
    View view;
    view.set("what", std::move(what)).set("detail", detail).set("href", std::move(href));
    return view;
}

std::int64_t in_state(const StatusFigures& figures, EpisodeState state) {
    const auto found = figures.episodes.find(state);
    return found == figures.episodes.end() ? 0 : found->second;
}

// When it is tried again, if ever: a time that is far away stands for never.
std::string next_try(WallTime next, WallTime now) {
    if (next > now + std::chrono::days{3650}) return "not tried again";
    return "next try " + ago(next, now);
}

std::string times(int count) {
    return count == 1 ? std::string("once") : fmt::format("{} times", count);
}

std::vector<View> failing_feeds(const StatusFigures& figures, WallTime now) {
    std::vector<View> all;
    for (const StatusFigures::Feed& feed : figures.failing) {
        const std::string last = feed.last_success ? "last fetched " + ago(*feed.last_success, now) : "never fetched";
        all.push_back(note(feed.title, fmt::format("{} ({} in a row; {}; {})", feed.problem, times(feed.failures), last,
                                                   next_try(feed.next, now))));
    }
    return all;
}

std::vector<View> troubled_episodes(const StatusFigures& figures, WallTime now) {
    std::vector<View> all;
    for (const StatusFigures::Trouble& one : figures.troubled) {
        all.push_back(note(one.show + ": " + one.title, fmt::format("{} (tried {}; {})", one.problem,
                                                                    times(one.attempts), next_try(one.next, now))));
    }
    return all;
}

std::vector<View> looks(const StatusFigures& figures, WallTime now) {
    std::vector<View> all;
    for (const StatusFigures::Look& one : figures.looks) {
        std::string href;
        if (!one.reader.empty() && !one.day.empty()) {
            const std::vector<FormField> fields{{"reader", one.reader}, {"day", one.day}};
            href = "/status/explain?" + to_form(fields);
        }
        const std::string whose = one.reader.empty() ? std::string("A message") : one.reader;
        all.push_back(
            note(fmt::format("{} on {}: {}", whose, commands::platform_name(one.platform), to_string(one.state)),
                 fmt::format("{}{}due {}", one.reason, one.reason.empty() ? "" : "; ", ago(one.send_at, now)),
                 std::move(href)));
    }
    return all;
}

View sent_chart(const StatusFigures& figures) {
    BarChart chart;
    chart.id = "sent";
    chart.title = "Briefs of the last 24 hours";
    chart.over = "Hour (UTC)";
    chart.series = {"on time", "late", "lost"};
    std::int64_t sent = 0, late = 0, lost = 0;
    for (const StatusFigures::Hour& hour : figures.hours) {
        chart.bars.push_back({clock_of(hour.begin), {hour.sent - hour.late, hour.late, hour.lost}});
        sent += hour.sent;
        late += hour.late;
        lost += hour.lost;
    }
    chart.description = fmt::format("Messages with briefs by hour: {} sent, {} of them late, {} lost.", grouped(sent),
                                    grouped(late), grouped(lost));
    return view_of(chart);
}

View herd_chart(const StatusFigures& figures) {
    BarChart chart;
    chart.id = "herd";
    chart.title = "Briefs due in the next hours";
    chart.over = "Hour (UTC)";
    chart.series = {"due"};
    std::int64_t due = 0;
    for (const StatusFigures::Due& hour : figures.herd) {
        chart.bars.push_back({clock_of(hour.begin), {hour.briefs}});
        due += hour.briefs;
    }
    chart.description = fmt::format("Readers with a brief due by hour: {} in all.", grouped(due));
    return view_of(chart);
}

std::vector<View> platform_views(const OperatorView& v) {
    std::vector<View> all;
    for (const OperatorFacts::Platform& one : v.facts.platforms) {
        const auto found = v.figures.platforms.find(one.name);
        const StatusFigures::Platform sent =
            found == v.figures.platforms.end() ? StatusFigures::Platform() : found->second;
        View view;
        view.set("name", commands::platform_name(one.name)).set("mode", one.mode).set("state", one.state);
        view.set("good", one.good);
        view.set("sent", fmt::format("{} sent in 24 h, {} late, {} lost{}", grouped(sent.sent), grouped(sent.late),
                                     grouped(sent.lost),
                                     sent.last_sent ? "; the last one " + ago(*sent.last_sent, v.now) : ""));
        all.push_back(std::move(view));
    }
    return all;
}

std::vector<View> spending_views(const OperatorFacts& facts) {
    std::vector<View> all;
    for (const OperatorFacts::Spending& one : facts.spending) {
        View view;
        view.set("what", one.what).set("more", one.more).set("full", one.full);
        view.set("spent", fmt::format("{:.2f}", one.spent)).set("ceiling", fmt::format("{:.2f}", one.ceiling));
        view.set("has_ceiling", one.ceiling > 0);
        all.push_back(std::move(view));
    }
    return all;
}

// A row without a label goes on with the one before.
std::vector<Table::Row> in_whole_lines(const Table& table) {
    std::vector<Table::Row> rows;
    for (const Table::Row& row : table.rows) {
        if (row.label.empty() && !rows.empty()) {
            rows.back().value += "; " + row.value;
        } else {
            rows.push_back(row);
        }
    }
    return rows;
}

}  // namespace

std::string grouped(std::int64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3 + (number < 0 ? 1U : 0U);) digits.insert(at -= 3, ",");
    return digits;
}

std::vector<std::string> problems_of(const StatusFigures& figures, const OperatorFacts& facts, WallTime now) {
    std::vector<std::string> problems;
    for (const OperatorFacts::Platform& one : facts.platforms) {
        if (!one.good) problems.push_back(commands::platform_name(one.name) + ": " + one.state + ".");
    }
    if (figures.waiting.oldest_due && now - *figures.waiting.oldest_due > long_overdue) {
        problems.push_back("A message waits to be sent since " +
                           commands::span_text(now - *figures.waiting.oldest_due) + ".");
    }
    if (figures.waiting.parked > 0) {
        problems.push_back(few(figures.waiting.parked, "message is parked: whether it arrived cannot be found out.",
                               "messages are parked: whether they arrived cannot be found out."));
    }
    if (figures.waiting.unknown > 0) {
        problems.push_back(few(figures.waiting.unknown, "message may have arrived or not, and is looked into.",
                               "messages may have arrived or not, and are looked into."));
    }
    std::int64_t lost = 0, late = 0;
    for (const StatusFigures::Hour& hour : figures.hours) {
        lost += hour.lost;
        late += hour.late;
    }
    if (lost > 0) problems.push_back(few(lost, "brief did not arrive", "briefs did not arrive") + " in 24 hours.");
    if (late > 0) problems.push_back(few(late, "brief came late", "briefs came late") + " in 24 hours.");
    const bool never = figures.feeds > 0 && !figures.last_fetched;
    if (figures.feeds_due > 0 && (never || (figures.last_fetched && now - *figures.last_fetched > long_unfetched))) {
        problems.push_back(never
                               ? std::string("No feed was ever fetched.")
                               : "No feed was fetched since " + commands::span_text(now - *figures.last_fetched) + ".");
    }
    if (figures.feeds_failing > 0) problems.push_back(few(figures.feeds_failing, "feed fails.", "feeds fail."));
    for (const OperatorFacts::Spending& one : facts.spending) {
        if (one.full) problems.push_back(one.what + ": the day's ceiling is reached.");
    }
    return problems;
}

Page operator_page(Shell& shell, const OperatorView& v) {
    const std::vector<std::string> problems = problems_of(v.figures, v.facts, v.now);
    const StatusFigures& f = v.figures;
    View view;
    view.set("csrf", v.csrf).set("at", iso_time(v.now)).set("clock", clock_of(v.now));
    view.set("well", problems.empty()).set("problems", problems);
    view.set("count", problems.size() == 1 ? std::string("One thing needs a look")
                                           : std::to_string(problems.size()) + " things need a look");
    view.set("feeds", grouped(f.feeds)).set("feeds_due", grouped(f.feeds_due));
    view.set("feeds_failing", grouped(f.feeds_failing));
    view.set("last_fetched", f.last_fetched ? ago(*f.last_fetched, v.now) : std::string("never"));
    view.set("failing", failing_feeds(f, v.now));
    const std::int64_t waiting = in_state(f, EpisodeState::discovered) + in_state(f, EpisodeState::awaiting_transcript);
    view.set("episodes_waiting", grouped(waiting)).set("episodes_due", grouped(f.episodes_due));
    view.set("episodes_extracted", grouped(in_state(f, EpisodeState::extracted)));
    view.set("episodes_notes", grouped(in_state(f, EpisodeState::from_notes)));
    view.set("episodes_silent", grouped(in_state(f, EpisodeState::without_transcript)));
    view.set("troubled", troubled_episodes(f, v.now));
    view.set("ready", grouped(f.waiting.ready + f.waiting.dispatching)).set("unknown", grouped(f.waiting.unknown));
    view.set("parked", grouped(f.waiting.parked)).set("looks", looks(f, v.now));
    view.set("sent_chart", sent_chart(f)).set("herd_chart", herd_chart(f));
    view.set("platforms", platform_views(v)).set("spending", spending_views(v.facts));
    std::vector<View> figures;
    figures.push_back(line("Readers", grouped(f.readers)));
    figures.push_back(line("Insights ever made", grouped(f.insights)));
    figures.push_back(line("Store", fmt::format("{:.1f} MiB", static_cast<double>(f.store_bytes) / (1 << 20))));
    for (const OperatorFacts::Line& one : v.facts.figures) figures.push_back(line(one.label, one.value));
    view.set("figures", std::move(figures));
    PageHead head;
    head.title =
        problems.empty() ? "Status: all is well" : "Status: " + std::to_string(problems.size()) + " to look at";
    head.index = false;
    head.signed_in = true;
    return shell.page(head, "status", view);
}

namespace {

// A date is not broken at its hyphens; what is long must be, somewhere.
std::vector<View> words_of(std::string_view heading) {
    constexpr std::size_t longest_whole = 20;
    std::vector<View> words;
    while (!heading.empty()) {
        const std::size_t end = std::min(heading.find(' '), heading.size());
        View word;
        word.set("word", std::string(heading.substr(0, end))).set("whole", end <= longest_whole);
        words.push_back(std::move(word));
        heading.remove_prefix(std::min(end + 1, heading.size()));
    }
    return words;
}

}  // namespace

Page explain_page(Shell& shell, int status, const ExplainView& v) {
    std::vector<View> blocks;
    for (const ReplyBlock& block : v.story.blocks) {
        View one;
        one.set("heading", false).set("text", false).set("rows", false).set("claim", false);
        if (const auto* heading = std::get_if<Heading>(&block)) {
            View words;
            words.set("words", words_of(heading->text));
            one.set("heading", std::move(words));
        }
        if (const auto* paragraph = std::get_if<Paragraph>(&block)) one.set("text", paragraph->text);
        if (const auto* card = std::get_if<InsightCard>(&block)) one.set("claim", card->text);
        if (const auto* table = std::get_if<Table>(&block)) {
            std::vector<View> rows;
            for (const Table::Row& row : in_whole_lines(*table)) rows.push_back(line(row.label, row.value));
            View list;
            list.set("list", std::move(rows));
            one.set("rows", std::move(list));
        }
        blocks.push_back(std::move(one));
    }
    std::vector<View> days;
    for (const std::string& day : v.other_days) {
        const std::vector<FormField> fields{{"reader", v.reader}, {"day", day}};
        View one;
        one.set("day", day).set("href", "/status/explain?" + to_form(fields));
        days.push_back(std::move(one));
    }
    View view;
    view.set("reader", v.reader).set("asked_day", v.day).set("problem", v.problem).set("blocks", std::move(blocks));
    view.set("csrf", v.csrf);
    View other;
    const bool has_days = !days.empty();
    other.set("list", std::move(days));
    if (has_days) {
        view.set("days", std::move(other));
    } else {
        view.set("days", false);
    }
    PageHead head;
    head.title = v.reader.empty() ? std::string("What became of a brief") : "What became of a brief of " + v.reader;
    head.index = false;
    head.signed_in = true;
    Page page = shell.page(head, "explain", view);
    page.status = status;
    return page;
}

}  // namespace podbrief::web
