#include "core/insights/keyphrases.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/text/sentences.hpp"
#include "core/text/stemmer.hpp"
#include "core/text/unicode.hpp"
#include "core/text/words.hpp"

namespace podbrief::insights {
namespace {

struct Phrase {
    std::string text;
    std::vector<StemId> stems;
    double score = 0;
    std::size_t place = 0;  // in the text
};

std::string_view without_possessive(std::string_view word) {
    return word.ends_with("'s") ? word.substr(0, word.size() - 2) : word;
}

bool joins(std::string_view gap) {
    return gap == " " || gap == "-";
}

// -ly, and verbs by their look: poor as a topic of their own or at the end of one.
bool ends_badly(const Token& token) {
    return token.lower.ends_with("ly") || (token.lower.ends_with("ed") && !token.capital());
}

// Words that tell something beside others, and nothing as a topic of their own.
bool is_no_topic(std::string_view word) {
    static const std::set<std::string_view> words = {
        "actual",     "adapt",      "additional",   "ahead",       "anymore",      "aspect",      "aspects",
        "beginning",  "bigger",     "biggest",      "billion",     "broad",        "challenging", "cheap",
        "cheaper",    "common",     "complex",      "connect",     "contributing", "decide",      "deep",
        "default",    "definition", "detecting",    "develop",     "differences",  "difficult",   "direct",
        "disposable", "dollars",    "dynamic",      "easier",      "effective",    "efficient",   "exist",
        "existing",   "expensive",  "explaining",   "expose",      "express",      "extract",     "factual",
        "fast",       "faster",     "fill",         "focus",       "focusing",     "free",        "fundamental",
        "generating", "hard",       "harder",       "heavy",       "helpful",      "higher",      "hit",
        "huge",       "implement",  "implementing", "import",      "individual",   "inherent",    "initial",
        "invent",     "iterate",    "key",          "larger",      "later",        "living",      "longer",
        "lower",      "main",       "maintain",     "majority",    "middle",       "millions",    "non",
        "oftentimes", "order",      "original",     "otherwise",   "paying",       "perfect",     "powerful",
        "predict",    "productive", "providing",    "pushing",     "quick",        "realizing",   "recent",
        "represents", "respond",    "rich",         "risky",       "saving",       "separate",    "shape",
        "similar",    "slow",       "smaller",      "special",     "swathes",      "technical",   "thousand",
        "thousands",  "ton",        "tone",         "traditional", "useful",       "value",       "values",
        "version",    "versions",   "versus",       "worth",       "zero"};
    const bool number = word.find_first_not_of("0123456789") == std::string_view::npos;
    return number || words.contains(word);
}

bool is_part_of(std::string_view word, std::string_view speaker) {
    const std::size_t at = speaker.find(word);
    return at != std::string_view::npos && (at == 0 || speaker[at - 1] == ' ');
}

std::vector<Phrase> phrases_in(std::string_view sentence, Vocabulary& vocabulary, std::string_view speaker) {
    const Tokens tokens(sentence);
    text::Stemmer& stemmer = text::Stemmer::of_this_thread();
    std::vector<Phrase> found;
    for (std::size_t i = 0; i < tokens.list.size(); ++i) {
        Phrase phrase;
        std::uint32_t times = UINT32_MAX;
        for (std::size_t length = 1; length <= 3 && i + length <= tokens.list.size(); ++length) {
            const Token& token = tokens.list[i + length - 1];
            const bool tells = is_telling(token) || begins_a_name(tokens.list, i + length - 1);
            if (!tells || is_part_of(token.word, speaker)) break;
            if (length > 1) phrase.text += tokens.list[i + length - 2].after;
            phrase.text += text::to_lower(without_possessive(token.word));
            const StemId id = vocabulary.id_of(stemmer.look_up(token.word).stem);
            if (length == 1) {
                times = vocabulary.sentences[id];
            } else {
                times = std::min(times, vocabulary.pair_count(phrase.stems.back(), id));
            }
            phrase.stems.push_back(id);
            static constexpr double weight[] = {1.0, 1.9, 2.2};
            const double name = is_name(tokens.list, i + length - 1) ? 1.15 : 1.0;
            phrase.score = weight[length - 1] * name * std::log2(1.0 + times);
            const bool often = times >= 2 && (length > 1 || !is_no_topic(phrase.text));
            const bool worth = is_telling(token) && (often || (length == 1 && is_name(tokens.list, i)));
            if (worth && !ends_badly(token) && phrase.text.size() <= 60) found.push_back(phrase);
            if (!joins(token.after) || token.word != without_possessive(token.word)) break;
        }
    }
    return found;
}

bool contains_all(const std::vector<StemId>& all, const std::vector<StemId>& some) {
    return std::all_of(some.begin(), some.end(),
                       [&](StemId id) { return std::find(all.begin(), all.end(), id) != all.end(); });
}

}  // namespace

std::vector<std::string> topics_of(std::string_view text, Vocabulary& vocabulary, std::string_view speaker,
                                   std::size_t limit) {
    std::vector<Phrase> all;
    for (const text::ByteRange& sentence : text::sentences(text)) {
        for (Phrase& phrase : phrases_in(sentence.in(text), vocabulary, speaker)) all.push_back(std::move(phrase));
    }
    for (std::size_t i = 0; i < all.size(); ++i) all[i].place = i;
    std::sort(all.begin(), all.end(), [](const Phrase& a, const Phrase& b) {
        return a.score != b.score ? a.score > b.score : a.place < b.place;
    });
    std::vector<Phrase> chosen;
    for (Phrase& phrase : all) {
        if (chosen.size() == limit) break;
        const bool said = std::any_of(chosen.begin(), chosen.end(), [&](const Phrase& other) {
            return contains_all(other.stems, phrase.stems) || contains_all(phrase.stems, other.stems);
        });
        if (!said) chosen.push_back(std::move(phrase));
    }
    std::vector<std::string> topics;
    for (Phrase& phrase : chosen) topics.push_back(std::move(phrase.text));
    return topics;
}

std::vector<std::string> entities_of(std::string_view text, const Vocabulary& vocabulary, std::string_view speaker) {
    std::vector<std::string> found;
    const auto take = [&](std::string_view name) {
        const bool own = !speaker.empty() && (name == speaker || speaker.ends_with(" " + std::string(name)));
        if (own || name.size() < 2 || found.size() >= 16) return;
        if (std::find(found.begin(), found.end(), name) == found.end()) found.emplace_back(name);
    };
    for (const text::ByteRange& sentence : text::sentences(text)) {
        const std::string_view words = sentence.in(text);
        const Tokens tokens(words);
        for (std::size_t i = 0; i < tokens.list.size(); ++i) {
            const auto counts = [&](std::size_t at) {
                const Token& token = tokens.list[at];
                if (token.word == "OK") return false;
                if (is_name(tokens.list, at)) return !text::is_stop_word(token.lower) || token.word == "US";
                if (!token.capital() || text::is_stop_word(token.lower)) return false;
                const std::string_view lower = without_possessive(token.lower);
                // "Grace Hopper wrote": a word that stands before a name and is never written small
                const bool before_name = at + 1 < tokens.list.size() && joins(token.after) &&
                                         is_name(tokens.list, at + 1) && is_telling(token) &&
                                         !vocabulary.is_small(lower);
                return before_name || vocabulary.is_proper(lower);
            };
            if (!counts(i)) continue;
            std::size_t last = i;
            while (last + 1 < tokens.list.size() && joins(tokens.list[last].after) && counts(last + 1) &&
                   tokens.list[last].word == without_possessive(tokens.list[last].word)) {
                ++last;
            }
            const std::string_view end = without_possessive(tokens.list[last].word);
            take({tokens.list[i].word.data(),
                  static_cast<std::size_t>(end.data() + end.size() - tokens.list[i].word.data())});
            i = last;
        }
    }
    return found;
}

}  // namespace podbrief::insights
