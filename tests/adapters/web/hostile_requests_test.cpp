// Requests of every bad kind: nothing is thrown, nothing comes back as markup, every answer is one that we know.
#include <gmock/gmock.h>

#include <random>
#include <set>

#include "tests/adapters/web/site_world.hpp"

namespace podbrief::testing {
namespace {

// What is looked for in the answers: between two marks stands what would be markup.
constexpr const char* payloads[] = {
    "zq<script>alert(1)</script>",
    "zq\"onmouseover=\"alert(1)",
    "zq'onload='x",
    "zq<img src=x>",
    "zq\r\nSet-Cookie: a=b",
    "javascript:alert(1)",
    "//evil.example/",
    "../../etc/passwd",
    "{{{content}}}",
    "{{#i}}{{> layout}}{{/i}}",
    "%00",
    "zq]]>zq",
    "\"\"\"\"",
    "' OR 1=1 --",
    "NEAR(a b) AND *",
    "\xC3\x28",
    "\xF0\x9F\x91\xA9",
    "\xE2\x80\xAEtxt",
    "9999999999999999999999",
    "-1",
    "1e9",
};

class Requests {
public:
    explicit Requests(unsigned seed) : random_(seed) {}

    std::string target() {
        static constexpr const char* places[] = {"/",
                                                 "/i/",
                                                 "/i/1",
                                                 "/i/1-",
                                                 "/i/2.json",
                                                 "/i/4711.png",
                                                 "/topics",
                                                 "/topics/",
                                                 "/topics/chip-export-controls",
                                                 "/shows",
                                                 "/shows/1-silicon-ledger",
                                                 "/shows/",
                                                 "/search",
                                                 "/api/v1/search",
                                                 "/oembed",
                                                 "/sitemap.xml",
                                                 "/sitemap-",
                                                 "/robots.txt",
                                                 "/favicon.svg",
                                                 "/style.",
                                                 "/b/",
                                                 "/.."};
        static constexpr const char* ends[] = {"", "", "", ".rss", ".json", ".xml", "/", "//", "%", "%2e%2e", ";a=b"};
        static constexpr const char* names[] = {"q", "page", "url", "format", "x", "", "q[]", "__proto__"};
        std::string made = any(places);
        if (below(2) == 0) made += escaped(payload());
        made += any(ends);
        for (std::size_t left = below(4), first = 1; left > 0; --left, first = 0) {
            made += first == 1 ? "?" : "&";
            made += any(names);
            made += "=" + escaped(payload());
        }
        if (below(200) == 0) made += std::string(8'000, 'a');
        return made;
    }

    std::vector<HttpHeader> headers() {
        static constexpr const char* names[] = {
            "Accept-Encoding", "If-None-Match", "If-Modified-Since",      "Host",  "X-Forwarded-For", "Forwarded",
            "Range",           "Cookie",        "X-HTTP-Method-Override", "Accept"};
        std::vector<HttpHeader> made;
        for (std::size_t left = below(4); left > 0; --left) {
            std::string value = payload();
            std::erase_if(value, [](char c) { return c == '\r' || c == '\n'; });  // the server lets none through
            made.push_back({any(names), below(3) == 0 ? std::string("gzip;q=0.1, br;q=") + value : value});
        }
        return made;
    }

    std::string method() { return below(10) == 0 ? any(methods) : "GET"; }

private:
    static constexpr const char* methods[] = {"HEAD", "POST", "get", "TRACE", "CONNECT", ""};

    std::size_t below(std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_); }
    template <std::size_t N>
    std::string any(const char* const (&all)[N]) {
        return all[below(N)];
    }
    std::string payload() {
        std::string made = any(payloads);
        if (below(4) == 0) made += any(payloads);
        if (below(6) == 0) {
            for (std::size_t left = below(30); left > 0; --left) made += static_cast<char>(below(256));
        }
        return made;
    }
    // A target is printable ASCII; some of what could be written plainly is.
    std::string escaped(const std::string& text) {
        const bool all = below(2) == 0;
        std::string made;
        for (const char c : text) {
            const bool printable = c > ' ' && c < 127;
            const bool must = !printable || c == '#' || (all && !std::isalnum(static_cast<unsigned char>(c)));
            if (must) {
                made += fmt::format("%{:02X}", static_cast<unsigned char>(c));
            } else {
                made += c;
            }
        }
        return made;
    }

    std::mt19937 random_;
};

TEST(HostileRequests, AreAnsweredWithoutHarm) {
    SiteWorld world;
    world.library.add_sample();
    // Feeds are no friends either.
    world.library.add({"Show <b>zq\"on",
                       "zq<i>Mallory</i>",
                       "zq<script>alert(1)</script> is what \"they\" said & meant.",
                       {"zq<svg onload=x>", "\"quoted\""}});
    const std::set<int> known{200, 301, 304, 400, 404, 405, 410, 501};
    Requests requests(2006);
    std::map<int, int> seen;
    for (int i = 0; i < 10'000; ++i) {
        const std::string target = requests.target();
        SCOPED_TRACE(target);
        ServerResponse response;
        ASSERT_NO_THROW(response = world.ask(target, requests.headers(), requests.method()));
        ++seen[response.status];
        ASSERT_TRUE(known.contains(response.status)) << response.status;
        const std::string_view type = SiteWorld::header(response, "Content-Type");
        for (const HttpHeader& header : response.headers) {
            ASSERT_EQ(header.value.find_first_of("\r\n"), std::string::npos) << header.name;
            ASSERT_NE(header.name, "Set-Cookie");
        }
        const std::string_view location = SiteWorld::header(response, "Location");
        if (response.status == 301) {
            ASSERT_TRUE(location.starts_with("/") && !location.starts_with("//")) << location;
        }
        if (!SiteWorld::header(response, "Content-Encoding").empty()) continue;
        if (type.find("html") == type.npos && type.find("xml") == type.npos) continue;
        for (const char* markup : {"zq<i", "zq<s", "zq\"on", "zq'", "<script", "onload='x", "<img"}) {
            ASSERT_EQ(response.body.find(markup), std::string::npos) << markup;
        }
    }
    for (const int status : {200, 301, 400, 404, 405}) EXPECT_GT(seen[status], 10) << status;
}

TEST(HostileRequests, WhatAFeedSaysIsNeverMarkup) {
    SiteWorld world;
    const Insight insight = world.library.add({"Show <b>zq\"on",
                                               "zq<i>Mallory</i>",
                                               "zq<script>alert(1)</script> is what \"they\" said & meant.",
                                               {"zq<svg onload=x>", "\"quoted\""}});
    for (const std::string& path : {fmt::format("/i/{}", insight.id.value), std::string("/"), std::string("/topics"),
                                    std::string("/topics/quoted"), std::string("/topics/quoted.rss"),
                                    std::string("/shows"), std::string("/shows/1"), std::string("/search?q=alert"),
                                    std::string("/sitemap-1.xml"), std::string("/sitemap-2.xml")}) {
        const ServerResponse response = world.visit(path);
        EXPECT_EQ(response.status, 200) << path;
        for (const char* markup : {"zq<i", "zq<s", "zq\"on", "<script", "<svg"}) {
            EXPECT_EQ(response.body.find(markup), std::string::npos) << path << " " << markup;
        }
    }
}

}  // namespace
}  // namespace podbrief::testing
