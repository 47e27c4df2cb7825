#include "core/insights/worth.hpp"

#include <algorithm>
#include <cmath>

#include "core/insights/phrases.hpp"
#include "core/insights/style.hpp"
#include "core/insights/worth_weights.hpp"
#include "core/text/sentences.hpp"
#include "core/text/words.hpp"

namespace podbrief::insights {
namespace {

// Kinds of words, each counted over the whole text; `cap` of them or more count as 1.
struct Kind {
    std::string_view name;
    double cap;
    std::string_view phrases;  // separated by '|'
};

constexpr Kind kinds[] = {
    {"cause", 2,
     "because|because of|the reason|due to|comes from|thanks to|so that|as a result|therefore|which means|that means|"
     "means that|leads to|lead to|ends up|end up|ended up|in order to|depends on|turns out|hence|driven by"},
    {"contrast", 2,
     "but|rather than|instead of|instead|not because|not just|isn't just|even though|although|though|however|whereas|"
     "unlike|despite|as opposed to|contrary|opposite|without|not only|only|except|whether"},
    {"negation", 2,
     "not|no|never|nobody|none|nothing|no one|cannot|can't|don't|doesn't|isn't|aren't|won't|didn't|wasn't|weren't|"
     "hasn't|haven't|wouldn't|shouldn't|couldn't|nor|neither"},
    {"than", 1, "than"},
    {"comparative", 2,
     "more|less|fewer|better|worse|faster|slower|cheaper|harder|easier|bigger|smaller|larger|higher|lower|greater|"
     "longer|shorter|stronger|safer"},
    {"superlative", 1,
     "the most|the best|the biggest|the only|the hardest|the worst|the least|the largest|the fastest|the cheapest|the "
     "main|the real|the key"},
    {"universal", 2, "every|all|always|most|any|anyone|everyone|everybody|nobody|never|no one|whole|majority|entire"},
    {"condition", 1, "if|unless|once|as long as|as soon as|the more|until|whenever"},
    {"trouble", 2,
     "problem|problems|challenge|bottleneck|issue|issues|risk|risks|fail|fails|failure|trade off|tradeoff|cost|costs|"
     "expensive|hard|harder|difficult|impossible|bad|wrong|mistake|mistakes|danger|dangerous|vulnerable|kills|kill|"
     "breaks|break|limited|lack|lost|lose|waste|broken|worse|error|errors|attack|attacks|scared|burden|debt"},
    {"money", 1,
     "money|dollars|dollar|price|pay|pays|paid|funding|revenue|salary|incentive|incentives|market|free|cheap|budget"},
    {"definition", 1,
     "is called|called|stands for|refers to|known as|is a|are a|is an|is basically|is essentially|which is a|which is "
     "an|means|is when|is the|is short"},
    {"example", 1,
     "for example|for instance|such as|et cetera|etc|and so on|things like|like a|let's say|stuff like|or something|or "
     "whatever|and all that|and everything|sort of thing|kind of thing|things like that|stuff like that"},
    {"vague", 3,
     "thing|things|stuff|something|somehow|lot|lots|bunch|kind|sort|various|certain|some|way|ways|whatever|anything|"
     "everything|different|somewhere|certain things|sorts|kinds|aspect|aspects|element|elements|piece|pieces"},
    {"filler", 3,
     "really|very|super|pretty|just|basically|actually|obviously|literally|definitely|totally|quite|absolutely|"
     "certainly|essentially|again|of course|like|sorry|right|well|honestly|frankly|boy|man|anyway|you know"},
    {"praise", 2,
     "great|amazing|interesting|exciting|cool|nice|awesome|incredible|incredibly|fantastic|phenomenal|wonderful|"
     "beautiful|powerful|useful|helpful|valuable|important|fun|love|happy|excited|encouraging|neat|good|rad|robust|"
     "fascinating|compelling|successful|perfect|smart|flexible"},
    {"product", 3,
     "release|released|version|launch|launched|support|supports|feature|features|available|install|download|plugin|"
     "plugins|api|platform|framework|library|repo|command|users|file|files|function|functions|config|sdk|cli|backend|"
     "frontend|component|components|package|format|app|tool|tools|server|code"},
    {"you can", 2,
     "you can|you could|you'll|you get|you might|you want|you would|you'd|you need|you have|you're going|you go|you "
     "do|you may|you see|you look"},
    {"presupposing", 3,
     "also|another|other|others|as well|too|still|again|already|same|both|either|next|first|second|two|ones|one|"
     "specifically|particular|especially|even|specific|exactly|sort of|that point|back"},
    {"recency", 2,
     "now|today|right now|currently|recently|last week|this year|last year|this week|these days|at the moment|at this "
     "point|lately|new|just released|just launched|at that point|at the time|back then|earlier"},
    {"future", 2, "will|going to|gonna|it'll|they'll|you'll|we'll|hopefully|upcoming|someday|soon"},
    {"hedge", 2, "maybe|perhaps|probably|might|may|could|possibly|likely|potentially|seems|seem|guess|hopefully"},
    {"we", 2, "we|we're|we've|our|us|ours|ourselves|we'd"},
    {"you", 3, "you|your|you're|you've|yourself|yours"},
    {"somebody", 1, "someone|somebody|anybody|folks|guys|guy|everybody|people out there|anyone|he|she|his|her|him"},
    {"it", 2, "it|it's|its|itself"},
    {"they", 2, "they|them|they're|their|they've|theirs"},
    {"this and that", 2, "this|that's|these|those|there|here|there's|such"},
    {"that", 2, "that"},
    {"which clause", 1, "which|where"},
    {"and", 3, "and"},
    {"or", 2, "or"},
    {"people", 1,
     "people|companies|company|teams|organizations|developers|engineers|users|customers|businesses|startups|managers|"
     "maintainers|workers|governments|programmers|vendors|attackers"},
    {"talk about talk", 1,
     "talk|talking|talked|question|answer|conversation|said|say|says|mentioned|idea|point|topic|example|analogy|story|"
     "note|look at|see|look|looking|think about|imagine|heard|hear"},
    {"change", 1,
     "become|becomes|becoming|change|changes|changed|shift|replace|replaces|disappear|grow|grows|grew|increase|"
     "decrease|drop|dropped|rise|no longer|used to|turn|turns|moved|went"},
};
constexpr std::size_t kind_count = std::size(kinds);
constexpr std::size_t thans = 3;
constexpr std::size_t comparatives = 4;
static_assert(kinds[thans].name == "than" && kinds[comparatives].name == "comparative");

enum Feature : std::size_t {
    centrality = kind_count,
    attributed,
    one_sentence,
    three_sentences,
    words,  // of 60
    short_sentence,
    longest_sentence,  // its words, of 40
    commas,            // a word
    dashes,
    numbers,
    figures,  // "30%", "2 million dollars"
    names,
    density,          // telling words a word
    word_length,      // mean letters of telling words
    opens_there,      // "There are ..."
    opens_if,         // "If ...", "When ..."
    opens_the,        // "The ..."
    opens_name,       // with a name of its own
    opens_plainly,    // a thing and its verb at once
    opens_aside,      // "At the time ...", "In terms of ...", "Maybe ..."
    opens_some,       // "A lot of ...", "One of the ..."
    goes_on_with_it,  // the second or third sentence begins with a pronoun
    goes_on_with_you,
    pointing,  // words that point somewhere, a word
    past,
    definite,          // "the ...", of what was not named before and is not explained after
    bare_comparative,  // "easier", and no "than"
    opens_generally,   // with things of a kind: "Companies ...", "Most teams ..."
    claim,             // see claim_weight
};
static_assert(claim + 1 == worth_features);

constexpr std::string_view other_names[] = {"centrality", "attributed",      "one sentence",     "three sentences",
                                            "words",      "short sentence",  "longest sentence", "commas",
                                            "dashes",     "numbers",         "figures",          "names",
                                            "density",    "word length",     "opens there",      "opens if",
                                            "opens the",  "opens name",      "opens plainly",    "opens aside",
                                            "opens some", "goes on with it", "goes on with you", "pointing",
                                            "past",       "definite",        "bare comparative", "opens generally",
                                            "claim"};
static_assert(kind_count + std::size(other_names) == worth_features);

const PhraseTable& phrases() {
    static const PhraseTable table = [] {
        PhraseTable made;
        for (std::size_t kind = 0; kind < kind_count; ++kind) made.add(kind, kinds[kind].phrases);
        return made;
    }();
    return table;
}

// "the" before a thing that nothing before names and nothing behind explains ("the app", not "the price of tokens").
bool is_unexplained(std::span<const Token> words, std::size_t i) {
    if (words[i].lower != "the") return false;
    for (std::size_t at = i + 1; at < std::min(words.size(), i + 4); ++at) {
        const Token& token = words[at];
        if (token.is(anchor | time_noun) || is_name(words, at) || has_digit(token.word) || token.lower.ends_with("est"))
            return false;
        const bool ends = token.after != " " || at + 1 == words.size() || !is_telling(words[at + 1]);
        if (!is_telling(token) || !ends) continue;
        if (token.after == " " &&
            one_of(lower_at(words, at + 1), {"of", "that", "who", "which", "for", "behind", "between", "where", "you",
                                             "we", "they", "people", "with"}))
            return false;
        const std::string_view root = token.lower.substr(0, std::max<std::size_t>(4, token.lower.size()) - 1);
        return std::none_of(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(i),
                            [&](const Token& before) { return before.lower.starts_with(root); });
    }
    return false;
}

// Past "<speaker> thinks (that)" and the like.
std::size_t claim_begin(std::span<const Token> words, std::string_view speaker) {
    std::size_t i = 0;
    std::size_t at = 0;
    while (i < words.size() && at < speaker.size() && speaker.substr(at, words[i].word.size()) == words[i].word) {
        at += words[i].word.size();
        at = speaker.find_first_not_of(' ', at);
        if (at == std::string_view::npos) at = speaker.size();
        ++i;
    }
    if (i == 0 || i >= words.size()) return 0;
    if (one_of(words[i].lower, {"does", "would"})) ++i;
    if (lower_at(words, i) == "not") ++i;
    ++i;
    if (one_of(lower_at(words, i), {"that", "like"})) ++i;
    return std::min(i, words.size());
}

void look_at_opening(std::span<const Token> all, const WorthContext& context, WorthFeatures& f) {
    const std::size_t begin = claim_begin(all, context.speaker);
    f[attributed] = begin > 0;
    const auto rest = all.subspan(begin);
    if (rest.empty()) return;
    const std::string_view first = rest[0].lower;
    f[opens_there] = first.starts_with("there");
    f[opens_if] = one_of(first, {"if", "when", "once", "as", "while", "whenever", "since", "because", "where"});
    f[opens_the] = first == "the";
    f[opens_name] = is_name(rest, 0) || (rest[0].capital() && is_telling(rest[0]) && begin == 0 &&
                                         (rest[0].classes == 0) && !rest[0].lower.ends_with("s"));
    f[opens_aside] = rest[0].is(preposition | hedge) || rest[0].lower.ends_with("ly") ||
                     one_of(first, {"in", "at", "for", "from", "with", "now", "today", "even", "just", "right", "back",
                                    "certainly", "along", "whether", "to", "on"});
    f[opens_some] =
        one_of(first, {"a", "one", "some", "another", "lots", "certain", "part"}) &&
        one_of(lower_at(rest, 1), {"lot", "of", "big", "couple", "bunch", "part", "few", "great", "number"});
    const SentenceFacts facts = facts_of(Tokens(std::string_view(
        rest[0].word.data(),
        static_cast<std::size_t>(all.back().word.data() + all.back().word.size() - rest[0].word.data()))));
    f[opens_plainly] = facts.plain_subject;
    const Token& second = rest.size() > 1 ? rest[1] : rest[0];
    const auto plural = [](const Token& token) {
        return (token.lower.ends_with("s") && !token.lower.ends_with("ss") && (is_telling(token) || token.is(common)) &&
                !token.is(auxiliary | verb)) ||
               token.lower == "people";
    };
    f[opens_generally] =
        (plural(rest[0]) && rest[0].after == " ") || (one_of(first, {"most", "many", "few", "all"}) && plural(second));
}

double length_fit(std::size_t words, const EngineSettings& settings) {
    const auto n = static_cast<double>(words);
    const auto from = static_cast<double>(settings.good_words_from);
    const auto least = static_cast<double>(settings.least_words);
    if (n < from) return from > least ? 0.62 + 0.3 * (n - least) / (from - least) : 0.95;
    return n <= static_cast<double>(settings.good_words_to) ? 1.0 : 0.9;
}

}  // namespace

WorthFeatures worth_features_of(std::string_view text, const WorthContext& context) {
    WorthFeatures f{};
    f[centrality] = context.centrality;
    const std::string plain = plain_punctuation(text);
    const std::vector<text::ByteRange> sentences = text::sentences(plain);
    f[one_sentence] = sentences.size() == 1;
    f[three_sentences] = sentences.size() >= 3;
    std::array<double, kind_count> counts{};
    double all_words = 0, telling = 0, letters = 0, longest = 0;
    for (std::size_t s = 0; s < sentences.size(); ++s) {
        const Tokens tokens(sentences[s].in(plain));
        const std::span<const Token> list = tokens.list;
        if (list.empty()) continue;
        if (s == 0)
            look_at_opening(list, context, f);
        else {
            f[goes_on_with_it] += list[0].is(thing_pronoun | person_pronoun | demonstrative) ? 0.5 : 0;
            f[goes_on_with_you] += list[0].is(second_person | first_plural) ||
                                           (list.size() > 1 && list[1].is(second_person | first_plural))
                                       ? 0.5
                                       : 0;
        }
        const SentenceFacts facts = facts_of(tokens);
        f[claim] += (s == 0 ? 1 : 0.6) * facts.claim / 5;
        f[names] += facts.names / 4.0;
        f[numbers] += facts.numbers / 3.0;
        f[short_sentence] = std::max(f[short_sentence], facts.words < 7 ? 1.0 : 0.0);
        f[past] = std::max(f[past], facts.past ? 1.0 : 0.0);
        f[pointing] += facts.pointing;
        longest = std::max<double>(longest, facts.words);
        all_words += facts.words;
        for (const Token& token : list) {
            f[commas] += token.after.find(',') != std::string_view::npos;
            f[figures] += has_digit(token.word) && token.after.find('%') != std::string_view::npos;
            f[figures] += one_of(token.lower, {"percent", "million", "billion", "dollars"});
            f[definite] += is_unexplained(list, static_cast<std::size_t>(&token - list.data()));
            f[dashes] +=
                token.after.find(" - ") != std::string_view::npos || token.after.find(';') != std::string_view::npos;
            if (!is_telling(token)) continue;
            telling += 1;
            letters += static_cast<double>(token.word.size());
        }
        phrases().count(list, counts);
    }
    for (std::size_t kind = 0; kind < kind_count; ++kind) f[kind] = std::min(1.0, counts[kind] / kinds[kind].cap);
    f[bare_comparative] = counts[comparatives] > 0 && counts[thans] == 0 ? 1 : 0;
    f[definite] = std::min(1.0, f[definite] / 3);
    const double n = std::max(1.0, all_words);
    f[words] = std::min(1.0, n / 60);
    f[longest_sentence] = std::min(1.5, longest / 40);
    f[commas] = std::min(1.0, 8 * f[commas] / n);
    f[dashes] = std::min(1.0, f[dashes]);
    f[density] = telling / n;
    f[word_length] = telling == 0 ? 0 : letters / telling / 10;
    f[pointing] = std::min(1.0, 8 * f[pointing] / n);
    f[names] = std::min(1.0, f[names]);
    f[figures] = std::min(1.0, f[figures]);
    f[numbers] = std::min(1.0, f[numbers]);
    return f;
}

std::string_view worth_feature_name(std::size_t feature) {
    return feature < kind_count ? kinds[feature].name : other_names[feature - kind_count];
}

double worth_of(const WorthFeatures& features) {
    double sum = worth_bias;
    for (std::size_t i = 0; i < worth_features; ++i) sum += worth_weights[i] * features[i];
    return 1 / (1 + std::exp(-sum));
}

float quality_of(std::string_view text, const WorthContext& context, const EngineSettings& settings) {
    const double worth = worth_of(worth_features_of(text, context));
    return static_cast<float>(length_fit(text::words(text).size(), settings) * std::sqrt(worth));
}

}  // namespace podbrief::insights
