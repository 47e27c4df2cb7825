#pragma once
#include <array>
#include <cstddef>
#include <cstring>
#include <string_view>

#include "core/text/ascii.hpp"

namespace podbrief::feeds {

// One piece of markup in XML text.
struct Markup {
    enum class Kind {
        none,         // no more markup
        start,        // <name ...>
        empty,        // <name ... />
        end,          // </name>
        cdata,        // <![CDATA[ ... ]]>
        comment,      // <!-- ... -->
        instruction,  // <? ... ?>
        doctype,      // <!DOCTYPE ... >, internal subset included
        stray,        // a '<' that begins nothing of the above
        oversized,    // a tag longer than the limit
    };
    Kind kind = Kind::none;
    std::size_t begin = 0;  // of the '<'
    std::size_t end = 0;    // past the last byte
    std::string_view name;  // of start, empty, end
    std::size_t attributes = 0;
    // A start tag with a quote that does not close, or with a '<' in a quoted value: not XML. Kind and end are guesses.
    bool odd = false;
};

// Finds the markup of XML text, well-formed or not, from front to back, in linear time. Builds nothing.
class MarkupReader {
public:
    MarkupReader(std::string_view xml, std::size_t max_tag_bytes) : xml_(xml), max_tag_(max_tag_bytes) {}

    // The next markup at or after the end of the last one.
    Markup next() {
        const std::size_t lt = find('<', at_);
        if (lt == npos) {
            at_ = xml_.size();
            return {Markup::Kind::none, at_, at_, {}};
        }
        Markup found = markup_at(lt);
        at_ = found.end;
        return found;
    }

    // Goes on from there.
    void seek(std::size_t position) { at_ = position; }

    static bool begins_name(char c) { return text::is_ascii_letter(c) || c == '_' || c == ':' || !text::is_ascii(c); }

private:
    static constexpr std::size_t npos = std::string_view::npos;
    static constexpr auto ends_name = [] {
        std::array<bool, 256> table{};
        for (const char c : std::string_view(" \t\r\n\f\v></=\"'")) table[static_cast<unsigned char>(c)] = true;
        return table;
    }();

    std::size_t find(char c, std::size_t from) const {
        if (from >= xml_.size()) return npos;
        const void* p = std::memchr(xml_.data() + from, c, xml_.size() - from);
        return p == nullptr ? npos : static_cast<std::size_t>(static_cast<const char*>(p) - xml_.data());
    }

    Markup stray(std::size_t lt) const { return {Markup::Kind::stray, lt, lt + 1, {}}; }

    Markup markup_at(std::size_t lt) {
        const char c = lt + 1 < xml_.size() ? xml_[lt + 1] : '\0';
        if (begins_name(c)) return start_tag(lt);
        if (c == '/') return end_tag(lt);
        if (c == '?') return up_to("?>", 2, Markup::Kind::instruction, lt, instructions_end_);
        if (c != '!') return stray(lt);
        const std::string_view rest = xml_.substr(lt);
        if (rest.starts_with("<!--")) return up_to("-->", 4, Markup::Kind::comment, lt, comments_end_);
        if (rest.starts_with("<![CDATA[")) return up_to("]]>", 9, Markup::Kind::cdata, lt, cdata_end_);
        constexpr std::string_view doctype = "<!doctype";
        for (std::size_t i = 2; i < doctype.size(); ++i) {
            if (i >= rest.size() || text::ascii_lower(rest[i]) != doctype[i]) return stray(lt);
        }
        return document_type(lt);
    }

    // `may_end` remembers that there is no such end in the rest, so that the rest is not searched again and again.
    Markup up_to(std::string_view stop, std::size_t skip, Markup::Kind kind, std::size_t lt, bool& may_end) const {
        const std::size_t found = may_end ? xml_.find(stop, lt + skip) : npos;
        if (found == npos) {
            may_end = false;
            return stray(lt);
        }
        return {kind, lt, found + stop.size(), {}};
    }

    std::string_view name_at(std::size_t begin) const {
        std::size_t i = begin;
        while (i < xml_.size() && !ends_name[static_cast<unsigned char>(xml_[i])]) ++i;
        return xml_.substr(begin, i - begin);
    }

    Markup end_tag(std::size_t lt) const {
        const std::string_view name = name_at(lt + 2);
        std::size_t i = lt + 2 + name.size();
        while (i < xml_.size() && text::is_ascii_space(xml_[i])) ++i;
        if (name.empty() || i >= xml_.size() || xml_[i] != '>') return stray(lt);
        return {Markup::Kind::end, lt, i + 1, name};
    }

    Markup start_tag(std::size_t lt) const {
        Markup tag{Markup::Kind::start, lt, lt, name_at(lt + 1)};
        const std::size_t limit = lt + max_tag_;
        if (tag.name.size() > max_tag_) return {Markup::Kind::oversized, lt, limit, tag.name};
        for (std::size_t i = lt + 1 + tag.name.size(); i < xml_.size(); ++i) {
            if (i > limit) return {Markup::Kind::oversized, lt, i, tag.name};
            const char c = xml_[i];
            if (c == '>') {
                if (xml_[i - 1] == '/') tag.kind = Markup::Kind::empty;
                tag.end = i + 1;
                return tag;
            }
            if (c == '<') return stray(lt);
            if (c == '=') ++tag.attributes;
            if (c == '"' || c == '\'') {
                const std::size_t close = xml_.substr(0, limit + 1).find(c, i + 1);
                if (close == npos) {
                    if (limit < xml_.size()) return {Markup::Kind::oversized, lt, limit, tag.name};
                    tag.odd = true;
                    tag.end = xml_.size();
                    return tag;
                }
                if (xml_.substr(i, close - i).find('<') != npos) tag.odd = true;
                i = close;
            }
        }
        return stray(lt);
    }

    Markup document_type(std::size_t lt) {
        int brackets = 0;
        for (std::size_t i = lt; doctype_may_end_ && i < xml_.size(); ++i) {
            const char c = xml_[i];
            if (c == '"' || c == '\'') {
                i = find(c, i + 1);
                if (i == npos) break;
            } else if (c == '[') {
                ++brackets;
            } else if (c == ']') {
                --brackets;
            } else if (c == '>' && brackets <= 0) {
                return {Markup::Kind::doctype, lt, i + 1, {}};
            }
        }
        doctype_may_end_ = false;
        return stray(lt);
    }

    std::string_view xml_;
    std::size_t max_tag_;
    std::size_t at_ = 0;
    bool comments_end_ = true, cdata_end_ = true, instructions_end_ = true, doctype_may_end_ = true;
};

// "itunes:author" -> "author"
constexpr std::string_view local_name(std::string_view qualified) {
    const std::size_t colon = qualified.find(':');
    return colon == std::string_view::npos ? qualified : qualified.substr(colon + 1);
}

}  // namespace podbrief::feeds
