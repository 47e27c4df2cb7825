#pragma once
#include <memory>
#include <string>
#include <vector>

#include "adapters/web/page.hpp"
#include "adapters/web/site.hpp"
#include "core/services/catalogue.hpp"
#include "core/services/known_people.hpp"
#include "tests/core/services/chat_library.hpp"
#include "tests/doubles/memory_relations.hpp"

namespace podbrief::testing {

// The public pages over an invented library.
class SiteWorld {
public:
    SiteWorld() {
        options.public_url = "https://brief.example";
        options.requests_a_second = 0;
        options.doors = [this] { return doors; };
    }

    // Tells the catalogue what is new.
    void follow() {
        for (const InsightChange& change : library.get(library.store.changes_since(seen_, 10'000))) {
            seen_ = change.sequence;
            catalogue.heard(change);
            people.heard(change);
        }
    }

    web::Site& site() {
        if (!site_) {
            web::Site::Ports ports{library.store, library.store, relations, library.search,
                                   catalogue,     library.clock, {},        &people};
            site_ = std::make_unique<web::Site>(std::move(ports), options);
        }
        return *site_;
    }

    ServerResponse ask(std::string target, std::vector<HttpHeader> headers = {}, std::string method = "GET") {
        follow();
        ServerRequest request;
        request.method = std::move(method);
        request.target = std::move(target);
        request.headers = std::move(headers);
        request.remote_address = "192.0.2.1";
        return library.get(site().answer(std::move(request)));
    }

    // Follows a redirect, as the reader of a link does.
    ServerResponse visit(const std::string& target) {
        ServerResponse response = ask(target);
        if (response.status != 301) return response;
        return ask(std::string(header(response, "Location")));
    }

    static std::string_view header(const ServerResponse& response, std::string_view name) {
        for (const HttpHeader& one : response.headers) {
            if (one.name == name) return one.value;
        }
        return {};
    }

    ChatLibrary library;
    services::Catalogue catalogue;
    services::KnownPeople people;
    MemoryRelations relations;
    web::Doors doors;
    web::Site::Options options;

private:
    std::unique_ptr<web::Site> site_;
    std::int64_t seen_ = 0;
};

}  // namespace podbrief::testing
