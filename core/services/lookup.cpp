#include "core/services/lookup.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/async/run_on.hpp"
#include "core/insights/on_demand.hpp"
#include "core/search/same_claim.hpp"
#include "core/search/synonyms.hpp"
#include "core/search/understand.hpp"
#include "core/text/sentences.hpp"
#include "core/text/unicode.hpp"
#include "core/text/words.hpp"

namespace podbrief::services {
namespace {

constexpr std::size_t most_passages = 16;   // looked at
constexpr std::size_t most_episodes = 5;    // whose transcripts are loaded
constexpr std::size_t per_episode = 2;      // insights
constexpr double least_said_near = 0.75;    // of the question, in or near a passage
constexpr double least_said = 0.5;          // of the question, in the insight or its quote
constexpr std::size_t words_around = 400;   // of a passage, on either side: the claim may stand before or after
constexpr double least_spoken = 0.75;       // of the question, in words that are shown for want of an insight
constexpr std::size_t most_places = 3;      // where such words are
constexpr std::size_t longest_words = 400;  // bytes of them
constexpr double units_per_episode = 200;
constexpr search::Vocabularies words_of_index_alone{nullptr, nullptr};  // others make passages worse (QUALITY.md)

// A part of the question: any of the stems will do.
struct Idea {
    double rarity = 0;
    std::vector<std::string> stems;
};

std::vector<Idea> ideas_of(const std::vector<QueryTerm>& terms, const PassageIndex& index) {
    std::map<int, Idea> groups;
    std::map<int, std::size_t> commonest;
    for (const QueryTerm& term : terms) {
        groups[term.group].stems.push_back(term.stem);
        commonest[term.group] = std::max(commonest[term.group], index.document_frequency(term.stem));
    }
    const double all = units_per_episode * static_cast<double>(index.episodes()) + 1;
    std::vector<Idea> ideas;
    for (auto& [number, idea] : groups) {
        idea.rarity = std::log(1 + all / (static_cast<double>(commonest[number]) + 0.5));
        ideas.push_back(std::move(idea));
    }
    return ideas;
}

// The stems of a text, and the short names of the phrases in it.
std::set<std::string, std::less<>> stems_and_names(std::string_view text) {
    const std::vector<std::string> stems = text::stems(text);
    std::set<std::string, std::less<>> all(stems.begin(), stems.end());
    for (const search::Phrase& phrase : search::phrases()) {
        const auto there = std::search(stems.begin(), stems.end(), phrase.stems.begin(), phrase.stems.end());
        if (there != stems.end()) all.insert(phrase.name);
    }
    return all;
}

// How much of the question is said: 0..1.
double share_said(const std::vector<Idea>& ideas, const Insight& insight) {
    std::string words = insight.text + " . " + insight.quote;
    for (const std::string& topic : insight.topics) words += " . " + topic;
    const auto said = stems_and_names(words);
    double all = 0;
    double there = 0;
    for (const Idea& idea : ideas) {
        all += idea.rarity;
        const bool is_said = std::any_of(idea.stems.begin(), idea.stems.end(),
                                         [&](const std::string& stem) { return said.contains(stem); });
        there += is_said ? idea.rarity : 0;
    }
    return all > 0 ? there / all : 0;
}

// The sentences of a turn in which most of the question is said, as long as a few lines.
text::ByteRange telling_words(const std::vector<Idea>& ideas, std::string_view turn) {
    const std::vector<text::ByteRange> sentences = text::sentences(turn);
    if (sentences.empty()) return {0, 0};
    const auto share_of = [&](std::size_t first, std::size_t last) {
        Insight words;
        words.quote = std::string(turn.substr(sentences[first].begin, sentences[last].end - sentences[first].begin));
        return share_said(ideas, words);
    };
    std::size_t first = 0, last = 0;
    double best = -1;
    for (std::size_t at = 0; at < sentences.size(); ++at) {
        // With the one before it, where that says more of the question.
        for (const std::size_t from : {at, at > 0 ? at - 1 : at}) {
            if (sentences[at].end - sentences[from].begin > longest_words) continue;
            const double share = share_of(from, at);
            if (share <= best) continue;
            best = share;
            first = from;
            last = at;
        }
    }
    if (best < 0) return {0, 0};  // each is too long
    return {sentences[first].begin, sentences[last].end};
}

std::size_t word_count(const Segment& segment) {
    return static_cast<std::size_t>(std::count(segment.text.begin(), segment.text.end(), ' ')) + 1;
}

insights::Passage widened(const std::vector<Segment>& segments, const Passage& passage) {
    std::size_t first = std::min(passage.first_segment, segments.size());
    std::size_t last = std::min(passage.last_segment, segments.size() - 1);
    for (std::size_t words = 0; first > 0 && words < words_around;) words += word_count(segments[--first]);
    for (std::size_t words = 0; last + 1 < segments.size() && words < words_around;) {
        words += word_count(segments[++last]);
    }
    return {static_cast<int>(first), static_cast<int>(last)};
}

// Whether two insights of one transcript share words of it.
bool overlap(const Insight& a, const Insight& b) {
    const auto begin = [](const Insight& i) { return std::pair(i.first_segment, i.quote_begin); };
    // Where the quote ends is only known by its segment, when it goes beyond one.
    const auto end = [](const Insight& i) {
        const auto bytes = static_cast<int>(i.quote.size());
        return i.first_segment == i.last_segment ? std::pair(i.last_segment, i.quote_begin + bytes)
                                                 : std::pair(i.last_segment, 1);
    };
    return begin(a) < end(b) && begin(b) < end(a);
}

}  // namespace

struct Lookup::Found {
    struct InEpisode {
        EpisodeId episode;
        std::vector<Passage> passages;
    };
    std::string topic;
    std::vector<Idea> ideas;
    std::vector<InEpisode> episodes;  // those with the best passages first
    std::map<std::string, std::size_t> said;
};

asio::awaitable<Lookup::Found> Lookup::find(Question question) {
    auto look = [question = std::move(question)](const PassageIndex& index) {
        Found found;
        const search::UnderstoodQuery query = search::understand(question.text, index, words_of_index_alone);
        found.topic = query.topic;
        for (const QueryTerm& term : query.terms) {
            const std::size_t frequency = index.document_frequency(term.stem);
            if (term.weight >= 1 && frequency > 0) found.said[term.stem] = frequency;
        }
        found.ideas = ideas_of(query.terms, index);
        if (query.terms.empty()) return found;
        PassageQuery wanted;
        wanted.terms = query.terms;
        wanted.text = query.note.empty() ? question.text : query.topic;
        wanted.podcast = question.podcast;
        wanted.published_from = question.published_from;
        wanted.published_until = question.published_until;
        // Who speaks is not a filter of that index, but names are words of it.
        int group = static_cast<int>(found.ideas.size());
        for (const std::string& stem : text::unique_stems(question.speaker)) {
            wanted.terms.push_back({stem, 0.5, ++group});
        }
        for (Passage& passage : index.find(wanted, most_passages)) {
            if (passage.coverage < least_said_near) continue;
            auto of = std::find_if(found.episodes.begin(), found.episodes.end(),
                                   [&](const auto& one) { return one.episode == passage.episode; });
            if (of == found.episodes.end()) {
                if (found.episodes.size() == most_episodes) continue;
                of = found.episodes.insert(found.episodes.end(), {passage.episode, {}});
            }
            of->passages.push_back(passage);
        }
        return found;
    };
    co_return co_await ports_.talks.read(std::move(look));
}

// The insights on the question that the passages of one episode have: those that are there already, with their ids, and
// new ones.
asio::awaitable<std::vector<Insight>> Lookup::make(const Found& found, std::size_t at, const Question& question) {
    const Found::InEpisode& where = found.episodes[at];
    std::vector<Insight> none;
    std::optional<Transcript> transcript = co_await ports_.library.transcript(where.episode);
    std::optional<Episode> episode = co_await ports_.library.episode(where.episode);
    if (!transcript || !episode || transcript->segments.empty()) co_return none;
    const std::optional<Subscription> show = co_await ports_.library.subscription(episode->podcast);
    if (!show) co_return none;
    std::vector<Insight> known = co_await ports_.library.insights_of(where.episode);
    ExtractionRequest request{show->podcast, std::move(*episode), std::move(*transcript)};
    auto job = [request = std::move(request), known = std::move(known), passages = where.passages, topic = found.topic,
                ideas = found.ideas, speaker = question.speaker, engine = engine_]() mutable {
        std::vector<Insight> chosen;
        const auto fits = [&](const Insight& insight) {
            return share_said(ideas, insight) >= least_said &&
                   (speaker.empty() || text::fold(insight.speaker) == speaker);
        };
        for (const Passage& passage : passages) {
            const insights::Passage wide = widened(request.transcript.segments, passage);
            for (Insight& made : insights::insights_from_passage(request, wide, topic, 2 * per_episode, engine)) {
                if (chosen.size() == per_episode) return chosen;
                const auto same = std::find_if(known.begin(), known.end(),
                                               [&](const Insight& other) { return overlap(other, made); });
                Insight& insight = same != known.end() ? *same : made;
                const bool taken = std::any_of(chosen.begin(), chosen.end(),
                                               [&](const Insight& other) { return overlap(other, insight); });
                if (taken || !fits(insight)) continue;
                if (same == known.end()) {
                    insight.origin = InsightOrigin::asked;
                    insight.transcript = request.transcript.id;
                    insight.episode = request.episode.id;
                    insight.podcast = request.episode.podcast;
                }
                chosen.push_back(insight);
            }
        }
        return chosen;
    };
    if (!ports_.heavy) co_return job();
    co_return co_await run_on(ports_.heavy, std::move(job));
}

asio::awaitable<std::optional<InsightDetail>> Lookup::spoken_in(const Found& found, std::size_t at,
                                                                std::string speaker) {
    const Found::InEpisode& where = found.episodes[at];
    std::optional<Transcript> transcript = co_await ports_.library.transcript(where.episode);
    std::optional<Episode> episode = co_await ports_.library.episode(where.episode);
    if (!transcript || !episode) co_return std::nullopt;
    const std::optional<Subscription> show = co_await ports_.library.subscription(episode->podcast);
    if (!show) co_return std::nullopt;
    std::optional<InsightDetail> best;
    double best_share = least_spoken;
    for (const Passage& passage : where.passages) {
        const std::size_t end = std::min(passage.last_segment + 1, transcript->segments.size());
        for (std::size_t i = passage.first_segment; i < end; ++i) {
            const Segment& segment = transcript->segments[i];
            if (!speaker.empty() && text::fold(segment.speaker) != speaker) continue;
            const text::ByteRange range = telling_words(found.ideas, segment.text);
            Insight words;
            words.quote = std::string(range.in(segment.text));
            const double share = share_said(found.ideas, words);
            if (share < best_share || (best && share == best_share)) continue;
            best_share = share;
            words.origin = InsightOrigin::asked;
            words.speaker = segment.speaker;
            words.start = segment.start;
            best.emplace();
            best->insight = std::move(words);
        }
    }
    if (!best) co_return std::nullopt;
    best->insight.episode = where.episode;
    best->insight.podcast = episode->podcast;
    best->insight.published_at = ordering_time(*episode);
    best->show = show->podcast.title;
    best->episode_title = std::move(episode->title);
    best->episode_link = std::move(episode->link);
    best->enclosure_url = std::move(episode->enclosure_url);
    best->timed = transcript->timed;
    co_return best;
}

asio::awaitable<Lookup::Answer> Lookup::look_up(Question question) {
    Answer answer;
    if (!ports_.talks.is_on()) co_return answer;
    const Found found = co_await find(question);
    answer.said = found.said;
    for (std::size_t at = 0; at < found.episodes.size() && answer.insights.size() < question.most; ++at) {
        std::vector<Insight> insights = co_await make(found, at, question);
        std::vector<Insight> fresh;
        for (Insight& insight : insights) {
            if (answer.insights.size() + fresh.size() == question.most) break;
            if (insight.id) {
                answer.insights.push_back(insight.id);
                continue;
            }
            if (const auto cluster = search::same_claim(ports_.index, insight)) insight.cluster = *cluster;
            fresh.push_back(std::move(insight));
        }
        if (fresh.empty()) continue;
        const TranscriptId transcript = fresh.front().transcript;
        const std::vector<Insight> added =
            co_await ports_.library.add_insights(found.episodes[at].episode, transcript, std::move(fresh));
        for (const Insight& insight : added) answer.insights.push_back(insight.id);
    }
    if (!answer.insights.empty()) co_await ports_.indexer.catch_up();
    const std::size_t most_spoken = answer.insights.empty() && question.most > 0 ? most_places : 0;
    for (std::size_t at = 0; at < found.episodes.size() && answer.spoken.size() < most_spoken; ++at) {
        std::optional<InsightDetail> place = co_await spoken_in(found, at, question.speaker);
        if (place) answer.spoken.push_back(std::move(*place));
    }
    co_return answer;
}

}  // namespace podbrief::services
