// Searching, for people and for programs.
#include "adapters/web/addresses.hpp"
#include "adapters/web/insight_json.hpp"
#include "adapters/web/insight_view.hpp"
#include "adapters/web/site_parts.hpp"
#include "core/commands/wording.hpp"

namespace podbrief::web {
namespace {

constexpr std::size_t results_a_page = 10;
constexpr std::size_t topics_to_help = 16;

// What is said before the results, as the chat says it.
std::vector<std::string> notes_of(const services::InsightFinder::OnTopic& found, const std::string& query,
                                  bool library_is_empty) {
    std::vector<std::string> notes;
    if (!found.note.empty()) notes.push_back(found.note);
    if (!found.insights.empty() && !found.narrowed.empty()) notes.push_back("Only what is " + found.narrowed + ".");
    if (!found.insights.empty() && !found.not_narrowed.empty()) {
        notes.push_back(
            fmt::format("Nothing on {} {} in the library. Without that there is:", found.topic, found.not_narrowed));
    }
    if (!found.insights.empty()) return notes;
    if (library_is_empty) {
        notes.push_back("Nothing has been read yet, so there is nothing to find.");
        return notes;
    }
    const std::string topic = found.topic.empty() ? query : found.topic;
    std::string note = fmt::format("No insight is about {} so far.", topic);
    // Where all of it is unknown, this would say the same again.
    if (!found.unknown.empty() && fmt::format("{}", fmt::join(found.unknown, " ")) != topic) {
        note += fmt::format(" No insight says {}.", commands::listed(found.unknown));
    }
    notes.push_back(std::move(note));
    return notes;
}

struct Shown {
    std::size_t first = 0;
    std::size_t count = 0;
    bool more = false;
};

Shown shown_of(std::size_t total, std::size_t page) {
    Shown shown;
    shown.first = std::min((page - 1) * results_a_page, total);
    shown.count = std::min(results_a_page, total - shown.first);
    shown.more = shown.first + shown.count < total;
    return shown;
}

}  // namespace

asio::awaitable<Page> search_page(Parts& parts, Asked asked) {
    PageHead head;
    head.title = asked.text.empty() ? "Search" : asked.text;
    head.search_box = false;
    head.here = "search";
    head.index = false;
    if (asked.text.empty()) head.path = "/search";
    const bool empty = parts.ports.catalogue.size() == 0;
    services::InsightFinder::OnTopic found;
    std::vector<std::string> notes;
    if (!asked.problem.empty()) notes.push_back(asked.problem);
    if (!asked.text.empty()) {
        found = co_await parts.finder.on_topic(asked.text);
        for (std::string& note : notes_of(found, asked.text, empty)) notes.push_back(std::move(note));
    }
    const Shown shown = shown_of(found.insights.size(), asked.page);
    std::vector<View> entries;
    for (std::size_t i = shown.first; i < shown.first + shown.count; ++i) {
        entries.push_back(entry_view(found.insights[i].detail, found.insights[i].relation));
    }
    if (entries.empty() && !found.insights.empty()) {
        co_return problem_page(parts, 404, "There are not so many results",
                               "Go back to the first page of this search.");
    }
    View view;
    view.set("heading", asked.text.empty() ? "Search what podcasts say" : asked.text);
    view.set("query", asked.text).set("notes", notes).set("found", !entries.empty());
    view.set("found_title",
             fmt::format("{} {}", found.insights.size(), found.insights.size() == 1 ? "insight" : "insights"));
    const bool missed = !asked.text.empty() && asked.problem.empty() && entries.empty() && !empty;
    view.set("missed", missed).set("missed_query", found.topic.empty() ? asked.text : found.topic);
    view.set("doors", missed ? doors_view(parts) : View());
    view.set("empty", empty);
    view.set("help", entries.empty() && !empty);
    const auto common = parts.ports.catalogue.common_topics(topics_to_help);
    view.set("example", common.empty() ? std::string() : common.front()->name);
    view.set("example_href", common.empty() ? std::string() : search_path(common.front()->name));
    view.set("insights", std::move(entries));
    view.set("pager", pager_view(search_path(asked.text), asked.page, shown.more));
    view.set("topics", topics_view(common, false));
    Page page = parts.shell.page(head, "search", view);
    if (!asked.problem.empty()) page.status = 400;
    co_return page;
}

asio::awaitable<Page> search_api(Parts& parts, Asked asked) {
    if (!asked.problem.empty()) co_return api_problem(400, "bad_request", asked.problem);
    if (asked.text.empty()) co_return api_problem(400, "missing_query", "Say in q what is looked for.");
    const services::InsightFinder::OnTopic found = co_await parts.finder.on_topic(asked.text);
    const Shown shown = shown_of(found.insights.size(), asked.page);
    SearchResults results{asked.text, found, shown.first, shown.count, asked.page, {}};
    if (shown.more) {
        std::vector<FormField> fields;
        fields.push_back({"q", asked.text});
        fields.push_back({"page", std::to_string(asked.page + 1)});
        results.next = "/api/v1/search?" + to_form(fields);
    }
    Page page;
    page.type = "application/json; charset=utf-8";
    page.bytes = search_document(results, parts.shell.options().public_url);
    page.headers.push_back({"Access-Control-Allow-Origin", "*"});
    co_return page;
}

}  // namespace podbrief::web
