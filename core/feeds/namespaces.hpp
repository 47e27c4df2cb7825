#pragma once
#include <cstdint>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace podbrief::feeds {

// The vocabularies that we read. `core` is that of the feed itself: RSS of any version in an RSS feed, Atom in an Atom
// feed.
enum class Vocabulary : std::uint8_t { other, core, atom, itunes, podcast, content, dublin_core, media, podlove };

struct ElementName {
    Vocabulary vocabulary = Vocabulary::other;
    std::string_view local;
};

// What the prefixes of a feed stand for: by URI where that is one we know (compared without case, scheme and trailing
// slash), by custom where a prefix is not declared or bound to something else (itunes, podcast, content, dc, media,
// ...).
class Namespaces {
public:
    // Takes the declarations of the root element and the channel. `local_declarations`: elements below them may have
    // their own; false saves looking.
    Namespaces(const pugi::xml_node& root, const pugi::xml_node& channel, bool atom_feed, bool local_declarations);

    ElementName name_of(const pugi::xml_node& element) const;

private:
    struct Binding {
        std::string prefix;
        Vocabulary vocabulary;
    };
    void declare(const pugi::xml_node& element);
    Vocabulary vocabulary_of(std::string_view prefix, std::string_view uri) const;
    Vocabulary bound_to(std::string_view prefix) const;

    bool atom_feed_;
    bool local_declarations_;
    std::string root_prefix_;
    std::vector<Binding> bindings_;
};

// A name as the label of a switch, without regard to case.
constexpr std::uint64_t key(Vocabulary vocabulary, std::string_view local) {
    std::uint64_t hash = 14695981039346656037ull + static_cast<std::uint64_t>(vocabulary);
    for (const char c : local) {
        hash ^= static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
        hash *= 1099511628211ull;
    }
    return hash;
}
constexpr std::uint64_t key(const ElementName& name) {
    return key(name.vocabulary, name.local);
}

}  // namespace podbrief::feeds
