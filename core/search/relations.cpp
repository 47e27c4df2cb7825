#include "core/search/relations.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <set>
#include <vector>

#include "core/insights/stance.hpp"
#include "core/search/synonyms.hpp"
#include "core/text/words.hpp"

namespace podbrief::search {
namespace {

using insights::StanceGuess;

constexpr double side_is_sure = 0.6;             // how likely a side on a topic is right, see ClaimReading::on
constexpr double side_on_measure_is_sure = 0.4;  // of all that a claim says
constexpr double same_issue_is_sure = 0.33;      // of two insights: the product of two guesses is lower than either
constexpr double context_is_sure = 0.5;
constexpr double clear_on_one_thing = 0.35;

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

// Canonical stems in order, each once.
using Words = std::vector<std::string_view>;

bool holds(const Words& words, std::string_view word) {
    return std::binary_search(words.begin(), words.end(), word);
}

Words in_order(Words words) {
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

Words shared_words(const Words& a, const Words& b) {
    Words shared;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(shared));
    return shared;
}

// The words of a text that belong to an issue, as they are stemmed there.
std::vector<std::string> stems_within(std::vector<std::string> stems, const Words& issue) {
    std::erase_if(stems, [&](const std::string& stem) { return !holds(issue, canonical(stem)); });
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

// Whether praise of what `a` speaks of is a reproach to what `b` speaks of; by their stems in order.
bool are_rivals(const std::vector<std::string>& in_a, const std::vector<std::string>& in_b) {
    const std::vector<StemmedRivals>& all = stemmed_rivals();
    return std::any_of(all.begin(), all.end(),
                       [&](const StemmedRivals& pair) { return side_of(in_a, pair) * side_of(in_b, pair) < 0; });
}

// Canonical stems of what one is for or against.
const Words& known_measures() {
    static const std::vector<std::string> stems =
        text::stems("ban regulation tariff mandate moratorium subsidy tax law treaty");
    static const Words known = [] {
        Words built;
        for (const std::string& stem : stems) built.push_back(canonical(stem));
        return in_order(std::move(built));
    }();
    return known;
}

// The words of a topic, or of the rival idea that a text speaks of instead, each by the stems that name it in the text.
// Words that say little ("work" in "remote work") need not be there.
insights::TopicNames named_by(const std::vector<std::string>& in_text, const std::vector<std::string>& in_topic,
                              bool rival) {
    static const std::vector<std::string> weak = text::stems("company people process system team use way work world");
    const auto is_weak = [](const std::string& stem) {
        return std::find(weak.begin(), weak.end(), stem) != weak.end();
    };
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
            // Two words of one topic may be variants of one word: "open" and "source" of "oss".
            const bool another = said != stem && std::find(in_topic.begin(), in_topic.end(), said) != in_topic.end();
            if (!another && canonical(said) == canonical(stem)) word.push_back(said);
        }
    }
    return names;
}

struct Stances {
    StanceGuess own;
    StanceGuess of_head;
};

}  // namespace

struct ReadInsight::Parts {
    explicit Parts(const Insight& one) : insight(one), stems(text::stems(one.text)) {
        for (const std::string& stem : stems) note(stem, words);
        // Labels are kept: `words` and `topics` look into them.
        for (const std::string& topic : one.topics) {
            for (std::string& stem : text::stems(topic)) labels.push_back(std::move(stem));
        }
        const std::size_t of_topics = labels.size();
        for (const std::string& entity : one.entities) {
            for (std::string& stem : text::stems(entity)) labels.push_back(std::move(stem));
        }
        for (std::size_t i = 0; i < labels.size(); ++i) {
            note(labels[i], words);
            if (i < of_topics) topics.push_back(canonical(labels[i]));
        }
        words = in_order(std::move(words));
        topics = in_order(std::move(topics));
    }

    static void note(const std::string& stem, Words& words) {
        if (!common_stems().contains(stem)) words.push_back(canonical(stem));
    }

    const insights::ClaimReading& claim() const {
        if (!reading) reading = std::make_unique<insights::ClaimReading>(insight.text);
        return *reading;
    }
    const std::vector<std::string>& different_stems() const {
        if (different.empty()) {
            different = stems;
            std::sort(different.begin(), different.end());
            different.erase(std::unique(different.begin(), different.end()), different.end());
        }
        return different;
    }
    // The stems by which it names a thing.
    insights::TopicNames names_of(std::string_view thing) const {
        insights::TopicNames names;
        std::vector<std::string>& word = names.words.emplace_back();
        for (const std::string& stem : different_stems()) {
            if (canonical(stem) == thing) word.push_back(stem);
        }
        return names;
    }
    // A head is asked for its stance on the same few things again and again.
    StanceGuess on(std::string_view thing) const {
        const auto known = on_things.find(thing);
        if (known != on_things.end()) return known->second;
        return on_things.emplace(thing, claim().on(names_of(thing))).first->second;
    }
    StanceGuess towards(const Words& issue) const {
        std::vector<std::string> named = stems_within(different_stems(), issue);
        const auto known = towards_issues.find(named);
        if (known != towards_issues.end()) return known->second;
        const StanceGuess guess = claim().towards(named);
        towards_issues.emplace(std::move(named), guess);
        return guess;
    }
    // Towards a measure or two rival ideas: such a claim is about them in all that it says.
    static Stances stances_on_all(const Parts& own, const Parts& head, const Words& issue) {
        return {own.towards(issue), head.towards(issue)};
    }
    // Towards the one thing that is a topic of both, on which both take the clearest side; else neutral. Two claims
    // that share words praise and blame many things that are not the other's.
    static Stances stances_on_one_thing(const Parts& own, const Parts& head, const Words& issue) {
        Stances clearest{{Stance::neutral, context_is_sure}, {Stance::neutral, context_is_sure}};
        double best = clear_on_one_thing;
        for (const std::string_view thing : issue) {
            if (!own.has_topic(thing) || !head.has_topic(thing)) continue;
            if (insights::effect_word(thing) != insights::EffectWord::none || insights::names_an_ill(thing)) continue;
            const StanceGuess of_head = head.on(thing);
            if (of_head.stance == Stance::neutral) continue;
            const StanceGuess of_own = own.on(thing);
            const double clear = of_own.stance == Stance::neutral ? 0 : std::min(of_own.confidence, of_head.confidence);
            if (clear <= best) continue;
            best = clear;
            clearest = {of_own, of_head};
        }
        return clearest;
    }
    bool has_topic(std::string_view thing) const { return topics.empty() || holds(topics, thing); }

    const Insight& insight;
    std::vector<std::string> stems;   // of its text, in order
    std::vector<std::string> labels;  // stems of its topics and entities
    Words words;   // what it speaks of: of its text, topics and entities, without those that many claims share
    Words topics;  // what it is filed under; empty: not known
    mutable std::unique_ptr<insights::ClaimReading> reading;
    mutable std::vector<std::string> different;
    mutable std::map<std::string, StanceGuess, std::less<>> on_things;
    mutable std::map<std::vector<std::string>, StanceGuess> towards_issues;
};

namespace {

Relation relation_by(bool same_side) {
    return same_side ? Relation::supports : Relation::disputes;
}

RelationGuess labelled(Relation relation, double confidence, double needed) {
    if (confidence < needed) return {std::nullopt, confidence};
    return {relation, confidence};
}

}  // namespace

// An insight asked for its stance on one topic.
class TopicJudge {
public:
    TopicJudge(const Insight& insight, std::string_view topic) : read_(insight), topic_stems_(text::stems(topic)) {
        for (const std::string& stem : topic_stems_) issue_.push_back(canonical(stem));
        issue_ = in_order(std::move(issue_));
        shared_ = shared_words(issue_, read_.words);
        rival_ = are_rivals(read_.stems, topic_stems_);
    }

    bool is_on_topic() const { return !shared_.empty() || rival_; }
    // It speaks of an idea that excludes the topic.
    bool is_on_rival() const { return rival_; }
    // A claim that names a measure is about it in all that it says.
    bool is_on_measure() const { return !shared_words(shared_, known_measures()).empty(); }

    StanceGuess stance() const {
        if (is_on_measure()) return read_.claim().towards(stems_within(read_.different_stems(), issue_));
        return read_.claim().on(names());
    }
    std::vector<insights::cues::Saying> sayings() const {
        if (!is_on_topic() || is_on_measure()) return {};
        return read_.claim().sayings_on(names()).value_or(std::vector<insights::cues::Saying>());
    }

private:
    insights::TopicNames names() const {
        return named_by(read_.different_stems(), topic_stems_, rival_ && shared_.empty());
    }

    ReadInsight::Parts read_;
    std::vector<std::string> topic_stems_;
    Words issue_;
    Words shared_;
    bool rival_ = false;
};

RelationGuess relation_to_topic(const Insight& insight, std::string_view topic) {
    const TopicJudge judge(insight, topic);
    if (!judge.is_on_topic()) return {std::nullopt, 0};
    const StanceGuess guess = judge.stance();
    if (guess.stance == Stance::neutral || insights::names_an_ill(topic)) {
        return labelled(Relation::adds_context, guess.stance == Stance::neutral ? guess.confidence : context_is_sure,
                        context_is_sure);
    }
    return labelled(relation_by((guess.stance == Stance::favourable) != judge.is_on_rival()), guess.confidence,
                    judge.is_on_measure() ? side_on_measure_is_sure : side_is_sure);
}

std::vector<insights::cues::Saying> sayings_towards(const Insight& insight, std::string_view topic) {
    return TopicJudge(insight, topic).sayings();
}

RelationGuess relation_to(const Insight& insight, const Insight& head) {
    return relation_to(ReadInsight(insight), ReadInsight(head));
}

ReadInsight::ReadInsight(const Insight& insight) : parts_(std::make_unique<Parts>(insight)) {}

ReadInsight::~ReadInsight() = default;

RelationGuess relation_to(const ReadInsight& insight, const ReadInsight& head_insight) {
    const ReadInsight::Parts& read = *insight.parts_;
    const ReadInsight::Parts& head = *head_insight.parts_;
    Words issue = shared_words(read.words, head.words);
    const bool rival = are_rivals(read.stems, head.stems);
    if (issue.size() < 2 && !(rival && !issue.empty())) return {std::nullopt, 0};

    // Where the head speaks of a measure, an insight that does not name it takes no side on it.
    const Words measures = shared_words(head.words, known_measures());
    if (!measures.empty()) {
        Words named = shared_words(issue, measures);
        if (named.empty()) return labelled(Relation::adds_context, context_is_sure, context_is_sure);
        issue = std::move(named);
    }
    const Stances stances = measures.empty() && !rival ? ReadInsight::Parts::stances_on_one_thing(read, head, issue)
                                                       : ReadInsight::Parts::stances_on_all(read, head, issue);
    const auto& [own, of_head] = stances;
    if (own.stance == Stance::neutral) return labelled(Relation::adds_context, own.confidence, context_is_sure);
    if (of_head.stance == Stance::neutral)
        return labelled(Relation::adds_context, of_head.confidence * 0.8, context_is_sure);
    const bool same_side = (own.stance == of_head.stance) != rival;
    return labelled(relation_by(same_side), std::sqrt(own.confidence * of_head.confidence), same_issue_is_sure);
}

}  // namespace podbrief::search
