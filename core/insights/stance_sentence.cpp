#include "core/insights/stance_sentence.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace podbrief::insights::cues {
namespace {

class SentenceReader {
public:
    SentenceReader(std::span<const Token> tokens, Discourse& discourse, std::vector<double>* values)
        : tokens_(tokens), used_(tokens_.size(), false), discourse_(discourse), values_(values) {
        if (values_ != nullptr) values_->assign(tokens_.size(), 0);
    }

    Sum read() {
        Sum sum;
        bool belief = false;
        for (std::size_t at = 0; at < tokens_.size(); ++at) {
            belief = belief || tokens_[at].cue == Cue::belief;
            const double value = used_[at] ? 0 : value_at(at) * emphasis(at);
            if (values_ != nullptr) (*values_)[at] = value;
            sum.balance += value;
            sum.moved += std::abs(value);
            if (const int party = party_at(at); party != 0) discourse_.last_party = party;
        }
        if (!belief) return sum;
        if (sum.moved == 0) return {-1, 1};
        return {-sum.balance, sum.moved};
    }

private:
    static constexpr std::size_t reach = 8;  // words between a verb and what it acts on

    bool ends_clause(std::size_t at) const {
        return tokens_[at].begins_clause || is_one_of(tokens_[at].word, {"but", "while", "because", "although",
                                                                         "though", "which", "whereas", "so", "if"});
    }

    // Who is named at a place: -1 an opponent, +1 one's own side, 0 nobody.
    int party_at(std::size_t at) const {
        switch (tokens_[at].cue) {
            case Cue::opponent:
                return -1;
            case Cue::foreigner:
                return discourse_.policy_on_others ? -1 : 0;
            case Cue::own_side:
                return 1;
            default:
                return 0;
        }
    }

    int pronoun_party(std::size_t at) const {
        const bool refers = is_one_of(tokens_[at].word, {"they", "them", "their", "its"});
        return refers && discourse_.policy_on_others ? discourse_.last_party : 0;
    }

    double value_at(std::size_t at) {
        const Token& token = tokens_[at];
        if (token.word == "work" && is_verb_work(at)) return negated(at, 1.0);
        switch (token.cue) {
            case Cue::good_verdict:
                return verdict(at, 1.0);
            case Cue::weak_good:
                return verdict(at, 0.5);
            case Cue::bad_verdict:
                return verdict(at, -1.0);
            case Cue::weak_bad:
                return verdict(at, -0.6);
            case Cue::raiser:
                return is_noun_or_means(at) ? 0 : negated(at, effect(at, 1.0));
            case Cue::lowerer:
                if (is_hindrance(at)) return negated(at, discourse_.last_party < 0 ? 0.6 : -0.6);
                return is_noun_or_means(at) ? 0 : negated(at, effect(at, -1.0));
            case Cue::more:
                return negated(at, amount(at, 0.7));
            case Cue::fewer:
                return negated(at, amount(at, -0.7));
            case Cue::outweigh:
                return negated(at, outweighing(at));
            default:
                return 0;
        }
    }

    // "sanctions work", "types work well": not the work one does.
    bool is_verb_work(std::size_t at) const {
        if (at == 0 || !tokens_[at - 1].word.ends_with('s')) return false;
        return at + 1 == tokens_.size() || tokens_[at + 1].begins_clause ||
               is_one_of(tokens_[at + 1].word, {"and", "well", "best", "because", "when", "if", "as"});
    }

    // "act as a handicap", "is a brake": to whom we spoke of last.
    bool is_hindrance(std::size_t at) const {
        if (!is_one_of(tokens_[at].word,
                       {"handicap", "brake", "bottleneck", "burden", "barrier", "obstacle", "hurdle"}))
            return false;
        for (std::size_t back = at; back-- > 0 && at - back <= 4;) {
            if (is_one_of(tokens_[back].word, {"is", "are", "as", "remain", "remains", "become", "becomes", "was"}))
                return true;
        }
        return false;
    }

    // "the curbs have ...", "a ban on ..."; "Restricting tools ...", "by limiting ...": the measure, not its effect.
    bool is_noun_or_means(std::size_t at) const {
        const std::string& word = tokens_[at].word;
        if (values_ != nullptr &&
            (word.ends_with("ment") || word.ends_with("ments") || word.ends_with("tion") || word.ends_with("tions")))
            return true;
        if (at + 1 < tokens_.size() && !tokens_[at + 1].begins_clause && !is_adjective(at) &&
            is_one_of(tokens_[at + 1].word, {"have", "has", "had", "is", "are", "was", "were", "will", "would", "can",
                                             "could", "may", "might", "do", "does", "did", "on", "of"})) {
            return true;
        }
        for (std::size_t back = at; back-- > 0 && at - back <= 2 && !tokens_[back + 1].begins_clause;) {
            if (!is_one_of(tokens_[back].word, {"a", "an", "the"})) continue;
            const bool finite =
                tokens_[at].word.ends_with('s') || tokens_[at].word.ends_with("ed");  // "the rule slows"
            return back + 1 == at || (!finite && tokens_[back + 1].cue == Cue::none);
        }
        return tokens_[at].word.ends_with("ing") && (at == 0 || tokens_[at - 1].word == "by");
    }

    // Those that come after what they act on as easily as before: "makes theft difficult", "harder to steal".
    bool is_adjective(std::size_t at) const {
        return is_one_of(tokens_[at].word,
                         {"hard", "harder", "difficult", "impossible", "tough", "tougher", "easy", "easier", "ahead"});
    }

    // "keeps bills low", "drives beginners away"
    bool keeps_down(std::size_t at) const {
        if (!is_one_of(tokens_[at].stem, {"keep", "drive", "push", "turn"})) return false;
        for (std::size_t next = at + 1; next < std::min(at + 6, tokens_.size()); ++next) {
            if (is_one_of(tokens_[next].word, {"low", "down", "out", "away", "off", "lower"})) return true;
        }
        return false;
    }

    double verdict(std::size_t at, double value) {
        for (std::size_t back = at; back-- > 0 && at - back <= 3;) {  // "I may be wrong about it"
            if (is_one_of(tokens_[back].word, {"i", "i'm", "i'd", "we're", "you're", "you"}) && value < 0) return 0;
        }
        for (std::size_t next = at + 1; next < std::min(at + 4, tokens_.size()) && !ends_clause(next); ++next) {
            const Cue cue = tokens_[next].cue;
            if (cue == Cue::measure) return 0;  // "the wrong metric" blames the metric
            // "a competitive threat"
            if (next <= at + 2 && value > 0 && (cue == Cue::ill || cue == Cue::weak_bad || cue == Cue::bad_verdict))
                return 0;
            // "dangerous emissions", "better security": an adjective of what is weighed by itself
            const bool adjective = !is_one_of(tokens_[at].stem, {"regret", "hate", "suffer", "struggl", "threaten"});
            if (adjective && next <= at + 2 && (cue == Cue::ill || cue == Cue::misdeed) && value < 0) return 0;
        }
        // "the rival's superior skill"
        if (value > 0 && ((at > 0 && party_at(at - 1) < 0) || (at > 1 && party_at(at - 2) < 0))) value *= -0.5;
        const bool part =
            at > 1 && tokens_[at - 1].word == "the" && tokens_[at - 2].word == "of";  // "part of the problem"
        return negated(at, is_asserted(at) && !(part && values_ != nullptr) ? value : 0.3 * value);
    }

    // "is dangerous", "makes it worse", "backfired": not the "dangerous hour" spoken of in passing.
    bool is_asserted(std::size_t at) const {
        if (tokens_[at].word.find(' ') != std::string::npos) return true;
        if (is_one_of(tokens_[at].stem, {"backfir", "fail", "work", "succeed", "regret", "hate", "suffer", "struggl",
                                         "threaten", "thrive", "flourish", "love", "win"})) {
            return !is_one_of(tokens_[at].word, {"failing"});
        }
        for (std::size_t back = at; back-- > 0 && at - back <= 6;) {
            if (is_one_of(tokens_[back].stem,
                          {"is",    "are",    "was",     "were",   "be",   "been", "becom", "becam", "seem",  "look",
                           "prove", "proven", "remain",  "make",   "made", "call", "stay",  "turn",  "worth", "as",
                           "it's",  "they'r", "they're", "that's", "wast", "get",  "got",   "work",  "feel"})) {
                return true;
            }
            if (ends_clause(back)) break;
        }
        return false;
    }

    double amount(std::size_t at, double sign) {
        for (std::size_t next = at + 1; next < std::min(at + 4, tokens_.size()) && !ends_clause(next); ++next) {
            if (used_[next]) return 0;
            const double value = value_of_noun(next);
            if (value == 0) continue;
            used_[next] = true;
            return sign * value;
        }
        return 0;
    }

    double outweighing(std::size_t at) {
        for (std::size_t back = at; back-- > 0;) {
            if (const double value = value_of_noun(back); value != 0) return 1.5 * value;
        }
        return 0;
    }

    double value_of_noun(std::size_t at) const {
        switch (tokens_[at].cue) {
            case Cue::good:
                return 1;
            case Cue::ill:
            case Cue::misdeed:
                return -1;
            default:
                return 0;
        }
    }

    bool is_passive(std::size_t at) const {
        if (at == 0) return false;
        const std::string& word = tokens_[at].word;
        const bool participle =
            word.ends_with("ed") || word.ends_with("en") || is_one_of(word, {"lost", "hurt", "cut"});
        for (std::size_t back = at; participle && back-- > 0 && back + 3 > at;) {
            if (is_one_of(tokens_[back].word,
                          {"is", "are", "was", "were", "be", "been", "being", "gets", "get", "got"}))
                return true;
        }
        return false;
    }

    // What is acted on, and what that is worth.
    struct Object {
        std::optional<double> value;
        bool misdeed = false;
        int party = 0;
    };

    // Looks at one place for a part of the object. True: found what decides its value.
    bool take(std::size_t at, Object& object) {
        if (const int party = party_at(at) != 0 ? party_at(at) : pronoun_party(at); party != 0) {
            if (object.party == 0) object.party = party;
            return false;
        }
        switch (tokens_[at].cue) {
            case Cue::good:
            case Cue::ill:
            case Cue::misdeed:
                object.value = value_of_noun(at);
                object.misdeed = tokens_[at].cue == Cue::misdeed;
                break;
            case Cue::policy:  // "weakens the ban"
                if (object.party != 0) return false;
                object.value = 0.7;
                break;
            case Cue::good_verdict:
            case Cue::weak_good:
                object.value = 0.8;
                break;
            case Cue::bad_verdict:
            case Cue::weak_bad:
                object.value = -0.8;
                break;
            default:
                return false;
        }
        used_[at] = true;
        return true;
    }

    // "helps reduce", "compels them to build", "stops people hiding": the second goes with the first.
    bool goes_with_verb_before(std::size_t at) const {
        const std::string& before = tokens_[at - 1].word;
        if (is_one_of(before, {"and", "or", "then"})) return false;
        const Cue cue = tokens_[at - 1].cue;
        return before == "to" || cue == Cue::raiser || cue == Cue::lowerer || tokens_[at].word.ends_with("ing") ||
               !(tokens_[at].word.ends_with("s") || tokens_[at].word.ends_with("ed"));
    }

    double effect(std::size_t at, double sign) {
        if (keeps_down(at)) sign = -sign;
        Object object;
        if (is_one_of(tokens_[at].word, {"make", "makes", "made", "making"})) return made(at);
        const bool passive = is_passive(at);
        if (passive) {
            for (std::size_t back = at; back-- > 0 && at - back <= reach && !object.value;) {
                if (take(back, object) || tokens_[back].begins_clause) break;
            }
        } else {
            for (std::size_t next = at + 1; next < tokens_.size() && next - at <= reach && !ends_clause(next); ++next) {
                const Cue cue = tokens_[next].cue;
                if (cue == Cue::raiser || cue == Cue::lowerer) {
                    if (used_[next] || !goes_with_verb_before(next)) break;
                    used_[next] = true;
                    const double inner = effect(next, cue == Cue::raiser ? 1.0 : -1.0);
                    return sign * (object.party < 0 && inner > 0 ? -inner : inner);  // "forces the rival to improve"
                }
                if (!take(next, object)) continue;
                pass_over_rest(next, object);
                break;
            }
            if (is_adjective(at) && !object.value && object.party == 0) {
                for (std::size_t back = at; back-- > 0 && at - back <= reach && !tokens_[back + 1].begins_clause;) {
                    if (take(back, object)) break;
                }
            }
        }
        double value = object.value.value_or(sign > 0 || discourse_.policy_on_others ? 0.2 : 0.3);
        if (object.party < 0) value = !object.value || object.misdeed ? -1.0 : -value;
        const double result = sign * value;
        if (passive || object.party < 0 || subject_party(at) >= 0) return result;
        // What an opponent achieves is bad for the measure; what they do wrong says nothing of it.
        if (result < 0) return sign > 0 ? 0 : result;
        return object.party > 0 && sign < 0 ? result : std::min(-0.6, -result);
    }

    // "makes shortages worse", "makes rivals efficient": what it is made decides. An adjective that acts on its noun
    // ("makes theft harder") is read when its turn comes.
    double made(std::size_t at) {
        Object object;
        for (std::size_t next = at + 1; next < tokens_.size() && next - at <= reach && !ends_clause(next); ++next) {
            const Cue cue = tokens_[next].cue;
            if (is_adjective(next)) return 0;
            if (cue == Cue::good_verdict || cue == Cue::weak_good || cue == Cue::bad_verdict || cue == Cue::weak_bad) {
                take(next, object);
                return object.party < 0 ? -*object.value : *object.value;
            }
            if (const int party = party_at(next); party != 0) object.party = party;
        }
        return 0;
    }

    // What else belongs to the object: "protects people from scams" (the scams are dealt with), "a resilient and
    // efficient industry", "the feedback that rivals receive" (its owner may come last).
    void pass_over_rest(std::size_t at, Object& object) {
        bool source = false;
        bool owner = object.party == 0;
        for (std::size_t next = at + 1; next < std::min(at + 8, tokens_.size()) && !ends_clause(next); ++next) {
            const Cue cue = tokens_[next].cue;
            source = source || is_one_of(tokens_[next].word, {"from", "against"});
            if (source) used_[next] = true;
            if (next <= at + 3 && (cue == Cue::good_verdict || cue == Cue::weak_good)) used_[next] = true;
            owner = owner && !source && cue != Cue::raiser && cue != Cue::lowerer &&
                    !is_one_of(tokens_[next].word, {"than", "more than", "before", "to", "by"});
            if (owner && object.party == 0) object.party = party_at(next);
        }
    }

    // Who does it: the party named before, unless as the one it is done to ("tariffs on ...", "exports to ...").
    int subject_party(std::size_t at) const {
        // "they copy models, creating ...": the subject of what comes before the comma.
        const bool participle = tokens_[at].begins_clause && tokens_[at].word.ends_with("ing");
        for (std::size_t back = at; back-- > 0 && (participle || at - back <= 5);) {
            if (discourse_.policy_on_others && is_one_of(tokens_[back].word, {"it", "they"}))
                return discourse_.last_party;
            if (const int party = party_at(back); party != 0) {
                const bool target = back > 0 && is_one_of(tokens_[back - 1].word,
                                                          {"on", "against", "to", "from", "for", "of", "by", "in"});
                return target ? 0 : party;
            }
            if (!participle && ends_clause(back)) return 0;
        }
        return 0;
    }

    bool is_initial_without() const { return !tokens_.empty() && tokens_.front().word == "without"; }

    std::size_t second_clause() const {
        for (std::size_t at = 1; at < tokens_.size(); ++at) {
            if (tokens_[at].begins_clause) return at;
        }
        return tokens_.size();
    }

    double negated(std::size_t at, double value) const {
        if (value == 0) return 0;
        int turns = 0;
        for (std::size_t back = at; back-- > 0 && at - back <= 5;) {
            if (tokens_[back].cue == Cue::negator) ++turns;
            if (ends_clause(back)) break;
        }
        if (is_initial_without() && at >= second_clause()) ++turns;  // "Without types, refactoring is a gamble."
        // "China would be ahead without them"
        bool supposed = false;
        for (std::size_t back = at; back-- > 0 && at - back <= 3;) {
            supposed = supposed || is_one_of(tokens_[back].word, {"would", "could", "might"});
        }
        for (std::size_t next = at + 1; supposed && next < std::min(at + 11, tokens_.size()); ++next) {
            if (tokens_[next].word != "without") continue;
            ++turns;
            break;
        }
        if (is_unfulfilled(at) && subject_party(at) < 0) ++turns;
        return turns % 2 == 0 ? value : -0.9 * value;
    }

    // "could have outpaced": it did not.
    bool is_unfulfilled(std::size_t at) const {
        return at >= 2 && tokens_[at - 1].word == "have" &&
               is_one_of(tokens_[at - 2].word, {"could", "would", "might"});
    }

    // What comes before a "but" weighs less, and so does what is conceded.
    double emphasis(std::size_t at) const {
        double weight = 1;
        for (std::size_t next = at + 1; next < tokens_.size(); ++next) {
            if (is_one_of(tokens_[next].word, {"but", "yet", "however"})) weight = 0.4;
        }
        for (std::size_t back = at + 1; back-- > 0;) {
            if (back != at && tokens_[back].word == "which") return std::min(weight, 0.4);
            if (is_one_of(tokens_[back].word, {"if", "when", "unless", "whether"})) return std::min(weight, 0.3);
            // "where budgets are tight"; not "situations where it is wrong"
            if (tokens_[back].word == "where" && (back == 0 || tokens_[back].begins_clause))
                return std::min(weight, 0.3);
            if (is_one_of(tokens_[back].word, {"although", "though", "despite", "while", "critics", "sceptics",
                                               "skeptics", "opponents", "proponents", "supporters", "advocates"})) {
                return std::min(weight, 0.3);
            }
            if (tokens_[back].begins_clause) break;
        }
        return weight;
    }

    std::span<const Token> tokens_;
    std::vector<bool> used_;  // already weighed as the object of another cue
    Discourse& discourse_;
    std::vector<double>* values_;  // not null: it will be asked whom a cue is said of, so it is read strictly
};

}  // namespace

Sum weigh_sentence(std::span<const Token> tokens, Discourse& discourse, std::vector<double>* values) {
    return SentenceReader(tokens, discourse, values).read();
}

}  // namespace podbrief::insights::cues
