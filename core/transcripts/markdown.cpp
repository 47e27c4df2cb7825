// Transcripts in Markdown: `**Name:**` or `**Name**:` opens a turn, `\[mm:ss\]` marks a time, `**Break:**` is an
// advert.
#include "core/transcripts/draft.hpp"
#include "core/transcripts/local.hpp"
#include "core/transcripts/markdown_text.hpp"
#include "core/transcripts/marks.hpp"
#include "core/transcripts/scanning.hpp"

namespace podbrief::transcripts {
namespace {

constexpr std::size_t longest_name = 80;

struct BoldLabel {
    std::string_view name;
    std::size_t size = 0;
};

// "**Name:**" or "**Name**:" at the front.
std::optional<BoldLabel> bold_label(std::string_view s) {
    if (!s.starts_with("**")) return std::nullopt;
    const std::size_t end = s.substr(0, longest_name + 5).find("**", 2);
    if (end == std::string_view::npos || end == 2) return std::nullopt;
    std::string_view name = s.substr(2, end - 2);
    std::size_t size = end + 2;
    if (name.back() == ':') {
        name.remove_suffix(1);
    } else if (size < s.size() && s[size] == ':') {
        ++size;
    } else {
        return std::nullopt;
    }
    if (name.empty() || name.find_first_of("*\n") != std::string_view::npos) return std::nullopt;
    while (size < s.size() && (s[size] == ' ' || s[size] == '\t')) ++size;
    return BoldLabel{name, size};
}

class MarkdownReader {
public:
    Draft read(std::string_view text) {
        std::string_view block;
        std::string_view line;
        for (Lines lines(text); !draft_.full() && lines.next(line);) {
            const bool blank = trimmed(line).empty();
            // A label begins a turn also where no blank line comes before it.
            if (blank || bold_label(line)) {
                add_block(block);
                block = {};
            }
            if (blank) continue;
            const char* begin = block.empty() ? line.data() : block.data();
            block = {begin, static_cast<std::size_t>(line.data() + line.size() - begin)};
        }
        add_block(block);
        return std::move(draft_);
    }

private:
    void add_block(std::string_view block) {
        block = trimmed(block);
        if (block.empty()) return;
        if (const auto mark = leading_mark(block); mark && bold_label(block.substr(mark->end))) {
            pending_ = mark->time;
            block.remove_prefix(mark->end);
        }
        bool advert = false;
        if (const auto label = bold_label(block)) {
            std::string name = plain_markdown(label->name);
            advert = equals_any_case(name, "break");
            if (!advert) speaker_ = std::move(name);
            block.remove_prefix(label->size);
        }
        std::size_t begin = 0;
        for (auto mark = next_mark(block, 0); mark; mark = next_mark(block, begin)) {
            add(block.substr(begin, mark->begin - begin), advert);
            // The time of a break is when the talk before it ends.
            if (advert && !draft_.cues.empty()) draft_.cues.back().end = mark->time;
            pending_ = mark->time;
            begin = mark->end;
        }
        add(block.substr(begin), advert);
        if (advert) apart_ = true;
    }

    void add(std::string_view piece, bool advert) {
        Cue cue;
        cue.text = plain_markdown(piece);
        if (cue.text.empty()) return;
        cue.speaker = advert ? std::string() : speaker_;
        cue.start = std::exchange(pending_, unknown_time);
        cue.apart = std::exchange(apart_, false);
        cue.advert = advert;
        draft_.cues.push_back(std::move(cue));
    }

    Draft draft_;
    std::string speaker_;
    Millis pending_ = unknown_time;  // a mark whose text has not come yet
    bool apart_ = false;             // a break came before
};

}  // namespace

DraftResult read_markdown(std::string_view text) {
    text.remove_prefix(front_matter_size(text));
    return MarkdownReader().read(text);
}

}  // namespace podbrief::transcripts
