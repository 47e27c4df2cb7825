#include "core/insights/summary.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

#include "core/insights/overlap.hpp"
#include "core/insights/turns.hpp"
#include "core/insights/wording.hpp"
#include "core/text/stemmer.hpp"
#include "core/text/unicode.hpp"
#include "core/text/words.hpp"

namespace podbrief::insights {
namespace {

struct Sentence {
    std::size_t segment = 0;
    std::string_view speaker;
    std::string text;
    std::vector<std::size_t> stems;  // numbers of its words but function words, sorted, each once
    std::size_t words = 0;
    std::size_t label_words = 0;  // of the speaker's name
    double place = 0;             // its middle, in words from the start
    double relevance = 1;
};

// A talk as numbers.
struct Talk {
    std::vector<Turn> turns;
    std::vector<Sentence> sentences;
    std::unordered_map<std::string, std::size_t> ids;
    std::vector<std::vector<std::size_t>> said_in;  // of each stem, the sentences
};

Talk read(std::span<const Segment> segments) {
    Talk talk;
    talk.turns = turns_of(segments);
    text::Stemmer& stemmer = text::Stemmer::of_this_thread();
    double place = 0;
    for (const Turn& turn : talk.turns) {
        const std::size_t label_words = text::words(turn.speaker).size();
        for (const text::ByteRange& range : turn.sentences) {
            constexpr std::size_t longest = 2000;  // bytes
            if (range.size() > longest) continue;
            Sentence sentence;
            sentence.text = clean_sentence(range.in(turn.text), turn.speaker).text;
            if (sentence.text.empty()) continue;
            sentence.segment = static_cast<std::size_t>(locate(turn, segments, range).first_segment);
            sentence.speaker = turn.speaker;
            sentence.label_words = label_words;
            for (const text::ByteRange& word : text::words(sentence.text)) {
                ++sentence.words;
                const auto found = stemmer.look_up(word.in(sentence.text));
                if (found.stop || found.stem.size() < 2) continue;
                const auto id = talk.ids.emplace(std::string(found.stem), talk.ids.size()).first->second;
                sentence.stems.push_back(id);
            }
            std::sort(sentence.stems.begin(), sentence.stems.end());
            sentence.stems.erase(std::unique(sentence.stems.begin(), sentence.stems.end()), sentence.stems.end());
            sentence.place = place + static_cast<double>(sentence.words) / 2;
            place += static_cast<double>(sentence.words);
            talk.said_in.resize(talk.ids.size());
            for (const std::size_t id : sentence.stems) talk.said_in[id].push_back(talk.sentences.size());
            talk.sentences.push_back(std::move(sentence));
        }
    }
    return talk;
}

double rarity(const Talk& talk, std::size_t stem) {
    const auto all = static_cast<double>(talk.sentences.size());
    const auto with = static_cast<double>(talk.said_in[stem].size());
    return std::log(1 + (all - with + 0.5) / (with + 0.5));
}

// Words that ask, and tell nothing of what is asked for.
bool only_asks(std::string_view stem) {
    static constexpr std::array<std::string_view, 34> words = {
        "summar",  "discuss", "think",  "thought", "say",    "said",    "mention", "opinion", "explain",
        "describ", "talk",    "meet",   "whole",   "happen", "propos",  "suggest", "feel",    "introduc",
        "convers", "regard",  "team",   "group",   "tell",   "give",    "given",   "point",   "express",
        "view",    "attitud", "believ", "concern", "reason", "respect", "summari"};
    return std::find(words.begin(), words.end(), stem) != words.end();
}

// Whether the query names the speaker: by the whole label ("Project Manager"), or by a long first word of it.
bool names(const std::string& query, std::string_view speaker) {
    const std::string label = text::to_lower(speaker);
    if (label.empty()) return false;
    const auto said = [&](std::string_view what) {
        const std::size_t at = query.find(what);
        return at != std::string::npos && (at == 0 || query[at - 1] == ' ');
    };
    const std::string first = label.substr(0, label.find(' '));
    return said(label) || (first.size() >= 6 && said(first));
}

constexpr double near_equal = 0.6;  // shared over united stems: the same thing said twice

// How near each sentence is to the words of the query; between 0 and 1.
void weigh_by_query(Talk& talk, std::string_view query, const SummarySettings& settings) {
    const std::string lower = text::to_lower(query);
    std::string about = lower;
    for (const Turn& turn : talk.turns) {
        const std::string label = text::to_lower(turn.speaker);
        if (label.empty() || !names(lower, turn.speaker)) continue;
        for (std::size_t at = about.find(label); at != std::string::npos; at = about.find(label))
            about.erase(at, label.size());
    }
    std::vector<double> near(talk.sentences.size(), 0);
    bool any = false;
    for (const std::string& stem : text::unique_stems(about)) {
        const auto found = talk.ids.find(stem);
        if (found == talk.ids.end() || only_asks(stem)) continue;
        any = true;
        const double weight = rarity(talk, found->second);
        for (std::size_t i = 0; i < talk.sentences.size(); ++i) {
            double density = 0;
            for (const std::size_t j : talk.said_in[found->second]) {
                const double apart = talk.sentences[i].place - talk.sentences[j].place;
                const double a = apart / settings.near;
                const double b = apart / settings.wide;
                if (std::abs(b) > 4) continue;
                density += std::exp(-a * a / 2) + settings.wide_weight * std::exp(-b * b / 2);
            }
            const bool itself =
                std::binary_search(talk.sentences[i].stems.begin(), talk.sentences[i].stems.end(), found->second);
            near[i] += weight * (density / (density + settings.saturation) + (itself ? settings.itself : 0));
        }
    }
    if (!any) near.assign(near.size(), 1);
    for (std::size_t i = 0; i < near.size(); ++i) {
        if (names(lower, talk.sentences[i].speaker)) near[i] *= settings.named_speaker;
    }
    const double most = *std::max_element(near.begin(), near.end());
    for (std::size_t i = 0; i < near.size(); ++i) {
        talk.sentences[i].relevance = most > 0 ? std::pow(near[i] / most, settings.focus) : 1;
    }
}

// What is said around there: each word by how much of it, and by how rare it is elsewhere.
std::vector<double> worth_of_stems(const Talk& talk, const SummarySettings& settings) {
    std::vector<double> worth(talk.ids.size(), 0);
    for (const Sentence& sentence : talk.sentences) {
        for (const std::size_t id : sentence.stems) worth[id] += sentence.relevance;
    }
    for (std::size_t id = 0; id < worth.size(); ++id) worth[id] *= std::pow(rarity(talk, id), settings.rarity);
    return worth;
}

// The best sentences that fit, one after the other: what is chosen makes its words worth less.
std::vector<std::size_t> choose(const Talk& talk, std::vector<double> worth, const SummarySettings& settings) {
    std::vector<std::size_t> chosen;
    std::size_t words = 0;
    std::vector<bool> taken(talk.sentences.size(), false);
    while (true) {
        double best_gain = 0;
        std::size_t best = talk.sentences.size();
        for (std::size_t i = 0; i < talk.sentences.size(); ++i) {
            const Sentence& sentence = talk.sentences[i];
            if (taken[i] || sentence.words < settings.least_words || sentence.words > settings.most_words) continue;
            if (words + sentence.words + (settings.speakers ? sentence.label_words : 0) > settings.words) continue;
            double gain = 0;
            for (const std::size_t id : sentence.stems) gain += worth[id];
            gain *= sentence.relevance / std::pow(static_cast<double>(sentence.words), settings.length_penalty);
            if (gain > best_gain) {
                best_gain = gain;
                best = i;
            }
        }
        if (best == talk.sentences.size()) return chosen;
        const Sentence& sentence = talk.sentences[best];
        taken[best] = true;
        chosen.push_back(best);
        words += sentence.words + (settings.speakers ? sentence.label_words : 0);
        for (const std::size_t id : sentence.stems) worth[id] *= settings.again;
        for (std::size_t i = 0; i < taken.size(); ++i) {
            taken[i] = taken[i] || overlap(talk.sentences[i].stems, sentence.stems) > near_equal;
        }
    }
}

}  // namespace

std::vector<SummarySentence> summarise(std::span<const Segment> segments, std::string_view query,
                                       const SummarySettings& settings) {
    Talk talk = read(segments);
    if (talk.sentences.empty()) return {};
    if (!query.empty()) weigh_by_query(talk, query, settings);

    std::vector<double> worth = worth_of_stems(talk, settings);
    std::vector<std::size_t> chosen = choose(talk, std::move(worth), settings);
    std::sort(chosen.begin(), chosen.end());
    std::vector<SummarySentence> summary;
    for (const std::size_t i : chosen) {
        Sentence& sentence = talk.sentences[i];
        summary.push_back({sentence.segment, std::string(sentence.speaker), std::move(sentence.text)});
    }
    return summary;
}

std::string text_of(std::span<const SummarySentence> summary) {
    std::string text;
    for (const SummarySentence& sentence : summary) {
        if (!text.empty()) text += ' ';
        text += sentence.text;
    }
    return text;
}

std::string text_with_speakers(std::span<const SummarySentence> summary) {
    std::string text;
    std::string_view before;
    for (const SummarySentence& sentence : summary) {
        if (!text.empty()) text += ' ';
        if (!sentence.speaker.empty() && sentence.speaker != before) text += sentence.speaker + ": ";
        before = sentence.speaker;
        text += sentence.text;
    }
    return text;
}

}  // namespace podbrief::insights
