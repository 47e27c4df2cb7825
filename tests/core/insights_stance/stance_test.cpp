#include "core/insights/stance.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/text/words.hpp"

namespace podbrief::insights {
namespace {

struct Case {
    Stance stance;
    const char* text;
};
constexpr Stance plus = Stance::favourable;
constexpr Stance minus = Stance::critical;
constexpr Stance zero = Stance::neutral;

// Invented, as people say such things.
const Case cases[] = {
    // remote work
    {plus, "Remote work boosts productivity because people are interrupted less often."},
    {plus, "Letting people work from home helps companies attract talent they could never afford locally."},
    {minus, "Fully remote teams lose the chance mentoring that turns juniors into seniors."},
    {minus, "Remote onboarding has failed at most large firms, and new hires suffer for it."},
    {plus, "It is a myth that remote work hurts productivity."},
    {minus, "Hybrid schedules are overrated: they combine the commute with the loneliness."},
    {zero, "The survey asked four thousand people where they sit on a Tuesday."},
    {minus, "Return-to-office mandates backfire, because the best engineers leave first."},
    {plus, "Four-day weeks reduce burnout without reducing output."},
    {minus, "Working from home slowly erodes trust between teams."},
    // microservices
    {minus, "Splitting the monolith added latency and doubled the number of outages."},
    {plus, "Microservices let a team of ten deploy without waiting for anyone, and releases became faster."},
    {minus, "For a team of five, microservices are overkill and the overhead is not worth it."},
    {minus,
     "Instead of giving teams independence, the split created a distributed mess that nobody can debug, which slows "
     "every release."},
    {plus, "Service boundaries prevent one bad deploy from taking down checkout, so incidents are fewer."},
    {zero, "The company runs about two hundred services on three clusters."},
    {minus, "Most startups that adopt service meshes regret the complexity."},
    {plus, "A modular monolith gives you the clarity of services without the operational overhead."},
    // export controls and sanctions
    {plus, "The sanctions work: Russia cannot replace the machine tools it used to import."},
    {minus, "Chip curbs have backfired, because they push Chinese firms to build their own equipment."},
    {plus, "Export controls slow China down by several years, and that is the point of them."},
    {minus, "The embargo hurts American chipmakers more than anyone else."},
    {plus, "Restricting lithography tools limits what Chinese fabs can produce."},
    {minus, "Sanctions leak so badly that smugglers earn more than before, which makes the policy pointless."},
    {zero, "The rule covers chips above a certain interconnect speed and took effect in October."},
    {minus, "Export bans cost our exporters revenue they need for research."},
    {plus, "Tariffs on Chinese steel protect domestic jobs."},
    {minus, "Instead of isolating Iran, the sanctions strengthened its smugglers."},
    // AI regulation
    {plus, "Licensing rules protect consumers from reckless deployments."},
    {minus, "Heavy AI regulation stifles startups while large labs can afford the lawyers."},
    {minus, "The proposed law is unenforceable and will not make anyone safer."},
    {plus, "Mandatory audits catch bias before it harms applicants."},
    {minus, "Watermarking is a gimmick: it fails the moment somebody paraphrases the text."},
    {plus, "A liability rule encourages labs to test for safety before release."},
    {zero, "The bill defines a covered model by the compute used to train it."},
    {minus, "A six-month pause would only help rivals who ignore it."},
    {plus, "Disclosure rules deter fraud at almost no cost."},
    {minus, "Banning open weights would kill research outside five companies."},
    // nuclear power
    {plus, "Nuclear plants cut emissions more reliably than anything else on the grid."},
    {minus, "New reactors are too expensive and always late."},
    {plus, "Small reactors are the cheapest way to replace coal for steady heat."},
    {minus, "The waste problem makes nuclear unsustainable."},
    {plus, "Fears of radiation are exaggerated, and closing plants was a costly mistake."},
    {minus, "Every delay on a nuclear site raises costs for consumers."},
    {zero, "The plant has four reactors and sits on the coast."},
    {plus, "Extending the life of old reactors is sensible and keeps bills low."},
    {minus, "Nuclear power distracts investment from wind, which is faster to build."},
    // type systems
    {plus, "Static types prevent whole classes of bugs before the code runs."},
    {plus, "Without type checks, refactoring a large code base is a gamble."},
    {minus, "Elaborate type systems slow prototyping and drive beginners away."},
    {plus, "Types make onboarding easier because the code explains itself."},
    {minus, "Generics added more confusion than safety."},
    {plus, "Gradual typing is worth it even for small scripts."},
    {minus, "The borrow checker is painful and slows developers for months."},
    {zero, "The language added generics in its eighteenth release."},
    {plus, "Type inference removes most of the boilerplate people complain about."},
    {minus, "Type annotations are not worth the effort in a script of forty lines."},
    // assorted
    {plus, "Vaccination campaigns saved more lives than any hospital programme."},
    {minus, "Rent control discourages construction and makes shortages worse."},
    {plus, "Code review works best when it is small, and it catches defects early."},
    {minus, "Standing meetings waste the best hours of the day."},
    {plus, "The benefits of open data outweigh the risks."},
    {minus, "The risks of facial recognition outweigh its benefits."},
    {plus, "End-to-end encryption makes it harder for attackers to steal data."},
    {minus, "Backdoors make it easier for criminals to commit fraud."},
    {plus, "Two-factor logins stop most attacks."},
    {minus, "Although the tool is fast, it is unreliable and breaks builds."},
    {plus, "Rewrites are risky, but this one paid off within a year."},
    {zero, "She joined the company in 2019 and moved to Lisbon."},
    {zero, "Twelve countries signed the treaty last spring."},
};

TEST(Stance, IsReadFromWordsOfEffectAcrossTopics) {
    std::size_t right = 0;
    for (const Case& one : cases) {
        const Stance got = stance_of(one.text);
        right += got == one.stance;
        // Silence is better than the wrong side.
        if (got != zero) {
            EXPECT_EQ(to_string(got), to_string(one.stance)) << one.text;
        }
    }
    EXPECT_GE(right * 100, std::size(cases) * 90) << right << " of " << std::size(cases);
}

TEST(Stance, TurnsWithWhatTheSentenceDoesToIt) {
    const struct {
        const char* rule;
        const char* text;
        Stance stance;
    } rules[] = {
        {"an effect on a good", "The rule slows innovation.", minus},
        {"an effect on an ill", "The rule slows pollution.", plus},
        {"negation", "The rule does not slow innovation.", plus},
        {"two turns", "The rule never fails.", plus},
        {"a verdict on the yardstick says nothing of the thing", "Headcount is the wrong metric for the rule.", zero},
        {"a false belief", "That the rule slows innovation is a myth.", plus},
        {"a concession weighs little", "Although the rule is expensive, it works.", plus},
        {"what comes after but", "The rule is cheap, but it backfired.", minus},
        {"what helps an opponent", "The rule helps attackers.", minus},
        {"what hampers an opponent", "The rule stops attackers.", plus},
        {"a foreigner is no opponent by himself", "The programme boosts productivity in China.", plus},
        {"but is one where a measure against others is spoken of", "The sanctions boost productivity in China.", minus},
        {"a passive", "Innovation is stifled by the rule.", minus},
        {"a comparison of benefit and risk", "Its risks outweigh its benefits.", minus},
        {"a question asserts little", "Has the rule backfired? The rule works.", plus},
        {"nothing said", "", zero},
        {"not a word", "?! ...", zero},
    };
    for (const auto& one : rules) {
        SCOPED_TRACE(one.rule);
        EXPECT_EQ(to_string(stance_of(one.text)), to_string(one.stance)) << one.text;
    }
}

TEST(Stance, TowardsATargetWeighsWhatIsSaidOfIt) {
    const std::string text = "The old compiler is painful. Incremental builds work and prevent mistakes.";
    const std::vector<std::string> builds = text::unique_stems("incremental builds");
    const std::vector<std::string> compiler = text::unique_stems("old compiler");
    EXPECT_EQ(guess_stance_towards(text, builds).stance, plus);
    EXPECT_GT(guess_stance_towards(text, builds).confidence, guess_stance_towards(text, compiler).confidence);
}

TEST(Stance, ReadsAnyTextInBoundedTime) {
    const std::string hostile(200'000, 'a');
    EXPECT_EQ(stance_of(hostile), zero);
    std::string repeated;
    for (int i = 0; i < 20'000; ++i) repeated += "prevents ";
    EXPECT_NO_THROW(guess_stance(repeated));
}

TEST(Stance, KnowsWhatNobodyWantsMoreOf) {
    EXPECT_TRUE(names_an_ill("deepfakes"));
    EXPECT_TRUE(names_an_ill("technical debt"));
    EXPECT_FALSE(names_an_ill("chip export controls"));
    EXPECT_FALSE(names_an_ill("type systems"));
}

}  // namespace
}  // namespace podbrief::insights
