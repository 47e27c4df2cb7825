#include "core/search/relations.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <set>
#include <vector>

#include "core/insights/stance.hpp"
#include "core/search/synonyms.hpp"
#include "core/text/words.hpp"

namespace podbrief::search {
namespace {

using insights::StanceGuess;

constexpr double side_is_sure = 0.4;
constexpr double same_issue_is_sure = 0.33;  // of two insights: the product of two guesses is lower than either
constexpr double context_is_sure = 0.5;
constexpr double clear_on_one_thing = 0.45;

// Words that many claims share without speaking of the same thing.
constexpr auto common_words = std::to_array<std::string_view>(
    {"ability", "big",  "build",  "change", "company", "create", "day",    "different", "find",  "first",
     "give",    "good", "help",   "high",   "idea",    "keep",   "know",   "large",     "lead",  "long",
     "look",    "make", "mean",   "need",   "new",     "number", "part",   "people",    "point", "problem",
     "process", "real", "result", "see",    "small",   "start",  "system", "take",      "team",  "think",
     "time",    "use",  "way",    "work",   "world",   "year"});

// Ideas that exclude each other: who speaks well of one speaks against the other.
struct Rivals {
    std::string_view one;
    std::string_view other;
};
constexpr auto rivals = std::to_array<Rivals>({
    {"remote wfh telework", "office rto onsite"},
    {"microservice microservices", "monolith monolithic"},
    {"static typed typing types", "dynamic untyped"},
    {"regulation regulate regulatory", "deregulation laissez-faire"},
    {"nuclear reactor reactors", "wind solar renewables renewable"},
    {"open opensource", "proprietary closed"},
    {"sql relational postgres", "nosql mongodb"},
    {"cloud", "on-premises premises self-hosting bare"},
    {"tariffs protectionism", "free trade"},
});

const std::set<std::string, std::less<>>& common_stems() {
    static const std::set<std::string, std::less<>> stems = [] {
        std::set<std::string, std::less<>> built;
        for (const std::string_view word : common_words) built.insert(text::stem(word));
        return built;
    }();
    return stems;
}

// What an insight speaks of: canonical stems of all its words, names and topics, without the common ones.
std::set<std::string> issue_words(const Insight& insight) {
    std::set<std::string> words;
    const auto add = [&](std::string_view text) {
        for (const std::string& stem : text::stems(text)) {
            if (!common_stems().contains(stem)) words.emplace(canonical(stem));
        }
    };
    add(insight.text);
    for (const std::string& topic : insight.topics) add(topic);
    for (const std::string& entity : insight.entities) add(entity);
    return words;
}

// The words of a text that belong to an issue, as they are stemmed there.
std::vector<std::string> stems_within(std::string_view text, const std::set<std::string>& issue) {
    std::vector<std::string> stems = text::unique_stems(text);
    std::erase_if(stems, [&](const std::string& stem) { return !issue.contains(std::string(canonical(stem))); });
    return stems;
}

struct StemmedRivals {
    std::vector<std::string> one;
    std::vector<std::string> other;
};
const std::vector<StemmedRivals>& stemmed_rivals() {
    static const std::vector<StemmedRivals> all = [] {
        std::vector<StemmedRivals> stemmed;
        for (const Rivals& pair : rivals) stemmed.push_back({text::stems(pair.one), text::stems(pair.other)});
        return stemmed;
    }();
    return all;
}

// Which of two rivals a text speaks of first: +1 the one, -1 the other, 0 neither.
int side_of(const std::vector<std::string>& stems, const StemmedRivals& pair) {
    for (const std::string& stem : stems) {
        if (std::find(pair.one.begin(), pair.one.end(), stem) != pair.one.end()) return 1;
        if (std::find(pair.other.begin(), pair.other.end(), stem) != pair.other.end()) return -1;
    }
    return 0;
}

// Whether praise of what `a` speaks of is a reproach to what `b` speaks of.
bool are_rivals(std::string_view a, std::string_view b) {
    const std::vector<std::string> in_a = text::stems(a);
    const std::vector<std::string> in_b = text::stems(b);
    const std::vector<StemmedRivals>& all = stemmed_rivals();
    return std::any_of(all.begin(), all.end(),
                       [&](const StemmedRivals& pair) { return side_of(in_a, pair) * side_of(in_b, pair) < 0; });
}

// Canonical stems of what one is for or against.
const std::set<std::string>& known_measures() {
    static const std::set<std::string> known = [] {
        std::set<std::string> built;
        for (const std::string& stem : text::stems("ban regulation tariff mandate moratorium subsidy tax law treaty")) {
            built.emplace(canonical(stem));
        }
        return built;
    }();
    return known;
}

// The words of a topic, or of the rival idea that a text speaks of instead, each by the stems that name it in the text.
// Words that say little ("work" in "remote work") need not be there.
insights::TopicNames named_by(std::string_view text, std::string_view topic, bool rival) {
    static const std::vector<std::string> weak = text::stems("company people process system team use way work world");
    const auto is_weak = [](const std::string& stem) {
        return std::find(weak.begin(), weak.end(), stem) != weak.end();
    };
    const std::vector<std::string> in_text = text::unique_stems(text);
    const std::vector<std::string> in_topic = text::stems(topic);
    insights::TopicNames names;
    if (rival) {
        std::vector<std::string>& other = names.words.emplace_back();
        for (const StemmedRivals& pair : stemmed_rivals()) {
            const int side = side_of(in_topic, pair);
            if (side == 0) continue;
            const std::vector<std::string>& theirs = side > 0 ? pair.other : pair.one;
            other.insert(other.end(), theirs.begin(), theirs.end());
        }
        return names;
    }
    const bool all_weak = std::all_of(in_topic.begin(), in_topic.end(), is_weak);
    for (const std::string& stem : in_topic) {
        if (!all_weak && is_weak(stem)) continue;
        std::vector<std::string>& word = names.words.emplace_back();
        for (const std::string& said : in_text) {
            if (canonical(said) == canonical(stem)) word.push_back(said);
        }
    }
    return names;
}

// The measures among the words of an issue: what one is for or against, rather than what it is applied to.
std::set<std::string> measures_in(const std::set<std::string>& words) {
    const std::set<std::string>& known = known_measures();
    std::set<std::string> found;
    std::set_intersection(words.begin(), words.end(), known.begin(), known.end(), std::inserter(found, found.end()));
    return found;
}

struct Stances {
    StanceGuess own;
    StanceGuess of_head;
};

// Towards a measure or two rival ideas: such a claim is about them in all that it says.
Stances stances_on_all(std::string_view own, std::string_view head, const std::set<std::string>& issue) {
    return {insights::guess_stance_towards(own, stems_within(own, issue)),
            insights::guess_stance_towards(head, stems_within(head, issue))};
}

// Canonical stems of the topics that an insight is filed under; empty: not known.
std::set<std::string> topic_words(const Insight& insight) {
    std::set<std::string> words;
    for (const std::string& topic : insight.topics) {
        for (const std::string& stem : text::stems(topic)) words.emplace(canonical(stem));
    }
    return words;
}

// Towards the one thing that is a topic of both, on which both take the clearest side; else neutral. Two claims that
// share words praise and blame many things that are not the other's.
Stances stances_on_one_thing(const Insight& own, const Insight& head, const std::set<std::string>& issue) {
    const insights::ClaimReading own_reading(own.text);
    const insights::ClaimReading head_reading(head.text);
    const std::vector<std::string> own_stems = text::unique_stems(own.text);
    const std::vector<std::string> head_stems = text::unique_stems(head.text);
    const std::set<std::string> own_topics = topic_words(own);
    const std::set<std::string> head_topics = topic_words(head);
    const auto is_topic = [](const std::set<std::string>& topics, const std::string& thing) {
        return topics.empty() || topics.contains(thing);
    };
    const auto names_in = [](const std::vector<std::string>& stems, const std::string& thing) {
        insights::TopicNames names;
        std::vector<std::string>& word = names.words.emplace_back(stems);
        std::erase_if(word, [&](const std::string& stem) { return canonical(stem) != thing; });
        return names;
    };
    Stances clearest{{Stance::neutral, context_is_sure}, {Stance::neutral, context_is_sure}};
    double best = clear_on_one_thing;
    for (const std::string& thing : issue) {
        if (!is_topic(own_topics, thing) || !is_topic(head_topics, thing)) continue;
        if (insights::effect_word(thing) != insights::EffectWord::none || insights::names_an_ill(thing)) continue;
        const StanceGuess of_head = head_reading.on(names_in(head_stems, thing));
        if (of_head.stance == Stance::neutral) continue;
        const StanceGuess of_own = own_reading.on(names_in(own_stems, thing));
        const double clear = of_own.stance == Stance::neutral ? 0 : std::min(of_own.confidence, of_head.confidence);
        if (clear <= best) continue;
        best = clear;
        clearest = {of_own, of_head};
    }
    return clearest;
}

Relation relation_by(bool same_side) {
    return same_side ? Relation::supports : Relation::disputes;
}

RelationGuess labelled(Relation relation, double confidence, double needed) {
    if (confidence < needed) return {std::nullopt, confidence};
    return {relation, confidence};
}

}  // namespace

RelationGuess relation_to_topic(const Insight& insight, std::string_view topic) {
    std::set<std::string> issue;
    for (const std::string& stem : text::stems(topic)) issue.emplace(canonical(stem));
    const std::set<std::string> words = issue_words(insight);
    const bool shared =
        std::any_of(issue.begin(), issue.end(), [&](const std::string& word) { return words.contains(word); });
    const bool rival = are_rivals(insight.text, topic);
    if (!shared && !rival) return {std::nullopt, 0};

    // A claim that names a measure is about it in all that it says.
    const bool on_measure = std::any_of(issue.begin(), issue.end(), [&](const std::string& word) {
        return known_measures().contains(word) && words.contains(word);
    });
    const StanceGuess guess =
        on_measure ? insights::guess_stance_towards(insight.text, stems_within(insight.text, issue))
                   : insights::ClaimReading(insight.text).on(named_by(insight.text, topic, rival && !shared));
    if (guess.stance == Stance::neutral || insights::names_an_ill(topic)) {
        return labelled(Relation::adds_context, guess.stance == Stance::neutral ? guess.confidence : context_is_sure,
                        context_is_sure);
    }
    return labelled(relation_by((guess.stance == Stance::favourable) != rival), guess.confidence, side_is_sure);
}

RelationGuess relation_to(const Insight& insight, const Insight& head) {
    const std::set<std::string> words = issue_words(insight);
    const std::set<std::string> head_words = issue_words(head);
    std::set<std::string> issue;
    std::set_intersection(words.begin(), words.end(), head_words.begin(), head_words.end(),
                          std::inserter(issue, issue.end()));
    const bool rival = are_rivals(insight.text, head.text);
    if (issue.size() < 2 && !(rival && !issue.empty())) return {std::nullopt, 0};

    // Where the head speaks of a measure, an insight that does not name it takes no side on it.
    const std::set<std::string> measures = measures_in(head_words);
    if (!measures.empty()) {
        std::set<std::string> named;
        std::set_intersection(issue.begin(), issue.end(), measures.begin(), measures.end(),
                              std::inserter(named, named.end()));
        if (named.empty()) return labelled(Relation::adds_context, context_is_sure, context_is_sure);
        issue = std::move(named);
    }
    const Stances stances = measures.empty() && !rival ? stances_on_one_thing(insight, head, issue)
                                                       : stances_on_all(insight.text, head.text, issue);
    const auto& [own, of_head] = stances;
    if (own.stance == Stance::neutral) return labelled(Relation::adds_context, own.confidence, context_is_sure);
    if (of_head.stance == Stance::neutral)
        return labelled(Relation::adds_context, of_head.confidence * 0.8, context_is_sure);
    const bool same_side = (own.stance == of_head.stance) != rival;
    return labelled(relation_by(same_side), std::sqrt(own.confidence * of_head.confidence), same_issue_is_sure);
}

}  // namespace podbrief::search
