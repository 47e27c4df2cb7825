#include "core/feeds/root.hpp"

#include "core/feeds/markup.hpp"
#include "core/feeds/trim.hpp"
#include "core/feeds/url.hpp"

namespace podbrief::feeds {
namespace {

constexpr std::size_t max_tag = 64 * 1024;

Root::Kind kind_of(std::string_view name) {
    const std::string_view local = local_name(name);
    if (equal_ignoring_case(local, "rss") || equal_ignoring_case(local, "channel")) return Root::Kind::rss;
    if (equal_ignoring_case(local, "rdf")) return Root::Kind::rdf;
    if (equal_ignoring_case(local, "feed")) return Root::Kind::atom;
    if (equal_ignoring_case(local, "opml")) return Root::Kind::opml;
    for (const std::string_view html : {"html", "head", "body", "title", "meta", "script", "div"}) {
        if (equal_ignoring_case(name, html)) return Root::Kind::html;
    }
    return Root::Kind::other;
}

// A feed behind rubbish: <br /><b>Warning</b>: ... <?xml version="1.0"?><rss>
Root find_later(std::string_view text) {
    for (const std::string_view start : {"<rss", "<feed", "<rdf:RDF"}) {
        const std::size_t at = text.substr(0, max_tag).find(start);
        if (at == std::string_view::npos) continue;
        const Markup m = MarkupReader(text.substr(at), max_tag).next();
        if (m.kind == Markup::Kind::start) return {kind_of(m.name), m.name, at, true};
    }
    return {};
}

std::string_view attribute(std::string_view tag, std::string_view name) {
    for (std::size_t at = 0; (at = tag.find(name, at)) != std::string_view::npos; ++at) {
        std::string_view value = trimmed(tag.substr(at + name.size()));
        if (!value.starts_with('=')) continue;
        value = trimmed(value.substr(1));
        if (value.empty()) return {};
        const char quote = value.front();
        if (quote == '"' || quote == '\'') return value.substr(1, value.substr(1).find(quote));
        return value.substr(0, value.find_first_of(" >"));
    }
    return {};
}

// <link rel="alternate" type="application/rss+xml" href="...">
std::string feed_named_by(std::string_view page, std::string_view url) {
    page = page.substr(0, 256 * 1024);
    MarkupReader reader(page, max_tag);
    for (int tags = 0; tags < 5000; ++tags) {
        const Markup m = reader.next();
        if (m.kind == Markup::Kind::none) break;
        if ((m.kind != Markup::Kind::start && m.kind != Markup::Kind::empty) || !equal_ignoring_case(m.name, "link"))
            continue;
        const std::string_view tag = page.substr(m.begin, m.end - m.begin);
        const std::string_view type = attribute(tag, "type");
        if (type == "application/rss+xml" || type == "application/atom+xml") {
            return absolute_url(attribute(tag, "href"), url);
        }
    }
    return {};
}

std::string printable(std::string_view name) {
    std::string out;
    for (const char c : name.substr(0, 40)) {
        out += text::is_ascii_alnum(c) || c == ':' || c == '-' || c == '_' || c == '.' ? c : '?';
    }
    return out;
}

}  // namespace

Root find_root(std::string_view text) {
    const std::string_view beginning = trimmed(text.substr(0, 1024));
    if (beginning.starts_with('{') || beginning.starts_with('[')) return {};  // JSON, whatever its strings hold
    MarkupReader reader(text, max_tag);
    std::size_t behind = 0;
    bool rubbish = false;
    while (true) {
        const Markup m = reader.next();
        rubbish = rubbish || !trimmed(text.substr(behind, m.begin - behind)).empty();
        behind = m.end;
        switch (m.kind) {
            case Markup::Kind::comment:
            case Markup::Kind::instruction:
                break;
            case Markup::Kind::doctype: {
                const std::string_view name = trimmed(text.substr(m.begin + 9, 100));
                if (begins_ignoring_case(name, "html")) return {Root::Kind::html, "html", m.begin, rubbish};
                break;
            }
            case Markup::Kind::start:
            case Markup::Kind::empty: {
                const Root root{kind_of(m.name), m.name, m.begin, rubbish};
                if (root.kind != Root::Kind::other) return root;
                const Root later = find_later(text);
                if (later.is_feed()) return later;
                return rubbish ? Root{} : root;  // a tag in some text is no root
            }
            case Markup::Kind::oversized:
                return {kind_of(m.name), m.name, m.begin, rubbish};
            case Markup::Kind::stray:
            case Markup::Kind::end:
            case Markup::Kind::cdata:
                rubbish = true;
                break;
            case Markup::Kind::none:
                return {};
        }
    }
}

FeedError not_a_feed(const Root& root, std::string_view text, std::string_view url) {
    const std::string_view begin = trimmed(text.substr(0, 4096));
    switch (root.kind) {
        case Root::Kind::html: {
            FeedError error{FeedErrc::html_page,
                            "the address gives a web page (HTML), not a feed: ", feed_named_by(text, url)};
            error.message += error.feed_link.empty() ? "look for an RSS link on that page and use its address"
                                                     : "use the feed that the page names: " +
                                                           error.feed_link.substr(0, error.feed_link.find('?'));
            return error;
        }
        case Root::Kind::opml:
            return {
                FeedErrc::not_a_feed, "the address gives a list of feeds (OPML), not a feed: import it as a file", {}};
        case Root::Kind::none:
            if (begin.empty()) {
                return {FeedErrc::empty, "the answer is empty, not a feed: check the address, or try again later", {}};
            }
            if (begin.front() == '{' || begin.front() == '[') {
                return {FeedErrc::not_xml,
                        "the address gives JSON, not an RSS or Atom feed: look for the show's RSS address",
                        {}};
            }
            return {FeedErrc::not_xml, "what the address gives is not XML, so not a feed: check the address", {}};
        default:
            return {FeedErrc::not_a_feed,
                    "the address gives XML that is not a feed (its root element is <" + printable(root.name) +
                        ">): look for the show's RSS address",
                    {}};
    }
}

}  // namespace podbrief::feeds
