#include "core/feeds/namespaces.hpp"

#include <array>
#include <utility>

#include "core/feeds/trim.hpp"

namespace podbrief::feeds {
namespace {

using Entry = std::pair<std::string_view, Vocabulary>;

// Lower case, without scheme and trailing slash or '#'.
constexpr std::array known_uris = {
    Entry{"www.itunes.com/dtds/podcast-1.0.dtd", Vocabulary::itunes},
    Entry{"podcastindex.org/namespace/1.0", Vocabulary::podcast},
    Entry{"github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md", Vocabulary::podcast},
    Entry{"www.w3.org/2005/atom", Vocabulary::atom},
    Entry{"purl.org/atom/ns", Vocabulary::atom},
    Entry{"purl.org/rss/1.0/modules/content", Vocabulary::content},
    Entry{"purl.org/dc/elements/1.1", Vocabulary::dublin_core},
    Entry{"search.yahoo.com/mrss", Vocabulary::media},
    Entry{"video.search.yahoo.com/mrss", Vocabulary::media},
    Entry{"podlove.org/simple-chapters", Vocabulary::podlove},
    Entry{"purl.org/rss/1.0", Vocabulary::core},
    Entry{"my.netscape.com/rdf/simple/0.9", Vocabulary::core},
    Entry{"channel.netscape.com/rdf/simple/0.9", Vocabulary::core},
    Entry{"backend.userland.com/rss2", Vocabulary::core},
    Entry{"blogs.law.harvard.edu/tech/rss", Vocabulary::core},
};

constexpr std::array usual_prefixes = {
    Entry{"itunes", Vocabulary::itunes},  Entry{"podcast", Vocabulary::podcast}, Entry{"content", Vocabulary::content},
    Entry{"dc", Vocabulary::dublin_core}, Entry{"media", Vocabulary::media},     Entry{"atom", Vocabulary::atom},
    Entry{"atom10", Vocabulary::atom},    Entry{"atom03", Vocabulary::atom},     Entry{"psc", Vocabulary::podlove},
    Entry{"rss", Vocabulary::core},
};

std::string_view bare(std::string_view uri) {
    uri = trimmed(uri);
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (begins_ignoring_case(uri, scheme)) uri.remove_prefix(scheme.size());
    }
    while (!uri.empty() && (uri.back() == '/' || uri.back() == '#')) uri.remove_suffix(1);
    return uri;
}

}  // namespace

Namespaces::Namespaces(const pugi::xml_node& root, const pugi::xml_node& channel, bool atom_feed,
                       bool local_declarations)
    : atom_feed_(atom_feed), local_declarations_(local_declarations) {
    const std::string_view name = root.name();
    if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) root_prefix_ = name.substr(0, colon);
    declare(root);
    if (channel != root) declare(channel);
}

void Namespaces::declare(const pugi::xml_node& element) {
    constexpr std::size_t most = 64;
    for (const pugi::xml_attribute attribute : element.attributes()) {
        const std::string_view name = attribute.name();
        if (!name.starts_with("xmlns:") || bindings_.size() >= most) continue;
        const std::string_view prefix = name.substr(6);
        bindings_.push_back({std::string(prefix), vocabulary_of(prefix, attribute.value())});
    }
}

Vocabulary Namespaces::vocabulary_of(std::string_view prefix, std::string_view uri) const {
    uri = bare(uri);
    for (const auto& [known, vocabulary] : known_uris) {
        if (!equal_ignoring_case(uri, known)) continue;
        return vocabulary == Vocabulary::atom && atom_feed_ ? Vocabulary::core : vocabulary;
    }
    for (const auto& [usual, vocabulary] : usual_prefixes) {
        if (equal_ignoring_case(prefix, usual)) {
            return vocabulary == Vocabulary::atom && atom_feed_ ? Vocabulary::core : vocabulary;
        }
    }
    return Vocabulary::other;
}

Vocabulary Namespaces::bound_to(std::string_view prefix) const {
    if (prefix == root_prefix_ && prefix != "rdf") return Vocabulary::core;
    for (auto it = bindings_.rbegin(); it != bindings_.rend(); ++it) {
        if (it->prefix == prefix) return it->vocabulary;
    }
    return vocabulary_of(prefix, {});
}

ElementName Namespaces::name_of(const pugi::xml_node& element) const {
    const std::string_view name = element.name();
    const std::size_t colon = name.find(':');
    const bool prefixed = colon != std::string_view::npos;
    const std::string_view prefix = prefixed ? name.substr(0, colon) : std::string_view();
    const std::string_view local = prefixed ? name.substr(colon + 1) : name;
    // An element may declare its own namespace: <link xmlns="http://www.w3.org/2005/Atom" .../>
    pugi::xml_attribute attribute = local_declarations_ ? element.first_attribute() : pugi::xml_attribute();
    for (; attribute; attribute = attribute.next_attribute()) {
        const std::string_view declared = attribute.name();
        if (!declared.starts_with("xmlns")) continue;
        if (prefixed ? declared.size() > 6 && declared.substr(6) == prefix : declared == "xmlns") {
            const bool none = *attribute.value() == '\0';
            return {none ? Vocabulary::core : vocabulary_of(prefix, attribute.value()), local};
        }
    }
    return {prefixed ? bound_to(prefix) : Vocabulary::core, local};
}

}  // namespace podbrief::feeds
