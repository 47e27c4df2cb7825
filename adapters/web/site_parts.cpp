#include "adapters/web/site_parts.hpp"

#include <charconv>
#include <nlohmann/json.hpp>

#include "adapters/web/addresses.hpp"
#include "core/commands/wording.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::web {

Parts::Parts(Site::Ports p, Site::Options o)
    : ports(std::move(p)),
      options(std::move(o)),
      shell(ShellOptions{options.public_url}),
      finder({ports.library, ports.index, ports.clock, &ports.relations, ports.people, ports.heavy, ports.meanings,
              ports.acronyms}) {}

Asked asked_of(std::string_view query) {
    constexpr std::size_t most_fields = 20;
    Asked asked;
    const auto fields = parse_form(query, most_fields);
    if (!fields) {
        asked.problem = "The address is not written as addresses are.";
        return asked;
    }
    asked.text = text::collapse_white_space(text::to_valid_utf8(form_value(*fields, "q")));
    if (text::code_point_count(asked.text) > longest_query) {
        asked.problem = fmt::format("A search may have {} characters at most.", longest_query);
        asked.text.clear();
    }
    const std::string_view page = form_value(*fields, "page");
    if (!page.empty()) {
        const auto end = std::from_chars(page.data(), page.data() + page.size(), asked.page);
        if (end.ec != std::errc{} || end.ptr != page.data() + page.size() || asked.page < 1 || asked.page > last_page) {
            asked.problem = fmt::format("A page is a number from 1 to {}.", last_page);
            asked.page = 1;
        }
    }
    asked.url = form_value(*fields, "url");
    asked.format = form_value(*fields, "format");
    return asked;
}

View doors_view(const Parts& parts, InsightId insight, const std::vector<std::string>& topics) {
    const Doors led = doors_from(parts.options.doors ? parts.options.doors() : Doors(), insight);
    View view;
    view.set("any", led.any());
    view.set("slack", led.slack_url).set("telegram", led.telegram_url).set("discord", led.discord_url);
    view.set("topics", commands::listed(topics));
    return view;
}

View topics_view(const std::vector<const services::Catalogue::Topic*>& topics, bool counted) {
    std::vector<View> list;
    for (const services::Catalogue::Topic* topic : topics) {
        View one;
        one.set("name", topic->name).set("href", topic_path(topic->name));
        one.set("count", counted ? std::to_string(topic->insights.size()) : std::string());
        list.push_back(std::move(one));
    }
    View view;
    view.set("yes", !list.empty()).set("list", std::move(list));
    return view;
}

View pager_view(std::string_view path, std::size_t page, bool more) {
    const auto at = [&](std::size_t number) {
        if (number == 1) return std::string(path);
        return fmt::format("{}{}page={}", path, path.find('?') == path.npos ? '?' : '&', number);
    };
    const bool next = more && page < last_page;
    View view;
    view.set("any", page > 1 || next);
    view.set("previous", page > 1 ? at(page - 1) : std::string());
    view.set("next", next ? at(page + 1) : std::string());
    return view;
}

asio::awaitable<const std::vector<Subscription>*> shows_of(Parts& parts) {
    constexpr Millis fresh_for{60'000};
    const SteadyTime now = parts.ports.clock.steady_now();
    if (!parts.shows_known || now >= parts.shows_at + fresh_for) {
        std::vector<Subscription> shows = co_await parts.ports.library.subscriptions();
        parts.shows = std::move(shows);
        parts.shows_at = now;
        parts.shows_known = true;
    }
    co_return &parts.shows;
}

Page redirect(std::string path) {
    Page page;
    page.status = 301;
    page.type = "text/plain; charset=utf-8";
    page.bytes = "It is at " + path + "\n";
    page.headers.push_back({"Location", std::move(path)});
    return page;
}

Page problem_page(Parts& parts, int status, std::string heading, std::string message) {
    PageHead head;
    head.title = heading;
    head.index = false;
    head.search_box = false;
    View view;
    view.set("heading", std::move(heading)).set("message", std::move(message)).set("query", "");
    Page page = parts.shell.page(head, "not_found", view);
    page.status = status;
    return page;
}

Page not_found(Parts& parts, std::string message) {
    return problem_page(parts, 404, "There is nothing at this address", std::move(message));
}

Page api_problem(int status, std::string code, std::string message) {
    nlohmann::json error;
    error["error"]["code"] = std::move(code);
    error["error"]["message"] = std::move(message);
    Page page;
    page.status = status;
    page.type = "application/json; charset=utf-8";
    page.bytes = error.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    return page;
}

asio::awaitable<std::vector<InsightDetail>> details_of(Parts& parts, std::vector<InsightId> ids) {
    std::vector<InsightDetail> details;
    if (ids.empty()) co_return details;
    details = co_await parts.ports.library.details(std::move(ids));
    std::erase_if(details, [](const InsightDetail& detail) { return detail.insight.superseded; });
    co_return details;
}

}  // namespace podbrief::web
