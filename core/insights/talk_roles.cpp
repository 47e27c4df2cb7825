#include "core/insights/talk_roles.hpp"

#include <array>
#include <string>
#include <unordered_map>

namespace podbrief::insights::cues {
namespace {

struct Row {
    Roles roles;
    std::string_view words;
};

constexpr auto rows = std::to_array<Row>({
    {good | strong,
     "great amazing awesome fantastic phenomenal excellent wonderful terrific superb brilliant beautiful powerful "
     "useful "
     "helpful valuable invaluable indispensable essential versatile productive reliable robust solid mature elegant "
     "ideal perfect worthwhile underrated effective efficient performant scalable unparalleled impressive incredible "
     "remarkable promising revolutionary transformative successful delightful trustworthy dependable capable "
     "breakthrough revolution superpower champion winner gem unbeatable stellar outstanding compelling crucial "
     "important"},
    {good,
     "good nice better best fast faster fastest quick quicker easy easier simple simpler cheap cheaper safe safer "
     "secure "
     "stable flexible convenient fun enjoyable pleasant clean cleaner smart clever lightweight accessible affordable "
     "exciting cool popular advantage win blessing boon success relevant right legit practical pragmatic "
     "sustainable natural straightforward friendly future asset fit fascinating competitive bulletproof predictable "
     "wins shines thrives succeeds excels rocks scales pays"},
    {bad | strong,
     "terrible horrible awful painful brittle fragile flaky overkill overrated overhyped useless pointless dangerous "
     "broken nightmare disaster wasteful inefficient unreliable insecure immature clunky toxic problematic bloated "
     "frustrating annoying disappointing unpredictable miserable unsustainable flawed inadequate hell burden "
     "disastrous "
     "catastrophic abysmal crappy garbage unmaintainable unusable cumbersome messy lousy evil harmful pain insane "
     "sucks stinks fails crashes"},
    {bad,
     "bad worse worst hard harder hardest difficult tough expensive costly slow slower slowest complex complicated "
     "risky "
     "scary wrong mess limited tricky challenging overwhelming confusing bottleneck liability trap hype dead dying "
     "heavy "
     "verbose ugly unsafe vulnerable lacking inferior unclear obsolete outdated threat weak poor boilerplate "
     "distraction "
     "crutch panacea"},
    {auxiliary | to_be,
     "is are be been being isn't aren't it's they're that's becomes become becoming seems seem feels feel remains "
     "remain "
     "gets get stays looks look ain't turns turned proves proved"},
    {auxiliary | to_be | past, "was were wasn't weren't became felt seemed"},
    {auxiliary | to_have, "has have having hasn't haven't"},
    {auxiliary | to_have | past, "had hadn't"},
    {auxiliary, "do does did don't doesn't didn't can can't cannot will won't must should shouldn't"},
    {auxiliary | modal, "would could might may wouldn't couldn't"},
    {modal | adverb, "maybe perhaps probably possibly potentially supposedly hopefully"},
    {adverb,
     "very so really just also still even too quite pretty always often now already more most much less never not far "
     "way "
     "such little bit rather as sometimes kind sort going all both super one out itself actually generally especially "
     "definitely certainly obviously extremely incredibly fundamentally increasingly usually currently today basically "
     "simply absolutely totally completely certainly clearly truly highly particularly essentially super right of "
     "continues to some two three pretty somewhat relatively surprisingly ridiculously insanely uniquely only"},
    {determiner, "a an the this these those our your their his her its my some any most every each all many"},
    {preposition,
     "in on of for with to from at by about into over under without within between through than like as via around "
     "inside "
     "using behind against toward towards during across per"},
    {joint, "because since so that which who where and or then whereas what how why"},
    {joint | condition, "if when unless whether once whenever"},
    {joint | contrast, "but while although though however despite"},
    {somebody,
     "i you we he she they it people everyone somebody someone everybody nobody you're we're i'm there's there you'll "
     "you'd we've you've i've he's she's folks"},
    {thinks, "thinks think says said say feels believes believe argues knows know suspects hopes found noticed means"},
    {use,
     "tool tools tooling model models system systems technology technologies approach approaches solution solutions "
     "software service services app apps application applications code program programs language languages framework "
     "frameworks ecosystem stack stuff thing things agent agents assistant assistants platform platforms "
     "development engine engines library libraries project projects container containers server servers"},
    {merit,
     "benefit benefits advantage advantages beauty upside upsides strengths joy selling merit "
     "merits positives virtue virtues"},
    {trouble,
     "problem problems downside downsides drawback drawbacks issue issues challenge challenges danger dangers "
     "limitation "
     "limitations disadvantage disadvantages trouble weakness weaknesses shortcoming shortcomings pitfall pitfalls "
     "complaint complaints pain headache struggle struggles struggling criticism frustration tax overhead perils "
     "limits"},
    {likes,
     "love loves loved like likes enjoy enjoys prefer prefers recommend recommends embrace embraces trust trusts"},
    {dislikes,
     "hate hates avoid avoids regret regrets dislike dislikes ditch ditched abandon abandoned abandoning distrust "
     "resent"},
    {needs, "need needs"},
    {mends,
     "solve solves solved solving address addresses fix fixes avoid avoids avoiding reduce reduces eliminate "
     "eliminates "
     "without mitigate overcome help helps helping alleviate ease eases resolve resolves tackle no not isn't"},
    {makes, "make makes made making"},
    {leaves, "moving moved move away rid switching switched switch leaving stop stopped tired drop dropped dropping"},
    {aspect,
     "speed tooling performance ecosystem community quality experience syntax documentation support adoption value "
     "power "
     "simplicity complexity cost price learning curve maintenance safety security sandboxing reliability scalability "
     "debugging testing deployment ergonomics flexibility accuracy compiler standard output usability hype popularity "
     "state success use idea concept type output api runtime editing management development"},
    {wide,
     "modern good generative public current own whole entire new today's traditional everyday static big real-world "
     "more "
     "most many other real small smaller large larger bigger"},
    {plain, "mandate mandates policy policies work working team teams company companies"},
    {bad | lacks, "lacks suffers struggles suffer struggle lack breaks"},
});

const std::unordered_map<std::string_view, Roles>& all_roles() {
    static const std::unordered_map<std::string_view, Roles> built = [] {
        std::unordered_map<std::string_view, Roles> roles;
        for (const Row& row : rows) {
            for (std::size_t begin = 0; begin < row.words.size();) {
                const std::size_t end = std::min(row.words.find(' ', begin), row.words.size());
                roles[row.words.substr(begin, end - begin)] |= row.roles;
                begin = end + 1;
            }
        }
        return roles;
    }();
    return built;
}

}  // namespace

Roles roles_of(std::string_view folded) {
    const auto known = all_roles().find(folded);
    if (known != all_roles().end()) return known->second;
    return folded.size() > 4 && folded.ends_with("ly") ? static_cast<Roles>(adverb) : 0;
}

}  // namespace podbrief::insights::cues
