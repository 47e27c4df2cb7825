#include "bot/quality/reader_checks.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "core/text/sentences.hpp"
#include "core/text/stemmer.hpp"
#include "core/text/unicode.hpp"
#include "core/text/words.hpp"

namespace podbrief::bot::quality {
namespace {

using Set = std::set<std::string, std::less<>>;

const Set leading = {"he",      "she",       "it",   "they",    "them",  "him",    "her",     "his",   "their",
                     "its",     "this",      "that", "these",   "those", "it's",   "that's",  "he's",  "she's",
                     "they're", "there",     "and",  "but",     "or",    "so",     "because", "which", "then",
                     "also",    "however",   "such", "we",      "i",     "you",    "your",    "our",   "my",
                     "well",    "yeah",      "like", "there's", "we're", "you're", "plus",    "yet",   "who",
                     "nor",     "otherwise", "here", "one"};
const Set they_words = {"they", "them", "their", "they're", "they've", "they'd", "they'll"};
const Set it_words = {"it", "its", "it's", "it'll", "it'd"};
const Set person_words = {"he", "she", "him", "her", "his", "he's", "she's", "hers"};
const Set pointing = {"this", "that", "these", "those"};
const Set times = {"year",    "years", "week", "day",   "days", "month", "decade", "time",  "way",    "point",
                   "century", "era",   "kind", "kinds", "sort", "sense", "type",   "types", "moment", "age"};
const Set articles = {"the", "a", "an", "my", "your", "our", "their", "its"};
const Set nominative = {"i",   "we",   "he",     "she",     "they",  "we're",   "they're", "he's",  "she's",
                        "i'm", "it's", "that's", "there's", "we've", "they've", "i've",    "you're"};
const Set verbs_to_be = {"is",  "are",   "was",  "were", "has", "have", "can", "will",  "would",  "could", "should",
                         "may", "might", "must", "does", "do",  "did",  "had", "isn't", "aren't", "can't", "doesn't"};
const Set prepositions = {"of", "for", "with", "from", "into", "at", "between", "against", "by", "toward", "about"};
const Set explaining = {"of",  "that", "for",     "behind", "who",    "which", "with", "in",
                        "on",  "to",   "between", "where",  "when",   "from",  "at",   "about",
                        "you", "we",   "people",  "they",   "around", "inside"};
const Set complete = {"world",      "internet", "web",     "future",   "market",  "industry",  "economy",  "government",
                      "same",       "public",   "law",     "cloud",    "problem", "challenge", "question", "key",
                      "difference", "goal",     "biggest", "best",     "most",    "more",      "less",     "reason",
                      "reality",    "truth",    "idea",    "majority", "average", "hardest",   "only",     "first",
                      "worst",      "easiest",  "fastest", "brain",    "moment"};

struct Words {
    std::vector<std::string> lower;
    std::vector<std::string> gaps;  // after each
    std::vector<bool> capital;
};

Words words_of(std::string_view text) {
    Words words;
    const auto ranges = text::words(text);
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        words.lower.push_back(text::to_lower(ranges[i].in(text)));
        words.capital.push_back(text[ranges[i].begin] >= 'A' && text[ranges[i].begin] <= 'Z');
        const std::size_t next = i + 1 < ranges.size() ? ranges[i + 1].begin : text.size();
        words.gaps.emplace_back(text.substr(ranges[i].end, next - ranges[i].end));
    }
    return words;
}

bool is_thing(const Words& words, std::size_t i) {
    const std::string& word = words.lower[i];
    return word.size() > 2 && !text::is_stop_word(word) && !verbs_to_be.contains(word) && !word.ends_with("ly") &&
           !word.ends_with("'s");
}

// "The bill regulates": a subject with "the" that nothing in the sentence explains.
bool unexplained_subject(const Words& words) {
    if (words.lower.empty() || words.lower[0] != "the") return false;
    for (std::size_t i = 1; i < std::min<std::size_t>(words.lower.size(), 6); ++i) {
        if (complete.contains(words.lower[i]) || words.lower[i].ends_with("est")) return false;
        if (words.capital[i]) return false;
        if (i > 1 && explaining.contains(words.lower[i])) return false;
        if (i > 1 && verbs_to_be.contains(words.lower[i])) return true;
        if (words.gaps[i].find(',') != std::string::npos) return true;
    }
    return true;
}

// The first sentence must name what it speaks of; what comes later may lean on what came before.
bool first_dangles(const Words& words) {
    if (unexplained_subject(words)) return true;
    Set said;
    std::size_t things = 0;
    bool person = false;
    for (std::size_t i = 0; i < words.lower.size(); ++i) {
        const std::string& word = words.lower[i];
        const std::string next = i + 1 < words.lower.size() ? words.lower[i + 1] : "";
        const bool last = next.empty() || words.gaps[i].find_first_of(",.;:") != std::string::npos;
        if (they_words.contains(word) && things < 1) return true;
        if (person_words.contains(word) && !person) return true;
        if (word == "it" && things < 1 && i > 0 && !text::is_stop_word(next) && !verbs_to_be.contains(next))
            return true;
        if (it_words.contains(word) && i == 0) return true;
        if ((word == "this" || word == "these" || word == "those" || word == "that") && !last &&
            i + 1 < words.lower.size()) {
            const bool noun = is_thing(words, i + 1) && !times.contains(next);
            const std::string stem = text::stem(next);
            const bool relative = word == "that" && i > 0 && words.gaps[i - 1] == " ";
            if (noun && !relative && !said.contains(stem)) return true;
        }
        if ((word == "this" || word == "that") && last && i > 0 && things < 2) return true;
        if ((word == "other" || word == "former" || word == "latter") && i > 0 && words.lower[i - 1] == "the" &&
            next != "hand" && next != "side" && next != "day") {
            return true;
        }
        if ((word == "there" || word == "here") && last) return true;
        if (is_thing(words, i)) {
            ++things;
            said.insert(text::stem(word));
        }
        person = person || (words.capital[i] && (i > 0 || !text::is_stop_word(word)));
    }
    return false;
}

}  // namespace

bool dangles(std::string_view text) {
    const auto sentences = text::sentences(text);
    if (sentences.empty()) return true;
    const Words first = words_of(sentences[0].in(text));
    if (first.lower.empty() || first_dangles(first)) return true;
    bool person = std::find(first.capital.begin() + 1, first.capital.end(), true) != first.capital.end();
    for (std::size_t s = 1; s < sentences.size(); ++s) {
        const Words words = words_of(sentences[s].in(text));
        for (std::size_t i = 0; i < words.lower.size(); ++i) {
            if (person_words.contains(words.lower[i]) && !person) return true;
            person = person || (i > 0 && words.capital[i]);
        }
    }
    return false;
}

bool is_broken(std::string_view text) {
    for (const text::ByteRange& sentence : text::sentences(text)) {
        const Words words = words_of(sentence.in(text));
        for (std::size_t i = 0; i + 1 < words.lower.size(); ++i) {
            if (words.gaps[i] != " ") continue;
            const std::string& a = words.lower[i];
            const std::string& b = words.lower[i + 1];
            if (articles.contains(a) && (nominative.contains(b) || verbs_to_be.contains(b) || articles.contains(b))) {
                return !(b == "will" || b == "might" || b == "can");
            }
            if (prepositions.contains(a) &&
                (nominative.contains(b) || (a != "by" && a != "about" && (b == "of" || b == "for" || b == "with"))))
                return true;
            if (a == b && a != "that" && a != "very" && a != "had" && a != "really" && a != "so" && a != "more" &&
                a != "many" && a != "much")
                return true;
            if (verbs_to_be.contains(a) && (b == "is" || b == "are" || b == "was" || b == "were")) return true;
            if (a == "and" && (b == "and" || b == "but" || b == "or")) return true;
            if (a == "like" && (nominative.contains(b)) && i > 0 && prepositions.contains(words.lower[i - 1]))
                return true;
        }
    }
    return false;
}

ReaderChecks check_as_reader(const Insight& insight, const std::vector<Segment>& segments) {
    ReaderChecks checks;
    std::string joined;
    checks.exact = insight.first_segment >= 0 && insight.first_segment <= insight.last_segment &&
                   static_cast<std::size_t>(insight.last_segment) < segments.size() && !insight.quote.empty();
    for (int i = insight.first_segment; checks.exact && i <= insight.last_segment; ++i) {
        if (i > insight.first_segment) joined += ' ';
        joined += segments[static_cast<std::size_t>(i)].text;
    }
    const auto begin = static_cast<std::size_t>(std::max(0, insight.quote_begin));
    checks.exact =
        checks.exact && begin <= joined.size() && joined.compare(begin, insight.quote.size(), insight.quote) == 0;

    const Words words = words_of(insight.text);
    checks.words = words.lower.size();
    checks.good_length = checks.words >= 30 && checks.words <= 60;
    if (words.lower.empty()) return checks;
    // "One in three" and "There is no" begin a sentence of their own; what they lack is seen by `dangling`.
    checks.led_by_pronoun =
        leading.contains(words.lower[0]) && words.lower[0] != "one" && !words.lower[0].starts_with("there");
    checks.dangling = dangles(insight.text);
    checks.broken = is_broken(insight.text);
    std::size_t we = 0, you = 0, past = 0, present = 0;
    for (std::size_t i = 0; i < words.lower.size(); ++i) {
        const std::string& word = words.lower[i];
        we += word == "we" || word == "our" || word == "us" || word.starts_with("we'");
        you += word == "you" || word == "your" || word.starts_with("you'");
        past += word == "was" || word == "were" || word == "had" || word == "did" || word == "went" || word == "came" ||
                word == "said" || word == "thought" ||
                (word.size() > 4 && word.ends_with("ed") && i > 0 && !verbs_to_be.contains(words.lower[i - 1]));
        present += word == "is" || word == "are" || word == "has" || word == "does" || word == "do" || word == "can" ||
                   word == "will" || word == "have" || word.ends_with("'s") || word.ends_with("'re") ||
                   word == "isn't" || word == "aren't" || word == "don't" || word == "doesn't" || word == "need" ||
                   word == "needs" || word == "means" || word == "makes";
    }
    checks.we = we > 0;
    checks.you = you > 1;
    checks.past = past > present;
    return checks;
}

}  // namespace podbrief::bot::quality
