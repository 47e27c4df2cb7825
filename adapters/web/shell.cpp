#include "adapters/web/shell.hpp"

#include "adapters/web/embedded_files.hpp"
#include "core/text/digest.hpp"

namespace podbrief::web {
namespace {

constexpr std::string_view site_name = "podbrief";

// No script at all, nothing from elsewhere, in nobody's frame.
constexpr const char* content_policy =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

Page fixed(std::string type, std::string_view bytes, std::string cache) {
    Page page;
    page.type = std::move(type);
    page.bytes = std::string(bytes);
    page.cache = std::move(cache);
    return page;
}

}  // namespace

Shell::Shell(ShellOptions options) : options_(std::move(options)), https_(options_.public_url.starts_with("https:")) {
    const std::string_view style = embedded("style.css");
    style_path_ = fmt::format("/style.{:016x}.css", text::fnv1a(style));
    assets_.emplace_back(
        style_path_,
        ReadyPage(fixed("text/css; charset=utf-8", style, "public, max-age=31536000, immutable"), Effort::small));
    assets_.emplace_back(
        "/favicon.svg",
        ReadyPage(fixed("image/svg+xml", embedded("favicon.svg"), "public, max-age=86400"), Effort::small));
}

std::string Shell::html(const PageHead& head, std::string_view content_template, const View& content) {
    View page;
    const bool named = head.title.starts_with(site_name);
    page.set("title", named ? head.title : fmt::format("{} · {}", head.title, site_name));
    page.set("og_title", head.title);
    page.set("description", head.description);
    page.set("canonical", head.path.empty() ? std::string() : absolute(head.path));
    page.set("noindex", !head.index).set("signed_in", head.signed_in);
    page.set("image", head.image.empty() ? std::string() : absolute(head.image));
    page.set("image_alt", head.image_alt);
    page.set("feed", head.feed);
    page.set("feed_title", head.feed_title);
    std::string oembed;
    if (!head.oembed.empty()) {
        const std::vector<FormField> fields{{"url", absolute(head.oembed)}};
        oembed = absolute("/oembed?" + to_form(fields));
    }
    page.set("oembed", oembed);
    page.set("kind", head.kind);
    page.set("search_box", head.search_box);
    page.set("style", style_path_);
    for (const char* section : {"topics", "shows", "search"})
        page.set(fmt::format("in_{}", section), head.here == section);
    page.set("content", templates_.render(content_template, content));
    return templates_.render("layout", page);
}

Page Shell::page(const PageHead& head, std::string_view content_template, const View& content) {
    Page made;
    made.bytes = html(head, content_template, content);
    return made;
}

ReadyPage* Shell::asset(std::string_view path) {
    for (auto& [name, page] : assets_) {
        if (name == path) return &page;
    }
    return nullptr;
}

void Shell::secure(ServerResponse& response) const {
    response.headers.push_back({"Content-Security-Policy", content_policy});
    response.headers.push_back({"X-Content-Type-Options", "nosniff"});
    response.headers.push_back({"Referrer-Policy", "strict-origin-when-cross-origin"});
    if (https_) response.headers.push_back({"Strict-Transport-Security", "max-age=31536000"});
}

}  // namespace podbrief::web
