#include "core/transcripts/bookends.hpp"

#include <algorithm>

#include "core/transcripts/phrases.hpp"

namespace podbrief::transcripts {
namespace {

using std::chrono::seconds;

constexpr seconds intro_within{180};
constexpr seconds outro_within{240};
constexpr seconds longest_farewell{75};    // from the first farewell to the end, when all of it goes
constexpr std::size_t short_remark = 160;  // bytes
constexpr auto npos = std::string_view::npos;

bool greets(std::string_view lower) {
    for (const std::string_view phrase : {"welcome to", "welcome back to"}) {
        const std::size_t at = find_phrase(lower, phrase);
        if (at == npos) continue;
        const std::string_view after = lower.substr(at, 90);
        if (has_phrase(after, {"podcast", "show", "episode", "edition", "program", "i'm", "my name is", "your host"})) {
            return true;
        }
    }
    return has_phrase(lower,
                      {"hello and welcome", "i'm your host", "i am your host", "i'm your hosts", "you're listening to",
                       "you are listening to", "we're your hosts", "welcome everyone to", "welcome everybody to",
                       "welcome to another", "welcome back everyone", "welcome back everybody"});
}

bool says_farewell(std::string_view lower) {
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
                              "edited by",
                              "mixed by",
                              "executive producer",
                              "rate and review",
                              "leave us a review",
                              "leave a review",
                              "leave us a rating",
                              "wherever you get your podcasts",
                              "wherever you listen to podcasts",
                              "subscribe to our",
                              "subscribe to the",
                              "hit that subscribe",
                              "follow us on",
                              "follow the show"});
}

void mark_intro(std::vector<Segment>& segments, const std::vector<std::string>& lower) {
    // In an episode of a few minutes the beginning is shorter, too.
    const Millis begin = segments.front().start;
    const Millis window = std::min<Millis>(intro_within, (segments.back().end - begin) / 5);
    for (std::size_t i = 0; i < segments.size() && segments[i].start - begin <= window; ++i) {
        if (segments[i].kind == SegmentKind::speech && greets(lower[i])) segments[i].kind = SegmentKind::intro;
    }
}

void mark_outro(std::vector<Segment>& segments, const std::vector<std::string>& lower) {
    const Millis end = segments.back().end;
    const Millis window = std::min<Millis>(outro_within, (end - segments.front().start) / 5);
    bool leaving = false;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        if (segments[i].start < end - window && i + 1 < segments.size()) continue;
        const bool marked = says_farewell(lower[i]) || gives_credits(lower[i]);
        leaving = leaving || (marked && end - segments[i].start <= longest_farewell);
        // After the farewell nothing of weight comes, but what is long is talk.
        const bool remark = leaving && segments[i].text.size() <= short_remark;
        if (segments[i].kind == SegmentKind::speech && (marked || remark)) segments[i].kind = SegmentKind::outro;
    }
}

}  // namespace

void mark_bookends(std::vector<Segment>& segments, const std::vector<std::string>& lower) {
    if (segments.size() < 2) return;
    mark_intro(segments, lower);
    mark_outro(segments, lower);
}

}  // namespace podbrief::transcripts
