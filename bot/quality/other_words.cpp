// Finding by other words than those that were said: synonyms and wider words.
#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "adapters/index/memory_index.hpp"
#include "bot/quality/asked_words.hpp"
#include "bot/quality/corpora.hpp"
#include "bot/quality/parts.hpp"
#include "core/insights/built_in_engine.hpp"
#include "core/search/find.hpp"
#include "core/search/other_words.hpp"
#include "core/search/text_vectors.hpp"
#include "core/services/known_acronyms.hpp"
#include "core/text/html.hpp"
#include "core/text/words.hpp"

namespace podbrief::bot::quality {
namespace {

struct Text {
    std::string text;
    std::vector<std::string> folded;  // words
    std::vector<std::string> stems;   // of those; empty: a stop word
};

struct Question {
    std::string text;
    std::vector<InsightId> right;
};

constexpr std::size_t most_of_one_word = 3;  // questions
constexpr std::size_t places = 10;

Text text_of(std::string text) {
    Text one;
    for (const text::ByteRange& range : text::words(text)) {
        const std::vector<std::string> stems = text::stems(range.in(text));
        one.folded.emplace_back(range.in(text));
        one.stems.push_back(stems.empty() ? "" : stems.front());
    }
    one.text = std::move(text);
    return one;
}

InsightId id_of(std::size_t number) {
    return InsightId{static_cast<std::int64_t>(number) + 1};
}

std::vector<InsightId> holding(const std::vector<Text>& texts, const std::vector<std::string>& stems) {
    std::vector<InsightId> ids;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto& held = texts[i].stems;
        const bool all = std::all_of(stems.begin(), stems.end(), [&](const std::string& stem) {
            return std::find(held.begin(), held.end(), stem) != held.end();
        });
        if (all) ids.push_back(id_of(i));
    }
    return ids;
}

// The other word alone; right is whoever holds the word. Words that more hold than are looked at are left out.
std::vector<Question> alone(const std::vector<Text>& texts, std::span<const AskedWord> words) {
    std::vector<Question> questions;
    for (const AskedWord& word : words) {
        Question one{std::string(word.asked), holding(texts, {text::stem(word.said)})};
        if (!one.right.empty() && one.right.size() <= places) questions.push_back(std::move(one));
    }
    return questions;
}

// The other word in its place beside a word of the text; right is whoever holds the word and that neighbour.
std::vector<Question> with_neighbour(const std::vector<Text>& texts, std::span<const AskedWord> words) {
    std::vector<Question> questions;
    for (const AskedWord& word : words) {
        const std::string said = text::stem(word.said);
        const std::string asked = text::stem(word.asked);
        std::size_t taken = 0;
        std::set<std::string> known;
        for (const Text& text : texts) {
            const auto at = std::find(text.stems.begin(), text.stems.end(), said);
            if (at == text.stems.end() || taken == most_of_one_word) continue;
            const auto i = static_cast<std::size_t>(at - text.stems.begin());
            std::optional<std::size_t> beside;
            for (std::size_t j = i + 1; j < text.stems.size() && !beside; ++j) {
                if (!text.stems[j].empty()) beside = j;
            }
            for (std::size_t j = i; j > 0 && !beside; --j) {
                if (!text.stems[j - 1].empty()) beside = j - 1;
            }
            if (!beside || text.stems[*beside] == said || text.stems[*beside] == asked) continue;
            const std::string& neighbour = text.folded[*beside];
            Question one;
            one.text =
                *beside > i ? std::string(word.asked) + ' ' + neighbour : neighbour + ' ' + std::string(word.asked);
            if (!known.insert(one.text).second) continue;
            one.right = holding(texts, {said, text.stems[*beside]});
            questions.push_back(std::move(one));
            ++taken;
        }
    }
    return questions;
}

struct Policy {
    const char* name;
    const SearchIndex& index;
    bool table;  // of synonyms
    bool others;
};

search::UnderstoodQuery understood(const std::string& text, const Policy& policy) {
    search::Vocabularies more;
    if (!policy.others) more.others = nullptr;
    search::UnderstoodQuery query = search::understand(text, policy.index, more);
    if (policy.table) return query;
    std::set<int> groups;
    std::erase_if(query.terms, [&](const QueryTerm& term) { return !groups.insert(term.group).second; });
    return query;
}

Table::Row row_of(const Policy& policy, const std::vector<std::vector<Question>>& sets) {
    Table::Row row{policy.name, {}};
    for (const std::vector<Question>& questions : sets) {
        double recall = 0;
        for (const Question& question : questions) {
            search::FindOptions options;
            options.limit = places;
            const auto hits = search::find(policy.index, understood(question.text, policy), options).hits;
            double right = 0;
            for (const SearchHit& hit : hits) {
                right += std::find(question.right.begin(), question.right.end(), hit.insight) != question.right.end();
            }
            recall += right / static_cast<double>(std::min(places, question.right.size()));
        }
        row.figures.push_back(recall / static_cast<double>(questions.size()));
    }
    return row;
}

bool holds(const Text& text, const std::vector<std::string>& stems) {
    std::vector<std::string> said = text.stems;
    std::erase(said, "");
    return std::search(said.begin(), said.end(), stems.begin(), stems.end()) != said.end();
}

// The talk of an episode in pieces as long as an insight.
void append_pieces(const Transcript& transcript, std::vector<Text>& pieces) {
    constexpr std::size_t words_each = 45;
    for (const Segment& segment : transcript.segments) {
        if (segment.kind != SegmentKind::speech) continue;
        const std::vector<text::ByteRange> words = text::words(segment.text);
        for (std::size_t at = 0; at + words_each / 2 < words.size(); at += words_each) {
            const std::size_t end = words[std::min(at + words_each, words.size()) - 1].end;
            pieces.push_back(text_of(segment.text.substr(words[at].begin, end - words[at].begin)));
        }
    }
}

void put_all(const std::vector<Text>& texts, index::MemoryIndex& index) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
        Insight one;
        one.id = id_of(i);
        one.episode = EpisodeId{one.id.value};
        one.cluster = ClaimClusterId{one.id.value};
        one.podcast = PodcastId(1);
        one.text = texts[i].text;
        index.put(one, "A Show");
    }
}

// What transcripts and show notes spell out: asked by the one form, right is whoever holds the other alone.
Table measure_acronyms(const std::vector<Text>& texts, const search::Acronyms& acronyms,
                       const std::vector<text::SpelledOut>& pairs, const SearchIndex& index) {
    Table table{"talk found by the other form of an acronym, recall@10", {"by the short form", "by the long form"}, {}};
    for (const search::Acronyms* known : {static_cast<const search::Acronyms*>(nullptr), &acronyms}) {
        Table::Row row{known == nullptr ? "without" : "with what was learned", {}};
        Table::Row questions{"questions", {}};
        for (const bool by_short : {true, false}) {
            double recall = 0;
            double count = 0;
            for (const text::SpelledOut& pair : pairs) {
                const std::vector<std::string> short_form{text::stem(pair.short_form)};
                const std::vector<std::string> long_form = text::stems(pair.long_form);
                std::set<InsightId> right;
                for (std::size_t i = 0; i < texts.size(); ++i) {
                    const bool is_short = holds(texts[i], short_form);
                    if (is_short != holds(texts[i], long_form) && is_short != by_short) right.insert(id_of(i));
                }
                if (right.empty() || right.size() > places) continue;
                search::FindOptions options;
                options.limit = places;
                search::Vocabularies more;
                more.acronyms = known;
                const auto query = search::understand(by_short ? pair.short_form : pair.long_form, index, more);
                double found = 0;
                for (const SearchHit& hit : search::find(index, query, options).hits)
                    found += right.contains(hit.insight);
                recall += found / static_cast<double>(right.size());
                ++count;
            }
            row.figures.push_back(recall / count);
            questions.figures.push_back(count);
        }
        if (known == nullptr) table.rows.push_back(std::move(questions));
        table.rows.push_back(std::move(row));
    }
    return table;
}

}  // namespace

std::vector<Table> measure_other_words(const Options& options) {
    insights::EngineSettings generous;
    generous.per_episode = 60;
    generous.one_per = std::chrono::seconds(5);
    generous.least_quality = 0;
    std::vector<Text> talk;
    std::vector<Text> pieces;
    search::Acronyms acronyms;
    std::map<std::pair<std::string, std::vector<std::string>>, text::SpelledOut> spelled_out;
    for (const TalkEpisode& episode : read_changelog(options.data)) {
        append_pieces(episode.request.transcript, pieces);
        const Episode& of = episode.request.episode;
        const auto pairs =
            services::spelled_out_in(episode.request.transcript.segments, of.title, text::html_to_text(of.notes));
        acronyms.learn(search::Acronyms::Source::transcript, of.id.value, pairs);
        for (const text::SpelledOut& one : pairs) {
            spelled_out.emplace(std::pair(text::stem(one.short_form), text::stems(one.long_form)), one);
        }
        for (Insight& one : insights::extract_insights(episode.request, generous).insights) {
            talk.push_back(text_of(std::move(one.text)));
        }
    }
    const std::size_t of_talk = talk.size();
    for (const std::string_view claim : claims_of_other_fields()) talk.push_back(text_of(std::string(claim)));
    index::MemoryIndex words;
    index::MemoryIndex meaning(&search::built_in_vectors());
    put_all(talk, words);
    put_all(talk, meaning);
    index::MemoryIndex of_pieces(&search::built_in_vectors());
    put_all(pieces, of_pieces);
    const std::vector<std::vector<Question>> sets = {with_neighbour(talk, same_in_talk()),
                                                     with_neighbour(talk, broader_in_talk()),
                                                     with_neighbour(talk, same_in_fields()),
                                                     with_neighbour(talk, broader_in_fields()),
                                                     alone(talk, same_in_talk()),
                                                     alone(talk, broader_in_talk()),
                                                     alone(talk, same_in_fields()),
                                                     alone(talk, broader_in_fields())};
    Table table{"insights found by another word, recall@10, among " + std::to_string(of_talk) + " of changelog and " +
                    std::to_string(talk.size() - of_talk) + " made up",
                {},
                {}};
    const char* names[] = {"same, talk",       "broader, talk",       "same, fields",       "broader, fields",
                           "same alone, talk", "broader alone, talk", "same alone, fields", "broader alone, fields"};
    table.rows.push_back({"questions", {}});
    for (std::size_t i = 0; i < sets.size(); ++i) {
        table.columns.emplace_back(names[i]);
        table.rows.back().figures.push_back(static_cast<double>(sets[i].size()));
    }
    const Policy policies[] = {{"words", words, false, false},
                               {"words, synonyms", words, true, false},
                               {"words, synonyms, other words", words, true, true},
                               {"and meaning", meaning, false, false},
                               {"and meaning, synonyms", meaning, true, false},
                               {"and meaning, synonyms, other words", meaning, true, true}};
    for (const Policy& policy : policies) table.rows.push_back(row_of(policy, sets));
    std::vector<text::SpelledOut> pairs;
    for (const auto& [stems, pair] : spelled_out) {
        if (stems.second.size() >= 2) pairs.push_back(pair);
    }
    Table learned = measure_acronyms(pieces, acronyms, pairs, of_pieces);
    learned.title +=
        " (" + std::to_string(pairs.size()) + " pairs learned, " + std::to_string(pieces.size()) + " pieces)";
    return {table, learned};
}

}  // namespace podbrief::bot::quality
