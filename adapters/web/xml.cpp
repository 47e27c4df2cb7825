#include "adapters/web/xml.hpp"

#include "adapters/web/addresses.hpp"
#include "adapters/web/http_date.hpp"
#include "adapters/web/insight_view.hpp"
#include "core/commands/reply_builder.hpp"
#include "core/commands/wording.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::web {
namespace {

constexpr std::string_view declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

std::string element(std::string_view name, std::string_view text) {
    return fmt::format("<{0}>{1}</{0}>\n", name, xml_text(text));
}

// HTML of what a reader of feeds shows; escaped once as HTML and, by whoever puts it into the feed, once as XML.
std::string shown(const InsightDetail& detail) {
    const InsightCard card = commands::card_of(detail, 0);
    std::string html = fmt::format("<p>{}</p><blockquote>{}</blockquote><p>{}</p>", xml_text(card.text),
                                   xml_text(detail.insight.quote),
                                   xml_text(fmt::format("{}", fmt::join(commands::source_parts(card), " · "))));
    if (!card.link.empty()) html += fmt::format("<p><a href=\"{}\">Listen</a></p>", xml_text(card.link));
    return html;
}

}  // namespace

std::string xml_text(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default: {
                const bool control = static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
                // U+FFFE and U+FFFF are no characters of XML.
                const bool none =
                    c == '\xEF' && (text.substr(i, 3) == "\xEF\xBF\xBE" || text.substr(i, 3) == "\xEF\xBF\xBF");
                if (none) i += 2;
                if (!control && !none) out += c;
            }
        }
    }
    return out;
}

std::string rss_of(const Feed& feed, const std::vector<InsightDetail>& insights, std::string_view site) {
    std::string out(declaration);
    out += "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\">\n<channel>\n";
    out += element("title", feed.title);
    out += element("link", std::string(site) + feed.page);
    out += element("description", feed.description);
    out += "<language>en</language>\n";
    out += fmt::format("<atom:link href=\"{}\" rel=\"self\" type=\"application/rss+xml\"/>\n",
                       xml_text(std::string(site) + feed.self));
    if (!insights.empty()) {
        const auto newest = std::max_element(insights.begin(), insights.end(), [](const auto& a, const auto& b) {
            return a.insight.published_at < b.insight.published_at;
        });
        out += element("lastBuildDate", http_date(newest->insight.published_at));
    }
    for (const InsightDetail& detail : insights) {
        const std::string address = std::string(site) + insight_path(detail.insight);
        out += "<item>\n";
        out += element("title", text::shortened(detail.insight.text, 160));
        out += element("link", address);
        // The number stays when words change, and no page but this insight's has it.
        out += fmt::format("<guid isPermaLink=\"false\">{}</guid>\n",
                           xml_text(fmt::format("{}/i/{}", site, detail.insight.id.value)));
        out += element("pubDate", http_date(detail.insight.published_at));
        out += element("description", shown(detail));
        for (const std::string& topic : detail.insight.topics) out += element("category", topic);
        out += "</item>\n";
    }
    return out + "</channel>\n</rss>\n";
}

std::string sitemap_of(const std::vector<SitemapEntry>& entries, std::string_view site) {
    std::string out(declaration);
    out += "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
    for (const SitemapEntry& entry : entries) {
        out += "<url><loc>" + xml_text(std::string(site) + entry.path) + "</loc>";
        if (entry.modified != WallTime{}) out += "<lastmod>" + iso_day(entry.modified) + "</lastmod>";
        out += "</url>\n";
    }
    return out + "</urlset>\n";
}

std::string sitemap_index_of(std::size_t parts, std::string_view site) {
    std::string out(declaration);
    out += "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
    for (std::size_t part = 1; part <= parts; ++part) {
        out += fmt::format("<sitemap><loc>{}/sitemap-{}.xml</loc></sitemap>\n", xml_text(site), part);
    }
    return out + "</sitemapindex>\n";
}

}  // namespace podbrief::web
