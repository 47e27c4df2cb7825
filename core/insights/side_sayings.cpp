#include "core/insights/side_sayings.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/insights/side_names.hpp"

namespace podbrief::insights::cues {
namespace {

enum Feature : std::size_t {
    // the ways to say it
    is_so,           // "X is great"
    has_such,        // "X has terrible limits"
    does,            // "X prevents bugs"
    does_barely,     // "X helps": on what is not known
    works_or_fails,  // "X works", "X falls apart"
    makes_it,        // "X makes it easy"
    trouble_with,    // "the problem with X"
    trouble_is,      // "the problem is that X ..."
    attitude,        // "people love X"
    leaving,         // "moving away from X"
    needed,          // "you need X"
    compared,        // "faster than X"
    called,          // "overrated X"
    // what speaks for it and against it
    by_pronoun,  // "It has failed."
    of_use,      // X tools, X code
    narrowed,    // "old X", "Alpine X"
    by_aspect,   // "the speed of X is ..."
    within,      // "debugging in X is ..."
    inside,      // X does not open its clause
    was,
    may_be,
    if_so,
    negated,
    others,  // words in between that say something
    leaves_no_doubt,
    favourable,
    times_named,
    long_topic,
    instance,      // "the server", "each test": one of them
    said_lightly,  // "a nice tool"
    hard_to_do,    // difficult or costly, as good things may be too
    a_name,        // the thing is a name: "Rust", not "the server"
    reported,      // "people feel that ..."
    asked,
    later,      // not in the first sentence
    of_a_noun,  // "is a productive language"
    doing,      // "choosing X is hard"
    count
};
static_assert(count == side_features);

constexpr std::array<std::string_view, side_features> names = {
    "is so",      "has such",     "does",       "does barely",     "works or fails", "makes it",    "trouble with",
    "trouble is", "attitude",     "leaving",    "needed",          "compared",       "called",      "by pronoun",
    "of use",     "narrowed",     "by aspect",  "within",          "inside",         "was",         "may be",
    "if so",      "negated",      "others",     "leaves no doubt", "favourable",     "times named", "long topic",
    "instance",   "said lightly", "hard to do", "a name",          "reported",       "asked",       "later",
    "of a noun",  "doing"};

class Reader : private NameReader {
public:
    Reader(const ReadSentence& sentence, const Target& target) : NameReader(sentence, target) {
        all_[long_topic] = target.words > 1;
        all_[times_named] = std::min<double>(3, static_cast<double>(target.times)) - 1;
        all_[asked] = sentence.asks;
        all_[later] = !target.first;
        for (const Roles roles : roles_) has_condition_ = has_condition_ || (roles & condition) != 0;
    }

    std::vector<Saying> read() {
        for (std::size_t at = 0; at < tokens_.size(); ++at) {
            if (!target_.named[at] || (at > 0 && target_.named[at - 1])) continue;
            of(name_at(at));
        }
        if (target_.meant) {
            Way way = all_;
            way[by_pronoun] = 1;
            predicate(is(0, to_be) ? 0 : 1, way);
        }
        return std::move(found_);
    }

    bool opens() const {
        for (std::size_t at = 0; at < tokens_.size(); ++at) {
            if (target_.named[at] && (at == 0 || !target_.named[at - 1])) {
                const Name name = name_at(at);
                if (name.is_part || in_condition(name.begin)) continue;
                if (name.begin == 0 || is(name.begin - 1, thinks) || (name.begin > 1 && is(name.begin - 2, thinks)))
                    return true;
            }
        }
        return false;
    }

private:
    using Way = SideFeatures;

    void say(bool good_of_it, Way way) {
        if (doubted_) {
            good_of_it = !good_of_it;
            way[negated] = 1;
        }
        for (std::size_t next = at_; next < tokens_.size(); ++next) {
            if (is_word(next, {"but", "however", "though"})) return;
        }
        for (std::size_t back = at_; back > 0; --back) {
            if (is_word(back - 1, {"although", "though", "while", "despite"})) return;
            if (tokens_[back].begins_clause) break;
        }
        way[favourable] = good_of_it;
        found_.push_back({good_of_it, way});
    }

    void of(const Name& name) {
        if (name.is_part) return;
        Way way = all_;
        way[of_use] = name.of_use;
        way[narrowed] = name.narrowed;
        way[instance] = is_instance(name);
        way[a_name] = tokens_[name.first].capital || (name.first == 0 && target_.capital);
        way[if_so] = in_condition(name.begin);
        way[reported] = is_reported(name.begin);
        before(name, way);
        if (is_open(name.begin)) return;
        const std::size_t opinion =
            name.begin > 1 && is_word(name.begin - 1, {"that"}) ? name.begin - 2 : name.begin - 1;
        doubted_ = name.begin > 0 && is(opinion, thinks) && is_negated(opinion);
        std::size_t subject = name.begin;
        if (subject > 1 && is(subject - 1, preposition)) {
            // "the speed of X is ...", "debugging in X is ..."
            const std::size_t head = subject - 2;
            const bool done = tokens_[head].word.ends_with("ing") && is_word(subject - 1, {"in", "with"});
            if (!is(head, aspect) && !done) return;
            way[is(head, aspect) ? by_aspect : within] = 1;
            subject = head;
            while (subject > 0 && !tokens_[subject].begins_clause &&
                   !is(subject - 1, joint | thinks | contrast | auxiliary) && name.begin - subject < 5) {
                --subject;
            }
            if (is(head, trouble | merit | auxiliary) || is_word(subject, {"in", "on", "with", "for"})) return;
        }
        way[inside] = !opens_clause(subject);
        way[doing] = name.begin > 0 && tokens_[name.begin - 1].word.ends_with("ing");
        if (way[if_so] == 0 || way[inside] != 0) predicate(name.end, way);
        doubted_ = false;
    }

    // What stands before the thing: "the problem with X", "people love X", "faster than X", "overrated X".
    void before(const Name& name, Way way) {
        at_ = name.begin;
        if (name.begin == 0 || tokens_[name.begin].begins_clause) return;
        std::size_t at = name.begin - 1;
        if (is(at, good | bad) && !name.narrowed) {
            const bool last_before_name = at + 1 == name.first;
            if (last_before_name && is_word(at, {"overrated", "overhyped", "underrated", "useless", "invaluable",
                                                 "indispensable", "terrible", "horrible"})) {
                way[called] = 1;
                say(is(at, good), way);
            }
            return;
        }
        if (is_word(at, {"than"})) return compare(at, name.end, way);
        if (is(at, preposition) && at > 0) {
            if (is(at - 1, leaves) && is_word(at, {"from", "of"})) {
                way[leaving] = 1;
                return say(false, way);
            }
            if (is_word(at, {"with", "of", "to", "in", "for", "about", "around", "behind"}))
                of_trouble(at - 1, false, way);
            return;
        }
        // "the benefits of not having X"
        if (is_word(at, {"having", "using", "adopting"}) && at > 1) {
            const bool without = tokens_[at - 1].cue == Cue::negator;
            const std::size_t of = without ? at - 2 : at - 1;
            if (of > 0 && is_word(of, {"with", "of", "to", "in"})) of_trouble(of - 1, without, way);
            return;
        }
        if (is(at, likes | dislikes | needs) && at > 0) {
            const bool turned = is_negated(at);
            if (is(at, needs) && !turned && !is_word(at - 1, {"do", "really", "absolutely", "definitely"})) return;
            const bool by_somebody = is(at - 1, somebody | adverb | auxiliary) || tokens_[at - 1].cue == Cue::negator;
            if (!by_somebody || is_word(at - 1, {"would", "should", "can"})) return;
            way[is(at, needs) ? needed : attitude] = 1;
            way[negated] = turned;
            return say(is(at, likes | needs) != turned, way);
        }
        // "the problem is (that) X ..."
        if (is_word(at, {"that"}) && at > 0) --at;
        if (is(at, to_be) && at > 0 && is(at - 1, trouble)) {
            way[trouble_is] = 1;
            say(false, way);
        }
    }

    void of_trouble(std::size_t at, bool without, Way way) {
        if (is_word(at, {"thing", "things", "part"})) {
            if (!is_word(at + 1, {"about", "with"})) return;
            for (std::size_t back = at; back-- > 0 && back + 3 > at;) {
                if (!is(back, good | bad)) continue;
                way[trouble_with] = 1;
                return say(is(back, good), way);
            }
            return;
        }
        if (!is(at, trouble | merit)) return;
        // "the challenges of X" come up in talk of anything; "the challenge with X is ..." says so.
        if (is_word(at, {"challenge", "challenges", "issue", "issues", "struggle", "struggles", "struggling", "trouble",
                         "headache"})) {
            bool asserted = false;
            for (std::size_t next = at + 2; next < at + 6 && !ends_clause(next); ++next)
                asserted = asserted || is(next, to_be);
            if (!asserted) return;
        }
        for (std::size_t back = at; back-- > 0 && back + 6 > at && !tokens_[back + 1].begins_clause;) {
            if (is(back, mends) || tokens_[back].cue == Cue::lowerer) return;
        }
        for (std::size_t next = at + 1; next < at + 9 && !ends_clause(next); ++next) {
            if (tokens_[next].cue == Cue::negator && is(next - 1, to_be)) return;
        }
        way[trouble_with] = 1;
        way[negated] = without;
        say(is(at, merit) != without, way);
    }

    // "faster than X", "less powerful than X"
    void compare(std::size_t than, std::size_t end, Way way) {
        for (std::size_t back = than; back-- > 0 && back + 6 > than && !ends_clause(back + 1);) {
            if (!is(back, good | bad)) continue;
            if (is(end, auxiliary)) return;  // "faster than X is"
            bool good_of_other = is(back, good);
            if (back > 0 && is_word(back - 1, {"less"})) good_of_other = !good_of_other;
            if (is_negated(back)) good_of_other = !good_of_other;
            way[compared] = 1;
            return say(!good_of_other, way);
        }
    }

    // What is said of the subject that ends before `from`.
    void predicate(std::size_t from, Way way) {
        constexpr std::size_t reach = 12;
        bool be = from == 0;  // "it's"
        bool have = false;
        bool turned = false;
        double between = 0;
        for (std::size_t at = from; at < tokens_.size() && at < from + reach; ++at) {
            const Token& token = tokens_[at];
            at_ = at;
            if (token.begins_clause && at > 0) return;
            if (at == from && from > 0 && is_word(at, {"that", "that's", "who", "which", "where"})) return;
            if (target_.named[at]) return;
            if (token.cue == Cue::negator && !is(at, good | bad)) turned = true;
            if (is(at, past)) way[was] = 1;
            if (is(at, modal)) way[may_be] = 1;
            way[others] = std::min(3.0, between);
            if (is(at, makes) && !be) return it_makes(at, turned, way);
            if (turned && is_word(at, {"support", "replace", "scale", "matter"})) {
                way[does] = 1;
                way[negated] = 1;
                return say(false, way);
            }
            if (is_word(at, {"live", "lives", "lived"}) && is_word(at + 1, {"up"})) {
                way[works_or_fails] = 1;
                way[negated] = turned;
                return say(!turned, way);
            }
            if (is_effect(at, be)) {
                const double value = values_[at];
                way[negated] = turned;
                if (std::abs(value) > 0.31) {
                    way[does] = 1;
                    return say(value > 0, way);
                }
                for (std::size_t next = at + 1; next < at + 6 && !ends_clause(next); ++next) {
                    if (is(next, joint | contrast | preposition)) break;
                    if (!is(next, good | bad | merit | trouble)) continue;
                    way[does] = 1;
                    const bool raises = tokens_[at].cue == Cue::raiser;
                    return say((is(next, good | merit) == raises) != turned, way);
                }
                if (!is_one_of(token.stem, {"help", "hurt", "harm", "damag", "destroy", "kill", "ruin", "stifl",
                                            "undermin", "erod", "boost", "improv", "acceler", "empow", "simplifi",
                                            "hinder", "hamper", "slow", "unlock"}))
                    return;
                way[does_barely] = 1;
                return say(value > 0, way);
            }
            if (is(at, good | bad)) {
                if (be || have) return verdict(at, be, turned, way);
                if (is_verb_of_verdict(at)) {
                    way[works_or_fails] = 1;
                    way[negated] = turned;
                    return say(is(at, good) != turned, way);
                }
            }
            if (token.cue == Cue::good_verdict || token.cue == Cue::bad_verdict || token.cue == Cue::belief) {
                const bool phrase = token.word.find(' ') != std::string::npos;
                const bool verb = is_one_of(token.stem, {"work", "fail", "backfir", "succeed", "thrive", "flourish"});
                if (!be && !phrase && !verb) return;
                way[phrase || verb ? works_or_fails : is_so] = 1;
                way[leaves_no_doubt] = 1;
                way[negated] = turned;
                return say((token.cue == Cue::good_verdict) != turned, way);
            }
            if (is(at, to_be)) {
                be = true;
            } else if (is(at, to_have)) {
                if (turned) return;
                have = !is_participle(at + 1);
            }
            if (is(at, auxiliary | adverb | determiner) || token.cue == Cue::negator) continue;
            if (is(at, merit | trouble) && (have || be) && !is(at + 1, use)) {
                way[has_such] = 1;
                way[negated] = turned;
                return say(is(at, merit) != turned, way);
            }
            if (is(at, somebody)) {
                return;
            }
            if (token.word == "like") return;
            if (token.word == "and" && is(at + 1, adverb | good | bad) && (be || have)) continue;
            if (is(at, joint | contrast | thinks)) return;
            if (is_word(at, {"part"}) && is_word(at + 1, {"of"})) return;
            ++between;
            if (between > 3) return;
        }
    }

    // "has gone", "has really helped"
    bool is_participle(std::size_t at) const {
        while (is(at, adverb)) ++at;
        return at < tokens_.size() &&
               (tokens_[at].word.ends_with("ed") || tokens_[at].word.ends_with("en") ||
                is_word(at, {"gone", "done", "made", "become", "had", "brought", "come", "built"}));
    }

    bool is_verb_of_verdict(std::size_t at) const {
        return (roles_[at] & (bad | lacks)) == (bad | lacks) ||
               is_word(at, {"wins", "shines", "thrives", "succeeds", "excels", "rocks", "scales", "sucks", "stinks",
                            "fails"});
    }

    // "X prevents", "X is stifling"; not "X is prevented".
    bool is_effect(std::size_t at, bool be) const {
        const Cue cue = tokens_[at].cue;
        if ((cue != Cue::raiser && cue != Cue::lowerer) || values_[at] == 0 || is(at, good | bad)) return false;
        return !be || tokens_[at].word.ends_with("ing");
    }

    void verdict(std::size_t at, bool be, bool turned, Way way) {
        if (is_word(at, {"panacea"}) && !turned) return;
        if (way[may_be] != 0 && has_condition_) return;
        if (turned && at > 0 && is_word(at - 1, {"as"})) return;  // "not as easy as"
        if (is_word(at, {"broken"}) && is_word(at + 1, {"up", "down", "into", "out"})) return;
        if (is_word(at, {"best", "fastest", "better"}) && turned) return;
        if (is_word(at, {"important", "interesting", "good", "nice"}) && is_word(at + 1, {"to"})) return;
        bool good_of_it = is(at, good);
        const bool little = at > 0 && is_word(at - 1, {"less", "least"});
        if (little) good_of_it = !good_of_it;
        // "hard to beat", "easier to create liability"
        if (is_word(at + 1, {"to"})) {
            for (std::size_t next = at + 2; next < at + 6 && !ends_clause(next); ++next) {
                const Cue cue = tokens_[next].cue;
                if (is_word(next, {"beat", "overstate", "wrong"}) ||
                    (good_of_it && (cue == Cue::ill || cue == Cue::misdeed))) {
                    good_of_it = !good_of_it;
                    break;
                }
            }
        }
        // "a good example", "the right question"; "bad" of an ill
        for (std::size_t next = at + 1; next < at + 3 && !ends_clause(next); ++next) {
            if (tokens_[next].cue == Cue::measure || is_word(next, {"example", "examples", "question", "point", "idea",
                                                                    "analogy", "debate", "way", "part"})) {
                if (!is_word(next, {"idea", "way", "part"})) return;
            }
            if (is(next, preposition | joint)) break;
        }
        way[be ? is_so : has_such] = 1;
        way[hard_to_do] = is_word(at, {"hard", "harder", "difficult", "tough", "challenging", "tricky", "complicated",
                                       "complex", "expensive", "costly"});
        way[said_lightly] = !is(at, strong) && is_noun(at + 1);
        way[leaves_no_doubt] = is(at, strong);
        way[negated] = turned;
        way[of_a_noun] = is_noun(at + 1);
        say(good_of_it != turned, way);
    }

    // "X makes it easy", "X makes teams slower"
    void it_makes(std::size_t at, bool turned, Way way) {
        for (std::size_t next = at + 1; next < at + 7 && !ends_clause(next); ++next) {
            if (is(next, joint | contrast)) return;
            if (tokens_[next].cue == Cue::good_verdict || is(next, good | bad)) {
                way[makes_it] = 1;
                way[leaves_no_doubt] = is(next, strong);
                way[negated] = turned;
                verdict_made(next, turned, way);
                return;
            }
        }
    }

    void verdict_made(std::size_t at, bool turned, Way way) {
        bool good_of_it = !is(at, bad);
        for (std::size_t next = at + 1; next < at + 5 && !ends_clause(next); ++next) {
            const Cue cue = tokens_[next].cue;
            if (cue == Cue::ill || cue == Cue::misdeed) {
                good_of_it = !good_of_it;
                break;
            }
        }
        say(good_of_it != turned, way);
    }

    SideFeatures all_{};  // what holds of the whole sentence
    std::vector<Saying> found_;
    bool has_condition_ = false;
    std::size_t at_ = 0;    // where it says so
    bool doubted_ = false;  // "she does not think X is ..."
};

}  // namespace

std::string_view side_feature_name(std::size_t feature) {
    return names.at(feature);
}

std::vector<Saying> sayings_on(const ReadSentence& sentence, const Target& target) {
    return Reader(sentence, target).read();
}

bool is_subject(const ReadSentence& sentence, const Target& target) {
    return Reader(sentence, target).opens();
}

}  // namespace podbrief::insights::cues
