#include "core/transcripts/bookends.hpp"

#include <algorithm>

#include "core/text/sentences.hpp"
#include "core/transcripts/phrases.hpp"

namespace podbrief::transcripts {
namespace {

using std::chrono::seconds;

constexpr seconds intro_within{180};
constexpr seconds outro_within{240};
constexpr seconds longest_farewell{75};    // from the first farewell to the end, where all that is short goes
constexpr std::size_t short_remark = 160;  // bytes
constexpr auto npos = std::string_view::npos;

bool has_title(std::string_view lower, std::string_view show) {
    return show.size() > 2 && find_phrase(lower, show) != npos;
}

bool greets(std::string_view lower, std::string_view show) {
    for (const std::string_view phrase : {"welcome to", "welcome back to"}) {
        const std::size_t at = find_phrase(lower, phrase);
        if (at == npos) continue;
        const std::string_view after = lower.substr(at, 90);
        if (has_title(after, show) || has_phrase(after, {"podcast", "show", "episode", "edition", "program"}))
            return true;
    }
    for (const std::string_view phrase : {"you're listening to", "you are listening to", "this is"}) {
        const std::size_t at = find_phrase(lower, phrase);
        if (at == npos || lower.substr(0, at).ends_with("if ") || lower.substr(0, at).ends_with("when ")) continue;
        if (has_title(lower.substr(at), show) || has_phrase(lower.substr(at, 60), {"podcast"})) return true;
    }
    return has_phrase(lower, {"hello and welcome", "hello, and welcome", "i'm your host", "i am your host",
                              "i'm your hosts", "we're your hosts", "welcome everyone to", "welcome everybody to",
                              "welcome to another", "welcome back everyone", "welcome back everybody"});
}

// What goes on with a greeting, in the turn that opens the show.
bool introduces(std::string_view lower) {
    return lower.size() < 200 &&
           (has_phrase(lower,
                       {"my name is", "i'm joined", "i am joined", "joined by", "joined as always", "my co-host",
                        "my cohost", "my co-hosts", "with me as always", "with me, as always", "how are you",
                        "how's it going", "how you doing", "what's up", "on today's show", "on today's episode"}) ||
            (lower.size() < 40 &&
             (lower.starts_with("i'm ") || lower.starts_with("i am ") || lower.starts_with("this is "))));
}

bool says_farewell(std::string_view lower, std::string_view show) {
    for (const std::string_view phrase : {"that was", "this was", "this has been", "that's", "listening to", "heard"}) {
        const std::size_t at = find_phrase(lower, phrase);
        if (at != npos && has_title(lower.substr(at, phrase.size() + show.size() + 8), show)) return true;
    }
    return has_phrase(lower, {"thanks for listening",
                              "thank you for listening",
                              "thanks so much for listening",
                              "for tuning in",
                              "thank you all for listening",
                              "thanks everyone for listening",
                              "thanks everybody for listening",
                              "thank you everyone for listening",
                              "see you next week",
                              "see you next time",
                              "see you in the next",
                              "see you all next",
                              "talk to you next",
                              "talk to you soon",
                              "talk to you again",
                              "talk to y'all",
                              "catch you next",
                              "catch you on the next",
                              "until next time",
                              "until next week",
                              "we'll be back next week",
                              "that's our show",
                              "that's the show",
                              "that's all for today",
                              "that's it for today",
                              "that's it for this week",
                              "that's all for this week",
                              "that's it for this episode",
                              "that is our show",
                              "that's all for now",
                              "thanks for having me",
                              "thank you for having me",
                              "thanks for having us",
                              "for coming on the show",
                              "for coming on the podcast",
                              "for being on the show",
                              "thank you so much for joining",
                              "thanks so much for joining",
                              "thank you for joining",
                              "thanks for joining us",
                              "goodbye",
                              "bye-bye"});
}

bool gives_credits(std::string_view lower) {
    return has_phrase(lower, {"our theme music",
                              "our theme song",
                              "theme music by",
                              "theme music is by",
                              "music is by",
                              "original music by",
                              "is a production of",
                              "was produced by",
                              "is produced by",
                              "we are produced by",
                              "edited by",
                              "mixed by",
                              "executive producer",
                              "rate and review",
                              "rate and subscribe",
                              "leave us a review",
                              "leave a review",
                              "leave us a rating",
                              "wherever you get your podcasts",
                              "wherever you listen to podcasts",
                              "subscribe to our",
                              "subscribe to the",
                              "subscribe wherever",
                              "hit that subscribe",
                              "follow us on",
                              "follow the show"});
}

void mark_intro(Markings& markings, std::string_view show) {
    // In an episode of a few minutes the beginning is shorter, too.
    const Millis begin = markings.segment(0).start;
    const Millis window = std::min<Millis>(intro_within, (markings.segment(markings.size() - 1).end - begin) / 5);
    for (std::size_t i = 0; i < markings.size() && markings.segment(i).start - begin <= window; ++i) {
        if (markings.is_marked(i) || !greets(markings.lower(i), show)) continue;
        std::size_t from = npos;
        std::size_t to = 0;
        for (const text::ByteRange& sentence : text::sentences(markings.text(i))) {
            const std::string_view lower = sentence.in(markings.lower(i));
            if (greets(lower, show)) {
                from = std::min(from, i == 0 ? 0 : sentence.begin);
                to = sentence.end;
            } else if (from != npos && introduces(lower)) {
                to = sentence.end;
            }
        }
        // A greeting that ICU finds in no single sentence ("Welcome. To the show") is too odd to cut at.
        if (from != npos) markings.mark(i, from, to, SegmentKind::intro);
    }
}

void mark_outro(Markings& markings, std::string_view show) {
    const Millis end = markings.segment(markings.size() - 1).end;
    const Millis window = std::min<Millis>(outro_within, (end - markings.segment(0).start) / 5);
    const auto closes = [&](std::string_view lower) { return says_farewell(lower, show) || gives_credits(lower); };
    bool leaving = false;
    for (std::size_t i = 1; i < markings.size(); ++i) {
        if (markings.segment(i).start < end - window && i + 1 < markings.size()) continue;
        const bool marked = closes(markings.lower(i));
        leaving = leaving || (marked && end - markings.segment(i).start <= longest_farewell);
        if (marked) {
            // What is said before the farewell is talk; what comes after it in the same breath goes with it.
            const std::vector<text::ByteRange> sentences = text::sentences(markings.text(i));
            const auto from = std::find_if(sentences.begin(), sentences.end(),
                                           [&](const auto& s) { return closes(s.in(markings.lower(i))); });
            if (from != sentences.end()) markings.mark(i, from->begin, markings.text(i).size(), SegmentKind::outro);
        } else if (leaving && markings.text(i).size() <= short_remark) {
            // After the farewell nothing of weight comes; still, what is long is talk.
            markings.mark(i, SegmentKind::outro);
        }
    }
}

}  // namespace

void mark_bookends(Markings& markings, std::string_view show) {
    if (markings.size() < 2) return;
    mark_intro(markings, show);
    mark_outro(markings, show);
}

}  // namespace podbrief::transcripts
