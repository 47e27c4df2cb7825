#include "core/feeds/opml.hpp"

#include <algorithm>
#include <map>
#include <pugixml.hpp>
#include <unordered_set>

#include "core/feeds/address.hpp"
#include "core/feeds/encoding.hpp"
#include "core/feeds/mend.hpp"
#include "core/feeds/outline.hpp"
#include "core/feeds/root.hpp"
#include "core/feeds/times.hpp"
#include "core/feeds/tree.hpp"
#include "core/feeds/trim.hpp"
#include "core/feeds/url.hpp"
#include "core/feeds/values.hpp"

namespace podbrief::feeds {
namespace {

constexpr std::size_t max_feeds = 20'000;
constexpr std::size_t max_skipped = 100;

ParseOptions opml_limits() {
    ParseOptions limits;
    limits.max_bytes = 8ull << 20;
    limits.max_part_elements = 100'000;
    return limits;
}

std::string_view attribute(const pugi::xml_node& element, std::string_view name) {
    for (pugi::xml_attribute a = element.first_attribute(); a; a = a.next_attribute()) {
        if (equal_ignoring_case(a.name(), name)) return a.value();
    }
    return {};
}

pugi::xml_node child(const pugi::xml_node& element, std::string_view name) {
    for (const pugi::xml_node c : element.children()) {
        if (equal_ignoring_case(c.name(), name)) return c;
    }
    return {};
}

class OpmlReader {
public:
    Opml read(const pugi::xml_node& root) {
        out_.title = line(child(child(root, "head"), "title"));
        const pugi::xml_node body = child(root, "body");
        read_outlines(body ? body : root, {});
        return std::move(out_);
    }

private:
    void read_outlines(const pugi::xml_node& parent, const std::string& folder) {
        for (const pugi::xml_node outline : parent.children()) {
            if (outline.type() != pugi::node_element) continue;
            if (!equal_ignoring_case(outline.name(), "outline")) continue;
            std::string title = line(attribute(outline, "title"));
            if (title.empty()) title = line(attribute(outline, "text"));
            const std::string_view address = trimmed(attribute(outline, "xmlUrl"));
            if (!address.empty()) add(address, title, outline, folder);
            std::string below = folder;
            if (address.empty() && !title.empty()) below = folder.empty() ? title : folder + '/' + title;
            if (outline.first_child()) read_outlines(outline, std::string(cut(below, max_title_bytes)));
        }
    }

    void add(std::string_view address, const std::string& title, const pugi::xml_node& outline,
             const std::string& folder) {
        auto url = normalise_feed_address(address);
        if (!url) {
            const std::string name = title.empty() ? "an entry without a title" : "\"" + title + "\"";
            if (out_.skipped.size() < max_skipped) out_.skipped.push_back(name + ": " + url.error().message);
            return;
        }
        if (out_.feeds.size() >= max_feeds || !known_.insert(*url).second) return;
        out_.feeds.push_back({title, std::move(*url), absolute_url(attribute(outline, "htmlUrl"), {}), folder});
    }

    Opml out_;
    std::unordered_set<std::string> known_;
};

void append_outline(pugi::xml_node& parent, const OpmlFeed& feed) {
    pugi::xml_node outline = parent.append_child("outline");
    const std::string& title = feed.title.empty() ? feed.feed_url : feed.title;
    outline.append_attribute("type") = "rss";
    outline.append_attribute("text") = title.c_str();
    outline.append_attribute("title") = title.c_str();
    outline.append_attribute("xmlUrl") = feed.feed_url.c_str();
    if (!feed.link.empty()) outline.append_attribute("htmlUrl") = feed.link.c_str();
}

// The outlines that stand for folders, made when they are first asked for.
class Folders {
public:
    explicit Folders(const pugi::xml_node& body) { made_.emplace("", body); }

    pugi::xml_node operator[](std::string_view path) {
        if (const auto found = made_.find(path); found != made_.end()) return found->second;
        const std::size_t slash = path.rfind('/');
        const bool nested = slash != std::string_view::npos;
        pugi::xml_node outline = (*this)[nested ? path.substr(0, slash) : std::string_view()].append_child("outline");
        outline.append_attribute("text") = std::string(nested ? path.substr(slash + 1) : path).c_str();
        made_.emplace(path, outline);
        return outline;
    }

private:
    std::map<std::string, pugi::xml_node, std::less<>> made_;
};

struct StringWriter final : pugi::xml_writer {
    std::string out;
    void write(const void* data, std::size_t size) override { out.append(static_cast<const char*>(data), size); }
};

}  // namespace

FeedResult<Opml> read_opml(std::string file) {
    const ParseOptions limits = opml_limits();
    if (file.size() > limits.max_bytes) {
        return FeedError{FeedErrc::too_large, "the list was refused: larger than 8 MiB, which no list of feeds is", {}};
    }
    file = to_clean_utf8(std::move(file), {});
    const Root kind = find_root(file);
    if (kind.kind != Root::Kind::opml) {
        if (trimmed(file).empty())
            return FeedError{FeedErrc::empty, "the file is empty, not a list of feeds (OPML)", {}};
        const char* what = kind.is_feed()
                               ? "the file is a feed itself, not a list of feeds (OPML): add it as a feed"
                               : "the file is not a list of feeds (OPML): export one from your podcast program";
        return FeedError{FeedErrc::not_a_feed, what, {}};
    }
    std::string_view xml = std::string_view(file).substr(kind.begin);
    Outline outline = outline_of(xml, {}, limits);
    Mended mended;
    if (outline.shape == Outline::Shape::malformed) {
        mended = mend(xml, {}, limits);
        if (mended.shape != Outline::Shape::well_formed)
            outline.shape = mended.shape;
        else {
            xml = mended.xml;
            outline = outline_of(xml, {}, limits);
        }
    }
    if (outline.shape == Outline::Shape::too_deep) {
        return FeedError{FeedErrc::too_deep, "the list was refused: folders nested more than 64 deep", {}};
    }
    if (outline.shape == Outline::Shape::too_large) {
        return FeedError{
            FeedErrc::too_large, "the list was refused: more entries or attributes than any list of feeds has", {}};
    }
    TreeBuilder tree(limits);
    const std::string_view element = xml.substr(0, outline.frame.empty() ? 0 : outline.frame.back().end);
    const pugi::xml_node root = tree.build_mended(element).first_child();
    if (!root)
        return FeedError{
            FeedErrc::unreadable, "the list of feeds (OPML) is too broken to be read: export it again", {}};
    return OpmlReader().read(root);
}

std::string write_opml(std::string_view title, WallTime created, const std::vector<OpmlFeed>& feeds) {
    pugi::xml_document document;
    pugi::xml_node declaration = document.append_child(pugi::node_declaration);
    declaration.append_attribute("version") = "1.0";
    declaration.append_attribute("encoding") = "UTF-8";
    pugi::xml_node opml = document.append_child("opml");
    opml.append_attribute("version") = "2.0";
    pugi::xml_node head = opml.append_child("head");
    head.append_child("title").text() = std::string(title).c_str();
    head.append_child("dateCreated").text() = rfc822(created).c_str();
    pugi::xml_node body = opml.append_child("body");
    Folders folders(body);
    for (const OpmlFeed& feed : feeds) {
        pugi::xml_node parent = folders[cut(feed.folder, max_title_bytes)];
        append_outline(parent, feed);
    }
    StringWriter writer;
    document.save(writer, "  ", pugi::format_indent, pugi::encoding_utf8);
    return std::move(writer.out);
}

}  // namespace podbrief::feeds
