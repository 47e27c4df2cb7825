#include "core/feeds/channel.hpp"

#include <algorithm>

#include "core/feeds/encoding.hpp"
#include "core/feeds/trim.hpp"
#include "core/feeds/url.hpp"
#include "core/feeds/values.hpp"
#include "core/text/html.hpp"

namespace podbrief::feeds {
namespace {

using enum Vocabulary;

class ChannelReader {
public:
    ChannelReader(const Namespaces& names, const ParseOptions& options) : names_(names), options_(options) {}

    Channel read(const pugi::xml_node& root, const pugi::xml_node& channel) {
        std::string base = absolute_url(root.attribute("xml:base").value(), options_.url);
        const std::string inner =
            absolute_url(channel.attribute("xml:base").value(), base.empty() ? options_.url : base);
        if (!inner.empty()) base = inner;
        here_ = base.empty() ? options_.url : base;
        out_.podcast.feed_url = options_.url;
        for (const pugi::xml_node child : channel.children()) {
            if (child.type() == pugi::node_element) read_field(child);
        }
        if (root != channel && image_.empty()) {  // RDF: the image stands beside the channel
            for (const pugi::xml_node child : root.children("image")) read_image(child);
        }
        finish(root, channel);
        const bool local_feed = begins_ignoring_case(options_.url, "file:");
        const bool use_link = base.empty() && !local_feed && !out_.podcast.link.empty();
        out_.base = use_link ? out_.podcast.link : here_;
        return std::move(out_);
    }

private:
    static void fill(std::string& field, std::string value) {
        if (field.empty()) field = std::move(value);
    }

    std::string url(std::string_view value) const { return absolute_url(value, here_); }
    std::string url(const pugi::xml_node& element) {
        const std::string_view text = text_of(element, room_);
        return url(text.empty() ? std::string_view(element.attribute("href").value()) : text);
    }

    void read_field(const pugi::xml_node& e) {
        Podcast& p = out_.podcast;
        switch (key(names_.name_of(e))) {
            case key(core, "title"):
                fill(p.title, line(e));
                break;
            case key(itunes, "title"):
            case key(dublin_core, "title"):
                fill(other_title_, line(e));
                break;
            case key(core, "description"):
            case key(core, "tagline"):  // Atom 0.3
            case key(core, "subtitle"):
                fill(p.description, notes(e));
                break;
            case key(itunes, "summary"):
            case key(dublin_core, "description"):
                fill(summary_, notes(e));
                break;
            case key(itunes, "subtitle"):
                fill(subtitle_, notes(e));
                break;
            case key(core, "language"):
            case key(dublin_core, "language"):
                fill(p.language, token(text_of(e, room_)));
                break;
            case key(core, "link"):
            case key(atom, "link"):
                read_link(e);
                break;
            case key(core, "image"):
                read_image(e);
                break;
            case key(core, "logo"):
                fill(image_, url(e));
                break;
            case key(core, "icon"):
                fill(icon_, url(e));
                break;
            case key(itunes, "image"):
                fill(itunes_image_, url(e));
                break;
            case key(core, "ttl"):
                read_ttl(e);
                break;
            case key(itunes, "new-feed-url"):
                fill(out_.new_feed_url, url(e));
                break;
            case key(podcast, "guid"):
                fill(p.podcast_guid, token(text_of(e, room_)));
                break;
            case key(podcast, "person"):
                add_person(p.persons, line(e, 512), token(e.attribute("role").value()));
                break;
            case key(itunes, "author"):
                fill(author_, person_name(text_of(e, room_)));
                break;
            case key(core, "author"):
                fill(other_author_, author(e));
                break;
            case key(dublin_core, "creator"):
            case key(dublin_core, "author"):
            case key(core, "managingeditor"):
                fill(other_author_, person_name(text_of(e, room_)));
                break;
            default:
                break;
        }
    }

    std::string author(const pugi::xml_node& e) {
        for (const pugi::xml_node child : e.children()) {  // Atom: <author><name>
            if (key(names_.name_of(child)) == key(core, "name")) return person_name(text_of(child, room_));
        }
        return person_name(text_of(e, room_));
    }

    void read_link(const pugi::xml_node& e) {
        const std::string rel = token(e.attribute("rel").value());
        if (!e.attribute("href")) {
            fill(out_.podcast.link, url(e));
        } else if (rel == "next") {
            fill(out_.next_page, url(e.attribute("href").value()));
        } else if (rel.empty() || rel == "alternate") {
            fill(out_.podcast.link, url(e.attribute("href").value()));
        }
    }

    void read_image(const pugi::xml_node& e) {
        for (const pugi::xml_node child : e.children()) {
            if (key(names_.name_of(child)) == key(core, "url")) fill(image_, url(child));
        }
    }

    void read_ttl(const pugi::xml_node& e) {
        constexpr double year = 366 * 24 * 60;
        const auto minutes = number(text_of(e, room_));
        if (minutes && *minutes >= 1 && *minutes <= year) out_.ttl = std::chrono::minutes{static_cast<int>(*minutes)};
    }

    void finish(const pugi::xml_node& root, const pugi::xml_node& channel) {
        Podcast& p = out_.podcast;
        fill(p.title, std::move(other_title_));
        out_.has_title = !p.title.empty();
        fill(p.title, host_of(options_.url));
        fill(p.description, std::move(summary_));
        fill(p.description, std::move(subtitle_));
        p.description = std::string(cut(text::html_to_text(p.description), max_description_bytes));
        fill(p.language, token(channel.attribute("xml:lang").value()));
        fill(p.language, token(root.attribute("xml:lang").value()));
        fill(p.image_url, std::move(itunes_image_));
        fill(p.image_url, std::move(image_));
        fill(p.image_url, std::move(icon_));
        out_.names_persons = !p.persons.empty();
        if (p.persons.empty()) add_person(p.persons, author_.empty() ? other_author_ : author_, {});
    }

    const Namespaces& names_;
    const ParseOptions& options_;
    Channel out_;
    std::string here_;
    std::string room_;
    std::string other_title_, summary_, subtitle_, image_, itunes_image_, icon_, author_, other_author_;
};

}  // namespace

Channel read_channel(const pugi::xml_node& root, const pugi::xml_node& channel, const Namespaces& names,
                     const ParseOptions& options) {
    return ChannelReader(names, options).read(root, channel);
}

void add_person(std::vector<Person>& persons, std::string name, std::string role) {
    constexpr std::size_t most = 50;
    Person person{person_name(name), role.empty() ? "host" : std::move(role)};
    const bool known = std::find(persons.begin(), persons.end(), person) != persons.end();
    if (!person.name.empty() && !known && persons.size() < most) persons.push_back(std::move(person));
}

}  // namespace podbrief::feeds
