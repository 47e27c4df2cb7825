#include "core/transcripts/paragraphs.hpp"

#include "core/text/unicode.hpp"
#include "core/transcripts/labels.hpp"
#include "core/transcripts/marks.hpp"
#include "core/transcripts/scanning.hpp"

namespace podbrief::transcripts {
namespace {

// "Ad", "Sponsor" as the name of a speaker.
bool names_advert(std::string_view speaker) {
    for (const std::string_view word : {"ad", "ads", "ad break", "advert", "advertisement", "commercial",
                                        "commercial break", "sponsor", "sponsor message"}) {
        if (equals_any_case(speaker, word)) return true;
    }
    return false;
}

std::string_view without_front(std::string_view s, const Mark& mark) {
    return s.substr(mark.end);
}

class ParagraphReader {
public:
    std::vector<Cue> read(const std::vector<std::string_view>& paragraphs) {
        for (std::string_view p : paragraphs) {
            if (const auto mark = leading_mark(p)) p = without_front(p, *mark);
            book_.note(p);
        }
        for (const std::string_view p : paragraphs) add(p);
        return std::move(cues_);
    }

private:
    void add(std::string_view p) {
        if (const auto heading = marked_name(p)) {
            speaker_ = heading->name;
            pending_ = heading->time;
            return;
        }
        if (const auto mark = leading_mark(p)) {
            pending_ = mark->time;
            p = without_front(p, *mark);
        }
        if (const auto label = book_.label(p)) {
            // A break is where one may stand, and says nothing of the words after it.
            const bool boundary = equals_any_case(label->name, "break");
            if (boundary) apart_ = true;
            if (!boundary) speaker_ = label->name;
            p.remove_prefix(label->size);
        }
        if (const auto mark = leading_mark(p); mark && p.front() != '(' && !text::is_ascii_digit(p.front())) {
            pending_ = mark->time;
            p = without_front(p, *mark);
        }
        if (p.empty()) return;
        Cue cue;
        cue.speaker = speaker_;
        cue.start = std::exchange(pending_, unknown_time);
        cue.apart = std::exchange(apart_, false);
        cue.advert = names_advert(speaker_);
        add_marked_text(cues_, p, std::move(cue));
    }

    LabelBook book_;
    std::string speaker_;
    Millis pending_ = unknown_time;  // a mark whose text has not come yet
    bool apart_ = false;             // a break came before
    std::vector<Cue> cues_;
};

}  // namespace

std::vector<Cue> cues_of_paragraphs(const std::vector<std::string_view>& paragraphs) {
    return ParagraphReader().read(paragraphs);
}

void add_marked_text(std::vector<Cue>& cues, std::string_view text, Cue first) {
    Cue cue = std::move(first);
    std::size_t begin = 0;
    for (auto mark = next_mark(text, 0); mark; mark = next_mark(text, begin)) {
        const std::string_view piece = trimmed(text.substr(begin, mark->begin - begin));
        if (!piece.empty()) {
            cue.text = piece;
            cues.push_back(cue);
            cue.apart = false;
        }
        cue.start = mark->time;
        begin = mark->end;
    }
    cue.text = trimmed(text.substr(begin));
    cues.push_back(std::move(cue));  // without text it still tells a time
}

}  // namespace podbrief::transcripts
