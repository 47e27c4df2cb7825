#include "adapters/web/site.hpp"

#include "adapters/web/route.hpp"

namespace podbrief::web {

struct Site::Impl {
    Ports ports;
    Options options;
    Shell shell;

    Impl(Ports p, Options o) : ports(std::move(p)), options(std::move(o)), shell(ShellOptions{options.public_url}) {}

    View doors_view(InsightId insight, std::string topics) const {
        const Doors led = doors_from(options.doors ? options.doors() : Doors(), insight);
        View view;
        view.set("any", led.any());
        view.set("slack", led.slack_url).set("telegram", led.telegram_url).set("discord", led.discord_url);
        view.set("topics", std::move(topics));
        return view;
    }

    Page home() {
        PageHead head;
        head.title = "podbrief: what podcasts say, in five insights a day";
        head.description =
            "We scan new podcasts and send you the top 5 insights daily: the claim, the exact words, and who disputes "
            "it.";
        head.path = "/";
        View view;
        view.set("doors", doors_view(InsightId(), {}));
        view.set("best_title", "Today's best insights");
        view.set("insights", false);
        view.set("topics", false);
        return shell.page(head, "home", view);
    }

    Page not_found() {
        PageHead head;
        head.title = "Not found";
        head.index = false;
        View view;
        view.set("heading", "There is nothing at this address");
        view.set("message", "The link may be old or mistyped.");
        view.set("query", "");
        Page page = shell.page(head, "not_found", view);
        page.status = 404;
        return page;
    }

    asio::awaitable<Page> page_of(ServerRequest request) {
        const std::optional<Route> route = route_of(request.path());
        if (route && route->place == Place::home) co_return home();
        co_return not_found();
    }
};

Site::Site(Ports ports, Options options) : impl_(std::make_unique<Impl>(std::move(ports), std::move(options))) {}

Site::~Site() = default;

Shell& Site::shell() {
    return impl_->shell;
}

asio::awaitable<ServerResponse> Site::answer(ServerRequest request) {
    ServerResponse response;
    if (ReadyPage* asset = impl_->shell.asset(request.path())) {
        response = asset->answer(request);
    } else {
        ReadyPage page(co_await impl_->page_of(request));
        response = page.answer(request);
    }
    impl_->shell.secure(response);
    co_return response;
}

}  // namespace podbrief::web
