#include "core/insights/stance_lexicon.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "core/text/sentences.hpp"
#include "core/text/unicode.hpp"
#include "core/text/words.hpp"

namespace podbrief::insights::cues {
namespace {

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
     "obstacle hurdle solve"},
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
    std::unordered_set<std::string> begins;  // first words of phrases

    Lexicons() {
        for (const CuePhrase& row : cue_phrases) exact.emplace(row.words, row.cue);
        for (const CueForm& row : cue_forms) exact.emplace(row.word, row.cue);
        for (const auto& [words, cue] : exact) {
            if (const auto space = words.find(' '); space != std::string::npos) begins.insert(words.substr(0, space));
        }
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
// Written with a capital as names are; of the first word of a sentence only what is inside tells: "LLMs".
bool has_capital(std::string_view word, bool first) {
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (word.empty() || !is_capital(word.front())) return false;
    return !first || std::any_of(word.begin() + 1, word.end(), is_capital);
}
Cue cue_of(const Token& token) {
    const Lexicon& exact = lexicons().exact;
    const Lexicon& stems = lexicons().stems;
    if (token.stem == "usa") return Cue::own_side;
    if (const auto form = exact.find(token.word); form != exact.end()) return form->second;
    const auto stem = stems.find(token.stem);
    return stem == stems.end() ? Cue::none : stem->second;
}
}  // namespace

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
        token.joined = gap == "-";
        token.capital = has_capital(range.in(sentence), words.empty());
        words.push_back(std::move(token));
    }
    std::vector<Token> tokens;
    for (std::size_t at = 0; at < words.size();) {
        std::size_t taken = 0;
        const bool may_be_phrase = lexicons().begins.contains(words[at].word);
        const std::size_t longest = may_be_phrase ? std::min<std::size_t>(4, words.size() - at) : 0;
        for (std::size_t length = longest; length >= 2 && taken == 0; --length) {
            std::string phrase = words[at].word;
            for (std::size_t i = 1; i < length; ++i) phrase += ' ' + words[at + i].word;
            const auto known = lexicons().exact.find(phrase);
            if (known == lexicons().exact.end()) continue;
            if (known->second == Cue::none) {
                // No cue together; each may still be a word of a topic: "open source".
                for (std::size_t i = 0; i < length; ++i) tokens.push_back(words[at + i]);
            } else {
                tokens.push_back({phrase, words[at].stem, known->second, words[at].begins_clause, words[at].joined,
                                  words[at].capital});
            }
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
Cue cue_of_stem(std::string_view stem) {
    const auto known = lexicons().stems.find(std::string(stem));
    return known == lexicons().stems.end() ? Cue::none : known->second;
}

}  // namespace podbrief::insights::cues
