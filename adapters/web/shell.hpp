#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/web/page.hpp"
#include "adapters/web/templates.hpp"

namespace podbrief::web {

// What is said of a page around its content.
struct PageHead {
    std::string title;        // of the window; the site's name is added unless it begins with it
    std::string description;  // one or two sentences; empty: none
    std::string path;         // canonical, as "/i/7-chips"; empty: none (errors, private pages)
    bool search_box = true;   // in the head of the page; false: the page has one of its own
    bool index = true;        // search engines may list it
    bool signed_in = false;   // it is the operator's: there is a cookie
    std::string image;        // path of a preview picture, 1200 x 630; empty: none
    std::string image_alt;
    std::string feed;  // path of its RSS; empty: none
    std::string feed_title;
    std::string oembed;            // the canonical path whose oEmbed there is; empty: none
    std::string kind = "website";  // og:type
    std::string here;              // of the site's sections, where this is: "topics", "shows", "search"; empty: none
};

struct ShellOptions {
    std::string public_url;  // "https://brief.example.org", no slash at its end; empty: unknown
};

// What all pages of ours stand in: the layout, the stylesheet, the security headers. For one thread.
class Shell {
public:
    explicit Shell(ShellOptions options);

    const ShellOptions& options() const { return options_; }
    // With the public address in front, where there is one; else the path.
    std::string absolute(std::string_view path) const { return options_.public_url + std::string(path); }

    // The whole HTML of a page: the template's content within the layout.
    std::string html(const PageHead& head, std::string_view content_template, const View& content);
    // As a page, status 200, to be cached by anybody for a while.
    Page page(const PageHead& head, std::string_view content_template, const View& content);

    // A template by itself, without the layout: feeds, parts of pages.
    std::string render(std::string_view name, const View& view) { return templates_.render(name, view); }

    // The stylesheet and the icon, by the paths that the layout names; nullptr: another path.
    ReadyPage* asset(std::string_view path);
    const std::string& style_path() const { return style_path_; }

    // On every answer, whatever it is: Content-Security-Policy, nosniff, Referrer-Policy, HSTS where the public address
    // is https.
    void secure(ServerResponse& response) const;

private:
    ShellOptions options_;
    bool https_ = false;
    Templates templates_;
    std::string style_path_;
    std::vector<std::pair<std::string, ReadyPage>> assets_;
};

}  // namespace podbrief::web
