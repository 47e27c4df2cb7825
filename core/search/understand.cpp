#include "core/search/understand.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <tuple>

#include "core/search/synonyms.hpp"
#include "core/text/unicode.hpp"
#include "core/text/words.hpp"

namespace podbrief::search {
namespace {

constexpr std::size_t longest_query = 1000;  // bytes
constexpr int most_groups = 16;
constexpr std::size_t most_synonyms = 6;  // of one word
constexpr std::size_t few = 10;           // insights that hold a word: where more do, no others are looked for
constexpr double repaired_weight = 0.8;
constexpr std::size_t longest_long_form = 16;  // words
constexpr double spelled_out_weight = 0.95;    // near enough to all that was asked
constexpr double heard_once_weight = 0.85;     // not quite: it has to lie near in meaning as well (Fusion::least_near)
constexpr double least_share = 0.25;    // a short form that mostly means other things does not stand for a long one
constexpr double unknown_weight = 0.5;  // a word nobody said must not veto those that were said

constexpr auto leading_filler = std::to_array<std::string_view>({
    "a",        "about",      "again",    "an",   "any",       "anybody",   "anyone",    "anything", "are",
    "ask",      "can",        "could",    "did",  "discuss",   "discussed", "do",        "does",     "else",
    "episodes", "everything", "explain",  "find", "for",       "from",      "get",       "give",     "have",
    "hear",     "hello",      "hey",      "hi",   "i",         "i'd",       "i'm",       "in",       "insight",
    "insights", "interested", "is",       "know", "latest",    "learn",     "like",      "look",     "me",
    "more",     "need",       "new",      "news", "of",        "ok",        "okay",      "on",       "opinions",
    "people",   "please",     "podcasts", "read", "regarding", "said",      "saying",    "say",      "says",
    "search",   "see",        "show",     "some", "somebody",  "someone",   "something", "stuff",    "talk",
    "talking",  "talked",     "tell",     "that", "the",       "there",     "think",     "thinks",   "thoughts",
    "to",       "topic",      "up",       "us",   "views",     "want",      "was",       "what",     "what's",
    "whats",    "which",      "who",      "with", "would",     "you",
});
constexpr auto trailing_filler =
    std::to_array<std::string_view>({"again", "any", "further", "now", "please", "pls", "stuff", "thanks", "thank",
                                     "thx", "today", "too", "topic", "you"});

// Words of the question, not of its topic, wherever they stand: "what is the discussion about tariffs", "opinions on
// rust". Each is a topic when nothing else is asked.
constexpr auto asking = std::to_array<std::string_view>({
    "agree",      "agreed",      "argue",      "argued",     "attitude",    "attitudes", "concerning", "conclude",
    "conclusion", "conclusions", "consider",   "considered", "decide",      "decided",   "describe",   "disagree",
    "discuss",    "discussed",   "discussing", "discussion", "discussions", "during",    "explain",    "explained",
    "feel",       "felt",        "introduce",  "introduced", "mention",     "mentioned", "opinion",    "opinions",
    "propose",    "proposed",    "regarding",  "say",        "said",        "says",      "suggest",    "suggested",
    "summarise",  "summarize",   "talked",     "thinks",     "thoughts",
});

// These ask only where the words around them do: "what the group said", "views on rust"; but "group therapy",
// "smart speakers" are topics.
constexpr auto asking_in_a_frame = std::to_array<std::string_view>({
    "group",
    "guest",
    "guests",
    "host",
    "hosts",
    "meeting",
    "participants",
    "speaker",
    "speakers",
    "summary",
    "talk",
    "think",
    "thought",
    "view",
    "views",
    "viewpoint",
    "viewpoints",
});

// Words that ask only when something else follows: "search" alone is a topic.
constexpr auto also_topics = std::to_array<std::string_view>(
    {"episodes", "insight", "insights", "news", "people", "podcasts", "search", "read", "thoughts", "topic", "views"});

template <std::size_t n>
bool contains(const std::array<std::string_view, n>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

struct Word {
    text::ByteRange range;  // in the text
    std::string folded = {};
    std::string stem = {};        // empty: a stop word
    std::string repaired = {};    // how it is written in the library, when the spelling was mended
    std::string stands_for = {};  // what a short form means that nobody uses, but in full
    bool unknown = false;
    unsigned place = 0;   // among all words typed
    unsigned quoted = 0;  // number of the quotation it stands in; 0: in none
};

// How many quotation marks, of any kind, a stretch of text between words holds.
unsigned marks_in(std::string_view text) {
    static constexpr auto marks =
        std::to_array<std::string_view>({"\"", "\u201c", "\u201d", "\u201e", "\u00ab", "\u00bb"});
    unsigned count = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (const std::string_view mark : marks) count += text.substr(at).starts_with(mark);
    }
    return count;
}

std::vector<Word> words_of(std::string_view text) {
    std::vector<Word> words;
    std::size_t end = 0;
    unsigned marks = 0;
    for (const text::ByteRange& range : text::words(text)) {
        const std::vector<std::string> stems = text::stems(range.in(text));
        marks += marks_in(text.substr(end, range.begin - end));
        end = range.end;
        Word word{range, text::fold(range.in(text)), stems.empty() ? "" : stems.front()};
        word.place = static_cast<unsigned>(words.size());
        word.quoted = marks % 2 == 0 ? 0 : marks / 2 + 1;
        words.push_back(std::move(word));
    }
    marks += marks_in(text.substr(end));
    if (marks % 2 != 0) {  // the last was never closed: somebody's inches
        for (Word& word : words) word.quoted = word.quoted == marks / 2 + 1 ? 0 : word.quoted;
    }
    return words;
}

void drop_filler(std::vector<Word>& words) {
    const auto has_content_after = [&](std::size_t at) {
        return std::any_of(words.begin() + static_cast<std::ptrdiff_t>(at) + 1, words.end(), [](const Word& word) {
            return !word.stem.empty() && !contains(trailing_filler, word.folded);
        });
    };
    std::size_t begin = 0;
    while (begin < words.size() && words[begin].quoted == 0 && contains(leading_filler, words[begin].folded)) {
        const bool country = words[begin].stem == "usa";
        const bool pronoun =
            begin > 0 &&
            contains(std::to_array<std::string_view>({"tell", "give", "show", "for", "to"}), words[begin - 1].folded);
        if (words[begin].folded == "us" && (country || !pronoun)) break;
        if (contains(also_topics, words[begin].folded) && !has_content_after(begin)) break;
        ++begin;
    }
    std::size_t end = words.size();
    while (end > begin && words[end - 1].quoted == 0 && contains(trailing_filler, words[end - 1].folded)) --end;
    words = {words.begin() + static_cast<std::ptrdiff_t>(begin), words.begin() + static_cast<std::ptrdiff_t>(end)};
}

// In a frame: a word that only asks or joins comes next, or it ends what begins with "the".
bool is_framed(const std::vector<Word>& words, std::size_t at) {
    if (at + 1 < words.size()) {
        const std::string& next = words[at + 1].folded;
        return words[at + 1].stem.empty() || contains(asking, next) || contains(asking_in_a_frame, next);
    }
    return at > 0 && words[at - 1].folded == "the";
}

void drop_asking(std::vector<Word>& words) {
    std::vector<std::size_t> dropped;
    bool topic_left = false;
    for (std::size_t at = 0; at < words.size(); ++at) {
        const bool asks =
            words[at].quoted == 0 && (contains(asking, words[at].folded) ||
                                      (contains(asking_in_a_frame, words[at].folded) && is_framed(words, at)));
        if (asks) dropped.push_back(at);
        topic_left = topic_left || (!asks && !words[at].stem.empty());
    }
    if (!topic_left) return;
    for (const std::size_t at : dropped) words[at].stem.clear();
}

// "us chip policy", typed in a hurry, means the country: a pronoun needs something before it that governs it.
void find_country(std::vector<Word>& words) {
    for (std::size_t at = 0; at < words.size(); ++at) {
        if (words[at].folded != "us" || !words[at].stem.empty()) continue;
        const bool content_after = at + 1 < words.size() && !words[at + 1].stem.empty();
        const bool governed = at > 0 && words[at - 1].stem.empty();
        if (content_after && !governed) words[at].stem = "usa";
    }
}

bool has_digit(std::string_view word) {
    return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_known(const KnownWords& index, std::string_view stem) {
    if (index.document_frequency(stem) > 0) return true;
    const auto& synonyms = synonyms_of(stem);
    return std::any_of(synonyms.begin(), synonyms.end(),
                       [&](const Synonym& s) { return index.document_frequency(s.stem) > 0; });
}

// Other words of English for a word that few insights hold, as far as any holds them.
std::vector<OtherWord> known_others(const KnownWords& index, const OtherWords* words, std::string_view stem) {
    if (words == nullptr || index.document_frequency(stem) >= few) return {};
    std::vector<OtherWord> others = words->of(stem);
    std::erase_if(others, [&](const OtherWord& one) { return index.document_frequency(one.stem) == 0; });
    return others;
}

// "Authorisation" and "authorization", not "ballet" and "ballot".
bool begins_alike(std::string_view a, std::string_view b) {
    const auto common =
        static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
    return common >= 5 && 2 * common >= std::max(a.size(), b.size());
}

// Mends the spelling from words the library has. Short words and numbers are left alone: too many are near them.
// A word of English is spelt right, only nobody says it: of others, another form of it at most will do.
void repair(Word& word, const KnownWords& index, bool is_english) {
    const std::size_t length = text::code_point_count(word.folded);
    if (length < 4 || has_digit(word.folded)) {
        word.unknown = true;
        return;
    }
    const int distance = length >= 8 ? 2 : 1;
    std::vector<KnownWord> near = index.near_words(word.folded, 1);
    if (near.empty() && distance == 2) near = index.near_words(word.folded, 2);
    // People seldom get the first letter wrong.
    const auto likely = std::find_if(near.begin(), near.end(), [&](const KnownWord& known) {
        if (is_english) return begins_alike(known.word, word.folded);
        return known.word[0] == word.folded[0] || (length >= 5 && known.word[0] == word.folded[1]);
    });
    if (likely == near.end()) {
        word.unknown = true;
        return;
    }
    word.repaired = likely->word;
    word.stem = likely->stem;
}

// What a short form stands for in this library, as far as insights hold it; the usual ones first.
std::vector<Acronyms::LongForm> known_long_forms(const std::string& stem, const KnownWords& index,
                                                 const Acronyms* acronyms) {
    std::vector<Acronyms::LongForm> known;
    if (acronyms == nullptr) return known;
    known = acronyms->long_forms(stem);
    std::erase_if(known, [&](const Acronyms::LongForm& one) {
        return std::any_of(one.stems.begin(), one.stems.end(),
                           [&](const std::string& word) { return index.document_frequency(word) == 0; });
    });
    return known;
}

class Terms {
public:
    Terms(const KnownWords& index, const Vocabularies& more) : index_(index), more_(more) {}

    bool full() const { return groups_ == most_groups; }

    // `short_form`: says the same as the word together with its neighbours.
    void add_group(const std::string& stem, double weight, const QueryTerm* short_form = nullptr) {
        if (full() || std::any_of(terms_.begin(), terms_.end(),
                                  [&](const QueryTerm& t) { return t.stem == stem && t.weight >= weight; })) {
            return;
        }
        const std::size_t begin = terms_.size();
        terms_.push_back({stem, weight, groups_});
        for (const Synonym& synonym : synonyms_of(stem)) {
            if (terms_.size() > begin + most_synonyms || index_.document_frequency(synonym.stem) == 0) continue;
            terms_.push_back({synonym.stem, weight * synonym.weight, groups_});
        }
        if (synonyms_of(stem).empty()) add_others(begin, weight);  // what the table knows it knows better
        if (short_form != nullptr) terms_.push_back({short_form->stem, weight * short_form->weight, groups_});
        const auto long_forms = known_long_forms(stem, index_, more_.acronyms);
        for (const Acronyms::LongForm& one : long_forms) {
            const double usual = std::sqrt(one.share / long_forms.front().share);
            alternatives_.push_back({one.stems, weight * spelled_out_weight * usual, groups_});
        }
        ++groups_;
    }

    std::vector<QueryTerm> take() { return std::move(terms_); }
    std::vector<QueryAlternative> take_alternatives() { return std::move(alternatives_); }

private:
    // Of the group that begins there.
    void add_others(std::size_t begin, double weight) {
        const std::vector<OtherWord> others = known_others(index_, more_.others, terms_[begin].stem);
        const bool said = terms_.size() > begin + 1 || index_.document_frequency(terms_[begin].stem) > 0;
        // Where nobody says the word itself, another that means the same is all that could be asked for. A wider one is
        // not: what holds it has to lie near in meaning as well (Fusion::least_near).
        if (!said && !others.empty() && others.front().kind == OtherWord::Kind::same)
            terms_[begin].weight = unknown_weight;
        for (const OtherWord& other : others) {
            const bool there = std::any_of(terms_.begin() + static_cast<std::ptrdiff_t>(begin), terms_.end(),
                                           [&](const QueryTerm& term) { return term.stem == other.stem; });
            if (there || terms_.size() > begin + most_synonyms) continue;
            terms_.push_back({std::string(other.stem), weight * other.weight, groups_});
        }
    }

    const KnownWords& index_;
    const Vocabularies& more_;
    std::vector<QueryTerm> terms_;
    std::vector<QueryAlternative> alternatives_;
    int groups_ = 0;
};

// The longest phrase with a short name that begins at `at`, when the index notes such names; its words, 0: none.
std::pair<std::size_t, std::string> named_phrase_at(const std::vector<Word>& words, std::size_t at,
                                                    const KnownWords& index) {
    std::pair<std::size_t, std::string> best{0, ""};
    for (const Phrase& phrase : phrases()) {
        const std::size_t length = phrase.stems.size();
        if (length <= best.first || at + length > words.size()) continue;
        bool equal = true;
        for (std::size_t i = 0; i < length && equal; ++i) equal = words[at + i].stem == phrase.stems[i];
        if (equal && index.document_frequency(phrase.name) > 0) best = {length, phrase.name};
    }
    return best;
}

// The short form of what begins at `at`, by what the library spells out; its `length` in words, 0: none.
Acronyms::ShortForm short_form_at(const std::vector<Word>& words, std::size_t at, const KnownWords& index,
                                  const Acronyms* acronyms) {
    if (acronyms == nullptr) return {};
    std::vector<std::string_view> stems;
    for (std::size_t i = at; i < words.size() && stems.size() < longest_long_form; ++i) stems.push_back(words[i].stem);
    Acronyms::ShortForm found = acronyms->short_form_at(stems);
    if (found.length > 0 && (found.share < least_share || index.document_frequency(found.stem) == 0)) return {};
    return found;
}

// The reader's words without filler, with mended spelling put in.
std::string topic_of(std::string_view text, const std::vector<Word>& words, bool in_full = false) {
    std::string topic = words.front().quoted == 0 ? "" : "\"";
    std::size_t at = words.front().range.begin;
    for (const Word& word : words) {
        topic += text.substr(at, word.range.begin - at);
        const std::string& other = in_full && !word.stands_for.empty() ? word.stands_for : word.repaired;
        topic += other.empty() ? word.range.in(text) : std::string_view(other);
        at = word.range.end;
    }
    if (words.back().quoted != 0) topic += '"';
    return text::collapse_white_space(topic);
}

std::vector<QueryPhrase> phrases_of(const std::vector<Word>& words) {
    std::vector<QueryPhrase> phrases;
    unsigned quotation = 0;
    unsigned first = 0;
    for (const Word& word : words) {
        if (word.quoted == 0 || word.stem.empty()) continue;
        if (word.quoted != quotation) {
            phrases.emplace_back();
            quotation = word.quoted;
            first = word.place;
        }
        phrases.back().words.push_back({word.stem, word.place - first});
    }
    return phrases;
}

}  // namespace

UnderstoodQuery understand(std::string_view typed, const KnownWords& index, const Vocabularies& more) {
    const std::string text = text::to_valid_utf8(text::prefix_of(typed.substr(0, longest_query), longest_query));
    UnderstoodQuery understood;
    std::vector<Word> words = words_of(text);
    drop_filler(words);
    find_country(words);
    drop_asking(words);
    if (std::all_of(words.begin(), words.end(), [](const Word& word) { return word.stem.empty(); })) return understood;

    bool repaired = false;
    for (Word& word : words) {
        if (word.stem.empty() || is_known(index, word.stem)) continue;
        if (const auto long_forms = known_long_forms(word.stem, index, more.acronyms); !long_forms.empty()) {
            word.stands_for = long_forms.front().written;
            repaired = true;
            continue;
        }
        if (!known_others(index, more.others, word.stem).empty()) continue;
        repair(word, index, more.others != nullptr && more.others->knows(word.stem));
        repaired = repaired || !word.repaired.empty();
        if (word.unknown) understood.unknown.emplace_back(word.range.in(text));
    }
    understood.topic = topic_of(text, words);
    if (repaired) understood.note = "Showing results for " + topic_of(text, words, true) + ".";

    understood.phrases = phrases_of(words);
    std::erase_if(words, [](const Word& word) { return word.stem.empty(); });
    Terms terms(index, more);
    for (std::size_t at = 0; at < words.size() && !terms.full();) {
        if (const auto [length, name] = named_phrase_at(words, at, index); length > 0) {
            terms.add_group(name, 1);
            at += length;
            continue;
        }
        // It may be an ordinary word elsewhere: "Secure Anonymised Information Linkage (SAIL)".
        const Acronyms::ShortForm known = short_form_at(words, at, index, more.acronyms);
        const bool is_word = more.others == nullptr || more.others->knows(known.stem);
        const double sure = is_word && known.sources == 1 ? heard_once_weight : spelled_out_weight;
        const QueryTerm short_form{known.stem, known.share * sure, 0};
        for (const std::size_t end = at + std::max<std::size_t>(1, known.length); at < end && !terms.full(); ++at) {
            const Word& word = words[at];
            const double weight = !word.repaired.empty() ? repaired_weight : word.unknown ? unknown_weight : 1;
            terms.add_group(word.stem, weight, known.length > 0 ? &short_form : nullptr);
        }
    }
    understood.terms = terms.take();
    understood.alternatives = terms.take_alternatives();
    return understood;
}

}  // namespace podbrief::search
