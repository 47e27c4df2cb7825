#include "bot/quality/talk_insights.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "core/insights/stance.hpp"
#include "core/search/synonyms.hpp"
#include "core/text/sentences.hpp"
#include "core/text/unicode.hpp"
#include "core/text/words.hpp"

namespace podbrief::bot::quality {
namespace {

// The words of a text that say something, as written, each once.
std::vector<std::string> telling_words(std::string_view text) {
    std::vector<std::string> words;
    for (const text::ByteRange& range : text::words(text)) {
        std::string word(range.in(text));
        if (word.size() < 3 || text::stems(word).empty()) continue;
        if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(std::move(word));
    }
    return words;
}

std::size_t word_count(std::string_view text) {
    return static_cast<std::size_t>(1 + std::count(text.begin(), text.end(), ' '));
}

}  // namespace

TalkInsights::TalkInsights(std::vector<TalkEpisode> episodes, std::uint64_t seed)
    : episodes_(std::move(episodes)), random_(seed) {
    for (std::size_t e = 0; e < episodes_.size(); ++e) {
        const auto& segments = episodes_[e].request.transcript.segments;
        for (std::size_t s = 0; s < segments.size(); ++s) {
            if (segments[s].kind == SegmentKind::advert) continue;
            const std::size_t count = text::sentences(segments[s].text).size();
            for (std::size_t i = 0; i < count; ++i) places_.push_back({e, s, i});
        }
    }
    for (std::size_t i = places_.size(); i > 1; --i) std::swap(places_[i - 1], places_[random_.below(i)]);
}

Insight TalkInsights::next() {
    // Each time round a sentence begins a longer claim.
    const std::size_t round = taken_ / places_.size();
    const Place& place = places_[taken_++ % places_.size()];
    return at(place, 30 + 12 * (round % 3));
}

Insight TalkInsights::any() {
    return at(places_[random_.below(places_.size())], 30);
}

Insight TalkInsights::at(const Place& place, std::size_t least_words) {
    constexpr std::size_t longest = 350;
    const Segment& segment = episodes_[place.episode].request.transcript.segments[place.segment];
    const std::vector<text::ByteRange> sentences = text::sentences(segment.text);
    Insight insight;
    std::size_t last = place.sentence;
    const std::size_t begin = sentences[place.sentence].begin;
    while (last + 1 < sentences.size() &&
           word_count(std::string_view(segment.text).substr(begin, sentences[last].end - begin)) < least_words) {
        ++last;
    }
    insight.text = text::shortened(std::string_view(segment.text).substr(begin, sentences[last].end - begin), longest);
    const std::size_t end = sentences[std::min(last + 1, sentences.size() - 1)].end;
    insight.quote = segment.text.substr(begin, std::min<std::size_t>(end - begin, 2 * longest));
    insight.speaker = segment.speaker;
    std::vector<std::string> words = telling_words(insight.text);
    for (std::size_t i = 1; i < words.size() && insight.entities.size() < 3; ++i) {
        if (words[i][0] >= 'A' && words[i][0] <= 'Z') insight.entities.push_back(words[i]);
    }
    std::stable_sort(words.begin(), words.end(),
                     [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
    for (std::size_t i = 0; i < std::min<std::size_t>(3, words.size()); ++i) {
        insight.topics.push_back(text::to_lower(words[i]));
    }
    insight.stance = insights::stance_of(insight.text);
    insight.scores.quality = static_cast<float>(0.4 + 0.5 * random_.unit());
    return insight;
}

namespace {

class Asker {
public:
    Asker(TalkInsights& insights, const std::vector<std::string>& shows, std::uint64_t seed)
        : insights_(insights), shows_(shows), random_(seed) {}

    std::string words() {
        for (;;) {
            const std::vector<std::string> all = telling_words(insights_.any().text);
            const std::size_t count = 2 + random_.below(4);
            if (all.size() < count) continue;
            // In the order in which they were said, as people ask.
            std::vector<std::string> chosen;
            for (std::size_t i = 0; i < all.size() && chosen.size() < count; ++i) {
                if (random_.below(all.size() - i) < count - chosen.size()) chosen.push_back(text::to_lower(all[i]));
            }
            return fmt::format("{}", fmt::join(chosen, " "));
        }
    }

    std::string slip() {
        for (;;) {
            std::string asked = words();
            const text::ByteRange longest = longest_word(asked);
            if (longest.size() < 6) continue;
            const std::size_t at = longest.begin + 1 + random_.below(longest.size() - 2);
            switch (random_.below(3)) {
                case 0:
                    asked.erase(at, 1);
                    break;
                case 1:
                    std::swap(asked[at], asked[at + (at + 1 < longest.end ? 1 : 0)]);
                    break;
                default:
                    asked[at] = static_cast<char>('a' + random_.below(26));
            }
            return asked;
        }
    }

    std::string other_word() {
        for (;;) {
            std::string asked = words();
            for (const text::ByteRange& range : text::words(asked)) {
                const auto& synonyms = search::synonyms_of(text::stem(range.in(asked)));
                if (synonyms.empty()) continue;
                asked.replace(range.begin, range.size(), synonyms[random_.below(synonyms.size())].stem);
                return asked;
            }
        }
    }

    std::string question() {
        static const std::vector<std::string> frames = {"what do people say about {}", "tell me more about {} please",
                                                        "who talks about {}?",         "why is {} so hard?",
                                                        "what did they think of {}",   "how does {} work"};
        return fmt::format(fmt::runtime(frames[random_.below(frames.size())]), words());
    }

    std::string name() {
        const std::string speaker = insights_.any().speaker;
        const std::string who =
            random_.below(2) == 0 && !speaker.empty() ? speaker : shows_[random_.below(shows_.size())];
        return random_.below(2) == 0 ? who : fmt::format("{} on {}", who, words());
    }

    std::string phrase() {
        for (;;) {
            const std::string text = insights_.any().text;
            const std::vector<text::ByteRange> all = text::words(text);
            if (all.size() < 4) continue;
            const std::size_t at = random_.below(all.size() - 1);
            const std::string_view first = all[at].in(text);
            const std::string_view second = all[at + 1].in(text);
            if (all[at + 1].begin != all[at].end + 1 || text::stems(first).empty() || text::stems(second).empty())
                continue;
            return text::to_lower(fmt::format("\"{} {}\"", first, second));
        }
    }

private:
    static text::ByteRange longest_word(const std::string& text) {
        const std::vector<text::ByteRange> all = text::words(text);
        return *std::max_element(all.begin(), all.end(),
                                 [](const auto& a, const auto& b) { return a.size() < b.size(); });
    }

    TalkInsights& insights_;
    const std::vector<std::string>& shows_;
    Random random_;
};

}  // namespace

std::vector<TalkQuestion> talk_questions(TalkInsights& insights, const std::vector<TopicQuery>& titles,
                                         const std::vector<std::string>& shows, std::uint64_t seed) {
    constexpr std::size_t of_each_kind = 400;
    Asker asker(insights, shows, seed);
    std::set<std::string> seen;
    std::vector<TalkQuestion> questions;
    const auto ask = [&](const char* kind, std::string text) {
        const bool added = seen.insert(text).second;
        if (added) questions.push_back({kind, std::move(text)});
        return added;
    };
    for (const TopicQuery& title : titles) ask("titles of chapters", title.text);
    const struct {
        const char* kind;
        std::string (Asker::*make)();
    } kinds[] = {{"two to five words", &Asker::words},
                 {"with a slip", &Asker::slip},
                 {"with another word for one", &Asker::other_word},
                 {"as a question", &Asker::question},
                 {"with a name", &Asker::name},
                 {"two words in quotation marks", &Asker::phrase}};
    for (const auto& kind : kinds) {
        for (std::size_t made = 0, tried = 0; made < of_each_kind && tried < 20 * of_each_kind; ++tried) {
            made += ask(kind.kind, (asker.*kind.make)());
        }
    }
    return questions;
}

}  // namespace podbrief::bot::quality
