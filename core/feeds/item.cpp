#include "core/feeds/item.hpp"

#include <algorithm>
#include <tuple>

#include "core/feeds/channel.hpp"
#include "core/feeds/encoding.hpp"
#include "core/feeds/media.hpp"
#include "core/feeds/times.hpp"
#include "core/feeds/trim.hpp"
#include "core/feeds/url.hpp"
#include "core/feeds/values.hpp"
#include "core/text/digest.hpp"
#include "core/text/html.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::feeds {
namespace {

using enum Vocabulary;

constexpr std::size_t max_guid_bytes = 1024;
constexpr std::size_t max_offers = 20;
constexpr std::size_t max_soundbites = 50;
constexpr std::size_t max_chapters = 1000;

class ItemReader {
public:
    ItemReader(const ItemContext& context, Episode& out) : context_(context), out_(out), base_(context.base) {}

    bool read(const pugi::xml_node& item) {
        if (const auto base = item.attribute("xml:base")) rebase(base.value());
        for (Node child = item.first_child(); child; child = child.next_sibling()) {
            if (child.type() == pugi::node_element) read_field(child);
        }
        return finish(item);
    }

private:
    using Node = pugi::xml_node;

    // The first that is not empty counts.
    static void fill(Node& slot, const Node& element) {
        if (!slot || (!*slot.value() && !slot.first_child())) slot = element;
    }
    static void fill(std::string& field, std::string value) {
        if (field.empty()) field = std::move(value);
    }
    void fill(std::optional<WallTime>& date, const Node& element) {
        if (!date) date = parse_date(text_of(element, room_));
    }

    void rebase(std::string_view reference) {
        std::string base = absolute_url(reference, base_);
        if (base.empty()) return;
        own_base_ = std::move(base);
        base_ = own_base_;
    }

    std::string url(std::string_view reference) const { return absolute_url(reference, base_); }
    std::string url(const Node& element, const char* attribute) const {
        const auto own_base = element.attribute("xml:base");
        if (!own_base) return url(element.attribute(attribute).value());
        const std::string base = absolute_url(own_base.value(), base_);
        return absolute_url(element.attribute(attribute).value(), base.empty() ? base_ : std::string_view(base));
    }

    void read_field(const Node& e) {
        switch (key(context_.names.name_of(e))) {
            case key(core, "title"):
                fill(title_, e);
                break;
            case key(itunes, "title"):
            case key(media, "title"):
            case key(dublin_core, "title"):
                fill(other_title_, e);
                break;
            case key(core, "guid"):
            case key(core, "id"):
                fill(guid_, e);
                break;
            case key(core, "link"):
            case key(atom, "link"):
                read_link(e);
                break;
            case key(core, "enclosure"):
                media_.enclosure(url(e, "url"), e.attribute("type").value());
                break;
            case key(media, "content"):
                read_media(e);
                break;
            case key(media, "group"):
                read_media_group(e);
                break;
            case key(content, "encoded"):
            case key(core, "content"):
                fill(content_, e);
                break;
            case key(core, "description"):
                fill(description_, e);
                break;
            case key(core, "summary"):
            case key(itunes, "summary"):
            case key(media, "description"):
            case key(dublin_core, "description"):
                fill(summary_, e);
                break;
            case key(itunes, "subtitle"):
                fill(subtitle_, e);
                break;
            case key(core, "pubdate"):
            case key(core, "published"):
            case key(core, "issued"):
            case key(atom, "published"):
                fill(published_, e);
                break;
            case key(core, "updated"):
            case key(core, "modified"):
            case key(core, "created"):
            case key(core, "date"):
            case key(atom, "updated"):
            case key(dublin_core, "date"):
                fill(updated_, e);
                break;
            case key(itunes, "duration"):
                fill_duration(parse_duration(text_of(e, room_)));
                break;
            case key(podcast, "season"):
                season_ = whole_number(e);
                break;
            case key(itunes, "season"):
                itunes_season_ = whole_number(e);
                break;
            case key(podcast, "episode"):
                number_ = episode_number(e);
                break;
            case key(itunes, "episode"):
                itunes_number_ = episode_number(e);
                break;
            case key(itunes, "episodetype"):
                read_episode_type(e);
                break;
            case key(podcast, "transcript"):
                read_transcript(e);
                break;
            case key(podcast, "chapters"):
                fill(out_.chapters_url, url(e, "url"));
                break;
            case key(podcast, "soundbite"):
                read_soundbite(e);
                break;
            case key(podcast, "person"):
                add_person(out_.persons, std::string(text_of(e, room_)), token(e.attribute("role").value()));
                break;
            case key(podcast, "alternateenclosure"):
                read_alternate(e);
                break;
            case key(podlove, "chapters"):
                read_chapters(e);
                break;
            case key(itunes, "author"):
            case key(core, "author"):
            case key(dublin_core, "creator"):
                fill(author_, e);
                break;
            default:
                break;
        }
    }

    void read_link(const Node& e) {
        if (!e.attribute("href")) {
            fill(out_.link, url(text_of(e, room_)));
            return;
        }
        const std::string rel = token(e.attribute("rel").value());
        if (rel == "enclosure")
            media_.enclosure(url(e, "href"), e.attribute("type").value());
        else if (rel.empty() || rel == "alternate")
            fill(out_.link, url(e, "href"));
    }

    void read_media(const Node& e) {
        if (media_.other(url(e, "url"), e.attribute("type").value())) {
            fill_duration(parse_duration(e.attribute("duration").value()));
        }
        for (const Node child : e.children()) read_media_text(child);
    }

    void read_media_group(const Node& e) {
        for (const Node child : e.children()) {
            if (key(context_.names.name_of(child)) == key(media, "content"))
                read_media(child);
            else
                read_media_text(child);
        }
    }

    void read_media_text(const Node& e) {
        const auto name = key(context_.names.name_of(e));
        if (name == key(media, "title")) fill(other_title_, e);
        if (name == key(media, "description")) fill(subtitle_, e);
    }

    void read_alternate(const Node& e) {
        for (const Node child : e.children()) {
            if (key(context_.names.name_of(child)) == key(podcast, "source")) {
                media_.other(url(child, "uri"), e.attribute("type").value());
            }
        }
    }

    void fill_duration(Millis duration) {
        if (out_.duration == Millis{0}) out_.duration = duration;
    }

    std::optional<int> whole_number(const Node& e) {
        const auto n = number(text_of(e, room_));
        if (!n || *n < 0 || *n > 100'000) return std::nullopt;
        return static_cast<int>(*n);
    }

    std::optional<double> episode_number(const Node& e) {
        const auto n = number(text_of(e, room_));
        return n && *n >= 0 && *n < 1e7 ? n : std::nullopt;
    }

    void read_episode_type(const Node& e) {
        std::string type = token(text_of(e, room_));
        if (type == "full" || type == "trailer" || type == "bonus") fill(out_.episode_type, std::move(type));
    }

    void read_transcript(const Node& e) {
        if (out_.transcripts.size() >= max_offers) return;
        TranscriptOffer offer;
        for (pugi::xml_attribute a = e.first_attribute(); a; a = a.next_attribute()) {
            const std::string_view name = a.name();
            if (name == "url") offer.url = url(e, "url");
            if (name == "type") offer.type = token(a.value());
            if (name == "language") offer.language = raw(a.value(), 35);
            if (name == "rel") offer.rel = token(a.value());
        }
        const auto& all = out_.transcripts;
        if (!offer.url.empty() && std::find(all.begin(), all.end(), offer) == all.end()) {
            out_.transcripts.push_back(std::move(offer));
        }
    }

    void read_soundbite(const Node& e) {
        const auto start = parse_clock(e.attribute("startTime").value());
        const auto duration = parse_clock(e.attribute("duration").value());
        if (!start || !duration || out_.soundbites.size() >= max_soundbites) return;
        out_.soundbites.push_back({*start, *duration, line(e)});
    }

    void read_chapters(const Node& e) {
        for (const Node child : e.children()) {
            if (key(context_.names.name_of(child)) != key(podlove, "chapter")) continue;
            const auto start = parse_clock(child.attribute("start").value());
            if (start && out_.chapters.size() < max_chapters) {
                out_.chapters.push_back({*start, line(child.attribute("title").value())});
            }
        }
        std::sort(out_.chapters.begin(), out_.chapters.end(), [](const Chapter& x, const Chapter& y) {
            return std::tie(x.start, x.title) < std::tie(y.start, y.title);
        });
    }

    bool finish(const Node& item) {
        read_guid(item);
        media_.take(out_.enclosure_url, out_.enclosure_type);
        read_texts();
        if (out_.guid.empty() && out_.title.empty() && out_.notes.empty() && out_.link.empty() &&
            out_.enclosure_url.empty()) {
            return false;
        }
        if (out_.title.empty()) {
            const std::string text = text::html_to_text(cut(out_.notes, 4 * max_title_bytes));
            out_.title = text::shortened(line(text), 80);
        }
        out_.published_at = published_ ? published_ : updated_;
        out_.first_seen_at = context_.now;
        out_.season = season_ ? season_ : itunes_season_;
        out_.number = number_ ? number_ : itunes_number_;
        if (out_.persons.empty() && author_ && !context_.show_names_persons) add_author();
        return true;
    }

    void read_guid(const Node& item) {
        std::string_view guid = guid_ ? text_of(guid_, room_) : std::string_view();
        if (guid.empty()) guid = trimmed(item.attribute("rdf:about").value());
        const bool permanent_link = guid_ && !equal_ignoring_case(guid_.attribute("isPermaLink").value(), "false");
        if (out_.link.empty() && permanent_link && begins_ignoring_case(guid, "http")) out_.link = url(guid);
        // Cutting one that is too long could make two alike.
        out_.guid = guid.size() <= max_guid_bytes ? raw(guid, max_guid_bytes) : "sha256:" + text::sha256_hex(guid);
    }

    void read_texts() {
        if (title_) out_.title = line(text_of(title_, room_));
        if (out_.title.empty() && other_title_) out_.title = line(text_of(other_title_, room_));
        for (const Node& source : {content_, description_, summary_, subtitle_}) {
            if (out_.notes.empty() && source) out_.notes = notes(source);
        }
    }

    void add_author() {
        for (const Node child : author_.children()) {  // Atom: <author><name>
            if (key(context_.names.name_of(child)) == key(core, "name")) {
                return add_person(out_.persons, std::string(text_of(child, room_)), {});
            }
        }
        add_person(out_.persons, std::string(text_of(author_, room_)), {});
    }

    const ItemContext& context_;
    Episode& out_;
    std::string_view base_;
    std::string own_base_;  // what base_ points to where the item has its own
    std::string room_;
    Node title_, other_title_, guid_, content_, description_, summary_, subtitle_, author_;
    std::optional<WallTime> published_, updated_;
    std::optional<int> season_, itunes_season_;
    std::optional<double> number_, itunes_number_;
    MediaChoice media_;
};

}  // namespace

bool read_item(const pugi::xml_node& item, const ItemContext& context, Episode& episode) {
    return ItemReader(context, episode).read(item);
}

}  // namespace podbrief::feeds
