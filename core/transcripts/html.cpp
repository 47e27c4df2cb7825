// Transcripts in HTML: <cite>Name:</cite> <time>0:09</time> <p>text</p>, often only paragraphs.
// https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md#html
// Some hosts serve a whole web page instead: it is taken only where most of it reads like talk.
#include <fmt/format.h>

#include <optional>

#include "core/text/html_events.hpp"
#include "core/transcripts/clock_times.hpp"
#include "core/transcripts/draft.hpp"
#include "core/transcripts/paragraphs.hpp"
#include "core/transcripts/scanning.hpp"

namespace podbrief::transcripts {
namespace {

struct Line {
    std::string text;
    std::optional<std::string> cited;  // who speaks from here on
    Millis time = unknown_time;
};

bool is_page(std::string_view html) {
    const std::string_view head = trimmed(html.substr(0, 1024));
    return starts_with_any_case(head, "<!doctype") || starts_with_any_case(head, "<html") ||
           head.find("<body") != std::string_view::npos;
}

// What stands around the text of a page.
bool is_page_furniture(std::string_view element) {
    for (const std::string_view name : {"aside", "button", "footer", "form", "header", "nav", "select"}) {
        if (element == name) return true;
    }
    return false;
}

class LineGatherer final : public text::HtmlVisitor {
public:
    explicit LineGatherer(bool page) : page_(page) {}

    std::vector<Line> lines;
    std::size_t characters = 0;
    std::size_t linked_characters = 0;
    std::size_t citations = 0;

    void open(std::string_view element) override {
        const bool hides = text::is_hidden_element(element) || (page_ && is_page_furniture(element));
        if (hidden_depth_ > 0 || hides) ++hidden_depth_;
        if (element == "a") ++link_depth_;
        if (text::breaks_line(element)) flush();
        if (element == "cite" || element == "time") begin_special(element);
    }
    void close(std::string_view element) override {
        if (hidden_depth_ > 0) --hidden_depth_;
        if (element == "a") --link_depth_;
        if (text::breaks_line(element)) flush();
        if (element == special_) end_special();
    }
    void text(std::string_view piece) override {
        if (hidden_depth_ > 0) return;
        characters += piece.size();
        if (link_depth_ > 0) linked_characters += piece.size();
        (special_.empty() ? line_.text : special_text_) += piece;
    }
    void flush() {
        if (trimmed(line_.text).empty()) {
            line_.text.clear();
        } else if (lines.size() <= cue_limit) {
            lines.push_back(std::exchange(line_, {}));
        }
    }

private:
    void begin_special(std::string_view element) {
        // A work cited within a sentence is no speaker.
        if (special_.empty() && (element == "time" || trimmed(line_.text).empty())) special_ = element;
    }
    void end_special() {
        const std::string_view inside = trimmed(special_text_);
        const auto time = special_ == "time" ? mark_time(inside) : std::nullopt;
        if (time) {
            flush();
            line_.time = *time;
        } else if (special_ == "cite" && !inside.empty()) {
            ++citations;
            line_.cited = trimmed(inside.substr(0, inside.back() == ':' ? inside.size() - 1 : inside.size()));
        } else {
            line_.text += special_text_;
        }
        special_.clear();
        special_text_.clear();
    }

    bool page_;
    int hidden_depth_ = 0;
    int link_depth_ = 0;
    std::string special_;  // "cite" or "time" while inside one
    std::string special_text_;
    Line line_;
};

// Talk runs at about 15 characters a second.
bool plausible_page(const LineGatherer& page, Millis duration) {
    if (page.citations >= 3) return true;
    if (page.characters < 1000 || page.linked_characters * 4 > page.characters) return false;
    const auto seconds = static_cast<double>(duration.count()) / 1000.0;
    const auto characters = static_cast<double>(page.characters);
    return seconds <= 0 || (characters > 3 * seconds && characters < 40 * seconds);
}

}  // namespace

DraftResult read_html(std::string_view html, Millis episode_duration) {
    const bool page = is_page(html);
    LineGatherer gatherer(page);
    text::read_html(html, gatherer);
    gatherer.flush();
    if (page && !plausible_page(gatherer, episode_duration)) {
        return TranscriptError{"a web page that does not read like a transcript"};
    }
    Draft draft;
    if (gatherer.citations == 0) {
        std::vector<std::string_view> paragraphs;
        for (const Line& line : gatherer.lines) paragraphs.push_back(trimmed(line.text));
        draft.cues = cues_of_paragraphs(paragraphs);
        return draft;
    }
    std::string speaker;
    for (const Line& line : gatherer.lines) {
        if (line.cited) speaker = *line.cited;
        Cue cue;
        cue.speaker = speaker;
        cue.start = line.time;
        add_marked_text(draft.cues, line.text, std::move(cue));
    }
    return draft;
}

}  // namespace podbrief::transcripts
