#include "core/transcripts/cue_text.hpp"

#include "core/text/html.hpp"
#include "core/transcripts/scanning.hpp"

namespace podbrief::transcripts {
namespace {

constexpr std::size_t voices_limit = 1000;  // in one caption; the last one goes on

// The inside of a tag: "v.loud Mary Ann" has the name "v" and the annotation "Mary Ann".
struct Tag {
    std::string_view name;
    std::string_view annotation;
};

Tag tag_of(std::string_view inside) {
    const std::size_t name_end = std::min(inside.find_first_of(". \t\n"), inside.size());
    const std::size_t classes_end = std::min(inside.find_first_of(" \t\n", name_end), inside.size());
    return {inside.substr(0, name_end), trimmed(inside.substr(classes_end))};
}

bool is_srt_tag(std::string_view name) {
    if (name.starts_with('/')) name.remove_prefix(1);
    for (const std::string_view known : {"i", "b", "u", "s", "font", "c", "v", "br", "ruby", "rt"}) {
        if (equals_any_case(name, known)) return true;
    }
    return false;
}

bool may_open_tag(char c) {
    return text::is_ascii_alnum(c) || c == '/' || c == '.';
}

// Bytes of "{\an8}" at the front; 0 for anything else.
std::size_t override_size(std::string_view s) {
    if (!s.starts_with("{\\")) return 0;
    const std::size_t end = s.find('}');
    return end == std::string_view::npos ? 0 : end + 1;
}

class PieceReader {
public:
    explicit PieceReader(CaptionMarkup markup) : markup_(markup) { pieces_.emplace_back(); }

    std::vector<VoicePiece> read(std::string_view payload) {
        while (!payload.empty()) {
            const std::size_t plain = std::min(payload.find_first_of("<{"), payload.size());
            add(payload.substr(0, plain));
            payload.remove_prefix(plain);
            if (!payload.empty()) payload.remove_prefix(markup_size(payload));
        }
        return std::move(pieces_);
    }

private:
    void add(std::string_view words) {
        std::string& to = pieces_.back().text;
        if (words.find('&') == std::string_view::npos) {
            to += words;
        } else {
            to += text::decode_references(words);
        }
    }

    // Deals with the mark at the front; returns its size.
    std::size_t markup_size(std::string_view s) {
        if (s.front() == '{') {
            const std::size_t size = override_size(s);
            if (size > 0) return size;
            add("{");
            return 1;
        }
        const std::size_t end = s.size() > 1 && may_open_tag(s[1]) ? s.find('>') : std::string_view::npos;
        const Tag tag = end == std::string_view::npos ? Tag{} : tag_of(s.substr(1, end - 1));
        const bool markup = end != std::string_view::npos && (markup_ == CaptionMarkup::webvtt || is_srt_tag(tag.name));
        if (!markup) {
            add("<");
            return 1;
        }
        if (tag.name == "v") {
            open_voice(tag.annotation);
        } else if (equals_any_case(tag.name, "br") || equals_any_case(tag.name, "br/")) {
            add("\n");
        }
        return end + 1;
    }

    void open_voice(std::string_view name) {
        if (pieces_.size() == voices_limit) return;
        if (!trimmed(pieces_.back().text).empty()) pieces_.emplace_back();
        pieces_.back().voice = text::decode_references(name);
    }

    CaptionMarkup markup_;
    std::vector<VoicePiece> pieces_;
};

}  // namespace

std::vector<VoicePiece> read_cue_text(std::string_view payload, CaptionMarkup markup) {
    return PieceReader(markup).read(payload);
}

}  // namespace podbrief::transcripts
