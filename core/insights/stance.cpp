// How this reads a stance. A sentence is a row of words; some are cues:
//   verdicts   good or bad in themselves         works, backfired, overrated
//   raisers    make more of what follows         boosts, fosters, leads to
//   lowerers   make less of what follows         slows, prevents, erodes
//   goods      what people want more of          safety, innovation
//   ills       what people want less of          bugs, theft, emissions
//   opponents  those a measure is aimed at       attackers; a sanctioned country
// A raiser or lowerer takes the value of what it acts on: "prevents bugs" = less of an ill = good, "slows innovation" =
// less of a good = bad, and what is bad for an opponent is good for the measure. Negation, contrast and belief ("it is
// a myth that ...") turn values round. The sum over all cues is the stance.
#include "core/insights/stance.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/text/sentences.hpp"
#include "core/text/unicode.hpp"
#include "core/text/words.hpp"

namespace podbrief::insights {
namespace {

enum class Cue {
    none,
    good_verdict,
    bad_verdict,
    weak_good,  // the same, but said lightly of many things
    weak_bad,
    raiser,
    lowerer,
    more,  // "more", "fewer": count only with a good or an ill right after
    fewer,
    good,
    ill,        // a state one may be in: debt, delay, reliance
    misdeed,    // an ill that somebody does: theft, fraud
    opponent,   // always
    foreigner,  // an opponent where a measure against other countries is spoken of
    own_side,
    negator,
    belief,  // makes what is said beside it untrue
    outweigh,
    measure,  // a yardstick: a "wrong" one says nothing of the thing measured
    policy,   // bans, controls: where there is one, foreigners are its opponents
};

struct CueWords {
    Cue cue;
    std::string_view words;
};

constexpr auto cue_words = std::to_array<CueWords>({
    {Cue::good_verdict,
     "work succeed succeeded success successful effective efficient worthwhile beneficial helpful invaluable "
     "indispensable essential excellent superb brilliant wonderful remarkable terrific robust dependable trustworthy "
     "elegant productive rewarding vindicated proven thrive flourish underrated sensible justified wise "
     "prudent promising safest cheapest fastest superior"},
    {Cue::weak_good,
     "useful valuable great safe safer safely better faster cheap cheaper reliable simple simpler clean cleaner smart "
     "stable mature manageable resilient happier healthier clever practical powerful love important competitive "
     "affordable scalable flexible pleasant solid sustainable credible workable"},
    {Cue::bad_verdict,
     "backfire fail failure failed counterproductive overrated overhyped wrong doomed flawed useless pointless futile "
     "ineffective inefficient mistake misguided harmful disaster disastrous catastrophe catastrophic nightmare "
     "toothless unenforceable unworkable unsustainable worthless reckless dangerous hazardous foolish naive absurd "
     "ridiculous terrible awful horrible trap gimmick hype boondoggle theater theatre "
     "disappointing disappointment regret obsolete hopeless toxic unfair unjust wasteful pitfall "
     "fiasco overkill crutch nonsense debacle ruinous shortsighted"},
    {Cue::weak_bad,
     "bad worse worst slower fragile brittle complicated painful risky unsafe unreliable costly expensive "
     "problem problematic cumbersome clumsy bloated messy hate struggle loophole leaky porous bureaucratic burdensome "
     "onerous impractical unproven immature premature vague outdated dubious suffer gamble threat threaten overpriced "
     "inferior intrusive unpopular"},
    {Cue::raiser,
     "increase raise boost improve help enable accelerate strengthen support foster promote encourage create "
     "deliver "
     "expand unlock drive cause add generate invite grow double triple enhance "
     "spur spark fuel stimulate allow let yield multiply incentivize motivate incentive compel push empower earn "
     "gain restore save secure preserve protect safeguard ensure guarantee attract retain easier easy ahead "
     "outpace match advance leapfrog make feed reward simplify ease sharpen lift amplify maximize win "
     "benefit pour"},
    {Cue::lowerer,
     "reduce cut limit slow prevent block stop curb hamper hinder weaken undermine erode hurt harm damage kill destroy "
     "stifle cripple starve handicap deter restrict discourage drain eliminate avoid lose loss crush choke stall "
     "impede inhibit delay deprive constrain obstruct jeopardize sabotage suppress diminish lower shrink halve remove "
     "catch forbid prohibit thwart disrupt degrade isolate bottleneck cost sacrifice ruin wreck strangle suffocate "
     "freeze punish penalize exclude burden harder hard difficult impossible tough minimize spare lag hobble "
     "demoralize "
     "wipe eat decimate distract exhaust drown complicate bury repel derail dampen alienate waste break brake barrier "
     "obstacle hurdle"},
    {Cue::more, "more higher greater extra additional faster"},
    {Cue::fewer, "fewer less lower lesser"},
    {Cue::good,
     "innovation productivity growth quality safety trust competition job security reliability collaboration morale "
     "competitiveness advantage creativity learning freedom clarity velocity resilience privacy access prosperity "
     "talent output throughput performance confidence focus wellbeing health happiness satisfaction efficiency "
     "investment startup consumer customer worker employee engineer developer citizen family community inclusion "
     "flexibility autonomy ownership progress best life lives maintainability readability scalability stability "
     "transparency "
     "accountability benefit value revenue sales profit lead leadership research science education opportunity "
     "mentoring "
     "cohesion culture democracy ingenuity supply development capability team business economy feedback release "
     "deploy refactor onboarding adoption iteration experiment craft skill market exporter manufacturer chipmaker"},
    {Cue::ill,
     "bug cost risk error emission outage complexity debt delay accident burnout poverty inflation pollution churn "
     "turnover dependency reliance dependence death shortage overhead friction latency downtime confusion bureaucracy "
     "regression incident conflict loneliness isolation unemployment inequality bias injury duplication "
     "coupling boilerplate noise weakness blackout bill price defect mistake crash failure meeting commute stress "
     "anxiety disease uncertainty hesitation monopoly hallucination distraction carbon warming paperwork lawsuit "
     "fragmentation congestion traffic backlog toil disadvantage drawback damage harm loss pain chaos misery facade "
     "resentment silo fossil coal"},
    {Cue::misdeed,
     "theft fraud abuse misuse attack cheating crime spam discrimination espionage piracy corruption smuggling "
     "surveillance manipulation deepfake disinformation misinformation violence exploitation breach hacking scam "
     "harassment steal"},
    {Cue::opponent,
     "adversary rival enemy attacker hacker criminal thief scammer spammer fraudster cheater terrorist abuser smuggler "
     "burglar dictator polluter poacher vandal intruder"},
    {Cue::foreigner, "china chinese beijing russia russian moscow iran iranian korean syria syrian venezuela cuba"},
    {Cue::own_side,
     "us usa america american western west ally allies europe european washington domestic our ours taiwan japan "
     "dutch britain british"},
    {Cue::negator,
     "not no never hardly barely rarely seldom without cannot can't don't doesn't didn't isn't aren't wasn't weren't "
     "won't wouldn't haven't hasn't hadn't couldn't shouldn't neither nor nobody nothing none lack unlikely fail "
     "refuse unable nowhere before"},
    {Cue::belief,
     "myth misconception fallacy illusion fantasy fiction fable overstated exaggerated superstition delusion"},
    {Cue::outweigh, "outweigh exceed dwarf"},
    {Cue::measure, "metric measure question test yardstick comparison benchmark frame framing lens"},
    {Cue::policy,
     "control ban restriction restrict curb sanction embargo export tariff blacklist prohibition blockade decoupling"},
});

// Two or three words that say together what none says alone.
struct CuePhrase {
    Cue cue;
    std::string_view words;  // as text::fold gives them, separated by one space
};
constexpr auto cue_phrases = std::to_array<CuePhrase>({
    {Cue::good_verdict, "pays off"},
    {Cue::good_verdict, "paid off"},
    {Cue::good_verdict, "pay off"},
    {Cue::good_verdict, "paying off"},
    {Cue::good_verdict, "worth it"},
    {Cue::good_verdict, "worth the"},
    {Cue::good_verdict, "make sense"},
    {Cue::good_verdict, "makes sense"},
    {Cue::good_verdict, "worth every"},
    {Cue::good_verdict, "works well"},
    {Cue::good_verdict, "well worth"},
    {Cue::good_verdict, "on track"},
    {Cue::good_verdict, "game changer"},
    {Cue::good_verdict, "right call"},
    {Cue::good_verdict, "right choice"},
    {Cue::raiser, "leads to"},
    {Cue::raiser, "lead to"},
    {Cue::raiser, "led to"},
    {Cue::raiser, "results in"},
    {Cue::raiser, "result in"},
    {Cue::bad_verdict, "dead end"},
    {Cue::bad_verdict, "band aid"},
    {Cue::bad_verdict, "snake oil"},
    {Cue::bad_verdict, "cargo cult"},
    {Cue::bad_verdict, "falls apart"},
    {Cue::bad_verdict, "fall apart"},
    {Cue::bad_verdict, "fell apart"},
    {Cue::bad_verdict, "falls short"},
    {Cue::bad_verdict, "self defeating"},
    {Cue::bad_verdict, "makes no sense"},
    {Cue::bad_verdict, "too slow"},
    {Cue::bad_verdict, "too expensive"},
    {Cue::bad_verdict, "too much"},
    {Cue::bad_verdict, "too late"},
    {Cue::bad_verdict, "too broad"},
    {Cue::bad_verdict, "too complex"},
    {Cue::bad_verdict, "too costly"},
    {Cue::bad_verdict, "too vague"},
    {Cue::bad_verdict, "gets in the way"},
    {Cue::bad_verdict, "red tape"},
    {Cue::bad_verdict, "short sighted"},
    {Cue::opponent, "bad actor"},
    {Cue::opponent, "bad actors"},
    {Cue::negator, "instead of"},
    {Cue::negator, "rather than"},
    {Cue::negator, "contrary to"},
    {Cue::negator, "far from"},
    {Cue::negator, "failed to"},
    {Cue::negator, "fails to"},
    {Cue::negator, "fail to"},
    {Cue::negator, "nothing to"},
    {Cue::negator, "no longer"},
    {Cue::negator, "anything but"},
    {Cue::none, "more than"},
    {Cue::none, "contrary to popular"},
    {Cue::none, "right now"},
    {Cue::none, "not only"},
    {Cue::none, "not just"},
    {Cue::none, "no doubt"},
    {Cue::none, "open source"},
    {Cue::none, "in place"},
    {Cue::none, "remote work"},
    {Cue::none, "work from home"},
    {Cue::none, "working from home"},
    {Cue::none, "power plant"},
    {Cue::none, "at work"},
    {Cue::none, "works on"},
    {Cue::bad_verdict, "waste of"},
    {Cue::lowerer, "cost our"},
    {Cue::lowerer, "cost us"},
    {Cue::lowerer, "cost them"},
    {Cue::lowerer, "costs us"},
    {Cue::lowerer, "costs our"},
    {Cue::lowerer, "costs them"},
    {Cue::none, "take effect"},
    {Cue::none, "took effect"},
    {Cue::none, "takes effect"},
});

// Forms that mean another thing than their stem does elsewhere ("works", not "the work").
struct CueForm {
    Cue cue;
    std::string_view word;
};
constexpr auto cue_forms = std::to_array<CueForm>({
    {Cue::good_verdict, "works"}, {Cue::good_verdict, "worked"},
    {Cue::none, "work"},          {Cue::none, "working"},
    {Cue::none, "workings"},      {Cue::none, "leading"},
    {Cue::good, "benefits"},      {Cue::raiser, "benefited"},
    {Cue::none, "leads"},         {Cue::none, "led"},
    {Cue::none, "driver"},        {Cue::none, "drivers"},
    {Cue::ill, "costs"},          {Cue::ill, "cost"},
    {Cue::ill, "delays"},         {Cue::ill, "loss"},
    {Cue::ill, "losses"},         {Cue::none, "limited"},
    {Cue::none, "growing"},       {Cue::none, "expanding"},
    {Cue::none, "driving"},       {Cue::misdeed, "stealing"},
    {Cue::own_side, "usa"},       {Cue::none, "effect"},
    {Cue::none, "effects"},       {Cue::none, "sound"},
    {Cue::none, "sounds"},        {Cue::none, "product"},
    {Cue::none, "products"},      {Cue::none, "production"},
    {Cue::none, "generation"},    {Cue::none, "generations"},
    {Cue::none, "addition"},      {Cue::none, "building"},
    {Cue::none, "buildings"},     {Cue::none, "broken"},
    {Cue::none, "practice"},      {Cue::none, "us"},
    {Cue::none, "reserve"},       {Cue::none, "given"},
    {Cue::none, "use"},           {Cue::none, "uses"},
    {Cue::none, "used"},          {Cue::none, "using"},
    {Cue::none, "taught"},        {Cue::lowerer, "lost"},
    {Cue::lowerer, "shrank"},     {Cue::lowerer, "wiped"},
    {Cue::lowerer, "ate"},        {Cue::none, "accelerator"},
    {Cue::none, "accelerators"},  {Cue::none, "power"},
    {Cue::none, "powers"},        {Cue::none, "producer"},
    {Cue::none, "producers"},     {Cue::none, "slowly"},
    {Cue::none, "provider"},      {Cue::none, "providers"},
    {Cue::none, "afford"},        {Cue::none, "advanced"},
});

using Lexicon = std::unordered_map<std::string, Cue>;

// Verbs are cues in all their forms. Other words are where the stem is the word; "effective" is a cue, "effect" is not.
bool stands_for_its_stem(Cue cue, std::string_view word, std::string_view stem) {
    if (cue == Cue::raiser || cue == Cue::lowerer || cue == Cue::policy || cue == Cue::outweigh) return true;
    const std::string_view base = word.substr(0, word.size() - 1);
    return word == stem || (word.ends_with('e') && stem == base) ||
           (word.ends_with('y') && stem.ends_with('i') && stem.substr(0, stem.size() - 1) == base);
}

// Whether a token is a cue. A word as it is listed comes before its stem; where several listed words have one stem,
// the shortest stands for it ("harm" rather than "harmful").
struct Lexicons {
    Lexicon exact;  // folded words and phrases
    Lexicon stems;

    Lexicons() {
        for (const CuePhrase& row : cue_phrases) exact.emplace(row.words, row.cue);
        for (const CueForm& row : cue_forms) exact.emplace(row.word, row.cue);
        std::unordered_map<std::string, std::size_t> sizes;
        for (const CueWords& row : cue_words) {
            for (const text::ByteRange& range : text::words(row.words)) {
                const std::string_view word = range.in(row.words);
                const std::string stem = text::stem(word);
                exact.try_emplace(std::string(word), row.cue);
                if (!stands_for_its_stem(row.cue, word, stem)) {
                    exact.try_emplace(std::string(word) + "s", row.cue);
                    continue;
                }
                const auto [known, added] = sizes.try_emplace(stem, word.size());
                if (!added && known->second <= word.size()) continue;
                known->second = word.size();
                stems[stem] = row.cue;
            }
        }
    }
};

const Lexicons& lexicons() {
    static const Lexicons built;
    return built;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

struct Token {
    std::string word;  // folded
    std::string stem;
    Cue cue = Cue::none;
    bool begins_clause = false;
};

Cue cue_of(const Token& token) {
    const auto& [exact, stems] = lexicons();
    if (token.stem == "usa") return Cue::own_side;
    if (const auto form = exact.find(token.word); form != exact.end()) return form->second;
    const auto stem = stems.find(token.stem);
    return stem == stems.end() ? Cue::none : stem->second;
}

// The words of a sentence with their cues; a phrase is one token.
std::vector<Token> tokens_of(std::string_view sentence) {
    std::vector<Token> words;
    std::size_t last_end = 0;
    for (const text::ByteRange& range : text::words(sentence)) {
        const std::string_view gap = sentence.substr(last_end, range.begin - last_end);
        last_end = range.end;
        Token token;
        token.word = text::fold(range.in(sentence));
        token.stem = text::stem(range.in(sentence));
        token.begins_clause = words.empty() || gap.find_first_of(",;:()") != std::string_view::npos ||
                              gap.find("\xE2\x80\x94") != std::string_view::npos ||
                              gap.find(" - ") != std::string_view::npos;
        words.push_back(std::move(token));
    }
    std::vector<Token> tokens;
    for (std::size_t at = 0; at < words.size();) {
        std::size_t taken = 0;
        for (std::size_t length = std::min<std::size_t>(4, words.size() - at); length >= 2 && taken == 0; --length) {
            std::string phrase = words[at].word;
            for (std::size_t i = 1; i < length; ++i) phrase += ' ' + words[at + i].word;
            const auto known = lexicons().exact.find(phrase);
            if (known == lexicons().exact.end()) continue;
            tokens.push_back({phrase, words[at].stem, known->second, words[at].begins_clause});
            taken = length;
        }
        if (taken == 0) {
            tokens.push_back(words[at]);
            tokens.back().cue = cue_of(words[at]);
            taken = 1;
        }
        at += taken;
    }
    return tokens;
}

// What is carried from sentence to sentence.
struct Discourse {
    bool policy_on_others = false;  // a measure against other countries is spoken of: they are its opponents
    int last_party = 0;             // whom "they" means: -1 an opponent, +1 one's own side, 0 unknown
};

class SentenceReader {
public:
    SentenceReader(std::vector<Token> tokens, Discourse& discourse)
        : tokens_(std::move(tokens)), used_(tokens_.size(), false), discourse_(discourse) {}

    struct Sum {
        double balance = 0;
        double moved = 0;  // sum of magnitudes
    };

    Sum read() {
        Sum sum;
        bool belief = false;
        for (std::size_t at = 0; at < tokens_.size(); ++at) {
            belief = belief || tokens_[at].cue == Cue::belief;
            const double value = used_[at] ? 0 : value_at(at) * emphasis(at);
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
        return negated(at, is_asserted(at) ? value : 0.3 * value);
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
            if (is_one_of(tokens_[back].word, {"if", "when", "unless", "whether", "where"}))
                return std::min(weight, 0.3);
            if (is_one_of(tokens_[back].word, {"although", "though", "despite", "while", "critics", "sceptics",
                                               "skeptics", "opponents", "proponents", "supporters", "advocates"})) {
                return std::min(weight, 0.3);
            }
            if (tokens_[back].begins_clause) break;
        }
        return weight;
    }

    std::vector<Token> tokens_;
    std::vector<bool> used_;  // already weighed as the object of another cue
    Discourse& discourse_;
};

bool mentions(const std::vector<Token>& tokens, std::span<const std::string> stems) {
    return std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
        return std::find(stems.begin(), stems.end(), token.stem) != stems.end();
    });
}

bool begins_with_pronoun(const std::vector<Token>& tokens) {
    return !tokens.empty() && is_one_of(tokens.front().word, {"it", "this", "they", "these", "that", "those"});
}

StanceGuess guess(std::string_view text, std::span<const std::string> target_stems) {
    constexpr std::size_t longest = 4000;  // bytes; insights are far shorter
    text = text::prefix_of(text, longest);
    std::vector<std::vector<Token>> sentences;
    std::vector<bool> asks;
    for (const text::ByteRange& range : text::sentences(text)) {
        sentences.push_back(tokens_of(range.in(text)));
        asks.push_back(range.in(text).ends_with('?'));
    }
    Discourse discourse;
    for (const auto& sentence : sentences) {
        discourse.policy_on_others =
            discourse.policy_on_others || std::any_of(sentence.begin(), sentence.end(), [](const Token& t) {
                return t.cue == Cue::policy || is_one_of(t.stem, {"restrict", "curb", "ban"}) || t.word == "limiting";
            });
    }
    double balance = 0;
    double moved = 0;
    bool target_spoken_of = false;
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        const bool named = mentions(sentences[i], target_stems);
        const bool about = named || (target_spoken_of && begins_with_pronoun(sentences[i]));
        target_spoken_of = about;
        const double weight = (target_stems.empty() ? 1.0 : about ? 1.0 : 0.5) * (asks[i] ? 0.2 : 1.0);
        const SentenceReader::Sum sum = SentenceReader(sentences[i], discourse).read();
        balance += weight * sum.balance;
        moved += weight * sum.moved;
    }
    const double strength = std::abs(balance) / (moved + 0.5);
    if (std::abs(balance) < 0.25) return {Stance::neutral, 1.0 - strength};
    return {balance > 0 ? Stance::favourable : Stance::critical, strength};
}

}  // namespace

StanceGuess guess_stance(std::string_view text) {
    return guess(text, {});
}

StanceGuess guess_stance_towards(std::string_view text, std::span<const std::string> target_stems) {
    return guess(text, target_stems);
}

Stance stance_of(std::string_view text) {
    constexpr double sure_enough = 0.4;
    const StanceGuess guessed = guess_stance(text);
    return guessed.confidence >= sure_enough ? guessed.stance : Stance::neutral;
}

bool names_an_ill(std::string_view topic) {
    const std::vector<Token> tokens = tokens_of(topic);
    return std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
        return token.cue == Cue::ill || token.cue == Cue::misdeed || token.cue == Cue::opponent;
    });
}

EffectWord effect_word(std::string_view stem) {
    const auto known = lexicons().stems.find(std::string(stem));
    if (known == lexicons().stems.end()) return EffectWord::none;
    switch (known->second) {
        case Cue::good_verdict:
        case Cue::bad_verdict:
            return EffectWord::verdict;
        case Cue::raiser:
        case Cue::lowerer:
            return EffectWord::effect;
        default:
            return EffectWord::none;
    }
}

}  // namespace podbrief::insights
